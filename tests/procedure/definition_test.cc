// SPDX-License-Identifier: Apache-2.0
// What a definition becomes, and that every fault is found where it is.
#include "ledger/procedure/definition.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <string>

#include "tests/procedure/faulty_definitions.h"
#include "tests/procedure/small_definition.h"
#include "tests/procedure/source_text.h"

namespace jejak::procedure {
namespace {

using Op = Expression::Op;

struct Shipped {
  const char* name;
  std::size_t actions, rules, duties;
};

TEST(Definition, EveryShippedOneParses) {
  const Shipped rows[] = {{"malang-article-2024", 11, 12, 14},
                          {"malang-article-2024-1.1.0", 11, 12, 14},
                          {"pp94-kota", 59, 25, 53},
                          {"fine-notification", 11, 6, 6},
                          {"permit-receipt", 27, 6, 6}};
  for (const Shipped& row : rows) {
    SCOPED_TRACE(row.name);
    const auto parsed =
        ParseDefinition(story::ReadText("docs/procedures/" + std::string(row.name) + ".json"));
    ASSERT_TRUE(parsed.definition) << parsed.Explain();
    EXPECT_EQ(parsed.definition->actions.size(), row.actions);
    EXPECT_EQ(parsed.definition->rules.size(), row.rules);
    std::size_t duties = 0;
    for (const Rule& rule : parsed.definition->rules) duties += rule.duties.size();
    EXPECT_EQ(duties, row.duties);
  }
}

TEST(Definition, TheSmallOneHasNoProblem) {
  const auto parsed = ParseDefinition(kSmall);
  for (const Problem& problem : parsed.problems) {
    ADD_FAILURE() << problem.pointer << ": " << problem.message;
  }
  ASSERT_TRUE(parsed.definition);
  EXPECT_EQ(parsed.Explain(), "");
}

TEST(Definition, ReadsTheHead) {
  const Definition definition = *ParseDefinition(kSmall).definition;
  EXPECT_EQ(definition.id, "small");
  EXPECT_EQ(definition.calendar, "calendar/none");
  EXPECT_EQ(definition.max_entry_lag, 2);
  EXPECT_EQ(definition.max_assent_lag, std::nullopt);
  ASSERT_EQ(definition.zone.size(), 2U);
  EXPECT_EQ(definition.OffsetAt({0}), 420);
  EXPECT_EQ(definition.OffsetAt(definition.zone[1].first), 480);
  EXPECT_EQ(FormatTime(definition.zone[1].first), "2023-12-31T17:00:00Z");
  EXPECT_EQ(definition.tables[0].rows[1].at("days").min->integer, 4);
  EXPECT_FALSE(definition.tables[0].rows[1].at("days").max.has_value());
  EXPECT_EQ(definition.tracks[0].key_field, "");
  EXPECT_EQ(definition.tracks[0].states[1].first, "DONE");
  ASSERT_NE(definition.FindAction("rule.make"), nullptr);
  const ActionType& make = *definition.FindAction("rule.make");
  EXPECT_EQ(make.requires_groups,
            (std::vector<std::vector<std::string>>{{"hear.hold"}, {"hear.hold", "case.again"}}));
  EXPECT_TRUE(make.must_be_after);
  EXPECT_EQ(make.to->is.at("low"), "DONE");
  EXPECT_EQ(make.deadline->max, 5);
  EXPECT_EQ(definition.FindAction("rule.break"), nullptr);
}

TEST(Definition, PutsInParametersCodesAndNames) {
  const Definition definition = *ParseDefinition(kSmall).definition;
  const Rule& rule = definition.rules[0];
  EXPECT_EQ(rule.title, (Words{"Dalam 5 hari", "Within 5 days"}));
  const Duty& duty = rule.duties[0];
  EXPECT_EQ(duty.says.en, "By chair, clerk");
  EXPECT_EQ(duty.scope, Scope(0));
  EXPECT_EQ(duty.names, (std::vector<std::string>{"h", "r", "m"}));
  EXPECT_EQ(duty.let[0].name, 1);
  EXPECT_EQ(duty.let[0].selector.after, 0);
  EXPECT_EQ(duty.let[0].selector.segment, 0);
  const auto& parts = duty.require.parts;
  ASSERT_EQ(parts.size(), 6U);
  EXPECT_EQ(parts[0].op, Op::kMust);
  EXPECT_EQ(parts[0].span->max->literal.integer, 5);
  EXPECT_EQ(parts[0].span->unit.literal.text, "working_days");
  EXPECT_TRUE(parts[0].until.has_value());
  EXPECT_EQ(parts[1].terms[1].literal.items[1].text, "high");
  EXPECT_EQ(parts[2].terms[1].attribute, Attribute::kRoles);
  EXPECT_EQ(parts[3].name, 2);
  EXPECT_EQ(parts[3].parts[0].terms[0].path, std::vector<std::string>{"rank"});
  EXPECT_EQ(parts[4].row[1].first, "level");
  EXPECT_EQ(parts[5].checks, (std::vector<Check>{Check::kFields, Check::kState}));
}

TEST(Definition, ADutysScopeReplacesItsRulesAndAsDefaultsToX) {
  const Definition definition = *ParseDefinition(kSmall).definition;
  const auto& duties = definition.rules[1].duties;
  EXPECT_EQ(duties[0].scope, std::nullopt);
  EXPECT_EQ(duties[0].names, std::vector<std::string>{"x"});
  EXPECT_EQ(duties[1].scope, Scope(0));
  EXPECT_TRUE(definition.selectors[duties[1].require.selector->closed].uses_instance);
  EXPECT_EQ(definition.selectors[duties[1].require.selector->closed].where[0].terms[1].items.size(),
            0U);
  const Term& list = definition.selectors[duties[1].require.selector->closed].where[0].terms[1];
  EXPECT_EQ(list.literal.items[0].text, "$a");
}

TEST(Definition, EqualClosedSelectorsAreOne) {
  const Definition definition = *ParseDefinition(kSmall).definition;
  // hear.hold alone: each of R1 and of R2/day; after and as don't count.
  EXPECT_EQ(definition.rules[0].duties[0].each->closed, definition.rules[1].duties[2].each->closed);
  EXPECT_NE(definition.rules[0].duties[0].each->closed,
            definition.rules[0].duties[0].let[0].selector.closed);
  EXPECT_EQ(definition.selectors.size(), 6U);
}

class FaultyDefinition : public testing::TestWithParam<Faulty> {};

TEST_P(FaultyDefinition, IsRefusedWithPointerAndName) {
  const Faulty& row = GetParam();
  ASSERT_FALSE(row.text.empty()) << "the edit changes nothing";
  const auto parsed = ParseDefinition(row.text);
  EXPECT_FALSE(parsed.definition.has_value());
  const auto first = std::find_if(parsed.problems.begin(), parsed.problems.end(),
                                  [](const Problem& problem) { return problem.error; });
  ASSERT_NE(first, parsed.problems.end());
  EXPECT_EQ(first->pointer, row.pointer) << first->message;
  EXPECT_NE(first->message.find(row.message), std::string::npos) << first->message;
  EXPECT_TRUE(parsed.Explain().ends_with(first->message));
}

INSTANTIATE_TEST_SUITE_P(All, FaultyDefinition, testing::ValuesIn(FaultyDefinitions()),
                         [](const auto& row) {
                           std::string name = row.param.name;
                           std::replace_if(
                               name.begin(), name.end(),
                               [](char c) { return !std::isalnum(static_cast<unsigned char>(c)); },
                               '_');
                           return name;
                         });

TEST(Definition, GivesManyFaultsInTheOrderOfTheText) {
  std::string text(kSmall);
  text.replace(text.find("\"id\":\"small\""), 12, "\"id\":\"SMALL\"");
  text.replace(text.find("\"severity\":\"C\""), 14, "\"severity\":\"X\"");
  text.replace(text.find("\"position\":\"after\""), 18, "\"position\":\"seen\"");
  const auto parsed = ParseDefinition(text);
  ASSERT_EQ(parsed.problems.size(), 3U);
  EXPECT_EQ(parsed.problems[0].pointer, "/id");
  EXPECT_EQ(parsed.problems[1].pointer, "/actions/1/position");
  EXPECT_EQ(parsed.problems[2].pointer, "/rules/0/severity");
  EXPECT_FALSE(parsed.definition.has_value());
}

}  // namespace
}  // namespace jejak::procedure
