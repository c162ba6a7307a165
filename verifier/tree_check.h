// SPDX-License-Identifier: Apache-2.0
//
// The tree that the entries of a log give: its root, and what every hash tile must hold (C2SP
// tlog-tiles; formats.md section 10). Fed with leaf hashes, 256 at a time, and nothing else, so it
// answers whatever else is wrong with the log.
//
//   TreeCheck tree(39);                       // also wants the root of the first 39 leaves
//   tree.Add(hashes of leaves [0, 256));      // level 0 is compared by whoever has the hashes
//   tree.Add(hashes of leaves [256, 333));
//   tree.Finish();
//   tree.TakeTiles() -> {tile/1/000.p/1, the 32 bytes that it must have}
//   tree.Root(), tree.watched_root()
//
// Memory: at most 256 hashes per level. Threads: none; one owner.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/tlog/merkle.h"
#include "ledger/tlog/tile.h"

namespace jejak::verifier {

// A hash tile above level 0 and the bytes that follow from the entries.
struct ExpectedTile {
  tlog::TileId id;
  Bytes bytes;
};

// The bytes of a tile of these hashes.
Bytes TileBytes(std::span<const Digest> hashes);

class TreeCheck final {
 public:
  // `watched`: a size whose root is wanted too, such as a pinned checkpoint's.
  explicit TreeCheck(std::optional<std::uint64_t> watched = {}) : watched_(watched) {}

  // The next 256 leaves and the root of their subtree, which their caller computes because it has
  // many hands; or the last, fewer leaves, whose `subtree` means nothing.
  void Add(std::span<const Digest> leaves, const Digest& subtree);

  // Nothing is added any more: what is left are partial tiles.
  void Finish();

  // Tiles of levels 1 and up that became known since the last call.
  std::vector<ExpectedTile> TakeTiles();

  std::uint64_t size() const { return subtrees_.size() * tlog::kTileWidth + rest_.size(); }
  Digest Root() const { return RootWith(rest_); }
  // The root at the watched size, once that many leaves were added.
  const std::optional<Digest>& watched_root() const { return watched_root_; }

 private:
  struct Level {
    std::uint64_t tile = 0;  // index of the tile that is being filled
    std::vector<Digest> items;
  };

  // Whether the watched size lies in (begin, begin + count].
  bool Watches(std::uint64_t begin, std::size_t count) const;
  void WatchPrefix(std::span<const Digest> leaves);
  void Push(std::size_t level, const Digest& item);
  void Emit(std::size_t level);
  // Of the full subtrees so far, and fewer than 256 leaves after them.
  Digest RootWith(const tlog::CompactRange& rest) const;

  std::optional<std::uint64_t> watched_;
  std::optional<Digest> watched_root_;
  tlog::CompactRange subtrees_;  // its leaves are the roots of 256 entries each
  tlog::CompactRange rest_;      // the entries after the last full subtree
  std::array<Level, tlog::kMaxTileLevel + 1> levels_;
  std::vector<ExpectedTile> tiles_;
};

}  // namespace jejak::verifier
