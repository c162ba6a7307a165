// SPDX-License-Identifier: Apache-2.0
//
// CaseFacts: what statistics count of one case (reference section 7), out of its acts and its
// judgement. Nothing here is a person's: keys of instances are dropped, contents are codes only.
//
//   opened 2024-05, closed; 1 report.submit (mode named), 1 sidak.hold about 1 …
//   report.submit -> report.verify 2 working days (3 allowed); officer SANCTIONED after 18
//   R07 fails, by inspektorat; nothing overdue
//
// Everything is taken from the definition: what begins an instance is what may come in its track's
// initial state, what ends it is a final state, what is measured is what declares a deadline, what
// is broken down by is a field of codes. Voided acts are not seen, corrected ones as corrected.
// Pure; any thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ledger/procedure/act.h"
#include "ledger/procedure/case_summary.h"
#include "ledger/procedure/verdict.h"

namespace jejak::procedure {

// A field of codes or a boolean at the top of a body, as one act has it.
struct CodeFact {
  std::string type, field;
  std::string value;  // "" = unknown: the body isn't at hand, or the field is sealed or absent
};

// A field of dates, at any depth of objects, against the event: the day of the act with which the
// instance began that the act concerns (the inspection, the naming); of the case, if it is of none.
struct DateFact {
  std::string type, field;  // the field as a pointer: "/letter/issued_on"
  std::string value;        // "after" "not_after"; "" = unknown, as in CodeFact
};

// From an act to the first one that its deadline asks for.
struct SpanFact {
  std::string from, to;              // types
  std::optional<std::int64_t> days;  // in the deadline's unit; nullopt: can't be counted
  bool within = false;               // at most what is allowed; false if it can't be counted
};

// An instance of a track.
struct InstanceFact {
  std::string track;
  std::string state;  // at the end; "" = unknown
  bool final = false;
  bool reopened = false;
  std::optional<std::int64_t> days_to_final;  // working days from its first act to the last move
  std::int64_t days_in_state = 0;             // calendar days from that move to `now`
  std::vector<CodeFact> began_with;           // of the act that began it, one per code field
};

struct CaseFacts {
  bool judged = false;
  std::string procedure, version;
  std::uint64_t publish_index = 0;
  std::string month;  // of the opening entry, in the definition's zone; "2024-05"
  bool open = true;
  std::int64_t age_days = 0;  // open: calendar days since it was opened
  std::map<std::pair<std::string, std::string>, std::uint64_t> acts;  // (month, type)
  std::map<std::string, std::uint64_t> subjects;  // by type: keys that its acts of a track concern
  std::map<std::string, std::int64_t> after_opening;  // by type: working days to its first act
  std::vector<CodeFact> codes;
  std::vector<DateFact> dates;  // a field that is known to be absent is left out
  // By act: its type and the calendar days from its date to the day of its entry, 0 at least.
  std::vector<std::pair<std::string, std::int64_t>> entered_after;
  std::vector<SpanFact> spans;
  std::vector<InstanceFact> instances;
  std::map<std::string, std::string> rules;   // id: worst outcome; "remedied" apart from "fail"
  bool critical_fail = false;                 // some rule of severity C fails
  std::map<std::string, std::string> checks;  // id: worst outcome, those that don't pass
  std::vector<std::pair<std::string, std::string>> failed_at;  // (rule, unit), distinct
  std::map<std::string, std::uint64_t> overdue;  // by rule: deadlines that passed and nothing met
};

// `acts` as given to Replay, the last of its bindings, and what it said. O(acts * (keys + log)),
// and for each deadline that is measured the acts since what it counts from, for each fail all.
CaseFacts CollectFacts(std::span<const Act> acts, const Binding& binding,
                       const Judgement& judgement, UnixSeconds now);

}  // namespace jejak::procedure
