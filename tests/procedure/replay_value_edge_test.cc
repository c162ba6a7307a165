// SPDX-License-Identifier: Apache-2.0
// Values, comparisons and spans of time that no story reaches (language.md "Values", "Time").
#include <gtest/gtest.h>

#include <ostream>
#include <string>

#include "tests/procedure/edge_case.h"

namespace jejak::procedure {
namespace {

using edge::EdgeCase;
using edge::kSeal;

// What a condition gives for one note with this body.
std::string Of(const std::string& body, const std::string& condition) {
  EdgeCase edge(R"("each":{"type":"t.note"},"require":)" + condition);
  edge.Add("t.note", body);
  return edge.Outcome("R");
}

struct Row {
  const char* name;
  std::string body, condition, outcome;
};

void PrintTo(const Row& row, std::ostream* out) { *out << row.body << " " << row.condition; }

class ReplayValueEdge : public ::testing::TestWithParam<Row> {};

TEST_P(ReplayValueEdge, GivesWhatTheTableSays) {
  EXPECT_EQ(Of(GetParam().body, GetParam().condition), GetParam().outcome);
}

const std::string kS(kSeal);

INSTANTIATE_TEST_SUITE_P(
    Lists, ReplayValueEdge,
    ::testing::Values(
        Row{"EveryOfADefault", "{}", R"({"every":"$x.list","as":"i","is":{"eq":["$i","a"]}})",
            "pass"},
        Row{"EveryOfADefaultWithoutBody", "",
            R"({"every":"$x.list","as":"i","is":{"eq":["$i","a"]}})", "pass"},
        Row{"EveryOfNothing", "{}", R"({"every":"$x.more","as":"i","is":{"eq":["$i","a"]}})",
            "unknown other"},
        Row{"EveryOfNoBodyAtHand", "?", R"({"every":"$x.list","as":"i","is":{"eq":["$i","a"]}})",
            "unknown contents"},
        Row{"EverySealedItem", R"({"list":["a",)" + kS + "]}",
            R"({"every":"$x.list","as":"i","is":{"eq":["$i","a"]}})", "unknown contents"},
        Row{"EveryFailsBesideASealedItem", R"({"list":["b",)" + kS + "]}",
            R"({"every":"$x.list","as":"i","is":{"eq":["$i","a"]}})", "fail"},
        Row{"InBesideASealedItem", R"({"list":["b",)" + kS + "]}", R"({"in":["a","$x.list"]})",
            "unknown contents"},
        Row{"InDespiteASealedItem", R"({"list":["a",)" + kS + "]}", R"({"in":["a","$x.list"]})",
            "pass"},
        Row{"ObjectIsNoText", R"({"things":[{"a":1}]})", R"({"overlaps":["$x.things",["a"]]})",
            "fail"},
        Row{"TextIsNoObject", R"({"things":[{"a":1}]})", R"({"overlaps":[["a"],"$x.things"]})",
            "fail"},
        Row{"ObjectsCompareAsUnknown", R"({"things":[{"a":1}]})",
            R"({"overlaps":["$x.things","$x.things"]})", "unknown other"},
        Row{"AllOfADefault", "{}", R"({"contains_all":["$x.list",[]]})", "pass"},
        Row{"AllOfAListWithANumber", R"({"things":[1,"a",true]})",
            R"({"contains_all":["$x.things",["a",1,true]]})", "pass"},
        Row{"ANumberIsNoText", R"({"things":["1"]})", R"({"contains_all":["$x.things",[1]]})",
            "fail"},
        Row{"TrueIsNotOne", R"({"things":[true]})", R"({"contains_all":["$x.things",[1]]})",
            "fail"},
        Row{"DisjointOfUnreadable", R"({"list":[""]})", R"({"disjoint":["$x.list",["a"]]})",
            "unknown other"}),
    [](const auto& row) { return std::string(row.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Values, ReplayValueEdge,
    ::testing::Values(
        Row{"HasOfSealed", R"({"text":)" + kS + "}", R"({"has":"$x.text"})", "pass"},
        Row{"HasInSealed", R"({"thing":)" + kS + "}", R"({"has":"$x.thing.a"})",
            "unknown contents"},
        Row{"HasThroughAText", R"({"thing":"a"})", R"({"has":"$x.thing.a"})", "unknown other"},
        Row{"HasOfNull", R"({"text":null})", R"({"has":"$x.text"})", "pass"},
        Row{"HasOfADefault", "{}", R"({"has":"$x.list"})", "fail"},
        Row{"NullIsUnknown", R"({"text":null})", R"({"eq":["$x.text","a"]})", "unknown other"},
        Row{"EmptyTextIsUnknown", R"({"text":""})", R"({"ne":["$x.text","a"]})", "unknown other"},
        Row{"BothCauses", R"({"text":null,"secret":)" + kS + "}",
            R"({"eq":["$x.text","$x.secret"]})", "unknown contents other"},
        Row{"AFalseTakesNoCauses", R"({"text":)" + kS + "}",
            R"({"all":[{"eq":["$x.text","a"]},{"has":"$x.n"}]})", "fail"},
        Row{"CodesInOrder", R"({"level":"low"})", R"({"lt":["$x.level","high"],"order":"level"})",
            "pass"},
        Row{"CodeNotDeclared", R"({"level":"none"})",
            R"({"lt":["$x.level","high"],"order":"level"})", "unknown other"},
        Row{"TimeOnADate", R"({"when":"2024-06-03T23:59:59+07:00","day":"2024-06-03"})",
            R"({"eq":["$x.when","$x.day"]})", "pass"},
        Row{"DateInTexts", R"({"day":"2024-06-03"})", R"({"in":["$x.day",["2024-06-03"]]})",
            "fail"}),
    [](const auto& row) { return std::string(row.param.name); });

const std::string kTwoTimes =
    R"({"when":"2024-06-03T09:00:00+07:00","n":9007199254740991,"unit":"hours"})";

INSTANTIATE_TEST_SUITE_P(
    Spans, ReplayValueEdge,
    ::testing::Values(
        Row{"HoursWithoutEnd", kTwoTimes,
            R"({"within":{"from":"$x.when","to":"$x@at","max":"$x.n","unit":"hours"}})", "pass"},
        Row{"HoursThatNeverPass", kTwoTimes,
            R"({"within":{"from":"$x.when","to":"$x@at","min":"$x.n","unit":"hours"}})", "fail"},
        Row{"OnAnHourThatNeverComes", kTwoTimes,
            R"({"on":{"date":"$x@at","from":"$x.when","plus":"$x.n","unit":"hours"}})", "fail"},
        Row{"DueInHoursPastAllYears", kTwoTimes,
            R"({"must":{"type":"t.reply"},"by":{"from":"$x.when","max":"$x.n","unit":"hours"}})",
            "unknown other"},
        Row{"DueInDaysPastAllYears", R"({"day":"2024-06-03","n":9007199254740991})",
            R"({"must":{"type":"t.reply"},"by":{"from":"$x.day","max":"$x.n","unit":"calendar_days"}})",
            "unknown other"},
        Row{"DueBeyondTheCalendar", R"({"day":"2024-06-03","n":9007199254740991})",
            R"({"must":{"type":"t.reply"},"by":{"from":"$x.day","max":"$x.n","unit":"working_days"}})",
            "pending"},
        Row{"HoursOfADate", R"({"day":"2024-06-03"})",
            R"({"within":{"from":"$x.day","to":"$x@at","max":1,"unit":"hours"}})", "unknown other"},
        Row{"ASealedUnit", R"({"unit":)" + kS + "}",
            R"({"within":{"from":"$x@date","to":"$x@date","max":1,"unit":"$x.unit"}})",
            "unknown contents"},
        Row{"ASealedUnitOfADeadline", R"({"unit":)" + kS + "}",
            R"({"must":{"type":"t.reply"},"by":{"from":"$x@date","max":1,"unit":"$x.unit"}})",
            "unknown contents"},
        Row{"ANegativeAmount", R"({"n":-1})",
            R"({"within":{"from":"$x@date","to":"$x@date","max":"$x.n","unit":"calendar_days"}})",
            "unknown other"},
        Row{"BeyondTheCalendarAtLeast", R"({"day":"2025-02-03"})",
            R"({"within":{"from":"$x@date","to":"$x.day","min":200,"unit":"working_days"}})",
            "fail"},
        Row{"BeyondTheCalendarAtMost", R"({"day":"2025-02-03"})",
            R"({"within":{"from":"$x@date","to":"$x.day","max":100,"unit":"working_days"}})",
            "fail"},
        Row{"BeyondTheCalendarUnknown", R"({"day":"2025-02-03"})",
            R"({"within":{"from":"$x@date","to":"$x.day","max":160,"unit":"working_days"}})",
            "unknown other"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(ReplayValueEdge, ADeadlineInHoursIsKeptToTheSecond) {
  EdgeCase edge(R"("each":{"type":"t.ask"},"require":{"must":{"type":"t.reply","after":"x"},
      "by":{"from":"$x@at","max":24,"unit":"hours"}})");
  edge.Add("t.ask");
  EXPECT_EQ(edge.Outcome("R"), "pending due 2024-06-04T09:00:00+07:00");
  edge.day = 1;
  Act& reply = edge.Add("t.reply");
  EXPECT_EQ(edge.Outcome("R"), "pass");
  ++reply.at.instant.value;
  ++reply.entered.value;
  EXPECT_EQ(edge.Outcome("R"), "fail");
}

// A holiday announced after the act counts only for what it prolongs.
TEST(ReplayValueEdge, TheLaterOfTwoReadingsIsDue) {
  EdgeCase edge(R"("each":{"type":"t.ask"},"require":{"must":{"type":"t.reply","after":"x"},
      "by":{"from":"$x@date","max":3,"unit":"working_days"}})");
  edge.Add("t.ask");
  EXPECT_EQ(edge.Outcome("R"), "pending due 2024-06-06");
  edge.AddCalendar({1717380000 + 3600}, R"("2024-06-06")");
  EXPECT_EQ(edge.Outcome("R"), "pending due 2024-06-07");
}

}  // namespace
}  // namespace jejak::procedure
