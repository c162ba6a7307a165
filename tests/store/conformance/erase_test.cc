// SPDX-License-Identifier: Apache-2.0
// What every engine answers to an erasure. Whether the bytes are gone from files is the engine's own
// test (rocksdb_erase_test.cc).
#include <gtest/gtest.h>

#include "tests/store/conformance/engine.h"

namespace jejak::store {
namespace {

using std::string_literals::operator""s;

class StoreEraseTest : public StorePortTest {
 protected:
  Code Erase(const std::vector<KeyRange>& ranges) {
    const Result<void> done = store().Erase(ranges);
    return done.ok() ? Code::kNotFound : done.error().code;
  }
};

TEST_P(StoreEraseTest, RowsOfTheRangesGoAndNothingElse) {
  Put({{"a", "1"}, {"b1", "1"}, {"b2", "1"}, {"b2\0"s, "1"}, {"c", "1"}, {"d", "1"}});
  Put({{"b1", "2"}, {"d", "2"}});
  ASSERT_EQ(Erase({{"b", "b2\0"s}, {"d", "e"}, {"x", "y"}}), Code::kNotFound);
  const std::vector<Row> left{{"a", "1"}, {"b2\0"s, "1"}, {"c", "1"}};
  EXPECT_EQ(Rows(*Now(), "", "\xff", 9), left);
  EXPECT_EQ(Head(), "put 2");
  ASSERT_EQ(Erase({{"b", "b2\0"s}, {"d", "e"}}), Code::kNotFound) << "once more";
  ASSERT_EQ(Erase({}), Code::kNotFound);
  Put({{"b1", "3"}});
  engine_->Reopen();
  EXPECT_EQ(Get(*Now(), "b1"), "3");
  EXPECT_EQ(Get(*Now(), "b2"), std::nullopt);
  EXPECT_EQ(Rows(*Now(), "", "\xff", 9).size(), 4U);
}

TEST_P(StoreEraseTest, AHeldViewKeepsEverything) {
  Put({{"a", "1"}});
  auto before = Now();
  Put({{"b", "1"}});
  EXPECT_EQ(Erase({{"a", "b"}}), Code::kUnavailable);
  EXPECT_EQ(Get(*Now(), "a"), "1");
  auto newest = Now();
  EXPECT_EQ(Erase({{"a", "b"}}), Code::kUnavailable);
  EXPECT_EQ(Get(*before, "a"), "1");
  before.reset();
  EXPECT_EQ(Erase({{"a", "b"}}), Code::kUnavailable);
  newest.reset();
  EXPECT_EQ(Erase({{"a", "b"}}), Code::kNotFound);
  EXPECT_EQ(Get(*Now(), "a"), std::nullopt);
  EXPECT_EQ(Get(*Now(), "b"), "1");
}

TEST_P(StoreEraseTest, ItsOwnKeysAndEmptyRangesAreRefused) {
  Put({{"a", "1"}});
  const std::vector<KeyRange> wrong[] = {
      {{"", "z"}}, {{"\0"s, "z"}}, {{"b", "a"}}, {{"a", "a"}}, {{"a", "b"}, {"", "z"}}};
  for (const auto& ranges : wrong) EXPECT_EQ(Erase(ranges), Code::kInternal);
  EXPECT_EQ(Get(*Now(), "a"), "1");
  EXPECT_EQ(Erase({{"a", "b"}}), Code::kNotFound);
}

INSTANTIATE_TEST_SUITE_P(Engines, StoreEraseTest, testing::ValuesIn(AllEngines()),
                         [](const auto& tested) { return tested.param.name; });

}  // namespace
}  // namespace jejak::store
