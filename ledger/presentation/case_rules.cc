// SPDX-License-Identifier: Apache-2.0
//
// Verdicts on a page: each rule with its basis and each instance with its reason; then the
// structural checks of actions.
#include <algorithm>
#include <string>
#include <vector>

#include "ledger/presentation/case_sheet.h"
#include "ledger/presentation/tally.h"

namespace jejak::presentation {
namespace {

using procedure::Outcome;
using procedure::Rule;

void Instances(Sheet& sheet, const VerdictGroup& group) {
  sheet.Raw("<b>").Say(TrackWording(group.verdict->scope));
  for (std::size_t i = 0; i < group.instances.size() && i < kMaxListed; ++i) {
    if (group.instances[i].empty()) continue;
    sheet.Raw(i == 0 ? Literal(" ") : Literal(", ")).Instance(group.instances[i]);
  }
  sheet.Raw("</b>");
  if (group.instances.size() > 1) {
    sheet.Raw(" <span class=\"muted\">(").Number(group.instances.size()).Raw(")</span>");
  }
}

void Note(Sheet& sheet, bool holds, Wording wording) {
  if (holds) sheet.Raw("<br/><span class=\"small\">").Say(wording).Raw("</span>");
}

void CauseNotes(Sheet& sheet, procedure::Causes causes) {
  Note(sheet, causes.contents, Phrase("case.because_of_contents"));
  Note(sheet, causes.other, Phrase("case.because_of_record"));
}

// What the duties that decided ask for, in the definition's words.
void Duties(Sheet& sheet, const Rule& rule, const procedure::RuleVerdict& verdict) {
  for (const procedure::Duty& duty : rule.duties) {
    if (std::ranges::find(verdict.duties, duty.id) == verdict.duties.end()) continue;
    // Most reasons begin with what was asked.
    if (sheet.In(WordingOf(verdict.detail)).starts_with(sheet.In(WordingOf(duty.says)))) continue;
    sheet.Raw("<br/><span class=\"small muted\">").Say(Phrase("case.asked")).Raw(" ");
    sheet.Say(WordingOf(duty.says)).Raw("</span>");
  }
}

void Group(Sheet& sheet, const Rule& rule, const VerdictGroup& group) {
  const procedure::RuleVerdict& verdict = *group.verdict;
  sheet.Raw("<li>").Badge(verdict.outcome).Raw(" ");
  Instances(sheet, group);
  sheet.Raw("<br/>").Say(WordingOf(verdict.detail));
  if (verdict.due) {
    sheet.Raw(" <b>").Say(Phrase("case.due_is"), {verdict.due->text}).Raw("</b>");
  }
  if (verdict.outcome != Outcome::kPass) Duties(sheet, rule, verdict);
  Note(sheet, verdict.remedied, Phrase("case.remedied_later"));
  Note(sheet, verdict.corrected, Phrase("case.verdict_corrected"));
  Note(sheet, verdict.kept, Phrase("case.verdict_kept"));
  if (verdict.outcome == Outcome::kUnknown) CauseNotes(sheet, verdict.causes);
  if (!group.entries.empty()) {
    sheet.Raw("<br/><span class=\"small muted\">").Say(Phrase("case.entries")).Raw(" ");
    sheet.Entries(group.entries).Raw("</span>");
  }
  sheet.Raw("</li>\n");
}

void Basis(Sheet& sheet, const Rule& rule) {
  sheet.Raw("<p class=\"small muted\">").Say(Phrase("case.basis")).Raw(" ");
  for (std::size_t i = 0; i < rule.basis.size(); ++i) {
    if (i > 0) sheet.Raw("; ");
    sheet.Text(rule.basis[i]);
  }
  sheet.Raw(" (").Say(SourceWording(rule.source)).Raw("). ");
  sheet.Say(Phrase("case.weight"), {std::string(sheet.In(SeverityWording(rule.severity)))});
  sheet.Raw("</p>\n");
}

void OneRule(Sheet& sheet, const Rule& rule, const std::vector<VerdictGroup>& groups) {
  const bool broken = groups.front().verdict->outcome == Outcome::kFail;
  sheet.Raw(broken ? Literal("<div class=\"rule bad\">") : Literal("<div class=\"rule\">"));
  sheet.Raw("<h3>").Text(RuleTitle(sheet, rule)).Raw("</h3>\n");
  Basis(sheet, rule);
  sheet.Raw("<ul>\n");
  const std::size_t shown = std::min(groups.size(), kMaxListed / 10);
  for (std::size_t i = 0; i < shown; ++i) Group(sheet, rule, groups[i]);
  if (shown < groups.size()) {
    sheet.Raw("<li>")
        .Say(Phrase("case.more_verdicts"), {std::to_string(groups.size() - shown)})
        .Raw("</li>\n");
  }
  sheet.Raw("</ul></div>\n");
}

void NotApplicable(Sheet& sheet, const RuleGroups& groups) {
  bool first = true;
  for (const Rule& rule : sheet.view.definition->rules) {
    if (groups.contains(rule.id)) continue;
    if (first) {
      sheet.Raw("<p class=\"small\"><b>").Say(Phrase("case.rules_not_applicable")).Raw(" </b>");
    } else {
      sheet.Raw("; ");
    }
    first = false;
    sheet.Text(RuleTitle(sheet, rule));
  }
  if (!first) sheet.Raw("</p>\n");
}

void Check(Sheet& sheet, const procedure::CheckVerdict& check) {
  const ActDays* act = sheet.days.OfEntry(check.entry);
  sheet.Raw("<tr><td class=\"n\" data-is=\"").Say(Phrase("case.entry")).Raw("\">");
  sheet.EntryLink(check.entry).Raw("</td><td>");
  if (act != nullptr) sheet.Say(TypeWording(sheet.view.definition, act->act->type));
  sheet.Raw("</td><td>").Badge(check.outcome).Raw(" ").Say(ProcedureCheckWording(check.id));
  sheet.Raw("</td><td>").Say(WordingOf(check.detail));
  if (check.due) sheet.Raw(" ").Say(Phrase("case.due_is"), {check.due->text});
  if (check.outcome == Outcome::kUnknown) CauseNotes(sheet, check.causes);
  Note(sheet, check.kept, Phrase("case.check_kept"));
  sheet.Raw("</td></tr>\n");
}

}  // namespace

void WriteRules(Sheet& sheet) {
  if (!Judged(sheet.view) || sheet.view.definition == nullptr) return;
  sheet.Heading(Phrase("case.rules"));
  const RuleGroups groups = Grouped(*sheet.view.judgement);
  for (const Rule& rule : sheet.view.definition->rules) {
    const auto found = groups.find(rule.id);
    if (found != groups.end()) OneRule(sheet, rule, found->second);
  }
  NotApplicable(sheet, groups);
}

void WriteChecks(Sheet& sheet) {
  if (!Judged(sheet.view)) return;
  const std::vector<procedure::CheckVerdict>& checks = sheet.view.judgement->checks;
  sheet.Heading(Phrase("case.checks_of_each_action"));
  if (checks.empty()) {
    sheet.Raw("<p>").Say(Phrase("case.all_checks_pass")).Raw("</p>\n");
    return;
  }
  sheet.Raw("<table>\n<thead><tr><th>").Say(Phrase("case.entry")).Raw("</th><th>");
  sheet.Say(Phrase("case.action")).Raw("</th><th>").Say(Phrase("case.check"));
  sheet.Raw("</th><th>").Say(Phrase("case.reason")).Raw("</th></tr></thead>\n<tbody>\n");
  for (std::size_t i = 0; i < checks.size() && i < kMaxListed; ++i) Check(sheet, checks[i]);
  sheet.Raw("</tbody>\n</table>\n");
  if (checks.size() > kMaxListed) {
    sheet.Raw("<p>")
        .Say(Phrase("case.more_checks"), {std::to_string(checks.size() - kMaxListed)})
        .Raw("</p>\n");
  }
}

}  // namespace jejak::presentation
