// SPDX-License-Identifier: Apache-2.0
//
// What the index of a log says of one case.
#include <algorithm>
#include <utility>

#include "verifier/report_html_acts.h"
#include "verifier/report_html_log.h"

namespace jejak::verifier {
namespace {

using procedure::Definition;
using procedure::Judgement;
using procedure::Outcome;

const procedure::Rule* FindRule(const Definition* definition, const std::string& id) {
  if (definition == nullptr) return nullptr;
  const auto found = std::ranges::find(definition->rules, id, &procedure::Rule::id);
  return found == definition->rules.end() ? nullptr : &*found;
}

void AddUnits(const procedure::Act& act, std::set<std::string>& units) {
  for (const procedure::SignerLine& line : act.by) {
    if (!line.unit.empty()) units.insert(line.unit);
  }
}

// Closed by an action of a type that closes, with no later one that reopens a track.
bool IsClosed(const std::vector<procedure::Act>& acts, const Definition& definition) {
  bool closed = false;
  for (const procedure::Act& act : acts) {
    if (std::ranges::find(definition.closes, act.type) != definition.closes.end()) closed = true;
    for (const procedure::Track& track : definition.tracks) {
      if (std::ranges::find(track.reopens, act.type) != track.reopens.end()) closed = false;
    }
  }
  return closed;
}

void AddStage(const procedure::InstanceState& state, const Definition& definition, CaseLine& line) {
  for (const procedure::Track& track : definition.tracks) {
    if (track.name != state.track || !state.state) continue;
    if (std::ranges::find(track.final_states, *state.state) != track.final_states.end()) return;
    const Wording words = StateWording(&definition, state.track, *state.state);
    const procedure::Words stage{std::string(words.id), std::string(words.en)};
    if (std::ranges::find(line.stages, stage) == line.stages.end()) line.stages.push_back(stage);
  }
}

void AddBreach(const procedure::RuleVerdict& verdict, const Definition& definition,
               const CaseDays& days, CaseLine& line) {
  const procedure::Rule* rule = FindRule(&definition, verdict.rule);
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
  const procedure::Rule* rule = FindRule(&definition, verdict.rule);
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
  const Definition* definition = conformance.definition && conformance.definition->definition
                                     ? &*conformance.definition->definition
                                     : nullptr;
  std::span<const procedure::CalendarVersion> calendars;
  if (!record.bindings.empty() && record.bindings.back().second->calendars != nullptr) {
    calendars = *record.bindings.back().second->calendars;
  }
  const CaseDays days(record.acts, definition, calendars);
  if (!days.acts().empty()) {
    line.opened_day = days.acts().front().day;
    line.last_day = days.acts().back().day;
    AddUnits(record.acts.back(), line.units);
  }
  if (definition == nullptr || !conformance.judgement.judged) return line;
  line.conformance = ConformanceOf(Count(conformance.judgement));
  line.closed = IsClosed(record.acts, *definition);
  for (const procedure::InstanceState& state : conformance.judgement.states) {
    AddStage(state, *definition, line);
  }
  for (const procedure::RuleVerdict& verdict : conformance.judgement.rules) {
    if (verdict.outcome != Outcome::kFail) continue;
    AddBreach(verdict, *definition, days, line);
    AddOverdue(verdict, *definition, days, now, line);
  }
  return line;
}

}  // namespace jejak::verifier
