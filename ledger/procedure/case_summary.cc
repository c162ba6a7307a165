// SPDX-License-Identifier: Apache-2.0
#include "ledger/procedure/case_summary.h"

#include <algorithm>

namespace jejak::procedure {
namespace {

void SortDistinct(std::vector<std::string>& list) {
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
}

bool Reopens(const Definition& definition, const std::string& type) {
  return std::any_of(definition.tracks.begin(), definition.tracks.end(),
                     [&](const Track& track) { return Contains(track.reopens, type); });
}

// What a void takes away closes nothing; whether it counts was judged with it (check.correction).
void FindClosing(std::span<const Act> acts, const Definition& definition, CaseSummary& summary) {
  for (const Act& act : acts) {
    if (Contains(definition.closes, act.type)) {
      summary.closed = act.index;
      summary.closed_time = act.entered;
    } else if (Reopens(definition, act.type)) {
      summary.closed.reset();
      summary.closed_time.reset();
    }
  }
}

bool IsFinal(const Definition& definition, const InstanceState& state) {
  if (!state.state) return false;
  for (const Track& track : definition.tracks) {
    if (track.name == state.track) return Contains(track.final_states, *state.state);
  }
  return false;
}

void AddUnits(const Act& act, std::vector<std::string>& units) {
  for (const SignerLine& signer : act.by) {
    if (!signer.unit.empty()) units.push_back(signer.unit);
  }
}

void FindUnits(std::span<const Act> acts, CaseSummary& summary) {
  for (const Stage& stage : summary.stages) {
    if (stage.final) continue;
    const auto moved =
        std::lower_bound(acts.begin(), acts.end(), stage.since,
                         [](const Act& act, std::uint64_t index) { return act.index < index; });
    if (moved != acts.end()) AddUnits(*moved, summary.units);
  }
  for (auto act = acts.rbegin(); act != acts.rend() && summary.units.empty(); ++act)
    AddUnits(*act, summary.units);
  SortDistinct(summary.units);
}

void AddRules(const Judgement& judgement, CaseSummary& summary) {
  for (const RuleVerdict& verdict : judgement.rules) {
    const bool remedied = verdict.outcome == Outcome::kFail && verdict.remedied;
    summary.worst = std::max(summary.worst, remedied ? Outcome::kPass : verdict.outcome);
    if (verdict.outcome == Outcome::kFail && !remedied) summary.failed.push_back(verdict.rule);
    if (verdict.outcome == Outcome::kPending) summary.pending.push_back(verdict.rule);
    const std::optional<Due>& due =
        verdict.outcome == Outcome::kPending ? verdict.due : verdict.missed;
    if (due) summary.deadlines.push_back({verdict.rule, verdict.scope, verdict.instance, *due});
  }
  for (const CheckVerdict& check : judgement.checks) {
    summary.worst = std::max(summary.worst, check.outcome);
    if (check.outcome == Outcome::kFail) summary.failed_checks.push_back(check.id);
  }
  for (auto* list : {&summary.failed, &summary.pending, &summary.failed_checks})
    SortDistinct(*list);
  std::stable_sort(
      summary.deadlines.begin(), summary.deadlines.end(),
      [](const OpenDeadline& a, const OpenDeadline& b) { return a.due.last < b.due.last; });
}

}  // namespace

CaseSummary Summarize(std::span<const Act> acts, const Definition* definition,
                      const Judgement& judgement) {
  CaseSummary summary;
  summary.judged = judgement.judged && definition != nullptr;
  summary.procedure = judgement.procedure;
  summary.version = judgement.version;
  summary.actions = acts.size();
  summary.opened = acts.front().index;
  summary.opened_time = acts.front().entered;
  summary.last = acts.back().index;
  summary.last_time = acts.back().entered;
  if (definition != nullptr && summary.judged) {
    FindClosing(acts, *definition, summary);
    for (const InstanceState& state : judgement.states) {
      summary.stages.push_back(
          {state.track, state.instance, state.state, IsFinal(*definition, state), state.since});
    }
    AddRules(judgement, summary);
  } else {
    summary.worst = Outcome::kUnknown;
  }
  if (summary.closed) {
    summary.deadlines.clear();
  } else {
    FindUnits(acts, summary);
  }
  return summary;
}

}  // namespace jejak::procedure
