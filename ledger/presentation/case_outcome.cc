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

// What a box says about the case, and its sign.
struct Headline {
  Literal box = "<div class=\"verdict open\">";
  Wording words;
};

constexpr Literal kGood = "<div class=\"verdict good\">";
constexpr Literal kBad = "<div class=\"verdict bad\">";
constexpr Literal kOpen = "<div class=\"verdict open\">";

Headline ConformanceHeadline(Conformance conformance) {
  switch (conformance) {
    case Conformance::kBroken:
      return {kBad, {"✘ Prosedur dilanggar.", "✘ The procedure was broken."}};
    case Conformance::kRemedied:
      return {kBad,
              {"✘ Prosedur dilanggar, lalu diperbaiki dengan membuka kembali tahapnya.",
               "✘ The procedure was broken, then remedied by reopening the stage."}};
    case Conformance::kUncertain:
      return {kOpen,
              {"? Apakah prosedur diikuti tidak dapat dipastikan.",
               "? Whether the procedure was followed can't be told."}};
    case Conformance::kInPart:
      return {kOpen,
              {"? Tidak ditemukan pelanggaran prosedur; sebagian aturan tidak dapat dinilai tanpa "
               "isi yang tidak disertakan.",
               "? No breach of the procedure was found; some rules can't be judged without "
               "contents that are not held."}};
    case Conformance::kOpen:
      return {kOpen,
              {"… Sejauh ini prosedur diikuti; masih ada batas waktu yang berjalan.",
               "… The procedure has been followed so far; deadlines are still running."}};
    case Conformance::kKept:
      break;
  }
  return {kGood, {"✔ Prosedur diikuti.", "✔ The procedure was followed."}};
}

void Figure(Sheet& sheet, std::size_t count, Wording pattern) {
  if (count > 0) sheet.Say(pattern, {std::to_string(count)}).Raw(" ");
}

void ConformanceFigures(Sheet& sheet, const Tally& tally) {
  Figure(sheet, tally.broken, {"Pelanggaran aturan: {0}.", "Breaches of rules: {0}."});
  Figure(sheet, tally.remedied, {"Pelanggaran yang diperbaiki: {0}.", "Breaches remedied: {0}."});
  Figure(sheet, tally.checks, {"Tindakan yang menyimpang: {0}.", "Actions at fault: {0}."});
  Figure(sheet, tally.open, {"Masih berjalan: {0}.", "Still open: {0}."});
  Figure(sheet, tally.unknown_other, {"Tidak dapat dipastikan: {0}.", "Can't be told: {0}."});
  Figure(sheet, tally.unknown,
         {"Tidak dapat dinilai karena isinya tidak disertakan: {0}.",
          "Not to be judged, since contents are not supplied: {0}."});
  Figure(sheet, tally.kept, {"Aturan dipenuhi: {0}.", "Rules kept: {0}."});
}

// Why there is no verdict on the procedure.
void WhyNotJudged(Sheet& sheet) {
  if (!sheet.view.intact) {
    sheet.Say({"Catatan yang tidak utuh tidak membuktikan apa pun tentang prosedur.",
               "A record that isn't intact shows nothing about the procedure."});
  } else if (sheet.view.judgement != nullptr) {
    sheet.Say(WordingOf(sheet.view.judgement->why_not));
  } else {
    sheet.Say({"Penilaian prosedur tidak diminta.", "It was not asked for."});
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
  if (!Judged(sheet.view)) {
    sheet.Raw(kOpen).Raw("<span class=\"what\">").Say({"Prosedur", "Procedure"});
    sheet.Raw("</span><b>")
        .Say({"? Apakah prosedur diikuti tidak dinilai.",
              "? Whether the procedure was followed was not judged."})
        .Raw("</b>");
    WhyNotJudged(sheet);
    sheet.Raw("</div>\n");
    return;
  }
  const Tally tally = Count(*sheet.view.judgement);
  const Headline headline = ConformanceHeadline(ConformanceOf(tally));
  sheet.Raw(headline.box).Raw("<span class=\"what\">").Say({"Prosedur", "Procedure"});
  sheet.Raw("</span><b>").Say(headline.words).Raw("</b>");
  ConformanceFigures(sheet, tally);
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
    sheet.Raw("<li><b>").Text(rule.id).Raw("</b> ").Say(WordingOf(rule.title));
    sheet.Raw(" <b>(").Text(BrokenFor(sheet, found->second)).Raw(")</b>");
    sheet.Raw(": ").Say(WordingOf(found->second.front().verdict->detail)).Raw("</li>\n");
  }
  const HtmlWriter items = std::exchange(sheet.out, std::move(kept_out));
  if (items.empty()) return;
  sheet.Raw("<p><b>").Say({"Yang dilanggar", "What was broken"}).Raw("</b></p>\n<ul>\n");
  sheet.out.Add(items);
  sheet.Raw("</ul>\n");
}

// Instances that stand alike are told together.
void WriteStandings(Sheet& sheet) {
  if (!Judged(sheet.view) || sheet.view.judgement->states.empty()) return;
  std::vector<std::pair<std::pair<std::string, std::string>, std::vector<std::string>>> groups;
  for (const procedure::InstanceState& state : sheet.view.judgement->states) {
    const Wording unknown{"tidak diketahui", "not known"};
    const std::string words(sheet.In(
        state.state ? StateWording(sheet.view.definition, state.track, *state.state) : unknown));
    const std::pair key(state.track, words);
    auto group = groups.begin();
    while (group != groups.end() && group->first != key) ++group;
    if (group == groups.end()) group = groups.insert(group, {key, {}});
    group->second.push_back(state.instance);
  }
  sheet.Raw("<p><b>").Say({"Keadaan sekarang", "Where things stand"}).Raw("</b></p>\n<ul>\n");
  for (const auto& [key, instances] : groups) {
    sheet.Raw("<li>").Say(TrackWording(key.first));
    for (std::size_t i = 0; i < instances.size() && i < kMaxListed; ++i) {
      sheet.Raw(i == 0 ? Literal(" ") : Literal(", "));
      if (instances[i] == "?") {
        sheet.Say({"yang namanya tidak terbaca", "whose name can't be read"});
      } else {
        sheet.Text(instances[i]);
      }
    }
    sheet.Raw(": <b>").Text(key.second).Raw("</b></li>\n");
  }
  sheet.Raw("</ul>\n");
}

}  // namespace jejak::presentation
