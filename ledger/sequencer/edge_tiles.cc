// SPDX-License-Identifier: Apache-2.0
#include "ledger/sequencer/edge_tiles.h"

#include <bit>
#include <utility>

#include "ledger/tlog/tile.h"

namespace jejak::sequencer {

Digest PerfectRoot(std::span<const Digest> hashes) {
  std::vector<Digest> level(hashes.begin(), hashes.end());
  while (level.size() > 1) {
    for (std::size_t i = 0; i * 2 < level.size(); ++i) {
      level[i] = tlog::NodeHash(level[2 * i], level[2 * i + 1]);
    }
    level.resize(level.size() / 2);
  }
  return level.front();
}

Result<EdgeTiles> EdgeTiles::From(std::uint64_t size, std::vector<std::vector<Digest>> levels) {
  EdgeTiles edge;
  edge.size_ = size;
  std::size_t level = 0;
  for (std::uint64_t rest = size; rest != 0; rest /= tlog::kTileWidth, ++level) {
    if (level >= levels.size() || levels[level].size() != rest % tlog::kTileWidth) {
      return Internal("right edge of the tree does not have the hashes that its size asks for");
    }
  }
  levels.resize(level);
  edge.levels_ = std::move(levels);
  return edge;
}

void EdgeTiles::Append(const Digest& leaf_hash, std::vector<FullTile>& full) {
  Digest carry = leaf_hash;
  for (std::size_t level = 0;; ++level) {
    if (level == levels_.size()) levels_.emplace_back();
    std::vector<Digest>& tile = levels_[level];
    tile.push_back(carry);
    if (tile.size() < tlog::kTileWidth) break;
    carry = PerfectRoot(tile);
    full.push_back({static_cast<std::uint8_t>(level), size_ >> (8 * (level + 1)),
                    std::exchange(tile, std::vector<Digest>())});
  }
  ++size_;
}

Digest EdgeTiles::Root() const {
  if (size_ == 0) return tlog::EmptyRoot();
  // Right to left: the rightmost perfect subtree is the deepest, so each step joins a larger one on
  // its left.
  bool started = false;
  Digest root;
  for (const std::vector<Digest>& tile : levels_) {
    std::size_t end = tile.size();
    while (end != 0) {
      const std::size_t width =
          end & (~end + 1);  // lowest set bit: the smallest subtree at this end
      const Digest subtree = PerfectRoot(std::span(tile).subspan(end - width, width));
      root = started ? tlog::NodeHash(subtree, root) : subtree;
      started = true;
      end -= width;
    }
  }
  return root;
}

std::span<const Digest> EdgeTiles::Partial(std::uint8_t level) const {
  if (level >= levels_.size()) return {};
  return levels_[level];
}

bool EdgeTiles::IsPartial(std::uint8_t level, std::uint64_t index) const {
  const unsigned shift = 8u * (level + 1u);
  return index == (shift >= 64 ? 0 : size_ >> shift);
}

}  // namespace jejak::sequencer
