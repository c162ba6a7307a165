// SPDX-License-Identifier: Apache-2.0
//
// What the index of a log says of one case.
#include <algorithm>
#include <utility>

#include "ledger/presentation/case_days.h"
#include "ledger/presentation/words.h"
#include "ledger/procedure/case_summary.h"
#include "verifier/report_html_log.h"

namespace jejak::verifier {
namespace {

using presentation::ActDays;
using presentation::CaseDays;
using presentation::StateWording;
using procedure::Definition;
using procedure::Outcome;

const procedure::Rule* FindRule(const Definition& definition, const std::string& id) {
  const auto found = std::ranges::find(definition.rules, id, &procedure::Rule::id);
  return found == definition.rules.end() ? nullptr : &*found;
}

void AddUnits(const procedure::Act& act, std::set<std::string>& units) {
  for (const procedure::SignerLine& line : act.by) {
    if (!line.unit.empty()) units.insert(line.unit);
  }
}

void AddStage(const procedure::Stage& stage, const Definition& definition, CaseLine& line) {
  if (stage.final || !stage.state) return;
  const presentation::Wording wording = StateWording(&definition, stage.track, *stage.state);
  const procedure::Words words{std::string(wording.id), std::string(wording.en)};
  if (std::ranges::find(line.stages, words) == line.stages.end()) line.stages.push_back(words);
}

void AddBreach(const procedure::RuleVerdict& verdict, const Definition& definition,
               const CaseDays& days, CaseLine& line) {
  const procedure::Rule* rule = FindRule(definition, verdict.rule);
  if (rule == nullptr) return;
  if (line.breaches.empty() || line.breaches.back().rule != verdict.rule) {
    line.breaches.push_back({verdict.rule, rule->title, {}});
  }
  for (const std::uint64_t entry : verdict.entries) {
    const ActDays* act = days.OfEntry(entry);
    if (act != nullptr) AddUnits(*act->act, line.breaches.back().units);
  }
}

void AddOverdue(const procedure::RuleVerdict& verdict, const Definition& definition,
                const CaseDays& days, UnixSeconds now, CaseLine& line) {
  const procedure::Rule* rule = FindRule(definition, verdict.rule);
  if (rule == nullptr || !verdict.missed || line.closed) return;
  CaseLine::Overdue overdue{verdict.rule, rule->title, verdict.missed->text, {}};
  overdue.days_late = days.WorkingDays(days.DayOf(verdict.missed->last), days.DayOf(now));
  if (!line.overdue || overdue.days_late > line.overdue->days_late) line.overdue = overdue;
}

}  // namespace

CaseLine DescribeCase(const evidence::CaseRecord& record,
                      const evidence::CaseConformance& conformance, UnixSeconds now,
                      std::string address) {
  CaseLine line;
  line.stream = record.stream;
  line.address = std::move(address);
  const Definition* definition = conformance.judged_by();
  const CaseDays days(record.acts, definition, record.calendars());
  if (!days.acts().empty()) {
    line.opened_day = days.acts().front().day;
    line.last_day = days.acts().back().day;
    AddUnits(record.acts.back(), line.units);
  }
  if (definition == nullptr || !conformance.judgement.judged) return line;
  line.conformance = presentation::ConformanceOf(presentation::Count(conformance.judgement));
  const procedure::CaseSummary summary =
      procedure::Summarize(record.acts, definition, conformance.judgement);
  line.closed = summary.closed.has_value();
  for (const procedure::Stage& stage : summary.stages) AddStage(stage, *definition, line);
  for (const procedure::RuleVerdict& verdict : conformance.judgement.rules) {
    if (verdict.outcome != Outcome::kFail) continue;
    AddBreach(verdict, *definition, days, line);
    AddOverdue(verdict, *definition, days, now, line);
  }
  return line;
}

}  // namespace jejak::verifier
