// SPDX-License-Identifier: Apache-2.0
//
// One change to a story, and exactly the failures that it must bring (tests/vectors/procedure/
// mutations.json): no rule stays silent, and none cries without cause.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/procedure/story_outcome.h"

namespace jejak::procedure::story {
namespace {

const Json& Mutations() {
  static const Json mutations = ReadJson("tests/vectors/procedure/mutations.json");
  return mutations;
}

std::vector<std::string> Ids() {
  std::vector<std::string> ids;
  for (const Json& mutation : Mutations()) ids.push_back(mutation.at("id"));
  return ids;
}

using Names = std::set<std::string>;

Names Without(const Names& some, const Names& others) {
  Names left;
  std::set_difference(some.begin(), some.end(), others.begin(), others.end(),
                      std::inserter(left, left.end()));
  return left;
}

Names ChecksOf(const Outcomes& outcomes) {
  Names ids;
  for (const auto& [id, actions] : outcomes.checks) ids.insert(id);
  return ids;
}

class Mutation : public testing::TestWithParam<std::string> {
 protected:
  const Json& mutation = *std::find_if(Mutations().begin(), Mutations().end(),
                                       [](const Json& m) { return m.at("id") == GetParam(); });
};

TEST_P(Mutation, BringsExactlyItsFailures) {
  const std::string story = mutation.at("story");
  const Json& entry = mutation.at("expected");
  StoryRecord record(ReadJson("docs/stories/" + story + ".json"));
  const Outcomes before = Judged(record, entry);
  record.Apply(mutation.at("edits"));
  const Outcomes after = Judged(record, entry);
  const std::string place = GetParam() + " of " + story + ", " +
                            mutation.at("title").get<std::string>() + ", at " +
                            entry.at("now").get<std::string>() + ", contents " +
                            entry.at("contents").get<std::string>() + "\n";
  const std::string difference = Difference(Expected(entry), after);
  EXPECT_EQ(difference, "") << place << difference;
  EXPECT_EQ(Without(after.failures, before.failures), mutation.at("new_failures").get<Names>())
      << place;
  EXPECT_EQ(Without(ChecksOf(after), ChecksOf(before)), mutation.at("new_checks").get<Names>())
      << place;
}

INSTANTIATE_TEST_SUITE_P(All, Mutation, testing::ValuesIn(Ids()),
                         [](const auto& mutation) { return mutation.param; });

}  // namespace
}  // namespace jejak::procedure::story
