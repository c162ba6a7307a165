// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/tools/small_definition.h"
#include "tools/procedure/difference.h"

namespace jejak::guide {
namespace {

constexpr const char* kDuty =
    R"("each":{"type":"x.open","as":"a"},"require":{"must":{"type":"x.decide","after":"a"},
"by":{"from":"$a@date","max":"$param.days","unit":"working_days"}})";

std::string DifferenceOf(const std::string& before, const std::string& after,
                         Language language = Language::kEnglish) {
  return Difference(test::ReadSmall(before), test::ReadSmall(after), Glossary::BuiltIn(),
                    {language, Markup::kPlain});
}

struct Row {
  const char* name;
  const char* from;
  const char* to;
  const char* lines;  // after the first
};

constexpr Row kRows[] = {
    {"parameter", "\"value\":5", "\"value\":7", "~ parameter days (rules R1)\n    value: 5 → 7\n"},
    {"parameter_basis", "\"basis\":\"own choice\"},\n\"done\"", "\"basis\":\"law 2\"},\n\"done\"",
     "~ parameter days (rules R1)\n    basis: own choice → law 2\n"},
    {"role_added", "\"roles\":{", "\"roles\":{\"chief\":{\"id\":\"Kepala\",\"en\":\"Chief\"},",
     "+ role chief\n    name: Chief\n"},
    {"code_order",
     "{\"code\":\"low\",\"id\":\"Rendah\",\"en\":\"Low\"},{\"code\":\"high\",\"id\":\"Tinggi\","
     "\"en\":\"High\"}",
     "{\"code\":\"high\",\"id\":\"Tinggi\",\"en\":\"High\"},{\"code\":\"low\",\"id\":\"Rendah\","
     "\"en\":\"Low\"}",
     "~ list level\n    order: low, high → high, low\n"},
    {"table_row", "\"max\":3", "\"max\":2",
     "~ table fit\n    row {\"level\":\"low\",\"points\":{\"min\":1,\"max\":2}}: (none) → there\n"
     "    row {\"level\":\"low\",\"points\":{\"min\":1,\"max\":3}}: there → (none)\n"},
    {"state", "\"DONE\":{\"id\":\"Selesai\",\"en\":\"Done\"}",
     "\"DONE\":{\"id\":\"Tuntas\",\"en\":\"Settled\"}",
     "~ track officer\n    state DONE: Done → Settled\n"},
    {"deadline", "\"max\":5,\"unit\":\"working_days\",\"kind\":\"law\"",
     "\"max\":6,\"unit\":\"working_days\",\"kind\":\"policy\"",
     "~ action x.decide “Decision <&>”\n    deadline: 5 working days after \"Opening\" (law) → 6 "
     "working days after \"Opening\" (own policy)\n"},
    {"signers", "\"min_signers\":2,", "",
     "~ action x.decide “Decision <&>”\n    done by: Judge; at least 2 different people sign → "
     "Judge\n"},
    {"field_removed", "\"points\":{\"type\":\"integer\"},", "",
     "~ action x.open “Opening”\n    field points: whole number; readable by oversight only → "
     "(none)\n"},
    {"field_sealed", "\"agreed\":{\"type\":\"boolean\"}",
     "\"agreed\":{\"type\":\"boolean\",\"sealed\":true}",
     "~ action x.open “Opening”\n    field agreed: yes or no; readable by oversight only → yes or "
     "no, sealed; readable by oversight only\n"},
    {"action_added", "\"actions\":[",
     "\"actions\":[{\"type\":\"x.note\",\"title\":{\"id\":\"Catatan\",\"en\":\"Note\"},\"roles\":[]"
     "}"
     ",",
     "+ action x.note “Note”\n    title: Note\n    done by: anyone with a key\n    readable by: "
     "oversight only\n"},
    {"rule", "\"severity\":\"M\"", "\"severity\":\"C\"", "~ rule R1 “Rule”\n    severity: M → C\n"},
    {"says", "\"en\":\"Duty.\"", "\"en\":\"Its duty.\"",
     "~ duty R1.d\n    says: Duty. → Its duty.\n"},
    {"condition", "\"must\":{\"type\":\"x.decide\"",
     "\"must\":{\"type\":[\"x.decide\",\"x.close\"]", "~ duty R1.d\n    as judged: "},
    {"form_only", "\"type\":[\"x.decide\"]", "\"type\":\"x.decide\"",
     "~ duty R1.d\n    in its form only\n"},
};

class Differences : public testing::TestWithParam<Row> {};

TEST_P(Differences, AreToldInWords) {
  std::string before = test::SmallDefinition(kDuty);
  const Row& row = GetParam();
  if (std::string(row.name) == "form_only")
    before.replace(before.find(R"("must":{"type":"x.decide")"), 25,
                   R"("must":{"type":["x.decide"])");
  std::string after = before;
  const std::string from = row.from;
  ASSERT_NE(after.find(from), after.npos);
  after.replace(after.find(from), from.size(), row.to);
  const std::string text = DifferenceOf(before, after);
  const std::string head = "small 1 → 1\n";
  ASSERT_TRUE(text.starts_with(head)) << text;
  if (std::string(row.name) == "field_removed" || std::string(row.name) == "condition") {
    EXPECT_NE(text.find(row.lines), text.npos) << text;
  } else {
    EXPECT_EQ(text.substr(head.size()), row.lines);
  }
}

INSTANTIATE_TEST_SUITE_P(Guide, Differences, testing::ValuesIn(kRows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(Difference, OfEqualDefinitionsIsNone) {
  const std::string text = test::SmallDefinition(kDuty);
  EXPECT_EQ(DifferenceOf(text, text), "small 1 → 1\nNothing changed.\n");
  EXPECT_EQ(DifferenceOf(text, text, Language::kIndonesian),
            "small 1 → 1\nTidak ada yang berubah.\n");
}

TEST(Difference, WhatWasAddedIsRemovedTheOtherWayRound) {
  const std::string before = test::SmallDefinition(kDuty);
  std::string after = before;
  after.replace(after.find("\"actions\":["), 11,
                R"("actions":[{"type":"x.note","title":{"id":"Catatan","en":"Note"},"roles":[]},)");
  EXPECT_EQ(DifferenceOf(after, before), "small 1 → 1\n- action x.note “Note”\n");
  EXPECT_NE(DifferenceOf(before, after, Language::kIndonesian).find("+ langkah x.note “Catatan”"),
            std::string::npos);
}

}  // namespace
}  // namespace jejak::guide
