// SPDX-License-Identifier: Apache-2.0
//
// The right edge of the log's tree, in memory: for each tile level the hashes of the last tile,
// which is not full yet (C2SP tlog-tiles). It is all of the tree that a running ledger keeps; full
// tiles are in the store, older nodes come out of them.
//
//   size 70,000:  level 0: 112 leaf hashes   level 1: 17 tile roots   level 2: 1
//
// The nodes above those hashes are kept beside them as they come to be: a root or a proof costs a
// few hashes, not the 255 below a tile. Append hands out each tile that becomes full, once, in the
// order in which tiles of one level fill. A value: copying it (16 KiB a level) is how a published
// head keeps an edge of its own. Pure; no thread rule beyond that of any value.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/base/result.h"
#include "ledger/tlog/merkle.h"
#include "ledger/tlog/tile.h"

namespace jejak::sequencer {

// The hashes of a tile and all nodes above them in one row: 256, then 128, 64, ... and the root.
inline constexpr std::size_t kTileNodes = 2 * tlog::kTileWidth - 1;
constexpr std::size_t TileNodeAt(unsigned height, std::uint64_t position) {
  return 2 * tlog::kTileWidth - ((2 * tlog::kTileWidth) >> height) + position;
}

// A hash tile that has just become full.
struct FullTile {
  std::uint8_t level;
  std::uint64_t index;
  std::vector<Digest> nodes;  // kTileNodes of them

  std::span<const Digest> hashes() const { return std::span(nodes).first(tlog::kTileWidth); }
};

class EdgeTiles final {
 public:
  EdgeTiles() = default;

  // The edge of a tree of `size` leaves from the hashes of its partial tiles, lowest level first;
  // level L holds (size >> 8L) mod 256 of them. kInternal when a count differs: the store does not
  // hold what its head says.
  static Result<EdgeTiles> From(std::uint64_t size, std::span<const std::vector<Digest>> levels);

  // Adds one leaf hash; appends to `full` what it completes. Amortised one hash per leaf.
  void Append(const Digest& leaf_hash, std::vector<FullTile>& full);

  std::uint64_t size() const { return size_; }

  // Root of the whole tree. At most 15 hashes a level.
  Digest Root() const;

  // Hashes of the partial tile of a level, possibly none.
  std::span<const Digest> Partial(std::uint8_t level) const;

  // The node at `height` (0..7) above those, or nullptr where the tree has none yet.
  const Digest* PartialNode(std::uint8_t level, unsigned height, std::uint64_t position) const;

  // Whether tile (level, index) is the partial one of this edge; else, below the edge, it is full
  // and in the store.
  bool IsPartial(std::uint8_t level, std::uint64_t index) const;

 private:
  struct Level {
    std::vector<Digest> nodes;  // kTileNodes of them, or none; known below `count`
    std::size_t count = 0;

    void Push(const Digest& hash);
  };

  std::uint64_t size_ = 0;
  std::vector<Level> levels_;
};

// Root of the perfect subtree over 2^k hashes. Precondition: the count is a power of two, not 0.
Digest PerfectRoot(std::span<const Digest> hashes);

}  // namespace jejak::sequencer
