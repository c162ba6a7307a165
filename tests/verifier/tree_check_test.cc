// SPDX-License-Identifier: Apache-2.0
#include "verifier/tree_check.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "ledger/crypto/hash.h"
#include "ledger/tlog/merkle.h"
#include "ledger/tlog/tile.h"

namespace jejak::verifier {
namespace {

Digest LeafAt(std::uint64_t index) { return crypto::Sha256(AsBytes(std::to_string(index))); }

std::vector<Digest> Leaves(std::uint64_t size) {
  std::vector<Digest> leaves;
  for (std::uint64_t i = 0; i < size; ++i) leaves.push_back(LeafAt(i));
  return leaves;
}

TreeCheck Check(const std::vector<Digest>& leaves, std::optional<std::uint64_t> watched = {}) {
  TreeCheck tree(watched);
  for (std::size_t begin = 0; begin < leaves.size(); begin += tlog::kTileWidth) {
    const auto part = std::span(leaves).subspan(
        begin, std::min<std::size_t>(tlog::kTileWidth, leaves.size() - begin));
    tree.Add(part, tlog::RootOf(part));
  }
  tree.Finish();
  return tree;
}

TEST(TreeCheck, RootsAreThoseOfTheDefinition) {
  for (const std::uint64_t size :
       {1u, 2u, 255u, 256u, 257u, 333u, 511u, 512u, 513u, 767u, 768u, 1000u, 1024u}) {
    const std::vector<Digest> leaves = Leaves(size);
    const TreeCheck tree = Check(leaves);
    EXPECT_EQ(tree.size(), size);
    EXPECT_EQ(tree.Root(), tlog::RootOf(leaves)) << size;
    EXPECT_FALSE(tree.watched_root());
  }
}

TEST(TreeCheck, WatchedRootIsThatOfThePrefix) {
  const std::vector<Digest> leaves = Leaves(1000);
  for (std::uint64_t watched = 1; watched <= leaves.size(); ++watched) {
    const TreeCheck tree = Check(leaves, watched);
    ASSERT_EQ(tree.watched_root(), tlog::RootOf(std::span(leaves).first(watched))) << watched;
  }
  EXPECT_FALSE(Check(leaves, 1001).watched_root());
}

// 65,536 entries fill the first tile of level 1 and begin one of level 2.
TEST(TreeCheck, UpperTilesAreThoseOfTlogTiles) {
  const std::vector<Digest> leaves = Leaves(65536 + 3 * 256 + 5);
  TreeCheck tree = Check(leaves);
  std::map<std::string, Bytes> tiles;
  for (ExpectedTile& tile : tree.TakeTiles()) {
    tiles[tlog::TilePath(tile.id)] = std::move(tile.bytes);
  }
  EXPECT_TRUE(tree.TakeTiles().empty());
  std::map<std::string, Bytes> expected;
  for (const tlog::TileId& id : tlog::TilesOf(leaves.size())) {
    if (id.level == 0) continue;
    std::vector<Digest> hashes;
    const std::uint64_t width = std::uint64_t{1} << (8 * id.level);
    for (std::uint64_t i = 0; i < id.width; ++i) {
      const std::uint64_t begin = (id.index * tlog::kTileWidth + i) * width;
      hashes.push_back(tlog::RootOf(std::span(leaves).subspan(begin, width)));
    }
    expected[tlog::TilePath(id)] = TileBytes(hashes);
  }
  EXPECT_EQ(expected.size(), 3u);
  EXPECT_EQ(tiles, expected);
}

}  // namespace
}  // namespace jejak::verifier
