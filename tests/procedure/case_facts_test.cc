// SPDX-License-Identifier: Apache-2.0
#include "ledger/procedure/case_facts.h"

#include <gtest/gtest.h>

#include "ledger/procedure/replay.h"
#include "tests/procedure/story_record.h"

namespace jejak::procedure {
namespace {

using story::Holdings;

const UnixSeconds kLater = *ParseTime("2025-01-31T05:00:00Z");

// "clarify.hold /letter/issued_on after", a line for each.
std::string DatesTold(story::Json told, const char* contents) {
  const story::StoryRecord record(std::move(told));
  const story::Record seen = record.AsOf(kLater, Holdings::Named(contents));
  const Judgement judgement = Replay(seen.acts, seen.bindings, kLater);
  std::string lines;
  for (const DateFact& date :
       CollectFacts(seen.acts, seen.bindings.back(), judgement, kLater).dates) {
    lines += date.type + " " + date.field + " " + (date.value.empty() ? "unknown" : date.value);
    lines += "\n";
  }
  return lines;
}

std::string DatesOf(const std::string& name, const char* contents) {
  return DatesTold(story::ReadJson("docs/stories/" + name + ".json"), contents);
}

// The date is inside a sealed object: without its opening it is unknown, not absent.
TEST(CaseFacts, ALettersDateIsKnownToWhoHoldsItsOpening) {
  EXPECT_EQ(DatesOf("M05", "all"), "clarify.hold /letter/issued_on after\n");
  EXPECT_EQ(DatesOf("M02", "all"), "clarify.hold /letter/issued_on not_after\n");
  for (const char* name : {"M02", "M05"}) {
    EXPECT_EQ(DatesOf(name, "no_sealed"), "clarify.hold /letter/issued_on unknown\n") << name;
    EXPECT_EQ(DatesOf(name, "none"), "clarify.hold /letter/issued_on unknown\n") << name;
  }
}

TEST(CaseFacts, NoLetterIsNoDateUnlessNobodyCanTell) {
  EXPECT_EQ(DatesOf("M04", "all"), "");
  EXPECT_EQ(DatesOf("M04", "no_sealed"), "") << "that there is none is not sealed";
  EXPECT_EQ(DatesOf("M04", "none"), "clarify.hold /letter/issued_on unknown\n");
}

// Not against the report, which is older; and the inspection's own day is not after it.
TEST(CaseFacts, ALetterIsHeldAgainstTheDayOfItsOfficersInspection) {
  for (const auto& [issued_on, value] : {std::pair{"2024-05-12", "not_after"},
                                         {"2024-05-13", "not_after"},
                                         {"2024-05-14", "after"}}) {
    story::Json told = story::ReadJson("docs/stories/M05.json");
    told["actions"][0]["at"] = "2024-05-08T08:00:00+07:00";
    told["actions"][2]["body"]["letter"]["$seal"]["issued_on"] = issued_on;
    EXPECT_EQ(DatesTold(told, "all"),
              std::string("clarify.hold /letter/issued_on ") + value + "\n");
  }
}

}  // namespace
}  // namespace jejak::procedure
