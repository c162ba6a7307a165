// SPDX-License-Identifier: Apache-2.0
//
// What a verdict says about the procedure (design/procedure.md "Verdicts"): of one case in full, of
// a whole log in numbers.
//
//   case/5K3D…  malang-article-2024 1.0.0, entry 9: A02 fail, A01 pass, check.role of entry 41 fail
//
//   log         pp94-kota 1.0.0, entry 12: 1,434 cases
//               R07  1,200 pass  3 fail  40 pending  100 unknown  91 not applicable
//
// Of a log each case counts once per rule, with the worst of its instances. Plain values; any
// thread.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/procedure/definition.h"
#include "ledger/procedure/verdict.h"

namespace jejak::evidence {

// The judgement of one case, and the definition that it was judged by.
struct CaseConformance {
  std::string stream;
  procedure::Judgement judgement;  // procedure, version and entry also if it isn't judged
  std::shared_ptr<const procedure::ParsedDefinition> definition;  // null unless judged

  // What judged it; nullptr: nothing did.
  const procedure::Definition* judged_by() const {
    return definition == nullptr ? nullptr : &*definition->definition;
  }
};

// A version of a procedure where the log published it; in log order.
struct PublishedVersion {
  std::uint64_t entry = 0;
  std::string procedure, version;

  auto operator<=>(const PublishedVersion&) const = default;
};
PublishedVersion VersionOf(const procedure::Judgement& judgement);

// How many verdicts, or cases, have each outcome.
struct OutcomeCounts {
  std::array<std::uint64_t, 5> of{};  // by Outcome
  std::uint64_t remedied = 0;         // of the fails

  std::uint64_t operator[](procedure::Outcome outcome) const {
    return of[static_cast<std::size_t>(outcome)];
  }
  void Add(procedure::Outcome outcome) { ++of[static_cast<std::size_t>(outcome)]; }
};

// The verdicts of one judgement, and its checks (of which only those that don't pass are listed).
OutcomeCounts CountVerdicts(const procedure::Judgement& judgement);
OutcomeCounts CountChecks(const procedure::Judgement& judgement);

// A case of a log that isn't simply in order.
struct NotedCase {
  std::string stream;
  std::vector<std::string> rules;   // ids that fail, in rule order; none if it isn't judged
  std::vector<std::string> checks;  // ids that fail, in log order, each once
  procedure::Words why_not;         // why it isn't judged
};

// All cases of a log.
class LogConformance final {
 public:
  struct Procedure {
    std::shared_ptr<const procedure::ParsedDefinition>
        definition;                                            // null: nothing was judged by it
    std::uint64_t cases = 0;                                   // judged
    std::vector<OutcomeCounts> rules;                          // cases by outcome, rule order
    std::map<std::string, OutcomeCounts, std::less<>> checks;  // verdicts by outcome
  };
  // O(verdicts * log rules). `exit_code`: 0, 11 or 12, what the case alone would give.
  void Add(const CaseConformance& conformance, int exit_code);

  std::uint64_t cases() const { return cases_; }
  std::uint64_t unjudged() const { return unjudged_.size(); }
  std::uint64_t inconclusive() const { return inconclusive_; }  // the unjudged among them
  const std::map<PublishedVersion, Procedure>& procedures() const { return procedures_; }
  // Whether some rule is unknown in some case.
  bool any_unknown() const;
  // Cases in which something failed, and cases that weren't judged; in the order they were added.
  const std::vector<NotedCase>& broken() const { return broken_; }
  const std::vector<NotedCase>& not_judged() const { return unjudged_; }

 private:
  std::uint64_t cases_ = 0;
  std::uint64_t inconclusive_ = 0;
  std::map<PublishedVersion, Procedure> procedures_;
  std::vector<NotedCase> broken_;
  std::vector<NotedCase> unjudged_;
};

}  // namespace jejak::evidence
