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
// Pure values; any thread. Making a counter is O(h) in the holidays, counting O(log h + log v) in
// holidays and versions, whatever the span.
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

// The versions that were in the log before entry `index`; all in entry order.
std::span<const CalendarVersion> EnteredBefore(std::span<const CalendarVersion> versions,
                                               std::uint64_t index);

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

  // The n-th working (or calendar) day after `from`; `from` itself for n = 0. Days past 9998, a
  // negative n and hours are unknown: hours are instants, which need no calendar.
  Deadline Due(std::int64_t from, std::int64_t n, Unit unit) const;
  // from <= date <= due(from, n). Late for sure if the countable days before `date` reach n; in
  // time for sure only if every day up to `date` can be counted.
  Truth NotLate(std::int64_t from, std::int64_t date, std::int64_t n, Unit unit) const;
  // wd(from, date) >= n (calendar days: date - from >= n); false if date < from. Decided as soon as
  // the countable days reach n, or couldn't even if every other day were a working day.
  Truth AtLeast(std::int64_t from, std::int64_t date, std::int64_t n, Unit unit) const;
  // date == due(from, n).
  Truth Exactly(std::int64_t from, std::int64_t date, std::int64_t n, Unit unit) const;
  // wd(from, date), for telling how late; nullopt where a day is unknown or date < from.
  std::optional<std::int64_t> Count(std::int64_t from, std::int64_t date, Unit unit) const;
  // The last day that can be counted.
  std::int64_t last_day() const { return last_day_; }

 private:
  // How many of some days can be counted, and how many of those are working days.
  struct Sum {
    std::int64_t known = 0, working = 0;
  };
  // Days first..last, all ruled by one version and within its span. In time order, apart or
  // adjacent; together they are the days that can be counted. A piece of 8,000 years costs no more
  // than one of a week: whole weeks are multiplied, holidays looked up.
  struct Piece {
    std::int64_t first = 0, last = 0;
    std::uint8_t week = 0;                   // bit 0: Monday is a working day
    std::size_t off_begin = 0, off_end = 0;  // in off_days_: free days of its working weekdays
    Sum before;                              // of earlier pieces
  };
  void AddPiece(const Calendar& calendar, std::int64_t begin, std::int64_t end);
  const Piece* PieceBefore(std::int64_t day) const;        // the last with first <= day; or none
  Sum Within(const Piece& piece, std::int64_t day) const;  // its days up to `day`
  Sum UpTo(std::int64_t day) const;                        // all days up to `day`
  Sum Over(std::int64_t from, std::int64_t to, Unit unit) const;  // from < d <= to
  std::optional<std::int64_t> NthWorkingDay(std::int64_t nth) const;
  Deadline DueWorking(std::int64_t from, std::int64_t n) const;

  std::int64_t last_day_ = -1;
  std::vector<Piece> pieces_;
  std::vector<std::int64_t> off_days_;
};

}  // namespace jejak::procedure
