// SPDX-License-Identifier: Apache-2.0
#include "ledger/base/result.h"

#include <gtest/gtest.h>

#include <memory>

namespace jejak {
namespace {

Result<int> Half(int value) {
  if (value % 2 != 0) return Malformed("the value is even");
  return value / 2;
}

Result<void> Positive(int value) {
  if (value <= 0) return Refused("the value is positive");
  return {};
}

Result<std::string> Describe(int value) {
  JEJAK_TRY(half, Half(value));
  JEJAK_CHECKED(Positive(half));
  return std::to_string(half);
}

TEST(Result, HoldsAValueOrTheReason) {
  EXPECT_EQ(*Describe(4), "2");
  EXPECT_EQ(Describe(3).error().code, Code::kMalformed);
  EXPECT_EQ(Describe(-4).error().detail, "the value is positive");
  EXPECT_TRUE(Positive(1).ok());
  EXPECT_FALSE(Positive(0));
}

TEST(Result, MovesWhatCannotBeCopied) {
  Result<std::unique_ptr<int>> result = std::make_unique<int>(7);
  const std::unique_ptr<int> taken = std::move(result).value();
  EXPECT_EQ(*taken, 7);
}

TEST(Result, ConvertsToTheTypeItHolds) {
  Result<std::string> text = "abc";
  EXPECT_EQ(text->size(), 3u);
  Result<std::optional<int>> nothing = std::nullopt;
  ASSERT_TRUE(nothing.ok());
  EXPECT_FALSE(nothing->has_value());
}

TEST(Result, EachMakerHasItsCode) {
  EXPECT_EQ(Malformed("").code, Code::kMalformed);
  EXPECT_EQ(Forbidden("").code, Code::kForbidden);
  EXPECT_EQ(NotFound("").code, Code::kNotFound);
  EXPECT_EQ(Conflict("").code, Code::kConflict);
  EXPECT_EQ(Refused("").code, Code::kRefused);
  EXPECT_EQ(Unavailable("").code, Code::kUnavailable);
  EXPECT_EQ(UnknownOutcome("").code, Code::kUnknownOutcome);
  EXPECT_EQ(Internal("").code, Code::kInternal);
}

TEST(ResultDeathTest, AbortsRatherThanInventAValue) {
  EXPECT_DEATH((void)Half(3).value(), "");
  EXPECT_DEATH((void)Half(2).error(), "");
  EXPECT_DEATH((void)Positive(1).error(), "");
}

}  // namespace
}  // namespace jejak
