// SPDX-License-Identifier: Apache-2.0
#include "ledger/presentation/tally.h"

#include <algorithm>
#include <tuple>

namespace jejak::presentation {
namespace {

using procedure::Outcome;
using procedure::RuleVerdict;

void CountUnknown(procedure::Causes causes, Tally& tally) {
  ++(causes.other ? tally.unknown_other : tally.unknown);
}

void CountRule(const RuleVerdict& verdict, Tally& tally) {
  switch (verdict.outcome) {
    case Outcome::kFail:
      ++(verdict.remedied ? tally.remedied : tally.broken);
      break;
    case Outcome::kPending:
      ++tally.open;
      break;
    case Outcome::kUnknown:
      CountUnknown(verdict.causes, tally);
      break;
    case Outcome::kPass:
      ++tally.kept;
      break;
    case Outcome::kNotApplicable:
      break;
  }
}

// What must be equal for two verdicts to be told as one.
auto Sameness(const RuleVerdict& v) {
  return std::tuple(v.scope, v.outcome, v.remedied, v.corrected, v.kept, v.duties, v.detail.id,
                    v.detail.en, v.due ? v.due->text : std::string());
}

void Merge(std::vector<std::uint64_t>& into, const std::vector<std::uint64_t>& entries) {
  into.insert(into.end(), entries.begin(), entries.end());
  std::ranges::sort(into);
  into.erase(std::unique(into.begin(), into.end()), into.end());
}

}  // namespace

Tally Count(const procedure::Judgement& judgement) {
  Tally tally;
  for (const RuleVerdict& verdict : judgement.rules) CountRule(verdict, tally);
  for (const procedure::CheckVerdict& check : judgement.checks) {
    if (check.outcome == Outcome::kFail) ++tally.checks;
    if (check.outcome == Outcome::kPending) ++tally.open;
    if (check.outcome == Outcome::kUnknown) CountUnknown(check.causes, tally);
  }
  return tally;
}

Conformance ConformanceOf(const Tally& tally) {
  if (tally.broken + tally.checks > 0) return Conformance::kBroken;
  if (tally.remedied > 0) return Conformance::kRemedied;
  if (tally.unknown_other > 0) return Conformance::kUncertain;
  if (tally.unknown > 0) return Conformance::kInPart;
  return tally.open > 0 ? Conformance::kOpen : Conformance::kKept;
}

RuleGroups Grouped(const procedure::Judgement& judgement) {
  RuleGroups groups;
  std::map<decltype(std::tuple_cat(std::tuple(std::string()), Sameness(RuleVerdict{}))),
           std::size_t>
      known;
  for (const RuleVerdict& verdict : judgement.rules) {
    std::vector<VerdictGroup>& of_rule = groups[verdict.rule];
    const auto [found, is_new] = known.try_emplace(
        std::tuple_cat(std::tuple(verdict.rule), Sameness(verdict)), of_rule.size());
    if (is_new) of_rule.push_back({&verdict, {}, {}});
    VerdictGroup& group = of_rule[found->second];
    group.instances.push_back(verdict.instance);
    Merge(group.entries, verdict.entries);
  }
  for (auto& [rule, of_rule] : groups) {
    std::ranges::stable_sort(of_rule, std::ranges::greater{}, [](const VerdictGroup& group) {
      return static_cast<int>(group.verdict->outcome);
    });
  }
  return groups;
}

}  // namespace jejak::presentation
