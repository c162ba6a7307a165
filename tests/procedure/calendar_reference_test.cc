// SPDX-License-Identifier: Apache-2.0
// Working days against a slow reference: one day at a time, and what can't be known tried both ways.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "ledger/procedure/calendar.h"

namespace jejak::procedure {
namespace {

struct Slow {
  std::vector<std::pair<std::int64_t, Calendar>> versions;  // local date of entry, calendar

  std::optional<bool> IsWorking(std::int64_t day) const {
    const Calendar* rules = &versions[0].second;
    for (std::size_t i = 1; i < versions.size(); ++i) {
      if (versions[i].first < day) rules = &versions[i].second;
    }
    if (day < DaysFromCivil(rules->from) || day > DaysFromCivil(rules->to)) return std::nullopt;
    for (const auto& holiday : rules->holidays) {
      if (holiday.day == day) return false;
    }
    return rules->working_week[static_cast<std::size_t>(((day + 3) % 7 + 7) % 7)];
  }

  // The due day if unknown days are working days as the bits of `guess` say, in time order.
  std::int64_t DueGuessing(std::int64_t from, std::int64_t n, std::uint32_t guess) const {
    std::int64_t day = from;
    for (std::int64_t left = n; left > 0;) {
      auto working = IsWorking(++day);
      if (!working) {
        working = (guess & 1) != 0 || day > from + 60;
        guess >>= 1;
      }
      if (*working) --left;
    }
    return day;
  }
};

struct Answers {
  bool yes = false, no = false;
  void Add(bool answer) { (answer ? yes : no) = true; }
  Truth truth() const { return yes && no ? Truth::kUnknown : yes ? Truth::kTrue : Truth::kFalse; }
};

class Random {
 public:
  std::int64_t Between(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(engine_() % static_cast<std::uint64_t>(high - low + 1));
  }

 private:
  std::mt19937_64 engine_{20240620};
};

Calendar SomeCalendar(Random& random, std::int64_t around) {
  Calendar calendar;
  calendar.from = CivilFromDays(around - random.Between(0, 30));
  calendar.to = CivilFromDays(around + random.Between(0, 30));
  calendar.working_week.assign(7, false);
  for (std::size_t i = 0; i < 7; ++i) calendar.working_week[i] = random.Between(0, 3) != 0;
  calendar.working_week[static_cast<std::size_t>(random.Between(0, 6))] = true;
  for (std::int64_t day = around - 35; day <= around + 35; ++day) {
    if (random.Between(0, 5) == 0) calendar.holidays.push_back({day, false});
  }
  return calendar;
}

// Every question about one pair of days, asked of both.
void Compare(const Slow& slow, const DayCounter& counter, std::int64_t from, std::int64_t date,
             std::int64_t n) {
  constexpr Unit kUnit = Unit::kWorkingDays;
  int unknown = 0;
  std::int64_t count = 0;
  for (std::int64_t day = from + 1; day <= date; ++day) {
    const auto working = slow.IsWorking(day);
    ASSERT_EQ(counter.IsWorking(day), working) << day;
    unknown += working ? 0 : 1;
    count += working.value_or(false) ? 1 : 0;
  }
  if (date >= from && unknown == 0) {
    EXPECT_EQ(counter.Count(from, date, kUnit), count);
  } else {
    EXPECT_EQ(counter.Count(from, date, kUnit), std::nullopt);
  }
  if (unknown > 10) return;
  Answers in_time, at_least, exactly;
  for (std::uint32_t guess = 0; guess < (1U << unknown); ++guess) {
    const std::int64_t due = slow.DueGuessing(from, n, guess);
    in_time.Add(date >= from && date <= due);
    at_least.Add(date >= from && due <= date);
    exactly.Add(date == due);
  }
  const bool uncounted = in_time.truth() == Truth::kTrue && unknown > 0;
  EXPECT_EQ(counter.NotLate(from, date, n, kUnit), uncounted ? Truth::kUnknown : in_time.truth());
  EXPECT_EQ(counter.AtLeast(from, date, n, kUnit), at_least.truth());
  EXPECT_EQ(counter.Exactly(from, date, n, kUnit), exactly.truth());
}

void CompareDue(const Slow& slow, const DayCounter& counter, std::int64_t from, std::int64_t n) {
  const Deadline due = counter.Due(from, n, Unit::kWorkingDays);
  std::int64_t day = from;
  std::int64_t left = n;
  while (left > 0 && slow.IsWorking(day + 1)) left -= *slow.IsWorking(++day) ? 1 : 0;
  if (left == 0) {
    EXPECT_EQ(due.kind, Deadline::Kind::kDay);
    EXPECT_EQ(due.day, day);
    return;
  }
  bool none_follows = true;
  for (std::int64_t later = day + 1; later < day + 400; ++later) {
    none_follows = none_follows && !slow.IsWorking(later);
  }
  const bool counted_any = counter.last_day() >= 0;
  EXPECT_EQ(due.kind,
            none_follows && counted_any ? Deadline::Kind::kBeyond : Deadline::Kind::kUnknown);
  if (due.kind == Deadline::Kind::kBeyond) {
    EXPECT_EQ(due.day, counter.last_day());
  }
}

TEST(Calendar, AgreesWithASlowReference) {
  Random random;
  for (int round = 0; round < 400; ++round) {
    const std::int64_t around = random.Between(60, 20'000);
    std::vector<CalendarVersion> versions;
    Slow slow;
    std::int64_t entered = around - 20;
    for (std::int64_t i = random.Between(1, 4); i > 0; --i) {
      entered += random.Between(0, 12);
      const Calendar calendar = SomeCalendar(random, around + random.Between(-10, 10));
      versions.push_back({versions.size(), UnixSeconds{entered * 86400}, calendar});
      slow.versions.emplace_back(entered, calendar);
    }
    Definition utc;
    utc.zone = {{UnixSeconds{0}, 0}};
    const DayCounter counter(versions, utc, std::nullopt);
    for (int i = 0; i < 60; ++i) {
      SCOPED_TRACE("round " + std::to_string(round) + ", question " + std::to_string(i));
      const std::int64_t from = around + random.Between(-40, 40);
      Compare(slow, counter, from, from + random.Between(-2, 18), random.Between(0, 12));
      CompareDue(slow, counter, from, random.Between(0, 12));
      if (testing::Test::HasFailure()) return;
    }
  }
}

}  // namespace
}  // namespace jejak::procedure
