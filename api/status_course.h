// SPDX-License-Identifier: Apache-2.0
//
// Course: what may come next in one instance of a track, and by when, out of the definition that
// judges the case (design/procedure.md "Definition": from, to, roles, deadline).
//
//   report 4z1k… VERIFIED   ->  case.dispose by sekda, inspektur, ppk, due 2024-05-17: 2 days left
//                               report.withdraw by pelapor
//
// Nothing is judged here: replay does that. A step is what the definition allows in a state; its
// deadline counts from the newest act of the type that it names. One thread, since days are counted
// with caches; all that it is made of outlives it.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/evidence/conformance.h"
#include "ledger/procedure/readings.h"
#include "ledger/procedure/verdict.h"

namespace jejak::api {

// When something is due, seen from today.
struct DueDay {
  std::string text;  // "2024-05-17", or for hours "2024-10-06T08:00:00+07:00"
  std::int64_t day = 0;
  // Working days (or the deadline's own) that are left, from 0; or by which it is late, from 1.
  // nullopt: the calendar doesn't reach.
  bool late = false;
  std::optional<std::int64_t> days;
};

// An action that may come next.
struct NextStep {
  const procedure::ActionType* type = nullptr;
  std::optional<DueDay> due;
};

// An instance of a track, and where it stands.
struct Instance {
  std::size_t track = 0;
  std::string key;
  std::optional<std::string> state;  // nullopt: unknown
};

class Course final {
 public:
  Course(const evidence::CaseRecord& record, const evidence::CaseConformance& conformance,
         UnixSeconds now);

  // The actions that an instance may have next, without those that would begin it anew: first what
  // has a deadline, the nearest first, then the rest as declared. O(types * acts).
  std::vector<NextStep> StepsOf(const Instance& instance) const;
  // Whether the roles of an action name one whose keys come in with a `party` line.
  bool IsForParties(const procedure::ActionType& type) const;

  // A deadline of a verdict.
  DueDay DueOf(const procedure::Due& due) const;
  // Whether the act concerns the instance.
  bool Concerns(const procedure::Act& act, const Instance& instance) const;
  bool IsVoided(const procedure::Act& act) const;
  // Whether it may move a track, close, archive or decide anything: it isn't voided, and was signed
  // in a role that may do it, not just in time for an assent that would mend it. Admission lets any
  // key of the case sign any type; only the judgement tells.
  bool Counts(const procedure::Act& act) const;

 private:
  const procedure::Act* LastOf(std::string_view type, const Instance& instance) const;
  std::optional<DueDay> DeadlineOf(const procedure::ActionType& type,
                                   const Instance& instance) const;
  bool Allows(const procedure::ActionType& type, const Instance& instance) const;
  DueDay CountTo(std::string text, std::int64_t day, procedure::Unit unit) const;

  const evidence::CaseRecord& record_;
  const evidence::CaseConformance& conformance_;
  const procedure::Definition& definition_;
  procedure::Readings readings_;
  procedure::DayCounter days_;
  std::int64_t today_;
  std::set<std::string, std::less<>> party_roles_;
};

}  // namespace jejak::api
