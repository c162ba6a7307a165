// SPDX-License-Identifier: Apache-2.0
//
// What judging a case gives (design/procedure.md "Verdicts").
//
//   R07  officer P044  fail  entries 38   "Panggilan pertama … : batas 2024-05-29, …"
//   check.role  entry 41  fail
//
// Every sentence is about the process, never about a person, and in both languages.
// Plain values; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger/base/time.h"
#include "ledger/procedure/datum.h"
#include "ledger/procedure/definition.h"

namespace jejak::procedure {

// Ascending: the worst of several wins.
enum class Outcome : std::uint8_t { kNotApplicable, kPass, kPending, kUnknown, kFail };
// "not_applicable" "pass" "pending" "unknown" "fail"
std::string_view OutcomeWord(Outcome outcome);

// The end of a deadline that is still open.
struct Due {
  UnixSeconds last;  // the last second in which it is kept
  std::string text;  // "2024-06-19", or for hours "2024-10-06T08:00:00+07:00"
};

struct RuleVerdict {
  std::string rule;
  std::string scope;     // "case" or the track's name
  std::string instance;  // the key; "" in scope case; "?" = the acts whose key can't be read
  Outcome outcome = Outcome::kNotApplicable;
  std::optional<Due> due;  // pending only, and not always
  // Fail only: the earliest deadline that passed and that no act has met since, not even late.
  std::optional<Due> missed;
  bool remedied = false;   // failed in a segment that was reopened
  bool corrected = false;  // another verdict without the corrections
  bool kept = false;       // failed before a void or a rebinding, which can't launder it
  Causes causes;           // unknown only
  std::vector<std::uint64_t> entries;  // indexes in the log, ascending, distinct
  std::vector<std::string> duties;     // ids of the duties that decided, in the rule's order
  Words detail;
};

// A structural check of one act that does not pass.
struct CheckVerdict {
  std::string id;                    // "check.role"
  Outcome outcome = Outcome::kFail;  // kFail, kPending, kUnknown
  std::uint64_t entry = 0;
  std::optional<Due> due;
  Causes causes;
  bool kept = false;
  Words detail;
};

// Where an instance of a track stands at the end of the record.
struct InstanceState {
  std::string track, instance;
  std::optional<std::string> state;  // nullopt: unknown
  std::uint64_t since = 0;           // entry of the act that moved it last, or that named it
};

struct Judgement {
  bool judged = false;  // else inconclusive, and `why_not` says why
  Words why_not;
  std::string procedure, version;
  std::uint64_t publish_index = 0;
  // Causes of corrections and voids whose body can't be read: every verdict but fail is unknown.
  Causes unreadable_corrections;
  std::vector<RuleVerdict> rules;    // rule order, then instance order; not applicable ones only if
                                     // corrected
  std::vector<CheckVerdict> checks;  // log order
  std::vector<InstanceState> states;  // at the end; tracks in order
  std::vector<std::uint64_t> voided;  // entries that a record.void took away; ascending
};

// 0, 11 or 12 as jejak-verify exits (design/procedure.md "Verdicts").
int ExitOf(const Judgement& judgement, bool require_contents);

}  // namespace jejak::procedure
