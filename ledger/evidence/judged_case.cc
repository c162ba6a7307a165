// SPDX-License-Identifier: Apache-2.0
#include "ledger/evidence/judged_case.h"

#include <algorithm>
#include <utility>

namespace jejak::evidence {
namespace {

using procedure::Outcome;

bool Contains(const std::vector<std::string>& list, const std::string& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

// The worst verdict of each rule in one case; rules without any are not applicable.
std::map<std::string_view, std::pair<Outcome, bool>> WorstByRule(
    const procedure::Judgement& judgement) {
  std::map<std::string_view, std::pair<Outcome, bool>> worst;
  for (const procedure::RuleVerdict& verdict : judgement.rules) {
    auto& [outcome, remedied] = worst[verdict.rule];
    // One fail that stands makes the rule's fail one that stands.
    if (verdict.outcome == Outcome::kFail) {
      remedied = verdict.remedied && (outcome != Outcome::kFail || remedied);
    }
    outcome = std::max(outcome, verdict.outcome);
  }
  return worst;
}

}  // namespace

PublishedVersion VersionOf(const procedure::Judgement& judgement) {
  return {judgement.publish_index, judgement.procedure, judgement.version};
}

OutcomeCounts CountVerdicts(const procedure::Judgement& judgement) {
  OutcomeCounts counts;
  for (const procedure::RuleVerdict& verdict : judgement.rules) {
    counts.Add(verdict.outcome);
    if (verdict.outcome == Outcome::kFail && verdict.remedied) ++counts.remedied;
  }
  return counts;
}

OutcomeCounts CountChecks(const procedure::Judgement& judgement) {
  OutcomeCounts counts;
  for (const procedure::CheckVerdict& check : judgement.checks) counts.Add(check.outcome);
  return counts;
}

void LogConformance::Add(const CaseConformance& conformance, int exit_code) {
  const procedure::Judgement& judgement = conformance.judgement;
  ++cases_;
  if (exit_code != 0 && exit_code != 11) ++inconclusive_;
  if (!judgement.judged || !conformance.definition) {
    unjudged_.push_back({conformance.stream, {}, {}, judgement.why_not});
    return;
  }
  Procedure& procedure = procedures_[VersionOf(judgement)];
  const std::vector<procedure::Rule>& rules = conformance.judged_by()->rules;
  procedure.definition = conformance.definition;
  procedure.rules.resize(rules.size());
  ++procedure.cases;
  NotedCase noted{conformance.stream, {}, {}, {}};
  const auto worst = WorstByRule(judgement);
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const auto found = worst.find(rules[i].id);
    const auto [outcome, remedied] =
        found == worst.end() ? std::pair(Outcome::kNotApplicable, false) : found->second;
    procedure.rules[i].Add(outcome);
    if (outcome != Outcome::kFail) continue;
    if (remedied) ++procedure.rules[i].remedied;
    noted.rules.push_back(rules[i].id);
  }
  for (const procedure::CheckVerdict& check : judgement.checks) {
    procedure.checks[check.id].Add(check.outcome);
    if (check.outcome == Outcome::kFail && !Contains(noted.checks, check.id)) {
      noted.checks.push_back(check.id);
    }
  }
  if (!noted.rules.empty() || !noted.checks.empty()) broken_.push_back(std::move(noted));
}

bool LogConformance::any_unknown() const {
  const auto unknown = [](const OutcomeCounts& counts) { return counts[Outcome::kUnknown] > 0; };
  return std::ranges::any_of(procedures_, [&](const auto& procedure) {
    return std::ranges::any_of(procedure.second.rules, unknown) ||
           std::ranges::any_of(procedure.second.checks,
                               [&](const auto& check) { return unknown(check.second); });
  });
}

}  // namespace jejak::evidence
