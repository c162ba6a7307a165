// SPDX-License-Identifier: Apache-2.0
//
// Working days (design/procedure.md "Calendars", design/language.md "Time").
//
//   {"format":"jejak/calendar/v1","id":"id-asn","version":"2026.1",…,"from":"2024-01-01",
//    "to":"2026-12-31","working_week":["mon",…],"holidays":["2024-01-01",{"date":…,"source":"unverified"}]}
//
// wd(a,b) counts the working days d with a < d <= b: the day of the event isn't counted. due(a,n)
// is the n-th working day after a. Late iff date > due: a Saturday after a Friday due is late.
// A day outside [from, to] of the version that rules it is unknown; so is what it would decide.
// A version rules the days after the local date of its own entry, earlier days keep what ruled
// them; the first rules all its days. So a holiday announced late moves nothing that has passed.
// Pure values; any thread. Counting is O(log n) in the days of the calendars.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/time.h"
#include "ledger/procedure/datum.h"
#include "ledger/procedure/definition.h"

namespace jejak::procedure {

inline constexpr std::string_view kCalendarFormat = "jejak/calendar/v1";

struct Calendar {
  struct Holiday {
    std::int64_t day = 0;     // since 1970-01-01
    bool unverified = false;  // its source
  };
  std::string id, version, source;
  Words title;
  int zone_minutes = 0;  // informs only
  CivilDate from, to;
  std::vector<bool> working_week;  // 7, Monday first
  std::vector<Holiday> holidays;   // ascending
};

struct ParsedCalendar {
  std::optional<Calendar> calendar;
  std::vector<Problem> problems;
  std::string Explain() const;
};

ParsedCalendar ParseCalendar(std::string_view text);

// A version of a calendar where the log has it.
struct CalendarVersion {
  std::uint64_t index = 0;  // of the entry that published it
  UnixSeconds entered;
  Calendar calendar;
};

enum class Unit : std::uint8_t { kWorkingDays, kCalendarDays, kHours };
std::optional<Unit> ParseUnit(std::string_view text);

// When something is due at the latest.
struct Deadline {
  enum class Kind : std::uint8_t {
    kDay,     // at the end of `day`
    kBeyond,  // after the calendar's last day, `day`, at the earliest
    kUnknown  // can't be counted
  };
  Kind kind = Kind::kUnknown;
  std::int64_t day = 0;  // since 1970-01-01
};

// Counts under one reading: a set of versions, in entry order, seen from one definition's zone.
class DayCounter final {
 public:
  // `versions` in entry order, each with the local date of its entry in the definition's zone.
  // Only versions with index < `before` count; if that leaves none, all do.
  DayCounter(std::span<const CalendarVersion> versions, const Definition& zone,
             std::optional<std::uint64_t> before);

  // True: a working day. nullopt: no version that rules the day covers it.
  std::optional<bool> IsWorking(std::int64_t day) const;

  // The n-th working (or calendar) day after `from`. Days past 9998 are unknown.
  Deadline Due(std::int64_t from, std::int64_t n, Unit unit) const;
  // date <= due(from, n) and date >= from; unknown where uncountable days would decide.
  Truth NotLate(std::int64_t from, std::int64_t date, std::int64_t n, Unit unit) const;
  // wd(from, date) >= n (calendar days: date - from >= n); false if date < from.
  Truth AtLeast(std::int64_t from, std::int64_t date, std::int64_t n, Unit unit) const;
  // date == due(from, n).
  Truth Exactly(std::int64_t from, std::int64_t date, std::int64_t n, Unit unit) const;
  // wd(from, date), for telling how late; nullopt where a day is unknown or date < from.
  std::optional<std::int64_t> Count(std::int64_t from, std::int64_t date, Unit unit) const;
  // The last day that can be counted.
  std::int64_t last_day() const { return last_day_; }

 private:
  // Working days up to each day of [first_day_, last_day_], and days that no version covers.
  std::int64_t first_day_ = 0;
  std::int64_t last_day_ = -1;
  std::vector<std::int32_t> working_;  // prefix counts; [0] = 0
  std::vector<std::int32_t> unknown_;
};

}  // namespace jejak::procedure
