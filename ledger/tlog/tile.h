// SPDX-License-Identifier: Apache-2.0
//
// The static read interface of C2SP tlog-tiles: how a tree is cut into files of 256 hashes, what
// those files are called, and how to read any node out of them.
//
//   tile/0/x001/234         hashes of the leaves [315904, 316160): 8192 bytes
//   tile/0/x001/235.p/5     the first five of the next 256: a partial tile, at the right edge
//   tile/1/004              hash i is the root of level-0 tile 1024 + i
//   tile/entries/x001/234   the entries of the same leaves: u16 length || bytes, 256 times
//
// Item i of tile (level L, index n) is the root of 256^L leaves, the NodeId{8 L, 256 n + i}. Only
// full subtrees have an item. The width of the last tile of a level is floor(size / 256^L) mod 256;
// a tile of width 0 doesn't exist.
//
// Paths: exactly one spelling per tile. Levels go to 7: no tree of 64-bit sizes has a tile above,
// so `level` never makes a shift of 64. Tile bytes are claims: a proof made from them is verified,
// or the tile is checked against a root, before anything is believed.
//
// Threads: pure; a TileReader is called once per ReadNodes, in the caller's thread.
#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/base/result.h"
#include "ledger/tlog/merkle.h"
#include "ledger/tlog/proof.h"

namespace jejak::tlog {

inline constexpr unsigned kTileHeight = 8;
inline constexpr unsigned kTileWidth = 256;
inline constexpr unsigned kMaxTileLevel = 7;
inline constexpr std::size_t kHashBytes = 32;

// A hash tile, or with `entries` (then level is 0) the bundle of the entries below a level-0 tile.
struct TileId {
  std::uint8_t level = 0;
  std::uint64_t index = 0;
  std::uint16_t width = kTileWidth;  // 1..256; below 256 the tile is partial
  bool entries = false;

  auto operator<=>(const TileId&) const = default;
};

// "tile/0/x001/234.p/5". The id must be one that ParseTilePath or a function below can give.
std::string TilePath(const TileId& tile);

// Accepts exactly what TilePath emits; kMalformed otherwise (a server answers 404).
Result<TileId> ParseTilePath(std::string_view path);

// The number of items of a level in a tree of `size`: floor(size / 256^level); 0 above level 7.
std::uint64_t TileItems(unsigned level, std::uint64_t size);

// How many of its 256 items the tile has in a tree of `size`: 0 (none), 1..255 (partial), 256
// (full).
std::uint16_t TileWidthAt(unsigned level, std::uint64_t index, std::uint64_t size);

// The hash tiles of a tree of `size`, lower levels first, that a tree of `from` leaves has not in
// that width: from 0 all of them, else what an append from `from` to `size` adds. About
// (size - from) / 255 of them: authenticate a size before planning by it.
std::vector<TileId> TilesOf(std::uint64_t size, std::uint64_t from = 0);

// The entry bundles of the same leaves, by the same rule.
std::vector<TileId> BundlesOf(std::uint64_t size, std::uint64_t from = 0);

// Where a perfect subtree lies: `count` (a power of two, 1..128) items of one tile from `first`.
struct TileSlot {
  std::uint8_t level = 0;
  std::uint64_t index = 0;
  std::uint16_t first = 0;
  std::uint16_t count = 1;

  bool operator==(const TileSlot&) const = default;
};

// The slot of a node; kMalformed for a level above 63 or an index beyond every 64-bit tree.
Result<TileSlot> SlotOf(const NodeId& node);

// The hash of a node out of its tile's bytes: the item itself, or the root over `count` items.
// kMalformed when the bytes are not whole hashes or too few.
Result<Digest> HashFromTile(const TileSlot& slot, ByteView tile);

// Where tiles come from: a store, a mirror's directory, a server.
class TileReader {
 public:
  virtual ~TileReader() = default;

  // The bytes of each tile, exactly width * 32, in the order asked for. A reader that finds only
  // the full tile where a partial one is wanted truncates it.
  virtual Result<std::vector<Bytes>> ReadTiles(std::span<const TileId> tiles) = 0;
};

// Nodes of the tree of `size` leaves, out of its tiles. Each tile is asked for once per call.
class TileNodeReader final : public NodeReader {
 public:
  TileNodeReader(TileReader& tiles, std::uint64_t size) : tiles_(tiles), size_(size) {}

  // kMalformed when a node isn't a whole subtree of the tree or a tile hasn't the bytes of its
  // width.
  Result<std::vector<Digest>> ReadNodes(std::span<const NodeId> ids) override;

 private:
  TileReader& tiles_;
  std::uint64_t size_;
};

// Appends u16 length || entry. kMalformed, and nothing appended, for an entry of 0 or more than
// 65,535 bytes: the format can carry the first, but no leaf of ours is empty.
Result<void> AppendBundleEntry(Bytes& bundle, ByteView entry);

// The `width` entries of a bundle, as views into it. kMalformed when an entry is empty or cut
// short, or when bytes are left over.
Result<std::vector<ByteView>> ParseBundle(ByteView bundle, std::uint16_t width);

}  // namespace jejak::tlog
