// SPDX-License-Identifier: Apache-2.0
//
// The right edge of the log's tree, in memory: for each tile level the hashes of the last tile,
// which is not full yet (C2SP tlog-tiles). It is all of the tree that a running ledger keeps; full
// tiles are in the store, older nodes come out of them.
//
//   size 70,000:  level 0: 112 leaf hashes   level 1: 17 tile roots   level 2: 1
//
// Append hands out each tile that becomes full, once, in the order in which tiles of one level
// fill. A value: copying it (at most 8 KiB a level) is how a published head keeps an edge of its
// own. Pure; no thread rule beyond that of any value.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/base/result.h"
#include "ledger/tlog/merkle.h"

namespace jejak::sequencer {

// A hash tile that has just become full: 256 hashes, in order.
struct FullTile {
  std::uint8_t level;
  std::uint64_t index;
  std::vector<Digest> hashes;
};

class EdgeTiles final {
 public:
  EdgeTiles() = default;

  // The edge of a tree of `size` leaves from the hashes of its partial tiles, lowest level first;
  // level L holds (size >> 8L) mod 256 of them. kInternal when a count differs: the store does not
  // hold what its head says.
  static Result<EdgeTiles> From(std::uint64_t size, std::vector<std::vector<Digest>> levels);

  // Adds one leaf hash; appends to `full` what it completes. Amortised one hash per leaf.
  void Append(const Digest& leaf_hash, std::vector<FullTile>& full);

  std::uint64_t size() const { return size_; }

  // Root of the whole tree. At most 255 hashes a level.
  Digest Root() const;

  // Hashes of the partial tile of a level, possibly none.
  std::span<const Digest> Partial(std::uint8_t level) const;

  // Whether tile (level, index) is the partial one of this edge; else, below the edge, it is full
  // and in the store.
  bool IsPartial(std::uint8_t level, std::uint64_t index) const;

 private:
  std::uint64_t size_ = 0;
  std::vector<std::vector<Digest>> levels_;
};

// Root of the perfect subtree over 2^k hashes. Precondition: the count is a power of two, not 0.
Digest PerfectRoot(std::span<const Digest> hashes);

}  // namespace jejak::sequencer
