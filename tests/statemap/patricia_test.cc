// SPDX-License-Identifier: Apache-2.0
#include "ledger/statemap/patricia.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "ledger/statemap/memory_map.h"
#include "tests/statemap/map_reference.h"

namespace jejak::statemap {
namespace {

nlohmann::json Vectors() {
  std::ifstream file(JEJAK_SOURCE_DIR "/tests/vectors/jejak/statemap.json");
  return nlohmann::json::parse(file);
}

TEST(PatriciaTest, RootsOfEveryPrefixOfTheVectors) {
  const auto vectors = Vectors();
  std::vector<MapItem> items;
  MemoryMap map;
  ASSERT_EQ(vectors["prefix_roots"].size(), vectors["leaves"].size() + 1);
  for (std::size_t n = 0; n < vectors["prefix_roots"].size(); ++n) {
    const Digest expected = FromHex(vectors["prefix_roots"][n].get<std::string>());
    EXPECT_EQ(MapRootOf(items), expected) << n;
    EXPECT_EQ(map.Root(), expected) << n;
    if (n == vectors["leaves"].size()) break;
    const auto& leaf = vectors["leaves"][n];
    items.emplace_back(FromHex(leaf[0].get<std::string>()), FromHex(leaf[1].get<std::string>()));
    std::ranges::sort(items);
    map.Set(FromHex(leaf[0].get<std::string>()), FromHex(leaf[1].get<std::string>()));
  }
  EXPECT_EQ(MapRootOf(items), FromHex(vectors["root"].get<std::string>()));
}

TEST(PatriciaTest, EqualsTheSlowReferenceForAllSizesTo256) {
  Seeded seeded(1);
  Items items;
  for (int n = 0; n <= 256; ++n) {
    ASSERT_EQ(MapRootOf(Sorted(items)), ReferenceRoot(items)) << n;
    items.emplace(seeded.NextDigest(), seeded.NextDigest());
  }
}

TEST(PatriciaTest, EqualsTheSlowReferenceForKeysThatShare248Bits) {
  Seeded seeded(2);
  Items items;
  for (std::uint64_t tail = 0; tail < 256; ++tail) {
    items.emplace(LateKey((tail * 167) % 256, 8), seeded.NextDigest());
    ASSERT_EQ(MapRootOf(Sorted(items)), ReferenceRoot(items)) << tail;
  }
}

TEST(PatriciaTest, MemoryMapDoesNotDependOnTheOrderOfInsertion) {
  Seeded seeded(3);
  Items items;
  for (int i = 0; i < 100; ++i) items.emplace(seeded.NextDigest(), seeded.NextDigest());
  for (std::uint64_t i = 0; i < 64; ++i) items.emplace(LateKey(i, 6), seeded.NextDigest());
  std::vector<MapItem> order = Sorted(items);
  const Digest root = ReferenceRoot(items);
  for (int round = 0; round < 20; ++round) {
    for (std::size_t i = order.size(); i > 1; --i) {
      std::swap(order[i - 1], order[seeded.Below(i)]);
    }
    MemoryMap map;
    for (const auto& [key, value] : order) map.Set(key, value);
    ASSERT_EQ(map.Root(), root);
    ASSERT_EQ(map.size(), items.size());
  }
}

TEST(PatriciaTest, MemoryMapFindsTheNewestValueAndNothingElse) {
  Seeded seeded(4);
  MemoryMap map;
  const Digest key = seeded.NextDigest();
  EXPECT_EQ(map.Find(key), std::nullopt);
  map.Set(key, seeded.NextDigest());
  const Digest newest = seeded.NextDigest();
  map.Set(key, newest);
  EXPECT_EQ(map.Find(key), newest);
  EXPECT_EQ(map.size(), 1U);
  EXPECT_EQ(map.Find(seeded.NextDigest()), std::nullopt);
}

TEST(PatriciaTest, FirstDifferingBitCountsFromTheMostSignificant) {
  Digest a, b;
  EXPECT_EQ(FirstDifferingBit(a, b), kKeyBits);
  b.bytes[31] = 1;
  EXPECT_EQ(FirstDifferingBit(a, b), 255U);
  EXPECT_TRUE(KeyBit(b, 255));
  b.bytes[0] = 0x40;
  EXPECT_EQ(FirstDifferingBit(a, b), 1U);
  EXPECT_TRUE(KeyBit(b, 1));
  EXPECT_FALSE(KeyBit(b, 0));
}

}  // namespace
}  // namespace jejak::statemap
