// SPDX-License-Identifier: Apache-2.0
#include "ledger/procedure/calendar.h"

#include <algorithm>
#include <limits>

namespace jejak::procedure {
namespace {

constexpr std::int64_t kEarliest = std::numeric_limits<std::int64_t>::min() / 4;
constexpr std::int64_t kForever = std::numeric_limits<std::int64_t>::max() / 4;
constexpr int kWeek = 7;

// The last day that any count reaches.
std::int64_t LastDate() { return DaysFromCivil({.year = 9998, .month = 12, .day = 31}); }

// Monday is 0; 1970-01-01 was a Thursday.
int WeekdayOf(std::int64_t day) {
  const auto weekday = static_cast<int>((day + 3) % kWeek);
  return weekday < 0 ? weekday + kWeek : weekday;
}

bool InWeek(std::uint8_t week, std::int64_t day) { return ((week >> WeekdayOf(day)) & 1) != 0; }

std::uint8_t WeekBits(const Calendar& calendar) {
  std::uint8_t week = 0;
  for (std::size_t i = 0; i < calendar.working_week.size() && i < kWeek; ++i) {
    if (calendar.working_week[i]) week |= static_cast<std::uint8_t>(1U << i);
  }
  return week;
}

// Days first..last that are of the week.
std::int64_t OfWeek(std::uint8_t week, std::int64_t first, std::int64_t last) {
  const std::int64_t whole = (last - first + 1) / kWeek;
  std::int64_t count = 0;
  for (int i = 0; i < kWeek; ++i) {
    if (InWeek(week, first + i)) count += whole + (first + whole * kWeek + i <= last ? 1 : 0);
  }
  return count;
}

Truth Known(bool truth) { return truth ? Truth::kTrue : Truth::kFalse; }

std::optional<bool> OnlyKnown(bool known, bool value) {
  return known ? std::optional(value) : std::nullopt;
}

}  // namespace

std::span<const CalendarVersion> EnteredBefore(std::span<const CalendarVersion> versions,
                                               std::uint64_t index) {
  const auto later =
      std::partition_point(versions.begin(), versions.end(),
                           [&](const CalendarVersion& version) { return version.index < index; });
  return versions.first(static_cast<std::size_t>(later - versions.begin()));
}

std::optional<Unit> ParseUnit(std::string_view text) {
  if (text == "working_days") return Unit::kWorkingDays;
  if (text == "calendar_days") return Unit::kCalendarDays;
  if (text == "hours") return Unit::kHours;
  return std::nullopt;
}

// From the newest version back: each rules the days after its own entry that no newer one rules.
// A zone that moves west may date a later entry earlier; then the older version rules nothing.
DayCounter::DayCounter(std::span<const CalendarVersion> versions, const Definition& zone,
                       std::optional<std::uint64_t> before) {
  struct Stretch {
    const Calendar* calendar;
    std::int64_t begin, end;
  };
  const auto earlier = before ? EnteredBefore(versions, *before) : versions;
  if (!earlier.empty()) versions = earlier;
  std::vector<Stretch> stretches;
  std::int64_t end = kForever;
  for (std::size_t i = versions.size(); i-- > 0;) {
    const std::int64_t begin =
        i == 0 ? kEarliest : DaysFromCivil(zone.LocalDate(versions[i].entered)) + 1;
    if (begin >= end) continue;
    stretches.push_back({&versions[i].calendar, begin, end});
    end = begin;
  }
  std::reverse(stretches.begin(), stretches.end());
  for (const Stretch& stretch : stretches) {
    AddPiece(*stretch.calendar, stretch.begin, stretch.end);
  }
}

void DayCounter::AddPiece(const Calendar& calendar, std::int64_t begin, std::int64_t end) {
  Piece piece;
  piece.first = std::max(begin, DaysFromCivil(calendar.from));
  piece.last = std::min({end - 1, DaysFromCivil(calendar.to), LastDate()});
  if (piece.first > piece.last) return;
  piece.week = WeekBits(calendar);
  piece.off_begin = off_days_.size();
  for (const Calendar::Holiday& holiday : calendar.holidays) {
    const bool within = holiday.day >= piece.first && holiday.day <= piece.last;
    if (within && InWeek(piece.week, holiday.day)) off_days_.push_back(holiday.day);
  }
  piece.off_end = off_days_.size();
  if (!pieces_.empty()) piece.before = UpTo(pieces_.back().last);
  last_day_ = piece.last;
  pieces_.push_back(piece);
}

const DayCounter::Piece* DayCounter::PieceBefore(std::int64_t day) const {
  const auto after = std::upper_bound(
      pieces_.begin(), pieces_.end(), day,
      [](std::int64_t wanted, const Piece& piece) { return wanted < piece.first; });
  return after == pieces_.begin() ? nullptr : &*std::prev(after);
}

DayCounter::Sum DayCounter::Within(const Piece& piece, std::int64_t day) const {
  const std::int64_t last = std::min(day, piece.last);
  const auto off = off_days_.begin();
  const auto begin = off + static_cast<std::ptrdiff_t>(piece.off_begin);
  const auto end = off + static_cast<std::ptrdiff_t>(piece.off_end);
  const std::int64_t free = std::upper_bound(begin, end, last) - begin;
  return {.known = last - piece.first + 1, .working = OfWeek(piece.week, piece.first, last) - free};
}

DayCounter::Sum DayCounter::UpTo(std::int64_t day) const {
  const Piece* piece = PieceBefore(day);
  if (piece == nullptr) return {};
  const Sum within = Within(*piece, day);
  return {.known = piece->before.known + within.known,
          .working = piece->before.working + within.working};
}

DayCounter::Sum DayCounter::Over(std::int64_t from, std::int64_t to, Unit unit) const {
  if (unit == Unit::kCalendarDays) {
    const std::int64_t days = std::min(to, LastDate()) - std::min(from, LastDate());
    return {.known = days, .working = days};
  }
  const Sum before = UpTo(from);
  const Sum all = UpTo(to);
  return {.known = all.known - before.known, .working = all.working - before.working};
}

std::optional<bool> DayCounter::IsWorking(std::int64_t day) const {
  const Sum one = Over(day - 1, day, Unit::kWorkingDays);
  return OnlyKnown(one.known == 1, one.working == 1);
}

// The day that is the nth working day of all that can be counted, from 1.
std::optional<std::int64_t> DayCounter::NthWorkingDay(std::int64_t nth) const {
  const auto after = std::partition_point(pieces_.begin(), pieces_.end(),
                                          [&](const Piece& p) { return p.before.working < nth; });
  if (nth < 1 || after == pieces_.begin()) return std::nullopt;
  const Piece& piece = *std::prev(after);
  const std::int64_t wanted = nth - piece.before.working;
  if (Within(piece, piece.last).working < wanted) return std::nullopt;
  std::int64_t low = piece.first;
  for (std::int64_t high = piece.last; low < high;) {
    const std::int64_t middle = low + (high - low) / 2;
    if (Within(piece, middle).working >= wanted) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

Deadline DayCounter::DueWorking(std::int64_t from, std::int64_t n) const {
  const auto all_known = [&](std::int64_t to) {
    return Over(from, to, Unit::kWorkingDays).known == to - from;
  };
  const auto day = NthWorkingDay(UpTo(from).working + n);
  if (day && all_known(*day)) return {Deadline::Kind::kDay, *day};
  if (day || pieces_.empty()) return {};
  if (from < last_day_ && !all_known(last_day_)) return {};
  return {Deadline::Kind::kBeyond, last_day_};
}

Deadline DayCounter::Due(std::int64_t from, std::int64_t n, Unit unit) const {
  if (n < 0 || unit == Unit::kHours || from > LastDate()) return {};
  if (n == 0) return {Deadline::Kind::kDay, from};
  if (unit == Unit::kWorkingDays) return DueWorking(from, n);
  if (n > LastDate() - from) return {};
  return {Deadline::Kind::kDay, from + n};
}

// date <= due says: fewer than n working days lie before `date`. A free day after the n-th is late.
Truth DayCounter::NotLate(std::int64_t from, std::int64_t date, std::int64_t n, Unit unit) const {
  if (n < 0 || unit == Unit::kHours) return Truth::kUnknown;
  if (date <= from) return Known(date == from);
  if (Over(from, date - 1, unit).working >= n) return Truth::kFalse;
  return Over(from, date, unit).known == date - from ? Truth::kTrue : Truth::kUnknown;
}

Truth DayCounter::AtLeast(std::int64_t from, std::int64_t date, std::int64_t n, Unit unit) const {
  if (n < 0 || unit == Unit::kHours) return Truth::kUnknown;
  if (date < from) return Truth::kFalse;
  const Sum sum = Over(from, date, unit);
  if (sum.working >= n) return Truth::kTrue;
  const std::int64_t most = sum.working + (date - from - sum.known);
  return most < n ? Truth::kFalse : Truth::kUnknown;
}

// The n-th working day is neither late, nor too early, nor free.
Truth DayCounter::Exactly(std::int64_t from, std::int64_t date, std::int64_t n, Unit unit) const {
  if (n < 0 || unit == Unit::kHours) return Truth::kUnknown;
  if (date <= from) return Known(date == from && n == 0);
  const Sum day = Over(date - 1, date, unit);
  if (day.known == 1 && day.working == 0) return Truth::kFalse;
  return std::min(NotLate(from, date, n, unit), AtLeast(from, date, n, unit));
}

std::optional<std::int64_t> DayCounter::Count(std::int64_t from, std::int64_t date,
                                              Unit unit) const {
  if (unit == Unit::kHours || date < from) return std::nullopt;
  const Sum sum = Over(from, date, unit);
  return sum.known == date - from ? std::optional(sum.working) : std::nullopt;
}

}  // namespace jejak::procedure
