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

void EdgeTiles::Level::Push(const Digest& hash) {
  nodes.resize(kTileNodes);
  nodes[count++] = hash;
  // Whatever became whole with it: at most one node a height.
  std::size_t whole = count;
  for (unsigned height = 1; whole % 2 == 0; ++height) {
    const Digest* const below = &nodes[TileNodeAt(height - 1, whole - 2)];
    whole /= 2;
    nodes[TileNodeAt(height, whole - 1)] = tlog::NodeHash(below[0], below[1]);
  }
}

Result<EdgeTiles> EdgeTiles::From(std::uint64_t size, std::span<const std::vector<Digest>> levels) {
  EdgeTiles edge;
  edge.size_ = size;
  std::size_t level = 0;
  for (std::uint64_t rest = size; rest != 0; rest /= tlog::kTileWidth, ++level) {
    if (level >= levels.size() || levels[level].size() != rest % tlog::kTileWidth) {
      return Internal("right edge of the tree does not have the hashes that its size asks for");
    }
    Level& tile = edge.levels_.emplace_back();
    for (const Digest& hash : levels[level]) tile.Push(hash);
  }
  return edge;
}

void EdgeTiles::Append(const Digest& leaf_hash, std::vector<FullTile>& full) {
  Digest carry = leaf_hash;
  for (std::size_t level = 0;; ++level) {
    if (level == levels_.size()) levels_.emplace_back();
    Level& tile = levels_[level];
    tile.Push(carry);
    if (tile.count < tlog::kTileWidth) break;
    carry = tile.nodes.back();
    full.push_back({static_cast<std::uint8_t>(level), size_ >> (8 * (level + 1)),
                    std::exchange(tile, Level()).nodes});
  }
  ++size_;
}

Digest EdgeTiles::Root() const {
  if (size_ == 0) return tlog::EmptyRoot();
  // Right to left: the rightmost perfect subtree is the deepest, so each step joins a larger one on
  // its left.
  bool started = false;
  Digest root;
  for (const Level& tile : levels_) {
    for (std::size_t end = tile.count; end != 0;) {
      const auto height = static_cast<unsigned>(std::countr_zero(end));
      const Digest& subtree = tile.nodes[TileNodeAt(height, (end >> height) - 1)];
      root = started ? tlog::NodeHash(subtree, root) : subtree;
      started = true;
      end -= std::size_t{1} << height;
    }
  }
  return root;
}

std::span<const Digest> EdgeTiles::Partial(std::uint8_t level) const {
  if (level >= levels_.size()) return {};
  return std::span(levels_[level].nodes).first(levels_[level].count);
}

const Digest* EdgeTiles::PartialNode(std::uint8_t level, unsigned height,
                                     std::uint64_t position) const {
  if (level >= levels_.size() || position >= levels_[level].count >> height) return nullptr;
  return &levels_[level].nodes[TileNodeAt(height, position)];
}

bool EdgeTiles::IsPartial(std::uint8_t level, std::uint64_t index) const {
  const unsigned shift = 8u * (level + 1u);
  return index == (shift >= 64 ? 0 : size_ >> shift);
}

}  // namespace jejak::sequencer
