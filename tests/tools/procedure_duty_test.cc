// SPDX-License-Identifier: Apache-2.0
//
// Every form of the rule language, in words: what the words must not lose is in each row.
#include <gtest/gtest.h>

#include <set>

#include "tests/tools/small_definition.h"
#include "tools/procedure/duty_speech.h"

namespace jejak::guide {
namespace {

struct Row {
  const char* name;
  const char* duty;
  const char* english;
};

constexpr Row kRows[] = {
    {"response",
     R"("each":{"type":"x.open","as":"a"},"require":{"must":{"type":"x.decide","after":"a"},
      "by":{"from":"$a@date","max":"$param.days","unit":"working_days"}})",
     "Every *Opening* must be followed by a *Decision <&>*, at most 5 working days after the date "
     "of that *Opening*"},
    {"one_day",
     R"("each":{"type":"x.open","as":"a"},"require":{"must":{"type":"x.decide","after":"a"},
      "by":{"from":"$a.on","max":1,"unit":"calendar_days"}})",
     "Every *Opening* must be followed by a *Decision <&>*, at most 1 calendar day after the “on” "
     "of that *Opening*"},
    {"no_deadline",
     R"("each":{"type":"x.open","as":"a"},"require":{"must":{"type":"x.decide","after":"a"}})",
     "Every *Opening* must be followed by a *Decision <&>*, before the case is closed"},
    {"until",
     R"("each":{"type":"x.open","as":"a"},"require":{"must":{"type":"x.decide","after":"a"},"until":{"type":"x.again","after":"a"}})",
     "Every *Opening* must be followed by a *Decision <&>*, not later than the first *Reopening* "
     "logged after that *Opening* and before the case "
     "is closed"},
    {"precedence",
     R"("each":{"type":"x.decide","as":"d"},"require":{"exists":{"type":"x.open","before":"d","with":{"agreed":true}}})",
     "Every *Decision <&>* must be preceded by an *Opening* whose “agreed” is “yes”"},
    {"absence_in_segment",
     R"("each":{"type":"x.decide","as":"d"},"require":{"none":{"type":"x.decide","before":"d","segment":"d"}})",
     "Before every *Decision <&>* there must be no *Decision <&>* in the same segment as that "
     "*Decision <&>*"},
    {"without_each", R"("require":{"count":{"type":"x.open"},"min":1,"max":1})",
     "For every officer, this must hold: there is exactly 1 *Opening*"},
    {"count", R"("require":{"count":{"type":"x.open"},"min":1,"max":3})",
     "For every officer, this must hold: there are at least 1 and at most 3 *Opening*"},
    {"let_when_eq",
     R"("each":{"type":"x.decide","as":"d"},"let":{"a":{"last":{"type":"x.open","before":"d"}}},"when":{"found":"a"},
      "require":{"eq":["$a.level","high"]})",
     "For every *Decision <&>* look at the last *Opening* logged before that *Decision <&>*; only "
     "if that *Opening* exists; this must hold: the "
     "“level of the sanction” of that *Opening* is *High*"},
    {"labels",
     R"("each":{"type":"x.open","as":"d"},"let":{"a":{"last":{"type":"x.open","before":"d"}}},"require":{"not":{"found":"a"}})",
     "For every *Opening* look at the last *Opening* logged before that *Opening* (called **a**); "
     "this must hold: **a** does not exist"},
    {"order",
     R"("each":{"type":"x.open","as":"a"},"require":{"ge":["$a.level","high"],"order":"level"})",
     "For every *Opening*, this must hold: the “level of the sanction” of that *Opening* is not "
     "lower than *High* "
     "in the order of the list “levels of sanction”"},
    {"dates", R"("each":{"type":"x.open","as":"a"},"require":{"lt":["$a.on","$a@date"]})",
     "For every *Opening*, this must hold: the “on” of that *Opening* is before the date of that "
     "*Opening*"},
    {"roles",
     R"("each":{"type":"x.decide","as":"d"},"require":{"overlaps":["$d@roles",["clerk","judge"]]})",
     "For every *Decision <&>*, this must hold: that *Decision <&>* is signed as *Clerk* or "
     "*Judge*"},
    {"people",
     R"("each":{"type":"x.decide","as":"d"},"require":{"disjoint":["$d@holders.judge","$d@holders.clerk"]})",
     "For every *Decision <&>*, this must hold: no one is both among the people who signed that "
     "*Decision <&>* as *Judge* and among the people who "
     "signed that *Decision <&>* as *Clerk*"},
    {"party",
     R"("each":{"type":"x.decide","as":"d"},"require":{"not":{"in":["$key","$d@parties"]}})",
     "For every *Decision <&>*, this must hold: the officer concerned did not sign that *Decision "
     "<&>* as a party"},
    {"within",
     R"("each":{"type":"x.open","as":"a"},"require":{"within":{"from":"$a@date","to":"$a.on","min":1,"max":7,"unit":"working_days"}})",
     "For every *Opening*, this must hold: the “on” of that *Opening* is at least 1 and at most 7 "
     "working days after the date of that *Opening*"},
    {"on",
     R"("each":{"type":"x.open","as":"a"},"require":{"on":{"date":"$a.on","from":"$a@date","plus":15,"unit":"working_days"}})",
     "For every *Opening*, this must hold: the “on” of that *Opening* is exactly on working day 15 "
     "after the date of that *Opening*"},
    {"lookup",
     R"("each":{"type":"x.open","as":"a"},"require":{"lookup":"fit","row":{"level":"$a.level","points":"$a.points"}})",
     "For every *Opening*, this must hold: the table “`fit`” has a row with level = the “level of "
     "the sanction” of "
     "that *Opening*; `points` = the “points” of that "
     "*Opening*"},
    {"every",
     R"("each":{"type":"x.open","as":"a"},"require":{"every":"$a.team","as":"x","is":{"ne":["$x.rank","low"]}})",
     "For every *Opening*, this must hold: for every entry in the “team” of that *Opening*, the "
     "“rank” of that entry is not *Low*"},
    {"checked", R"("each":{"type":"*","as":"a"},"require":{"checked":"a","for":["sealed","role"]})",
     "For every step, whatever it is, this must hold: in that step, the fields that must be sealed "
     "are sealed and it is signed in a role that may do "
     "it"},
    {"states",
     R"("scope":"case","each":{"type":"x.close","as":"c"},"require":{"states":"officer","in":"$param.done","at":"c"})",
     "For every *Closing*, this must hold: just before that *Closing*, the state of every officer "
     "is *Done*"},
    {"and_or_apart",
     R"("each":{"type":"x.open","as":"a"},"require":{"all":[{"has":"$a.level"},{"any":[{"has":"$a.on"},{"has":"$a.points"}]}]})",
     "For every *Opening*, all of these must hold (the “level of the sanction” of that *Opening* "
     "is stated) and "
     "(the “on” of that *Opening* is stated, or the "
     "“points” of that *Opening* is stated)"},
    {"if_else",
     R"("each":{"type":"x.open","as":"a"},"require":{"if":{"has":"$a.level"},"then":{"has":"$a.on"},"else":{"not":{"has":"$a.points"}}})",
     "For every *Opening*, this must hold, as the case may be (if the “level of the sanction” of "
     "that *Opening* is "
     "stated, then the “on” of that *Opening* is stated) "
     "and (otherwise the “points” of that *Opening* is not stated)"},
    {"where",
     R"("each":{"type":["x.open","x.decide"],"as":"a","where":{"any":[{"ne":["$@type","x.open"]},{"ne":["$.level","low"]}]}},"require":false)",
     "For every *Decision <&>* or *Opening* provided that (the step is not *Opening*, or its "
     "“level of the sanction” is not *Low*), this must hold: this is a breach"},
};

// As one line: the head, then the parts apart.
std::string Flat(const Clause& clause, bool top = true) {
  if (clause.leaf()) return clause.text;
  std::string parts;
  for (const Clause& part : clause.parts) {
    if (!parts.empty()) parts += clause.between.empty() ? "; " : " " + clause.between + " ";
    parts += clause.between.empty() ? Flat(part, false) : "(" + Flat(part, false) + ")";
  }
  return top ? clause.text + " " + parts : parts;
}

class DutyWords : public testing::TestWithParam<Row> {};

TEST_P(DutyWords, SayAllOfTheCondition) {
  const Document document = test::ReadSmall(test::SmallDefinition(GetParam().duty));
  ASSERT_FALSE(document.definition.rules.empty());
  const Naming naming(document.definition, Glossary::BuiltIn(),
                      {Language::kEnglish, Markup::kMarkdown});
  DutySpeech speech(naming, document.definition.rules[0].duties[0]);
  EXPECT_EQ(Flat(speech.Condition()), GetParam().english);
}

TEST_P(DutyWords, AreNotEnglishInIndonesian) {
  const Document document = test::ReadSmall(test::SmallDefinition(GetParam().duty));
  ASSERT_FALSE(document.definition.rules.empty());
  const Naming naming(document.definition, Glossary::BuiltIn(),
                      {Language::kIndonesian, Markup::kMarkdown});
  const std::string text =
      " " + Bullets(DutySpeech(naming, document.definition.rules[0].duties[0]).Condition());
  for (const char* word :
       {" the ", " is ", " of ", " there ", " must ", " every ", " and ", " or ", " if "})
    EXPECT_EQ(text.find(word), text.npos) << text;
}

INSTANTIATE_TEST_SUITE_P(Guide, DutyWords, testing::ValuesIn(kRows),
                         [](const auto& row) { return std::string(row.param.name); });

// Different conditions never read alike: a reader would be told the wrong rule.
TEST(DutyWordsTogether, AreAllDifferent) {
  std::set<std::string> texts;
  for (const Row& row : kRows) texts.insert(row.english);
  EXPECT_EQ(texts.size(), std::size(kRows));
}

}  // namespace
}  // namespace jejak::guide
