// SPDX-License-Identifier: Apache-2.0
#include "ledger/statemap/pages.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "ledger/base/text.h"
#include "ledger/crypto/hash.h"
#include "ledger/statemap/memory_map.h"
#include "tests/statemap/map_reference.h"

namespace jejak::statemap {
namespace {

class Counter final : public PageVisitor {
 public:
  void OnPage(const PageId&) override { ++pages; }
  void OnItem(const MapItem& item) override { items.insert(item); }
  std::size_t pages = 0;
  Items items;
};

// A map that grows by batches and is compared with the reference after each.
class MapPagesTest : public testing::Test {
 protected:
  MapUpdate Set(const Items& sets, bool prune = true) {
    auto update = UpdateMap(pages_, root_, Sorted(sets), root_.version + 7);
    EXPECT_TRUE(update.ok());
    pages_.Apply(*update);
    if (prune) pages_.Prune(*update);
    root_ = update->next;
    for (const auto& [key, value] : sets) all_[key] = value;
    return std::move(*update);
  }

  MemoryPages pages_;
  MapRoot root_;
  Items all_;
};

TEST_F(MapPagesTest, OneKeyAtATimeEqualsTheReferenceForAllSizesTo256) {
  Seeded seeded(21);
  for (std::uint64_t n = 1; n <= 256; ++n) {
    Set({{seeded.NextDigest(), seeded.NextDigest()}});
    ASSERT_EQ(root_.root, ReferenceRoot(all_)) << n;
    ASSERT_EQ(root_.streams, n);
  }
  EXPECT_TRUE(CheckMap(pages_, root_).ok());
}

TEST_F(MapPagesTest, KeysThatShare250BitsAreSplitToTheLastNibble) {
  Seeded seeded(22);
  for (std::uint64_t tail = 0; tail < 64; ++tail) {
    Set({{LateKey((tail * 37) % 64, 6), seeded.NextDigest()}});
    ASSERT_EQ(root_.root, ReferenceRoot(all_)) << tail;
  }
  Counter counter;
  ASSERT_TRUE(CheckMap(pages_, root_, &counter).ok());
  EXPECT_EQ(counter.items, all_);
  EXPECT_EQ(counter.pages, pages_.pages().size());
  EXPECT_EQ(pages_.pages().rbegin()->first.depth, 63);
}

TEST_F(MapPagesTest, TheShapeDoesNotDependOnTheOrderOfInsertion) {
  Seeded seeded(23);
  Items items;
  for (int i = 0; i < 2000; ++i) items.emplace(seeded.NextDigest(), seeded.NextDigest());
  const auto shape = [](MemoryPages& pages) {
    std::vector<std::pair<unsigned, Digest>> prefixes;
    for (const auto& page : pages.pages()) {
      prefixes.emplace_back(page.first.depth, page.first.prefix);
    }
    std::ranges::sort(prefixes);
    return prefixes;
  };
  Set(items);
  MemoryPages other;
  MapRoot root;
  auto order = Sorted(items);
  for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[seeded.Below(i)]);
  for (const MapItem& item : order) {
    const auto update = UpdateMap(other, root, std::span(&item, 1), root.version + 1).value();
    other.Apply(update);
    other.Prune(update);
    root = update.next;
  }
  EXPECT_EQ(root.root, root_.root);
  EXPECT_EQ(shape(other), shape(pages_));
}

TEST_F(MapPagesTest, ReadsOncePerLevelAndTouchesOnlyThePathsOfTheKeys) {
  Seeded seeded(24);
  Items items;
  for (int i = 0; i < 20000; ++i) items.emplace(seeded.NextDigest(), seeded.NextDigest());
  Set(items);
  const int before = pages_.reads();
  const MapUpdate update = Set({{items.begin()->first, seeded.NextDigest()}});
  EXPECT_EQ(pages_.reads() - before, 4);  // 20,000 keys: depths 0 to 3
  EXPECT_EQ(update.written.size(), 4U);
  EXPECT_EQ(update.replaced.size(), 4U);
  EXPECT_EQ(root_.streams, 20000U);
}

TEST_F(MapPagesTest, AnOlderRootStaysReadableUntilItsPagesArePruned) {
  Seeded seeded(25);
  Items items;
  for (int i = 0; i < 500; ++i) items.emplace(seeded.NextDigest(), seeded.NextDigest());
  Set(items);
  const MapRoot old = root_;
  const MapUpdate update = Set({{seeded.NextDigest(), seeded.NextDigest()}}, false);
  Counter counter;
  ASSERT_TRUE(CheckMap(pages_, old, &counter).ok());
  EXPECT_EQ(counter.items, items);
  pages_.Prune(update);
  EXPECT_TRUE(CheckMap(pages_, root_).ok());
  EXPECT_FALSE(CheckMap(pages_, old).ok());
}

TEST_F(MapPagesTest, SettingNothingWritesNothing) {
  Set({{LateKey(1, 8), LateKey(2, 8)}});
  const auto update = UpdateMap(pages_, root_, {}, root_.version + 1).value();
  EXPECT_EQ(update.next, root_);
  EXPECT_TRUE(update.written.empty());
  EXPECT_TRUE(update.replaced.empty());
}

TEST_F(MapPagesTest, RefusesUnsortedRepeatedKeysAndAVersionThatIsNotNewer) {
  Set({{LateKey(1, 8), LateKey(2, 8)}});
  const MapItem a{LateKey(3, 8), {}}, b{LateKey(4, 8), {}};
  const auto code = [&](std::vector<MapItem> sets, std::uint64_t version) {
    const auto update = UpdateMap(pages_, root_, sets, version);
    return update.ok() ? Code::kNotFound : update.error().code;
  };
  EXPECT_EQ(code({b, a}, 99), Code::kInternal);
  EXPECT_EQ(code({a, a}, 99), Code::kInternal);
  EXPECT_EQ(code({a, b}, root_.version), Code::kInternal);
  EXPECT_EQ(code({a, b}, root_.version + 1), Code::kNotFound);
}

TEST_F(MapPagesTest, CheckMapFindsEveryChangedByte) {
  Seeded seeded(26);
  Items items;
  for (int i = 0; i < 60; ++i) items.emplace(seeded.NextDigest(), seeded.NextDigest());
  Set(items);
  for (auto& [id, bytes] : pages_.pages()) {
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      bytes[i] ^= 0x10;
      const auto checked = CheckMap(pages_, root_);
      ASSERT_FALSE(checked.ok()) << "depth " << int{id.depth} << ", byte " << i;
      ASSERT_EQ(checked.error().code, Code::kInternal);
      bytes[i] ^= 0x10;
    }
  }
  ASSERT_TRUE(CheckMap(pages_, root_).ok());
  MapRoot wrong = root_;
  ++wrong.streams;
  EXPECT_FALSE(CheckMap(pages_, wrong).ok());
  wrong = {root_.root, 0, 0};
  EXPECT_FALSE(CheckMap(pages_, wrong).ok());
}

TEST_F(MapPagesTest, AnUpdateRefusesADamagedPage) {
  Set({{LateKey(1, 8), LateKey(2, 8)}});
  pages_.pages().begin()->second.pop_back();
  const MapItem item{LateKey(3, 8), {}};
  const auto update = UpdateMap(pages_, root_, std::span(&item, 1), 99);
  ASSERT_FALSE(update.ok());
  EXPECT_EQ(update.error().code, Code::kInternal);
}

// Pages, memory and reference agree over seeded operations; one hash over all roots and pages pins
// the layout, so that a store written today opens tomorrow.
TEST_F(MapPagesTest, SeededOperationsGiveTheGoldenHash) {
  Seeded seeded(27);
  MemoryMap memory;
  std::vector<Digest> keys;
  crypto::Sha256Stream accumulated;
  for (int round = 0; round < 300; ++round) {
    Items sets;
    for (std::uint64_t i = 0, n = 1 + seeded.Below(40); i < n; ++i) {
      const std::uint64_t kind = seeded.Below(10);
      const Digest key = kind < 4 && !keys.empty() ? keys[seeded.Below(keys.size())]
                         : kind < 6                ? LateKey(seeded.Below(4096), 12)
                                                   : seeded.NextDigest();
      keys.push_back(key);
      sets[key] = seeded.NextDigest();
    }
    const MapUpdate update = Set(sets);
    for (const auto& [key, value] : sets) memory.Set(key, value);
    ASSERT_EQ(memory.Root(), root_.root) << round;
    if (round % 30 == 29) {
      ASSERT_EQ(ReferenceRoot(all_), root_.root) << round;
    }
    accumulated.Add(root_.root.view());
    for (const auto& page : update.written) accumulated.Add(page.second);
  }
  ASSERT_EQ(memory.size(), all_.size());
  EXPECT_TRUE(CheckMap(pages_, root_).ok());
  EXPECT_EQ(EncodeHex(accumulated.Finish().view()),
            "67e9a3bd0c6040bc19824c1d63325c4cb615ec810a687bcfef84252d95584d03");
}

}  // namespace
}  // namespace jejak::statemap
