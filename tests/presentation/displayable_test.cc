// SPDX-License-Identifier: Apache-2.0
#include "ledger/presentation/displayable.h"

#include <gtest/gtest.h>

namespace jejak::presentation::test {
namespace {

TEST(Displayable, LetsNothingThroughThatActsOnAScreen) {
  EXPECT_EQ(Displayable("case-A \xE2\x80\x94 caf\xC3\xA9"), "case-A \xE2\x80\x94 caf\xC3\xA9");
  EXPECT_EQ(Displayable("a\x1b[31mb\nc"), "a\\u{1b}[31mb\\u{a}c");
  EXPECT_EQ(Displayable("\xff\x01"), "\\xff\\u{1}");
  EXPECT_EQ(Displayable("\xE2\x80\xAEkod"), "\\u{202e}kod");
  EXPECT_EQ(Displayable("\xE2\x80"), "\\xe2\\x80");
  EXPECT_EQ(Displayable("\x7f"), "\\u{7f}");
}

}  // namespace
}  // namespace jejak::presentation::test
