// SPDX-License-Identifier: Apache-2.0
//
// What became of a case: the verdict on the procedure in words, what was broken, where things stand.
#include <string>
#include <utility>
#include <vector>

#include "ledger/presentation/case_sheet.h"
#include "ledger/presentation/tally.h"

namespace jejak::presentation {
namespace {

Headline ConformanceHeadline(Conformance conformance) {
  switch (conformance) {
    case Conformance::kBroken:
      return {Sign::kBad, Phrase("case.outcome_broken")};
    case Conformance::kRemedied:
      return {Sign::kBad, Phrase("case.outcome_remedied")};
    case Conformance::kUncertain:
      return {Sign::kOpen, Phrase("case.outcome_uncertain")};
    case Conformance::kInPart:
      return {Sign::kOpen, Phrase("case.outcome_in_part")};
    case Conformance::kOpen:
      return {Sign::kOpen, Phrase("case.outcome_open")};
    case Conformance::kKept:
      break;
  }
  return {Sign::kGood, Phrase("case.outcome_kept")};
}

void Figure(Sheet& sheet, std::size_t count, Wording pattern) {
  if (count > 0) sheet.Say(pattern, {std::to_string(count)}).Raw(" ");
}

void ConformanceFigures(Sheet& sheet, const Tally& tally) {
  Figure(sheet, tally.broken, Phrase("case.count_broken"));
  Figure(sheet, tally.remedied, Phrase("case.count_remedied"));
  Figure(sheet, tally.checks, Phrase("case.count_actions"));
  Figure(sheet, tally.open, Phrase("case.count_open"));
  Figure(sheet, tally.unknown_other, Phrase("case.count_uncertain"));
  Figure(sheet, tally.unknown, Phrase("case.count_without_contents"));
  Figure(sheet, tally.kept, Phrase("case.count_kept"));
}

// Why there is no verdict on the procedure.
void WhyNotJudged(Sheet& sheet) {
  if (!sheet.view.intact) {
    sheet.Say(Phrase("case.not_intact"));
  } else if (sheet.view.judgement != nullptr) {
    sheet.Say(WordingOf(sheet.view.judgement->why_not));
  } else {
    sheet.Say(Phrase("case.not_asked_for"));
  }
}

// "officer P311"; of many how many.
std::string BrokenFor(const Sheet& sheet, const std::vector<VerdictGroup>& groups) {
  constexpr std::size_t kNamed = 4;
  std::size_t count = 0;
  std::string names;
  for (const VerdictGroup& group : groups) {
    if (group.verdict->outcome != procedure::Outcome::kFail) continue;
    for (const std::string& instance : group.instances) {
      if (count++ >= kNamed || instance.empty()) continue;
      names += (names.empty() ? " " : ", ") + instance;
    }
  }
  std::string out(sheet.In(TrackWording(groups.front().verdict->scope)));
  if (count <= kNamed) return out + names;
  return out + " × " + std::to_string(count);
}

}  // namespace

void WriteConformanceBox(Sheet& sheet) {
  const Wording what = Phrase("case.procedure");
  if (Judged(sheet.view)) {
    const Tally tally = Count(*sheet.view.judgement);
    sheet.BeginVerdict(what, ConformanceHeadline(ConformanceOf(tally)));
    ConformanceFigures(sheet, tally);
  } else {
    sheet.BeginVerdict(what, {Sign::kOpen, Phrase("case.outcome_not_judged")});
    WhyNotJudged(sheet);
  }
  sheet.Raw("</div>\n");
}

// One line per broken rule, for who reads no further.
void WriteBroken(Sheet& sheet) {
  const procedure::Definition* definition = sheet.view.definition;
  if (!Judged(sheet.view) || definition == nullptr) return;
  const RuleGroups groups = Grouped(*sheet.view.judgement);
  HtmlWriter kept_out = std::move(sheet.out);
  sheet.out = {};
  for (const procedure::Rule& rule : definition->rules) {
    const auto found = groups.find(rule.id);
    if (found == groups.end() ||
        found->second.front().verdict->outcome != procedure::Outcome::kFail) {
      continue;
    }
    sheet.Raw("<li>");
    if (sheet.view.rule_ids) sheet.Raw("<b>").Text(rule.id).Raw("</b> ");
    sheet.Say(WordingOf(rule.title));
    sheet.Raw(" <b>(").Text(BrokenFor(sheet, found->second)).Raw(")</b>");
    sheet.Raw(": ").Say(WordingOf(found->second.front().verdict->detail)).Raw("</li>\n");
  }
  const HtmlWriter items = std::exchange(sheet.out, std::move(kept_out));
  if (items.empty()) return;
  sheet.Raw("<p><b>").Say(Phrase("case.what_was_broken")).Raw("</b></p>\n<ul>\n");
  sheet.out.Add(items);
  sheet.Raw("</ul>\n");
}

// Instances that stand alike are told together.
void WriteStandings(Sheet& sheet) {
  if (!Judged(sheet.view) || sheet.view.judgement->states.empty()) return;
  std::vector<std::pair<std::pair<std::string, std::string>, std::vector<std::string>>> groups;
  for (const procedure::InstanceState& state : sheet.view.judgement->states) {
    const std::string words(
        sheet.In(state.state ? StateWording(sheet.view.definition, state.track, *state.state)
                             : Phrase("case.not_known")));
    const std::pair key(state.track, words);
    auto group = groups.begin();
    while (group != groups.end() && group->first != key) ++group;
    if (group == groups.end()) group = groups.insert(group, {key, {}});
    group->second.push_back(state.instance);
  }
  sheet.Raw("<p><b>").Say(Phrase("case.where_things_stand")).Raw("</b></p>\n<ul>\n");
  for (const auto& [key, instances] : groups) {
    sheet.Raw("<li>").Say(TrackWording(key.first));
    for (std::size_t i = 0; i < instances.size() && i < kMaxListed; ++i) {
      sheet.Raw(i == 0 ? Literal(" ") : Literal(", ")).Instance(instances[i]);
    }
    sheet.Raw(": <b>").Text(key.second).Raw("</b></li>\n");
  }
  sheet.Raw("</ul>\n");
}

}  // namespace jejak::presentation
