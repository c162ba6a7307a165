// SPDX-License-Identifier: Apache-2.0
#include "ledger/procedure/calendar.h"

#include <gtest/gtest.h>

#include "tests/procedure/source_text.h"

namespace jejak::procedure {
namespace {

constexpr std::int64_t kDaySeconds = 86400;

Calendar CalendarOf(const std::string& path) {
  auto parsed = ParseCalendar(story::ReadText(path));
  EXPECT_TRUE(parsed.calendar) << path << " " << parsed.Explain();
  return parsed.calendar.value_or(Calendar{});
}

const Calendar& Asn() {
  static const Calendar calendar = CalendarOf("docs/procedures/id-asn.calendar.json");
  return calendar;
}

const Calendar& Asn2024() {
  static const Calendar calendar = CalendarOf("tests/vectors/procedure/id-asn-2024.calendar.json");
  return calendar;
}

const Calendar& WithHoliday() {
  static const Calendar calendar =
      CalendarOf("tests/vectors/procedure/id-asn-holiday.calendar.json");
  return calendar;
}

std::int64_t Day(std::string_view date) { return DaysFromCivil(*ParseDate(date)); }

// Jakarta all the year.
Definition West() {
  Definition definition;
  definition.zone = {{UnixSeconds{0}, 420}};
  return definition;
}

// Entered at noon, Jakarta time.
CalendarVersion Version(std::uint64_t index, std::string_view date, Calendar calendar) {
  return {index, UnixSeconds{Day(date) * kDaySeconds + 5 * 3600}, std::move(calendar)};
}

DayCounter Counting(const Calendar& calendar) {
  const std::vector<CalendarVersion> versions{Version(3, "2024-01-02", calendar)};
  return DayCounter(versions, West(), std::nullopt);
}

std::string Text(const Deadline& deadline) {
  if (deadline.kind == Deadline::Kind::kUnknown) return "unknown";
  const std::string date = FormatDate(CivilFromDays(deadline.day));
  return deadline.kind == Deadline::Kind::kDay ? date : "after " + date;
}

std::string Due(const DayCounter& counter, std::string_view from, std::int64_t n,
                Unit unit = Unit::kWorkingDays) {
  return Text(counter.Due(Day(from), n, unit));
}

TEST(Calendar, CountsAsTheReferenceDoes) {
  const DayCounter counter = Counting(Asn());
  struct Row {
    const char *from, *to;
    std::int64_t days;
  };
  const Row counts[] = {{"2024-05-20", "2024-06-03", 8},
                        {"2024-06-10", "2024-06-13", 3},
                        {"2024-06-13", "2024-06-19", 2},
                        {"2024-06-13", "2024-06-13", 0}};
  for (const Row& row : counts) {
    EXPECT_EQ(counter.Count(Day(row.from), Day(row.to), Unit::kWorkingDays), row.days) << row.from;
  }
  const Row dues[] = {{"2024-05-20", "2024-05-31", 7},  {"2024-06-12", "2024-06-25", 7},
                      {"2024-07-12", "2024-08-02", 15}, {"2024-09-10", "2024-10-01", 14},
                      {"2024-12-20", "2024-12-27", 3},  {"2024-05-20", "2024-05-20", 0}};
  for (const Row& row : dues) EXPECT_EQ(Due(counter, row.from, row.days), row.to) << row.from;
}

TEST(Calendar, DatesAreTheZones) {
  EXPECT_EQ(FormatDate(West().LocalDate(*ParseTime("2024-05-07T17:30:00Z"))), "2024-05-08");
}

// 2024-06-07 is a Friday.
TEST(Calendar, ASaturdayAfterAFridayDueIsLate) {
  const DayCounter counter = Counting(Asn());
  const std::int64_t from = Day("2024-06-05");
  const auto late = [&](std::string_view date) {
    return counter.NotLate(from, Day(date), 2, Unit::kWorkingDays);
  };
  EXPECT_EQ(late("2024-06-04"), Truth::kFalse);
  EXPECT_EQ(late("2024-06-05"), Truth::kTrue);
  EXPECT_EQ(late("2024-06-07"), Truth::kTrue);
  EXPECT_EQ(late("2024-06-08"), Truth::kFalse);
  EXPECT_EQ(counter.Count(from, Day("2024-06-08"), Unit::kWorkingDays), 2);
  const auto exactly = [&](std::string_view date) {
    return counter.Exactly(from, Day(date), 2, Unit::kWorkingDays);
  };
  EXPECT_EQ(exactly("2024-06-06"), Truth::kFalse);
  EXPECT_EQ(exactly("2024-06-07"), Truth::kTrue);
  EXPECT_EQ(exactly("2024-06-08"), Truth::kFalse);
}

TEST(Calendar, ChristmasAndTheDayAfterAreFree) {
  const DayCounter counter = Counting(Asn());
  EXPECT_EQ(counter.IsWorking(Day("2024-12-24")), true);
  EXPECT_EQ(counter.IsWorking(Day("2024-12-25")), false);
  EXPECT_EQ(counter.IsWorking(Day("2024-12-26")), false);
  EXPECT_EQ(counter.IsWorking(Day("2024-12-27")), true);
  EXPECT_EQ(counter.IsWorking(Day("2024-12-28")), false);
  EXPECT_EQ(Due(counter, "2024-12-24", 1), "2024-12-27");
}

TEST(Calendar, NoDaysAreDueOnTheDayItself) {
  const DayCounter counter = Counting(Asn());
  const std::int64_t day = Day("2024-06-08");  // a Saturday
  EXPECT_EQ(counter.NotLate(day, day, 0, Unit::kWorkingDays), Truth::kTrue);
  EXPECT_EQ(counter.NotLate(day, day + 1, 0, Unit::kWorkingDays), Truth::kFalse);
  EXPECT_EQ(counter.AtLeast(day, day, 0, Unit::kWorkingDays), Truth::kTrue);
  EXPECT_EQ(counter.AtLeast(day, day - 1, 0, Unit::kWorkingDays), Truth::kFalse);
  EXPECT_EQ(counter.Exactly(day, day, 0, Unit::kWorkingDays), Truth::kTrue);
  EXPECT_EQ(counter.Exactly(day, day + 1, 0, Unit::kWorkingDays), Truth::kFalse);
}

TEST(Calendar, BeyondItsEndOnlyCountedDaysDecide) {
  const DayCounter counter = Counting(Asn2024());
  EXPECT_EQ(counter.last_day(), Day("2024-12-31"));
  EXPECT_EQ(Due(counter, "2024-12-27", 2), "2024-12-31");
  EXPECT_EQ(Due(counter, "2024-12-27", 3), "after 2024-12-31");
  EXPECT_EQ(Due(counter, "2025-02-01", 1), "after 2024-12-31");
  EXPECT_EQ(counter.IsWorking(Day("2025-01-02")), std::nullopt);
  const std::int64_t from = Day("2024-12-27");
  struct Row {
    const char* date;
    std::int64_t n;
    Truth not_late, at_least, exactly;
  };
  const Row rows[] = {
      {"2024-12-31", 3, Truth::kTrue, Truth::kFalse, Truth::kFalse},
      {"2025-01-02", 1, Truth::kFalse, Truth::kTrue, Truth::kFalse},
      {"2025-01-02", 2, Truth::kFalse, Truth::kTrue, Truth::kFalse},
      {"2025-01-02", 3, Truth::kUnknown, Truth::kUnknown, Truth::kUnknown},
      {"2025-01-02", 5, Truth::kUnknown, Truth::kFalse, Truth::kFalse},
  };
  for (const Row& row : rows) {
    const std::int64_t date = Day(row.date);
    EXPECT_EQ(counter.NotLate(from, date, row.n, Unit::kWorkingDays), row.not_late) << row.n;
    EXPECT_EQ(counter.AtLeast(from, date, row.n, Unit::kWorkingDays), row.at_least) << row.n;
    EXPECT_EQ(counter.Exactly(from, date, row.n, Unit::kWorkingDays), row.exactly) << row.n;
  }
  EXPECT_EQ(counter.Count(from, Day("2025-01-01"), Unit::kWorkingDays), std::nullopt);
}

TEST(Calendar, BeforeItsStartNothingIsDue) {
  const DayCounter counter = Counting(Asn2024());
  EXPECT_EQ(Due(counter, "2023-12-31", 1), "2024-01-02");
  EXPECT_EQ(Due(counter, "2023-12-29", 1), "unknown");
  EXPECT_EQ(Due(counter, "2023-12-29", 1000), "unknown");
  EXPECT_EQ(counter.IsWorking(Day("2023-12-31")), std::nullopt);
  const std::int64_t from = Day("2023-12-29");
  EXPECT_EQ(counter.NotLate(from, Day("2024-01-03"), 1, Unit::kWorkingDays), Truth::kFalse);
  EXPECT_EQ(counter.NotLate(from, Day("2024-01-03"), 2, Unit::kWorkingDays), Truth::kUnknown);
}

// Announced on 2024-08-20: 27 August becomes free; a version entered that day rules from the 21st.
TEST(Calendar, AHolidayAnnouncedLaterMovesOnlyLaterDays) {
  const std::string free_day = "2024-08-27";
  for (const auto& [entered, expected] :
       {std::pair{"2024-08-20", "2024-08-29"}, std::pair{"2024-08-26", "2024-08-29"},
        std::pair{"2024-08-27", "2024-08-28"}, std::pair{"2024-09-10", "2024-08-28"}}) {
    const std::vector<CalendarVersion> versions{Version(3, "2024-01-02", Asn()),
                                                Version(9, entered, WithHoliday())};
    const DayCounter all(versions, West(), std::nullopt);
    EXPECT_EQ(Due(all, "2024-08-23", 3), expected) << entered;
    EXPECT_EQ(all.IsWorking(Day(free_day)), std::string_view(entered) >= free_day) << entered;
    const DayCounter then(versions, West(), 9);
    EXPECT_EQ(Due(then, "2024-08-23", 3), "2024-08-28") << entered;
    const DayCounter later(versions, West(), 10);
    EXPECT_EQ(Due(later, "2024-08-23", 3), expected) << entered;
  }
}

TEST(Calendar, TheFirstVersionRulesAllItsDays) {
  const std::vector<CalendarVersion> versions{Version(9, "2024-09-10", WithHoliday())};
  EXPECT_EQ(Due(DayCounter(versions, West(), std::nullopt), "2024-08-23", 3), "2024-08-29");
  // A reading from before there was one sees them all.
  EXPECT_EQ(Due(DayCounter(versions, West(), 5), "2024-08-23", 3), "2024-08-29");
}

// The version entered last rules what it doesn't cover, too: nobody counts there.
TEST(Calendar, ANewerVersionThatEndsEarlierLeavesDaysUnknown) {
  const std::vector<CalendarVersion> versions{Version(3, "2024-01-02", Asn()),
                                              Version(9, "2024-06-03", Asn2024())};
  const DayCounter counter(versions, West(), std::nullopt);
  EXPECT_EQ(counter.last_day(), Day("2024-12-31"));
  EXPECT_EQ(counter.IsWorking(Day("2025-01-02")), std::nullopt);
  EXPECT_EQ(counter.IsWorking(Day("2024-06-03")), true);
}

TEST(Calendar, TheDateOfAnEntryIsTheDefinitionsZones) {
  // 17:30 UTC of the 26th is the 27th in Jakarta: the 27th keeps what ruled it.
  std::vector<CalendarVersion> versions{Version(3, "2024-01-02", Asn()),
                                        Version(9, "2024-08-26", WithHoliday())};
  versions[1].entered = *ParseTime("2024-08-26T17:30:00Z");
  EXPECT_EQ(DayCounter(versions, West(), std::nullopt).IsWorking(Day("2024-08-27")), true);
  Definition utc;
  utc.zone = {{UnixSeconds{0}, 0}};
  EXPECT_EQ(DayCounter(versions, utc, std::nullopt).IsWorking(Day("2024-08-27")), false);
}

TEST(Calendar, CalendarDaysNeedNone) {
  const DayCounter counter({}, West(), std::nullopt);
  EXPECT_EQ(Due(counter, "2024-02-28", 2, Unit::kCalendarDays), "2024-03-01");
  EXPECT_EQ(Due(counter, "9998-12-30", 1, Unit::kCalendarDays), "9998-12-31");
  EXPECT_EQ(Due(counter, "9998-12-30", 2, Unit::kCalendarDays), "unknown");
  EXPECT_EQ(Due(counter, "2024-02-28", 1), "unknown");
  EXPECT_EQ(Due(counter, "2024-02-28", (std::int64_t{1} << 53) - 1, Unit::kCalendarDays),
            "unknown");
  const std::int64_t from = Day("2024-02-28");
  EXPECT_EQ(counter.NotLate(from, from + 3, 3, Unit::kCalendarDays), Truth::kTrue);
  EXPECT_EQ(counter.NotLate(from, from + 4, 3, Unit::kCalendarDays), Truth::kFalse);
  EXPECT_EQ(counter.AtLeast(from, from + 2, 3, Unit::kCalendarDays), Truth::kFalse);
  EXPECT_EQ(counter.AtLeast(from, from + 3, 3, Unit::kCalendarDays), Truth::kTrue);
  EXPECT_EQ(counter.Exactly(from, from + 3, 3, Unit::kCalendarDays), Truth::kTrue);
  EXPECT_EQ(counter.Count(from, from + 3, Unit::kCalendarDays), 3);
  EXPECT_EQ(counter.Count(from, from - 1, Unit::kCalendarDays), std::nullopt);
  const std::int64_t last = Day("9998-12-31");
  EXPECT_EQ(counter.NotLate(last - 1, last + 1, 2, Unit::kCalendarDays), Truth::kUnknown);
  EXPECT_EQ(counter.NotLate(last - 1, last + 2, 1, Unit::kCalendarDays), Truth::kFalse);
}

TEST(Calendar, HoursAndNegativeNumbersAreNoDays) {
  const DayCounter counter = Counting(Asn());
  const std::int64_t day = Day("2024-06-05");
  EXPECT_EQ(Due(counter, "2024-06-05", 1, Unit::kHours), "unknown");
  EXPECT_EQ(Due(counter, "2024-06-05", -1), "unknown");
  EXPECT_EQ(counter.NotLate(day, day, -1, Unit::kWorkingDays), Truth::kUnknown);
  EXPECT_EQ(counter.AtLeast(day, day, -1, Unit::kWorkingDays), Truth::kUnknown);
  EXPECT_EQ(counter.Exactly(day, day, -1, Unit::kCalendarDays), Truth::kUnknown);
  EXPECT_EQ(ParseUnit("working_days"), Unit::kWorkingDays);
  EXPECT_EQ(ParseUnit("calendar_days"), Unit::kCalendarDays);
  EXPECT_EQ(ParseUnit("hours"), Unit::kHours);
  EXPECT_EQ(ParseUnit("days"), std::nullopt);
}

// 8,000 years of days; a counter that listed them would take seconds here.
TEST(Calendar, ALongSpanIsAsCheapAsAShortOne) {
  const Calendar none = CalendarOf("docs/procedures/none.calendar.json");
  for (int i = 0; i < 2'000; ++i) {
    const DayCounter counter = Counting(none);
    ASSERT_EQ(Due(counter, "1970-01-01", 1'000'000), "4707-11-29");
  }
  EXPECT_EQ(Due(Counting(none), "9998-12-30", 2), "after 9998-12-31");
}

}  // namespace
}  // namespace jejak::procedure
