// SPDX-License-Identifier: Apache-2.0
#include "ledger/sequencer/edge_tiles.h"

#include <gtest/gtest.h>

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
    EXPECT_EQ(full[i].hashes[255], Leaf(256 * i + 255));
  }
  EXPECT_EQ(full[256].level, 1);
  EXPECT_EQ(full[256].index, 0u);
  EXPECT_EQ(full[256].hashes[3], PerfectRoot(full[3].hashes));
}

TEST(EdgeTiles, TakesOnlyTheHashesThatItsSizeAsksFor) {
  std::vector<Digest> one(1);
  EXPECT_TRUE(EdgeTiles::From(257, {one, one}).ok());
  EXPECT_FALSE(EdgeTiles::From(257, {one}).ok());
  EXPECT_FALSE(EdgeTiles::From(258, {one, one}).ok());
  EXPECT_FALSE(EdgeTiles::From(256, {one, one}).ok());
  EXPECT_TRUE(EdgeTiles::From(0, {}).ok());
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
