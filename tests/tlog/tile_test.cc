// SPDX-License-Identifier: Apache-2.0
#include "ledger/tlog/tile.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <map>

#include "tests/tlog/reference.h"

namespace jejak::tlog {
namespace {

constexpr std::uint64_t kMax = std::numeric_limits<std::uint64_t>::max();

TEST(TilePath, HasOneSpelling) {
  struct Row {
    TileId tile;
    const char* path;
  };
  const Row rows[] = {
      {{0, 0, 256, false}, "tile/0/000"},
      {{0, 999, 256, false}, "tile/0/999"},
      {{1, 1000, 256, false}, "tile/1/x001/000"},
      {{0, 1234, 5, false}, "tile/0/x001/234.p/5"},
      {{2, 1234067, 255, false}, "tile/2/x001/x234/067.p/255"},
      {{0, 0, 256, true}, "tile/entries/000"},
      {{0, 12, 1, true}, "tile/entries/012.p/1"},
      {{7, 0, 3, false}, "tile/7/000.p/3"},
      {{0, kMax >> 8, 256, false}, "tile/0/x072/x057/x594/x037/x927/935"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(TilePath(row.tile), row.path);
    const Result<TileId> parsed = ParseTilePath(row.path);
    ASSERT_TRUE(parsed.ok()) << row.path;
    EXPECT_EQ(parsed.value(), row.tile) << row.path;
  }
}

TEST(TilePath, RefusesEveryOtherSpelling) {
  const char* paths[] = {"",
                         "tile/0",
                         "tile/0/",
                         "tile/0/0",
                         "tile/0/00",
                         "tile/0/0000",
                         "tile/0/000/",
                         "/tile/0/000",
                         "tile/00/000",
                         "tile/-1/000",
                         "tile/8/000",
                         "tile/63/000",
                         "tile/data/000",
                         "tile/entries",
                         "tile/entries/0/000",
                         "tile/0/x000/000",
                         "tile/0/x001",
                         "tile/0/x001/x234",
                         "tile/0/001/234",
                         "tile/0/X001/234",
                         "tile/0/000.p",
                         "tile/0/000.p/",
                         "tile/0/000.p/0",
                         "tile/0/000.p/05",
                         "tile/0/000.p/256",
                         "tile/0/000.p/257",
                         "tile/0/000.p/5/",
                         "tile/0/000.p/+5",
                         "tile/0/000.p/18446744073709551621",
                         "tile/0/ 00",
                         "tile/0/0a0",
                         "tile/0/x072/x057/x594/x037/x927/936",
                         "tile/0/x001/x000/x000/x000/x000/x000/000",
                         "tile/7/001",
                         "tile/6/256"};
  for (const char* path : paths) EXPECT_FALSE(ParseTilePath(path).ok()) << path;
  EXPECT_TRUE(ParseTilePath("tile/6/255").ok());
}

TEST(Tiles, WidthsOfKnownSizes) {
  EXPECT_EQ(TilesOf(256), (std::vector<TileId>{{0, 0, 256, false}, {1, 0, 1, false}}));
  const std::vector<TileId> tiles = TilesOf(70000);
  EXPECT_EQ(tiles.size(), 273U + 1U + 2U + 1U);
  EXPECT_EQ(tiles[273], (TileId{0, 273, 112, false}));
  EXPECT_EQ(tiles[275], (TileId{1, 1, 17, false}));
  EXPECT_EQ(tiles[276], (TileId{2, 0, 1, false}));
  EXPECT_TRUE(TilesOf(0).empty());
  EXPECT_EQ(BundlesOf(257), (std::vector<TileId>{{0, 0, 256, true}, {0, 1, 1, true}}));
  EXPECT_TRUE(BundlesOf(0).empty());
}

TEST(Tiles, WidthNeverShiftsTooFar) {
  EXPECT_EQ(TileItems(7, kMax), 255U);
  EXPECT_EQ(TileItems(8, kMax), 0U);
  EXPECT_EQ(TileItems(63, kMax), 0U);
  EXPECT_EQ(TileItems(1U << 31, kMax), 0U);
  EXPECT_EQ(TileWidthAt(0, kMax >> 8, kMax), 255U);
  EXPECT_EQ(TileWidthAt(0, kMax, kMax), 0U);
  EXPECT_EQ(TileWidthAt(200, 0, kMax), 0U);
}

TEST(Tiles, AnAppendAddsExactlyWhatWasNotThere) {
  reference::Random random(7);
  for (int round = 0; round < 300; ++round) {
    const std::uint64_t size = random.Below(200000);
    const std::uint64_t from = random.Below(size + 1);
    std::vector<TileId> before = TilesOf(from);
    std::vector<TileId> wanted;
    for (const TileId& tile : TilesOf(size)) {
      EXPECT_EQ(tile.width, TileWidthAt(tile.level, tile.index, size));
      if (!std::binary_search(before.begin(), before.end(), tile)) wanted.push_back(tile);
    }
    ASSERT_EQ(TilesOf(size, from), wanted) << from << " to " << size;
  }
  EXPECT_TRUE(TilesOf(300, 300).empty());
  EXPECT_TRUE(TilesOf(300, 301).empty());
  EXPECT_EQ(BundlesOf(300, 256), (std::vector<TileId>{{0, 1, 44, true}}));
}

TEST(Tiles, SlotsOfNodes) {
  EXPECT_EQ(SlotOf({0, 257}).value(), (TileSlot{0, 1, 1, 1}));
  EXPECT_EQ(SlotOf({3, 33}).value(), (TileSlot{0, 1, 8, 8}));
  EXPECT_EQ(SlotOf({7, 1}).value(), (TileSlot{0, 0, 128, 128}));
  EXPECT_EQ(SlotOf({8, 1}).value(), (TileSlot{1, 0, 1, 1}));
  EXPECT_EQ(SlotOf({63, 1}).value(), (TileSlot{7, 0, 128, 128}));
  EXPECT_FALSE(SlotOf({64, 0}).ok());
  EXPECT_FALSE(SlotOf({63, 2}).ok());
  EXPECT_FALSE(SlotOf({1, kMax}).ok());
  EXPECT_TRUE(SlotOf({0, kMax}).ok());
}

// The tiles of a tree, made from completed nodes as a store would.
class TileShelf final : public NodeSink, public TileReader {
 public:
  void Complete(NodeId id, const Digest& hash) override {
    if (id.level % kTileHeight != 0) return;
    const TileSlot slot = SlotOf(id).value();
    Bytes& tile = tiles[{slot.level, slot.index}];
    EXPECT_EQ(tile.size(), slot.first * kHashBytes) << "nodes complete in order";
    tile.insert(tile.end(), hash.bytes.begin(), hash.bytes.end());
  }
  Result<std::vector<Bytes>> ReadTiles(std::span<const TileId> wanted) override {
    ++calls;
    std::vector<Bytes> contents;
    for (const TileId& tile : wanted) {
      ++reads;
      Bytes bytes = tiles.at({tile.level, tile.index});
      bytes.resize(tile.width * kHashBytes - cut + more);
      contents.push_back(bytes);
    }
    if (lose_one) contents.pop_back();
    return contents;
  }

  std::map<std::pair<std::uint8_t, std::uint64_t>, Bytes> tiles;
  int calls = 0;
  int reads = 0;
  std::size_t cut = 0;
  std::size_t more = 0;
  bool lose_one = false;
};

class TiledTree : public ::testing::Test {
 protected:
  static constexpr std::uint64_t kSize = 66000;  // three levels
  TiledTree() {
    CompactRange range;
    for (const Digest& leaf : leaves) range.Append(leaf, &shelf);
    root = range.Root();
  }
  std::vector<Digest> leaves = reference::Leaves(kSize);
  TileShelf shelf;
  Digest root;
};

TEST_F(TiledTree, GivesProofsThatVerify) {
  TileNodeReader reader(shelf, kSize);
  for (const std::uint64_t index : {0UL, 255UL, 256UL, 65535UL, 65536UL, 65999UL}) {
    const std::vector<Digest> path = BuildInclusion(reader, index, kSize).value();
    EXPECT_TRUE(VerifyInclusion(index, kSize, leaves[index], path, root)) << index;
  }
  for (const std::uint64_t from : {1UL, 255UL, 256UL, 300UL, 65536UL, 65537UL, 65999UL}) {
    const Digest earlier = RootOf(std::span(leaves).first(from));
    const std::vector<Digest> proof = BuildConsistency(reader, from, kSize).value();
    EXPECT_TRUE(VerifyConsistency(from, kSize, earlier, root, proof)) << from;
  }
}

TEST_F(TiledTree, ServesEarlierSizesToo) {
  for (const std::uint64_t size : {1UL, 2UL, 256UL, 257UL, 65536UL, 65537UL}) {
    TileNodeReader reader(shelf, size);
    const std::vector<Digest> path = BuildInclusion(reader, size - 1, size).value();
    EXPECT_TRUE(VerifyInclusion(size - 1, size, leaves[size - 1], path,
                                RootOf(std::span(leaves).first(size))));
  }
}

TEST_F(TiledTree, AsksForEachTileOnce) {
  TileNodeReader reader(shelf, kSize);
  ASSERT_TRUE(BuildInclusion(reader, 100, kSize).ok());
  EXPECT_EQ(shelf.calls, 1);
  EXPECT_EQ(shelf.reads, 4) << "two of level 0 (path and edge), one of level 1, one of level 2";
}

TEST_F(TiledTree, RefusesNodesOutsideAndTilesOfAnotherLength) {
  TileNodeReader reader(shelf, 1000);
  const auto read = [&](NodeId id) { return reader.ReadNodes({&id, 1}); };
  EXPECT_TRUE(read({0, 999}).ok());
  EXPECT_FALSE(read({0, 1000}).ok());
  EXPECT_FALSE(read({3, 125}).ok()) << "ends beyond the tree";
  EXPECT_FALSE(read({8, 3}).ok()) << "not full";
  EXPECT_FALSE(read({64, 0}).ok());
  EXPECT_EQ(shelf.calls, 1) << "only the first was worth a read";
  shelf.cut = 1;
  EXPECT_FALSE(read({0, 999}).ok());
  shelf.cut = kHashBytes;
  EXPECT_FALSE(read({0, 0}).ok());
  shelf.cut = 0;
  shelf.more = kHashBytes;
  EXPECT_FALSE(read({0, 0}).ok());
  shelf.more = 0;
  EXPECT_TRUE(read({0, 0}).ok());
  shelf.lose_one = true;
  EXPECT_FALSE(read({0, 0}).ok());
}

TEST(Tiles, HashFromTileRefusesWhatIsNotThere) {
  const Bytes tile(4 * kHashBytes);
  EXPECT_TRUE(HashFromTile({0, 0, 3, 1}, tile).ok());
  EXPECT_FALSE(HashFromTile({0, 0, 4, 1}, tile).ok());
  EXPECT_FALSE(HashFromTile({0, 0, 2, 4}, tile).ok());
  EXPECT_FALSE(HashFromTile({0, 0, 0, 0}, tile).ok());
  EXPECT_FALSE(HashFromTile({0, 0, 0, 256}, Bytes(256 * kHashBytes)).ok());
  EXPECT_FALSE(HashFromTile({0, 0, 0, 1}, Bytes(kHashBytes + 1)).ok());
}

TEST(Bundle, RoundTrip) {
  Bytes bundle;
  const Bytes large(65535, 7);
  ASSERT_TRUE(AppendBundleEntry(bundle, AsBytes("one")).ok());
  ASSERT_TRUE(AppendBundleEntry(bundle, large).ok());
  EXPECT_EQ(bundle.size(), 2U + 3U + 2U + 65535U);
  const std::vector<ByteView> entries = ParseBundle(bundle, 2).value();
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(AsText(entries[0]), "one");
  EXPECT_TRUE(std::equal(entries[1].begin(), entries[1].end(), large.begin(), large.end()));
}

TEST(Bundle, RefusesWhatIsNotExactlyItsEntries) {
  Bytes bundle;
  EXPECT_FALSE(AppendBundleEntry(bundle, {}).ok());
  EXPECT_FALSE(AppendBundleEntry(bundle, Bytes(65536)).ok());
  EXPECT_TRUE(bundle.empty());
  ASSERT_TRUE(AppendBundleEntry(bundle, AsBytes("one")).ok());
  ASSERT_TRUE(ParseBundle(bundle, 1).ok());
  EXPECT_FALSE(ParseBundle(bundle, 0).ok()) << "left over";
  EXPECT_FALSE(ParseBundle(bundle, 2).ok()) << "one missing";
  for (std::size_t length = 0; length < bundle.size(); ++length) {
    EXPECT_FALSE(ParseBundle(ByteView(bundle).first(length), 1).ok()) << length;
  }
  EXPECT_FALSE(ParseBundle(Bytes{0, 0}, 1).ok()) << "an empty entry";
  EXPECT_TRUE(ParseBundle({}, 0).ok());
}

}  // namespace
}  // namespace jejak::tlog
