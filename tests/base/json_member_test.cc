// SPDX-License-Identifier: Apache-2.0
#include "ledger/base/json_member.h"

#include <gtest/gtest.h>

namespace jejak::json {
namespace {

TEST(MemberOf, IsNullWhereThereIsNone) {
  const Value row = Parse(R"({"a":{"b":"c"},"n":7})", Rules::kContainer).value();
  EXPECT_EQ(MemberOf(row, "n").as_integer(), 7);
  EXPECT_EQ(TextOf(MemberOf(row, "a"), "b"), "c");
  EXPECT_TRUE(MemberOf(row, "z").is_null());
  EXPECT_TRUE(MemberOf(MemberOf(row, "z"), "b").items().empty());
  EXPECT_EQ(TextOf(MemberOf(row, "n"), "b"), "") << "a number has no members";
  EXPECT_EQ(TextOf(row, "n"), "") << "a number is no text";
}

}  // namespace
}  // namespace jejak::json
