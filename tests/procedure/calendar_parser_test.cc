// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>

#include "ledger/procedure/calendar.h"

namespace jejak::procedure {
namespace {

constexpr std::string_view kGood =
    R"({"format":"jejak/calendar/v1","id":"id-asn","version":"2026.1",)"
    R"("title":{"id":"Hari kerja","en":"Working days"},"source":"SKB","zone":"+07:00",)"
    R"("from":"2024-01-01","to":"2024-12-31","working_week":["fri","mon"],)"
    R"("holidays":["2024-12-25",{"date":"2024-02-14","source":"unverified"},"2024-01-01"]})";

// kGood with its one occurrence of `old` replaced.
std::string With(std::string_view old, std::string_view text) {
  std::string changed(kGood);
  const std::size_t at = changed.find(old);
  EXPECT_NE(at, changed.npos) << old;
  EXPECT_EQ(changed.find(old, at + 1), changed.npos) << old;
  return changed.replace(at, old.size(), text);
}

TEST(CalendarParser, ReadsEveryMember) {
  const auto parsed = ParseCalendar(kGood);
  ASSERT_TRUE(parsed.calendar) << parsed.Explain();
  EXPECT_TRUE(parsed.problems.empty());
  EXPECT_EQ(parsed.Explain(), "");
  const Calendar& calendar = *parsed.calendar;
  EXPECT_EQ(calendar.id, "id-asn");
  EXPECT_EQ(calendar.version, "2026.1");
  EXPECT_EQ(calendar.title, (Words{"Hari kerja", "Working days"}));
  EXPECT_EQ(calendar.source, "SKB");
  EXPECT_EQ(calendar.zone_minutes, 420);
  EXPECT_EQ(FormatDate(calendar.from), "2024-01-01");
  EXPECT_EQ(FormatDate(calendar.to), "2024-12-31");
  EXPECT_EQ(calendar.working_week,
            (std::vector<bool>{true, false, false, false, true, false, false}));
  ASSERT_EQ(calendar.holidays.size(), 3u);
  const char* const dates[] = {"2024-01-01", "2024-02-14", "2024-12-25"};
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(FormatDate(CivilFromDays(calendar.holidays[i].day)), dates[i]);
    EXPECT_EQ(calendar.holidays[i].unverified, i == 1);
  }
}

struct Faulty {
  const char* name;
  std::string text;
  std::string explained;  // begins so
};

TEST(CalendarParser, SaysWhereAFaultIsAndHowToMendIt) {
  const Faulty rows[] = {
      {"not JSON", "{", "JSON at byte"},
      {"no object", "[]", "the calendar must be an object"},
      {"a name twice", With(R"("id":"id-asn")", R"("id":"id-asn","id":"id-asn")"), "JSON at byte"},
      {"unknown member", With(R"("source":"SKB")", R"("source":"SKB","a/b":1)"),
       "/a~1b: no member of this name is known; leave it out"},
      {"another format", With("calendar/v1", "calendar/v2"), "/format: it must be jejak/calendar"},
      {"an id with capitals", With(R"("id":"id-asn")", R"("id":"ID")"), "/id: it must be an id"},
      {"no id", With(R"("id":"id-asn",)", ""), "/id: the member is missing; it must be an id"},
      {"a version of words", With("2026.1", "new"), "/version: it must be a version"},
      {"a title of text", With(R"({"id":"Hari kerja","en":"Working days"})", R"("Hari")"),
       "/title: it must be an object"},
      {"a third language", With(R"("en":"Working)", R"("nl":"Dagen","en":"Working)"),
       "/title/nl: no member of this name"},
      {"an empty language", With("Hari kerja", ""), "/title/id: it must be a text"},
      {"no language", With(R"("id":"Hari kerja","en":"Working days")", ""),
       "/title: it must be an object"},
      {"no source", With(R"("source":"SKB",)", ""), "/source: the member is missing"},
      {"an empty source", With("SKB", ""), "/source: it must be a text"},
      {"a zone by name", With("+07:00", "Asia/Jakarta"), "/zone: it must be an offset"},
      {"a date that isn't", With("2024-12-31", "2024-13-31"), "/to: it must be a date"},
      {"a date of another age", With("2024-12-31", "9999-01-01"), "/to: it must be a date"},
      {"no from", With(R"("from":"2024-01-01",)", ""), "/from: the member is missing"},
      {"the end first", With("2024-12-31", "2023-12-31"), "/to: it is before from"},
      {"no week", With(R"("working_week":["fri","mon"],)", ""), "/working_week: the member is"},
      {"a week of text", With(R"(["fri","mon"])", R"("fri")"), "/working_week: it must be a list"},
      {"an empty week", With(R"("fri","mon")", ""), "/working_week: it is empty"},
      {"a day twice", With(R"("fri","mon")", R"("mon","fri","mon")"),
       "/working_week/2: the day is"},
      {"a strange day", With(R"("fri","mon")", R"("fri","Mon")"), "/working_week/1: it must be"},
      {"a number of a day", With(R"("fri","mon")", "1"), "/working_week/0: it must be"},
      {"an empty name", With(R"("fri","mon")", R"("")"), "/working_week/0: it must be"},
      {"holidays of text",
       With(R"(["2024-12-25",{"date":"2024-02-14","source":"unverified"},)"
            R"("2024-01-01"])",
            R"("2024-12-25")"),
       "/holidays: it must be a list"},
      {"a holiday twice", With("2024-12-25", "2024-01-01"), "/holidays/2: the date is named once"},
      {"the same, unverified", With("2024-02-14", "2024-01-01"), "/holidays/2: the date is named"},
      {"no date", With("2024-12-25", "25 December"), "/holidays/0: it must be a date"},
      {"a number", With(R"("2024-12-25")", "20241225"), "/holidays/0: it must be a date"},
      {"another source", With("unverified", "SKB 2"), "/holidays/1/source: it must be unverified"},
      {"no date within", With(R"("date":"2024-02-14",)", ""), "/holidays/1/date: the member is"},
      {"no source within", With(R"(,"source":"unverified")", ""), "/holidays/1/source: the member"},
      {"a third member", With(R"("source":"unverified")", R"("source":"unverified","note":"x")"),
       "/holidays/1/note: no member"},
  };
  for (const Faulty& row : rows) {
    const auto parsed = ParseCalendar(row.text);
    EXPECT_FALSE(parsed.calendar) << row.name;
    EXPECT_TRUE(parsed.Explain().starts_with(row.explained))
        << row.name << ": " << parsed.Explain();
    EXPECT_EQ(std::count_if(parsed.problems.begin(), parsed.problems.end(),
                            [](const Problem& problem) { return problem.error; }),
              1)
        << row.name;
  }
}

TEST(CalendarParser, EveryMemberIsNeeded) {
  const auto parsed = ParseCalendar("{}");
  EXPECT_FALSE(parsed.calendar);
  EXPECT_EQ(parsed.problems.size(), 10u);
}

TEST(CalendarParser, WarnsAndAccepts) {
  const std::pair<std::string, std::string> rows[] = {
      {With(R"(,"en":"Working days")", ""), "/title/en"},
      {With("2024-12-25", "2025-12-25"), "/holidays/0"},
  };
  for (const auto& [text, pointer] : rows) {
    const auto parsed = ParseCalendar(text);
    EXPECT_TRUE(parsed.calendar) << pointer;
    ASSERT_EQ(parsed.problems.size(), 1u) << pointer;
    EXPECT_FALSE(parsed.problems[0].error) << pointer;
    EXPECT_EQ(parsed.problems[0].pointer, pointer);
  }
}

TEST(CalendarParser, WarningsDoNotCrowdOutAnError) {
  std::string dates;
  for (int i = 0; i < 300; ++i) dates += "\"" + FormatDate(CivilFromDays(30'000 + i)) + "\",";
  const auto parsed = ParseCalendar(With("\"2024-12-25\"", dates + R"("2024-01-01")"));
  EXPECT_FALSE(parsed.calendar);
  EXPECT_TRUE(parsed.Explain().starts_with("/holidays/302: the date")) << parsed.Explain();
  std::string twice;
  for (int i = 0; i < 300; ++i) twice += "\"2024-01-01\",";
  EXPECT_EQ(ParseCalendar(With("\"2024-12-25\"", twice + "1")).problems.size(), 200u);
}

}  // namespace
}  // namespace jejak::procedure
