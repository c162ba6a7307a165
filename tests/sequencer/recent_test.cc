// SPDX-License-Identifier: Apache-2.0
#include "ledger/sequencer/recent.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>

namespace jejak::sequencer {
namespace {

using Words = Recent<int, std::string, std::hash<int>>;

std::shared_ptr<const std::string> Word(const char* text) {
  return std::make_shared<const std::string>(text);
}

TEST(Recent, DropsWhatWasNotUsedForLongest) {
  Words words(2);
  words.Insert(1, Word("one"));
  words.Insert(2, Word("two"));
  EXPECT_EQ(*words.Find(1), "one");
  words.Insert(3, Word("three"));
  EXPECT_EQ(words.Find(2), nullptr);
  EXPECT_EQ(*words.Find(1), "one");
  EXPECT_EQ(*words.Find(3), "three");
}

TEST(Recent, KeepsWhatIsUsedAgainAndAgain) {
  Words words(3);
  words.Insert(0, Word("often"));
  for (int key = 1; key < 100; ++key) {
    words.Insert(key, Word("once"));
    ASSERT_NE(words.Find(0), nullptr) << key;
  }
  EXPECT_NE(words.Find(99), nullptr);
  EXPECT_EQ(words.Find(1), nullptr);
}

TEST(Recent, KeepsTheFirstValueOfAKey) {
  Words words(2);
  words.Insert(1, Word("one"));
  words.Insert(1, Word("another"));
  EXPECT_EQ(*words.Find(1), "one");
}

TEST(Recent, HoldsNoMoreThanItsCapacityInWeight) {
  Words words(10);
  words.Insert(1, Word("one"), 4);
  words.Insert(2, Word("two"), 4);
  words.Insert(3, Word("three"), 9);  // room for it only without both
  EXPECT_EQ(words.Find(1), nullptr);
  EXPECT_EQ(words.Find(2), nullptr);
  EXPECT_EQ(*words.Find(3), "three");
  words.Insert(4, Word("four"), 1);
  EXPECT_EQ(*words.Find(3), "three");
  EXPECT_EQ(*words.Find(4), "four");
}

TEST(Recent, DoesNotKeepWhatIsTooHeavyByItself) {
  Words words(10);
  words.Insert(1, Word("one"), 10);
  words.Insert(2, Word("two"), 11);
  EXPECT_EQ(*words.Find(1), "one");
  EXPECT_EQ(words.Find(2), nullptr);
}

}  // namespace
}  // namespace jejak::sequencer
