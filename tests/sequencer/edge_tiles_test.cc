// SPDX-License-Identifier: Apache-2.0
#include "ledger/sequencer/edge_tiles.h"

#include <gtest/gtest.h>

#include <array>

#include "ledger/tlog/merkle.h"
#include "ledger/tlog/tile.h"

namespace jejak::sequencer {
namespace {

Digest Leaf(std::uint64_t i) {
  Bytes data;
  AppendU64(data, i);
  return tlog::LeafHash(data);
}

TEST(EdgeTiles, HasTheRootOfTheTreeAtEverySizeTo70000) {
  EdgeTiles edge;
  tlog::CompactRange range;
  std::vector<FullTile> full;
  EXPECT_EQ(edge.Root(), tlog::EmptyRoot());
  for (std::uint64_t i = 0; i < 70000; ++i) {
    edge.Append(Leaf(i), full);
    range.Append(Leaf(i));
    if (i < 1030 || i % 257 == 0 || i > 65530) {
      ASSERT_EQ(edge.Root(), range.Root()) << i;
    }
  }
  EXPECT_EQ(edge.Partial(0).size(), 112u);
  EXPECT_EQ(edge.Partial(1).size(), 17u);
  EXPECT_EQ(edge.Partial(2).size(), 1u);
  EXPECT_EQ(edge.Partial(3).size(), 0u);
  EXPECT_EQ(full.size(), 273u + 1u);
}

TEST(EdgeTiles, NamesEachFullTileOnceAndInOrder) {
  EdgeTiles edge;
  std::vector<FullTile> full;
  for (std::uint64_t i = 0; i < 256 * 256; ++i) edge.Append(Leaf(i), full);
  ASSERT_EQ(full.size(), 257u);
  for (std::uint64_t i = 0; i < 256; ++i) {
    EXPECT_EQ(full[i].level, 0);
    EXPECT_EQ(full[i].index, i);
    EXPECT_EQ(full[i].hashes()[255], Leaf(256 * i + 255));
  }
  EXPECT_EQ(full[256].level, 1);
  EXPECT_EQ(full[256].index, 0u);
  EXPECT_EQ(full[256].hashes()[3], PerfectRoot(full[3].hashes()));
}

TEST(EdgeTiles, TakesOnlyTheHashesThatItsSizeAsksFor) {
  const std::vector<std::vector<Digest>> two(2, std::vector<Digest>(1));
  EXPECT_TRUE(EdgeTiles::From(257, two).ok());
  EXPECT_FALSE(EdgeTiles::From(257, std::span(two).first(1)).ok());
  EXPECT_FALSE(EdgeTiles::From(258, two).ok());
  EXPECT_FALSE(EdgeTiles::From(256, two).ok());
  EXPECT_TRUE(EdgeTiles::From(0, {}).ok());
}

TEST(EdgeTiles, KnowsTheNodesAbovePartialTilesHoweverItWasMade) {
  EdgeTiles grown;
  std::vector<FullTile> full;
  for (std::uint64_t size = 1; size <= 1100; ++size) {
    grown.Append(Leaf(size - 1), full);
    std::vector<std::vector<Digest>> levels;
    for (const std::uint8_t level : std::array<std::uint8_t, 2>{0, 1}) {
      const std::span<const Digest> hashes = grown.Partial(level);
      levels.emplace_back(hashes.begin(), hashes.end());
    }
    const Result<EdgeTiles> loaded = EdgeTiles::From(size, levels);
    ASSERT_TRUE(loaded.ok());
    ASSERT_EQ(loaded->Root(), grown.Root());
    for (const std::uint8_t level : std::array<std::uint8_t, 2>{0, 1}) {
      for (unsigned height = 0; height < 8; ++height) {
        const std::size_t whole = levels[level].size() >> height;
        ASSERT_EQ(grown.PartialNode(level, height, whole), nullptr);
        if (whole == 0) continue;
        const auto newest = std::span(levels[level]).subspan((whole - 1) << height, 1u << height);
        ASSERT_EQ(*grown.PartialNode(level, height, whole - 1), PerfectRoot(newest)) << size;
        ASSERT_EQ(*loaded->PartialNode(level, height, whole - 1), PerfectRoot(newest)) << size;
      }
    }
  }
  EXPECT_EQ(grown.PartialNode(2, 0, 0), nullptr);
  ASSERT_EQ(full.size(), 4u);
  for (const FullTile& tile : full) EXPECT_EQ(tile.nodes.back(), PerfectRoot(tile.hashes()));
}

TEST(EdgeTiles, KnowsWhichTileIsPartial) {
  EdgeTiles edge;
  std::vector<FullTile> full;
  for (std::uint64_t i = 0; i < 600; ++i) edge.Append(Leaf(i), full);
  EXPECT_FALSE(edge.IsPartial(0, 0));
  EXPECT_FALSE(edge.IsPartial(0, 1));
  EXPECT_TRUE(edge.IsPartial(0, 2));
  EXPECT_TRUE(edge.IsPartial(1, 0));
  EXPECT_TRUE(edge.IsPartial(7, 0));
  EXPECT_FALSE(edge.IsPartial(7, 1));
}

}  // namespace
}  // namespace jejak::sequencer
