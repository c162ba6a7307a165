// SPDX-License-Identifier: Apache-2.0
#include "verifier/tree_check.h"

#include <utility>

namespace jejak::verifier {

Bytes TileBytes(std::span<const Digest> hashes) {
  Bytes bytes;
  bytes.reserve(hashes.size() * tlog::kHashBytes);
  for (const Digest& hash : hashes) {
    bytes.insert(bytes.end(), hash.bytes.begin(), hash.bytes.end());
  }
  return bytes;
}

Digest TreeCheck::RootWith(const tlog::CompactRange& rest) const {
  if (subtrees_.size() == 0) return rest.Root();
  if (rest.size() == 0) return subtrees_.Root();
  // The right edge of the whole is that of the full subtrees and then that of the rest.
  std::vector<Digest> nodes = subtrees_.nodes();
  nodes.insert(nodes.end(), rest.nodes().begin(), rest.nodes().end());
  const std::uint64_t size = subtrees_.size() * tlog::kTileWidth + rest.size();
  return tlog::CompactRange::From(size, std::move(nodes)).value().Root();
}

void TreeCheck::Emit(std::size_t level) {
  Level& at = levels_[level];
  tlog::TileId id;
  id.level = static_cast<std::uint8_t>(level);
  id.index = at.tile;
  id.width = static_cast<std::uint16_t>(at.items.size());
  tiles_.push_back({id, TileBytes(at.items)});
}

void TreeCheck::Push(std::size_t level, const Digest& item) {
  Digest next = item;
  for (; level < levels_.size(); ++level) {
    Level& at = levels_[level];
    at.items.push_back(next);
    if (at.items.size() < tlog::kTileWidth) return;
    Emit(level);
    next = tlog::RootOf(at.items);
    ++at.tile;
    at.items.clear();
  }
}

void TreeCheck::Add(std::span<const Digest> leaves, const Digest& subtree) {
  const std::uint64_t begin = size();
  if (leaves.size() == tlog::kTileWidth) {
    if (Watches(begin, leaves.size() - 1)) WatchPrefix(leaves.first(*watched_ - begin));
    subtrees_.Append(subtree);
    Push(1, subtree);
    if (watched_ == size()) watched_root_ = Root();
    return;
  }
  if (Watches(begin, leaves.size())) WatchPrefix(leaves.first(*watched_ - begin));
  for (const Digest& leaf : leaves) rest_.Append(leaf);
}

bool TreeCheck::Watches(std::uint64_t begin, std::size_t count) const {
  return watched_ && *watched_ > begin && *watched_ <= begin + count;
}

void TreeCheck::WatchPrefix(std::span<const Digest> leaves) {
  tlog::CompactRange prefix;
  for (const Digest& leaf : leaves) prefix.Append(leaf);
  watched_root_ = RootWith(prefix);
}

void TreeCheck::Finish() {
  for (std::size_t level = 1; level < levels_.size(); ++level) {
    if (!levels_[level].items.empty()) Emit(level);
  }
}

std::vector<ExpectedTile> TreeCheck::TakeTiles() { return std::exchange(tiles_, {}); }

}  // namespace jejak::verifier
