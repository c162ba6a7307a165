// SPDX-License-Identifier: Apache-2.0
// Each warning once: where it is given, and that the definition stands all the same.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <string>
#include <vector>

#include "ledger/procedure/definition.h"
#include "tests/procedure/small_definition.h"

namespace jejak::procedure {
namespace {

struct Doubtful {
  const char* name;
  std::string text;
  const char* pointer;
  const char* message;  // is part of it
};

std::vector<Doubtful> DoubtfulDefinitions() {
  // clang-format off
  return {
      {"a state no action reaches", Edited(R"("DONE":{"id":"Selesai")", R"("LOST":{"id":"Hilang","en":"Lost"},"DONE":{"id":"Selesai")"), "/tracks/person/states/LOST", "no action reaches the state \"LOST\""},
      {"an optional field read", Edited(R"({"eq":["$m.rank","low"]}},)", R"({"eq":["$m.rank","low"]}},{"eq":["$h.note","x"]},)"), "/actions/0/fields/note", "optional field \"note\""},
      {"a pick unguarded", Edited(R"({"not":{"found":"r"}},)", ""), "/rules/0/duties/0/let/r", "no found names the pick \"r\""},
      {"a date and an integer", Edited(R"({"in":["$h.level","$code.level"]})", R"({"lt":["$h.on","$h.days"]})"), "/rules/0/duties/0/require/all/1/lt", "a date is compared to an integer"},
      {"a date and a literal integer", Edited(R"({"in":["$h.level","$code.level"]})", R"({"lt":["$h.on",7]})"), "/rules/0/duties/0/require/all/1/lt/1", "a date is compared to an integer"},
      {"a date and a word", Edited(R"({"in":["$h.level","$code.level"]})", R"({"lt":["$h.on","soon"]})"), "/rules/0/duties/0/require/all/1/lt/1", "\"soon\" is no date or time"},
      {"an integer and a text", Edited(R"({"in":["$h.level","$code.level"]})", R"({"eq":["$h.days","7"]})"), "/rules/0/duties/0/require/all/1/eq/1", "another type"},
      {"one language", Edited(R"({"id":"Kecil","en":"Small"})", R"({"id":"Kecil"})"), "/title", "one language only: add \"en\""},
      {"an empty language", Edited(R"({"id":"Kecil","en":"Small"})", R"({"id":"","en":"Small"})"), "/title", "one language only: add \"id\""},
      {"a code in one language", Edited(R"("id":"Tinggi",)", ""), "/codes/level/1", "one language only: add \"id\""},
      {"rows that overlap", Edited(R"("min":4)", R"("min":3)"), "/tables/fee/1", "overlaps with row 0"},
      {"closes what nobody declared", Edited(R"("closes":["case.end"])", R"("closes":["case.stop"])"), "/closes/0", "\"case.stop\" is declared"},
      {"a personal field", Edited(R"("note":{"type":"string"})", R"("home_address":{"type":"string"})"), "/actions/0/fields/home_address", "\"home_address\" may tell who"},
      {"when never true", Edited(R"("when":{"any":[)", R"("when":{"all":[false,)"), "/rules/0/duties/0/when", "the duty is never asked"},
      {"where never true", Edited(R"("where":{"in":["$key",["$$a","b"]]})", R"("where":{"not":true})"), "/rules/1/duties/1/require/count/where", "nothing is selected"},
      {"require always true", Edited(R"({"on":{"date":"$a.on","from":"$a@date","plus":0,"unit":"calendar_days"}})", R"({"any":[true,{"found":"a"}]})"), "/rules/1/duties/2/require", "asks nothing"},
      {"a count never", Edited(R"(,"min":0})", R"(,"min":3,"max":2})"), "/rules/1/duties/1/require/count", "max is less than min"},
      {"a span never", Edited(R"("min":1,"max":"$param.days","unit":"calendar_days")", R"("min":9,"max":"$param.days","unit":"calendar_days")"), "/rules/1/duties/0/require/then/none/where/within", "max is less than min"},
      {"after and before one", Edited(R"({"first":{"type":"rule.make","after":"h","segment":"h"}})", R"({"first":{"type":"rule.make","after":"h","before":"h"}})"), "/rules/0/duties/0/let/r/first", "both after and before"},
  };
  // clang-format on
}

class DoubtfulDefinition : public testing::TestWithParam<Doubtful> {};

TEST_P(DoubtfulDefinition, StandsWithThatWarning) {
  const Doubtful& row = GetParam();
  ASSERT_FALSE(row.text.empty()) << "the edit changes nothing";
  const auto parsed = ParseDefinition(row.text);
  EXPECT_TRUE(parsed.definition.has_value()) << parsed.Explain();
  ASSERT_EQ(parsed.problems.size(), 1U);
  EXPECT_FALSE(parsed.problems[0].error);
  EXPECT_EQ(parsed.problems[0].pointer, row.pointer) << parsed.problems[0].message;
  EXPECT_NE(parsed.problems[0].message.find(row.message), std::string::npos)
      << parsed.problems[0].message;
}

INSTANTIATE_TEST_SUITE_P(All, DoubtfulDefinition, testing::ValuesIn(DoubtfulDefinitions()),
                         [](const auto& row) {
                           std::string name = row.param.name;
                           std::replace(name.begin(), name.end(), ' ', '_');
                           return name;
                         });

TEST(Lint, WhatIsSealedOrAskedForIsNoMatter) {
  EXPECT_TRUE(ParseDefinition(Edited(R"("note":{"type":"string"})",
                                     R"("name":{"type":"string","sealed":true})"))
                  .problems.empty());
  EXPECT_TRUE(ParseDefinition(Edited(R"({"eq":["$m.rank","low"]}},)",
                                     R"({"eq":["$m.rank","low"]}},{"has":"$h.note"},)"
                                     R"({"eq":["$h.note","x"]},)"))
                  .problems.empty());
  EXPECT_TRUE(
      ParseDefinition(Edited(R"("max":3},"level":"low"})", R"("max":5},"level":["low","high"]})"))
          .problems.empty());
}

TEST(Lint, StatesThatNothingReachesBarTheirActions) {
  const auto parsed = ParseDefinition(Edited(
      R"("type":"case.again","title":{"id":"Ulang","en":"Again"},"track":"person","from":["DONE"])",
      R"("type":"case.again","title":{"id":"Ulang","en":"Again"},"track":"person","from":["LOST"])"));
  EXPECT_FALSE(parsed.definition.has_value());  // LOST is unknown; declared, it is a warning
  std::string text = Edited(R"("DONE":{"id":"Selesai")",
                            R"("LOST":{"id":"Hilang","en":"Lost"},"DONE":{"id":"Selesai")");
  const std::string_view from = R"("from":["DONE"])";
  text.replace(text.find(from), from.size(), R"("from":["LOST"])");
  const auto barred = ParseDefinition(text);
  EXPECT_TRUE(barred.definition.has_value()) << barred.Explain();
  ASSERT_EQ(barred.problems.size(), 2U);
  EXPECT_EQ(barred.problems[1].pointer, "/actions/2/from");
  EXPECT_NE(barred.problems[1].message.find("\"case.again\" never follows"), std::string::npos);
}

}  // namespace
}  // namespace jejak::procedure
