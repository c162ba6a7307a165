// SPDX-License-Identifier: Apache-2.0
#include "ledger/base/time.h"

#include <gtest/gtest.h>

#include <chrono>
#include <random>

namespace jejak {
namespace {

TEST(At, SaysInstantLocalDateAndTimeOfDay) {
  const auto at = ParseAt("2026-06-19T09:30:00+07:00");
  ASSERT_TRUE(at.ok());
  EXPECT_EQ(at->instant.value, 1781836200);
  EXPECT_EQ(at->offset_minutes, 420);
  EXPECT_EQ(at->local_date, (CivilDate{2026, 6, 19}));
  EXPECT_EQ(at->local_second_of_day, 9 * 3600 + 30 * 60);
}

TEST(At, CountsTheYearInLocalTime) {
  const auto first = ParseAt("1970-01-01T00:00:00+14:00");
  ASSERT_TRUE(first.ok());
  EXPECT_EQ(first->instant.value, -14 * 3600);
  const auto last = ParseAt("9998-12-31T23:59:59-12:00");
  ASSERT_TRUE(last.ok());
  EXPECT_EQ(FormatTime(last->instant), "9999-01-01T11:59:59Z");
  EXPECT_FALSE(ParseAt("1969-12-31T23:59:59-12:00").ok());
  EXPECT_FALSE(ParseAt("9999-01-01T00:00:00+14:00").ok());
}

TEST(At, AcceptsTheEdgesOfEveryField) {
  for (const auto text :
       {"2024-02-29T00:00:00+00:00", "2000-02-29T23:59:59-12:00", "2026-12-31T23:59:59+14:00",
        "2026-01-01T00:00:00-00:01", "2026-01-01T00:00:00+13:59", "2026-01-01T00:00:00-11:59"}) {
    const auto at = ParseAt(text);
    ASSERT_TRUE(at.ok()) << text;
    EXPECT_EQ(FormatAt(at->instant, at->offset_minutes), text);
  }
}

TEST(At, RefusesEveryOtherForm) {
  for (const auto text : {"",
                          "2026-06-19T09:30:00Z",
                          "2026-06-19T09:30:00-00:00",
                          "2026-06-19T09:30:00+14:01",
                          "2026-06-19T09:30:00+15:00",
                          "2026-06-19T09:30:00-12:01",
                          "2026-06-19T09:30:00-12:30",
                          "2026-06-19T09:30:00+07:60",
                          "2026-06-19T09:30:00+7:00",
                          "2026-06-19T09:30:00+0700",
                          "2026-06-19T09:30:00 07:00",
                          "2026-06-19t09:30:00+07:00",
                          "2026-06-19 09:30:00+07:00",
                          "2026-06-19T24:00:00+07:00",
                          "2026-06-19T23:60:00+07:00",
                          "2026-06-19T23:59:60+07:00",
                          "2026-06-19T09:30+07:00",
                          "2026-06-19T09:30:00.0+07:00",
                          "2026-02-29T09:30:00+07:00",
                          "2100-02-29T09:30:00+07:00",
                          "2026-02-30T09:30:00+07:00",
                          "2026-04-31T09:30:00+07:00",
                          "2026-00-19T09:30:00+07:00",
                          "2026-13-19T09:30:00+07:00",
                          "2026-06-00T09:30:00+07:00",
                          "2026-06-32T09:30:00+07:00",
                          "26-06-19T09:30:00+07:00",
                          "02026-06-19T09:30:00+07:0",
                          "2026-06-19T09:30:00+07:00 ",
                          " 2026-06-19T09:30:00+07:0",
                          "2026-6-019T09:30:00+07:00",
                          "2026-06-19T-9:30:00+07:00",
                          "2026-06-19T09:30:0a+07:00",
                          "+026-06-19T09:30:00+07:00",
                          "2026/06/19T09:30:00+07:00",
                          "2026-06-19T09.30.00+07:00"}) {
    EXPECT_FALSE(ParseAt(text).ok()) << text;
  }
}

TEST(Time, IsUtcWithZ) {
  const auto time = ParseTime("2026-06-19T02:31:07Z");
  ASSERT_TRUE(time.ok());
  EXPECT_EQ(time->value, 1781836267);
  EXPECT_EQ(FormatTime(*time), "2026-06-19T02:31:07Z");
  EXPECT_EQ(ParseTime("1970-01-01T00:00:00Z")->value, 0);
  EXPECT_TRUE(ParseTime("9998-12-31T23:59:59Z").ok());
  for (const auto text :
       {"", "2026-06-19T02:31:07+00:00", "2026-06-19T02:31:07z", "2026-06-19T02:31:07",
        "2026-06-19T02:31:60Z", "1969-12-31T23:59:59Z", "9999-01-01T00:00:00Z",
        "2026-06-19T02:31:07ZZ", "2026-06-19T2:31:07ZZ"}) {
    EXPECT_FALSE(ParseTime(text).ok()) << text;
  }
}

TEST(Date, ExistsAndLiesIn1970To9998) {
  EXPECT_EQ(*ParseDate("2024-02-29"), (CivilDate{2024, 2, 29}));
  EXPECT_TRUE(ParseDate("1970-01-01").ok());
  EXPECT_TRUE(ParseDate("9998-12-31").ok());
  for (const auto text : {"", "2023-02-29", "1900-02-29", "1969-12-31", "9999-01-01", "2024-2-29",
                          "2024-02-29 ", "20240229", "2024-02-3a", "2024-06-31"}) {
    EXPECT_FALSE(ParseDate(text).ok()) << text;
  }
}

TEST(Date, AgreesWithTheStandardLibraryOnEveryDay) {
  using std::chrono::sys_days, std::chrono::days;
  const std::int64_t last = DaysFromCivil({9999, 12, 31});
  for (std::int64_t day = -800000; day <= last; day += day % 3 == 0 ? 1 : 2) {
    const std::chrono::year_month_day expected{sys_days{days{static_cast<int>(day)}}};
    const CivilDate date = CivilFromDays(day);
    ASSERT_EQ(date.year, static_cast<int>(expected.year())) << day;
    ASSERT_EQ(date.month, static_cast<int>(static_cast<unsigned>(expected.month()))) << day;
    ASSERT_EQ(date.day, static_cast<int>(static_cast<unsigned>(expected.day()))) << day;
    ASSERT_EQ(DaysFromCivil(date), day);
    if (day >= 0 && date.year < 9999) {
      const auto parsed = ParseDate(FormatDate(date));
      ASSERT_TRUE(parsed.ok()) << FormatDate(date);
      ASSERT_EQ(*parsed, date);
    }
  }
}

TEST(Time, ReadsBackWhatItWritesAtEveryOffset) {
  std::mt19937_64 random(7);
  std::uniform_int_distribution<std::int64_t> seconds(14 * 3600, 253339228799);
  for (int offset = -720; offset <= 840; ++offset) {
    const UnixSeconds instant{seconds(random)};
    const std::string text = FormatAt(instant, offset);
    const auto at = ParseAt(text);
    ASSERT_TRUE(at.ok()) << text;
    ASSERT_EQ(at->instant, instant) << text;
    ASSERT_EQ(at->offset_minutes, offset);
    ASSERT_EQ(*ParseZone(text.substr(19)), offset);
    ASSERT_EQ(*ParseTime(FormatTime(instant)), instant);
  }
  EXPECT_FALSE(ParseAt(FormatAt(UnixSeconds{0}, 841)).ok());
  EXPECT_FALSE(ParseAt(FormatAt(UnixSeconds{86400}, -721)).ok());
}

}  // namespace
}  // namespace jejak
