// SPDX-License-Identifier: Apache-2.0
#include "ledger/procedure/verdict.h"

#include <array>

namespace jejak::procedure {

std::string_view OutcomeWord(Outcome outcome) {
  constexpr std::array<std::string_view, 5> kWords{"not_applicable", "pass", "pending", "unknown",
                                                   "fail"};
  return kWords[static_cast<std::size_t>(outcome)];
}

int ExitOf(const Judgement& judgement, bool require_contents) {
  constexpr int kViolation = 11, kInconclusive = 12;
  if (!judgement.judged) return kInconclusive;
  bool inconclusive = false;
  const auto unknown = [&](Outcome outcome, Causes causes) {
    if (outcome == Outcome::kUnknown) inconclusive |= causes.other || require_contents;
  };
  for (const RuleVerdict& verdict : judgement.rules) {
    if (verdict.outcome == Outcome::kFail || verdict.remedied) return kViolation;
    unknown(verdict.outcome, verdict.causes);
  }
  for (const CheckVerdict& check : judgement.checks) {
    if (check.outcome == Outcome::kFail) return kViolation;
    unknown(check.outcome, check.causes);
  }
  return inconclusive ? kInconclusive : 0;
}

}  // namespace jejak::procedure
