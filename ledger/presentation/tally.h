// SPDX-License-Identifier: Apache-2.0
//
// A judgement counted for its headline, and its verdicts put together where they say the same.
//
//   {broken: 2 rules, 1 action; remedied 0; open 1; unknown 0}
//   R07 kept "…": P301 P302 P303 (3)      R07 broken "…": P311
//
// Pure; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/procedure/verdict.h"

namespace jejak::presentation {

struct Tally {
  std::size_t broken = 0;         // rule and instance: fail, not remedied
  std::size_t remedied = 0;       // fail in a stage that was reopened
  std::size_t checks = 0;         // actions' structural checks that fail
  std::size_t open = 0;           // deadlines, and checks, that still run
  std::size_t unknown = 0;        // for want of contents alone
  std::size_t unknown_other = 0;  // would stay unknown with every content
  std::size_t kept = 0;
};
Tally Count(const procedure::Judgement& judgement);

// What the headline says; ascending, the worst wins.
// kInPart: nothing that could be judged was broken, and some could not, for want of contents.
enum class Conformance : std::uint8_t { kKept, kOpen, kInPart, kUncertain, kRemedied, kBroken };
Conformance ConformanceOf(const Tally& tally);

// Verdicts of one rule that differ in instance alone. Fails stand alone unless all is equal.
struct VerdictGroup {
  const procedure::RuleVerdict* verdict = nullptr;  // the first
  std::vector<std::string> instances;               // "" = the case
  std::vector<std::uint64_t> entries;               // of all, ascending, distinct
};
using RuleGroups = std::map<std::string, std::vector<VerdictGroup>, std::less<>>;
// By rule id; worst first, then in the judgement's order.
RuleGroups Grouped(const procedure::Judgement& judgement);

}  // namespace jejak::presentation
