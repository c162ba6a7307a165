// SPDX-License-Identifier: Apache-2.0
// Records made to cost much: judged within their bound, or not judged, and never a pass by size.
#include <gtest/gtest.h>

#include <string>

#include "tests/procedure/edge_case.h"
#include "tests/procedure/stopwatch.h"

namespace jejak::procedure {
namespace {

using edge::EdgeCase;

// ["a0","a1",…]
std::string List(const std::string& stem, int n) {
  std::string list = "[";
  for (int i = 0; i < n; ++i) list += (i == 0 ? "\"" : ",\"") + stem + std::to_string(i) + "\"";
  return list + "]";
}

// What is too large without its voids may hide a fail that they would launder.
TEST(ReplayHostile, AVoidOfWhatMadeACaseTooLargeDoesNotMakeItJudged) {
  EdgeCase edge(R"("each":{"type":"t.note"},"require":{"has":"$x.text"})");
  for (int i = 0; i < 1001; ++i) edge.Add("t.name", "", {"P" + std::to_string(i)});
  std::vector<Act> junk;
  for (int i = 0; i < 1000; ++i) junk.push_back(edge.Add("t.step"));
  EXPECT_EQ(edge.Outcome("R"), "not judged");
  for (const Act& act : junk) edge.Void(act);
  EXPECT_EQ(edge.Outcome("R"), "not judged");
}

TEST(ReplayHostile, ListsOfThousandsAreCompared) {
  EdgeCase edge(R"("each":{"type":"t.note"},"require":{"all":[
      {"disjoint":["$x.list","$x.more"]},{"not":{"contains_all":["$x.list","$x.more"]}}]})");
  const std::string body = R"({"list":)" + List("a", 4000) + R"(,"more":)" + List("b", 4000) + "}";
  for (int i = 0; i < 20; ++i) edge.Add("t.note", body);
  const Stopwatch watch;
  EXPECT_EQ(edge.Outcome("R"), "pass");
  EXPECT_LT(watch.Seconds(), 1.0);
}

TEST(ReplayHostile, KeysByTheThousandAreTold) {
  EdgeCase edge(R"("require":true)");
  const std::string body = R"({"report":)" + List("r", 6000) + "}";
  for (int i = 0; i < 40; ++i) edge.Add("t.file", body);
  const Stopwatch watch;
  EXPECT_EQ(edge.Outcome("R"), "pass");
  EXPECT_LT(watch.Seconds(), 1.0);
}

TEST(ReplayHostile, AThousandVersionsOfACalendarAreCounted) {
  EdgeCase edge(R"("each":{"type":"t.note"},"require":{"within":{"from":"$x@date","to":"$x@entered",
      "max":3,"unit":"working_days"}})");
  for (int i = 0; i < 1000; ++i) {
    edge.AddCalendar({1717380000 - 86400 * (1000 - i)}, R"("2024-06-06")");
    if (i % 100 == 0) edge.Add("t.note");
  }
  const Stopwatch watch;
  EXPECT_EQ(edge.Outcome("R"), "pass");
  EXPECT_LT(watch.Seconds(), 0.5);
}

TEST(ReplayHostile, FailedChecksByTheThousandAreKeptThroughRebindings) {
  EdgeCase edge(R"("require":true)");
  for (int i = 0; i < 5000; ++i) edge.Add("t.late", R"({"no":1})", {"P1"});
  for (int i = 0; i < 8; ++i) edge.Rebind(R"("require":true)");
  const Stopwatch watch;
  EXPECT_EQ(edge.Judge().checks.size(), 15000U);
  EXPECT_LT(watch.Seconds(), 2.0);
}

// Nothing is known of any reply, so each deadline has every one of them to consider.
TEST(ReplayHostile, DeadlinesAmongUnknownActsAreJudged) {
  EdgeCase edge(R"("each":{"type":"t.ask"},"require":{"must":{"type":"t.reply","with":{"n":1}},
      "by":{"from":"$x@date","max":3,"unit":"working_days"}})");
  for (int i = 0; i < 5000; ++i) edge.Add("t.ask");
  for (int i = 0; i < 5000; ++i) edge.Add("t.reply", "?");
  edge.now = 10;
  const Stopwatch watch;
  EXPECT_EQ(edge.Outcome("R"), "unknown contents");
  EXPECT_LT(watch.Seconds(), 0.5);
}

TEST(ReplayHostile, CorrectionsByTheThousandAreApplied) {
  EdgeCase edge(R"("each":{"type":"t.note"},"require":{"eq":["$x.n",999]})");
  const Act note = edge.Add("t.note", R"({"n":-1,"more":)" + List("a", 5000) + "}");
  for (int i = 0; i < 1000; ++i) edge.Correct(note, "/n", std::to_string(i));
  const Stopwatch watch;
  EXPECT_EQ(edge.Outcome("R"), "pass corrected");
  EXPECT_LT(watch.Seconds(), 2.0);
}

// Every officer's rules see every act that belongs to no officer.
TEST(ReplayHostile, ManyInstancesThatSeeManyActsAreJudgedOrNot) {
  for (const char* require : {R"({"none":{"type":"*","with":{"text":"b"}}})",
                              R"({"none":{"type":"t.note","with":{"text":"$key"}}})",
                              R"({"must":{"type":"*","with":{"text":"a"}}})"}) {
    EdgeCase edge(R"("require":)" + std::string(require), "officer");
    for (int i = 0; i < 1500; ++i) edge.Add("t.name", "", {"P" + std::to_string(i)});
    for (int i = 0; i < 1500; ++i) edge.Add("t.note", R"({"text":"a"})");
    const Stopwatch watch;
    const Judgement judgement = edge.Judge();
    EXPECT_TRUE(!judgement.judged || judgement.rules.size() == 1500U);
    EXPECT_LT(watch.Seconds(), 5.0) << require;
  }
}

// A list for every item of a list: the square of what one body holds, in each activation.
TEST(ReplayHostile, AListForEveryItemOfAListIsBounded) {
  EdgeCase edge(R"("each":{"type":"t.note"},
      "require":{"every":"$x.list","as":"i","is":{"not":{"in":["$i","$x.more"]}}})");
  const std::string body = R"({"list":)" + List("a", 4000) + R"(,"more":)" + List("b", 4000) + "}";
  for (int i = 0; i < 50; ++i) edge.Add("t.note", body);
  const Stopwatch watch;
  EXPECT_NE(edge.Outcome("R"), "fail");
  EXPECT_LT(watch.Seconds(), 10.0);
}

}  // namespace
}  // namespace jejak::procedure
