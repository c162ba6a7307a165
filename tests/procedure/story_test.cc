// SPDX-License-Identifier: Apache-2.0
//
// Every story of docs/stories comes to exactly the verdicts, checks and exit codes that it states.
#include <gtest/gtest.h>

#include "tests/procedure/story_outcome.h"

namespace jejak::procedure::story {
namespace {

class Story : public testing::TestWithParam<const char*> {
 protected:
  Json story = ReadJson(std::string("docs/stories/") + GetParam() + ".json");
  StoryRecord record{story};
};

std::string PlaceOf(const Json& entry) {
  return entry.at("now").get<std::string>() + ", contents " +
         entry.at("contents").get<std::string>() +
         (entry.value("require_contents", false) ? " required" : "");
}

TEST_P(Story, ComesToTheVerdictsThatItStates) {
  ASSERT_FALSE(story.at("expected").empty());
  for (const Json& entry : story["expected"]) {
    const std::string difference = Difference(Expected(entry), Judged(record, entry));
    EXPECT_EQ(difference, "") << GetParam() << " at " << PlaceOf(entry) << "\n" << difference;
  }
}

// The same acts under the same definitions give the same judgement, whatever was judged before.
TEST_P(Story, IsJudgedTheSameTwice) {
  for (const Json& entry : story["expected"]) {
    EXPECT_EQ(Difference(Judged(record, entry), Judged(StoryRecord(story), entry)), "")
        << GetParam() << " at " << PlaceOf(entry);
  }
}

INSTANTIATE_TEST_SUITE_P(All, Story, testing::ValuesIn(kStories),
                         [](const auto& story) { return std::string(story.param); });

}  // namespace
}  // namespace jejak::procedure::story
