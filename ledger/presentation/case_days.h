// SPDX-License-Identifier: Apache-2.0
//
// The days of a case, for showing: when each action was, how many working days after the one
// before, and whether the deadline that its definition names for it was met.
//
//   31 exam.summon  2024-06-03  8 working days later  due 2024-05-28 (5 after case.screen): missed
//
// Shows, doesn't judge: rules judge, by their own reading of the record (procedure/replay.h). Where
// a date can't be counted nothing is claimed. O(n log n) in the acts. Pure; any thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ledger/procedure/act.h"
#include "ledger/procedure/calendar.h"
#include "ledger/procedure/definition.h"

namespace jejak::presentation {

enum class DeadlineState : std::uint8_t { kMet, kMissed, kPending };

// What the definition says about when an action of this type is due, where that can be counted.
struct ActDeadline {
  std::uint64_t from_entry = 0;  // of the action that it counts from
  std::int64_t from_day = 0;     // days since 1970-01-01; so below
  std::int64_t due_day = 0;
  DeadlineState state = DeadlineState::kMet;
  std::optional<std::int64_t> late;  // kMissed: by how many days of its unit; hours: by how many
  const procedure::ActionType::Deadline* says = nullptr;
};

struct ActDays {
  const procedure::Act* act = nullptr;
  std::int64_t day = 0;                        // legal date
  std::optional<std::int64_t> since_previous;  // working days; nullopt: none before, or unknown
  bool same_day = false;                       // as the one before
  bool before_previous = false;                // dated before the action that it follows
  std::optional<ActDeadline> deadline;
};

class CaseDays final {
 public:
  // `definition` may be null: then dates are those that the signers wrote, and nothing is counted.
  // All of it outlives this.
  CaseDays(std::span<const procedure::Act> acts, const procedure::Definition* definition,
           std::span<const procedure::CalendarVersion> calendars);

  const std::vector<ActDays>& acts() const { return acts_; }
  // The same with the newest `count` acts alone, counted among all.
  CaseDays Newest(std::size_t count) const;
  // The act of a log entry; nullptr if it isn't of this case, or was left out.
  const ActDays* OfEntry(std::uint64_t entry) const;
  // The local day of an instant.
  std::int64_t DayOf(UnixSeconds instant) const;
  // Working days after `from` up to `to`; nullopt where that can't be counted.
  std::optional<std::int64_t> WorkingDays(std::int64_t from, std::int64_t to) const;
  // False: surely not a working day.
  bool MayBeWorking(std::int64_t day) const;

 private:
  const procedure::DayCounter& Counter(std::optional<std::uint64_t> before);
  void Add(const procedure::Act& act);
  const ActDays* StartOf(const procedure::ActionType& type, const procedure::Act& act) const;
  std::optional<ActDeadline> DeadlineOf(const procedure::ActionType& type, const ActDays& at);
  std::optional<std::int64_t> DueDay(const ActDays& start, std::int64_t max, procedure::Unit unit);

  const procedure::Definition* definition_;
  std::span<const procedure::CalendarVersion> calendars_;
  std::map<std::size_t, procedure::DayCounter> counters_;  // by how many versions count
  std::vector<ActDays> acts_;
  std::map<std::string, std::vector<std::size_t>, std::less<>> by_type_;
};

// "2024-06-19".
std::string DayText(std::int64_t day);

}  // namespace jejak::presentation
