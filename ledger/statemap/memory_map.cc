// SPDX-License-Identifier: Apache-2.0
#include "ledger/statemap/memory_map.h"

#include <algorithm>

namespace jejak::statemap {
namespace {

constexpr std::uint32_t kLeafFlag = 0x80000000U;

bool IsLeaf(std::uint32_t ref) { return (ref & kLeafFlag) != 0; }

}  // namespace

MemoryMap::Ref MemoryMap::NearestLeaf(const Digest& key) const {
  Ref at = root_;
  while (!IsLeaf(at)) at = inners_[at].child[KeyBit(key, inners_[at].bit)];
  return at & ~kLeafFlag;
}

MemoryMap::Ref MemoryMap::AddLeaf(const Digest& key, const Digest& value) {
  leaves_.emplace_back(key, value);
  return static_cast<Ref>(leaves_.size() - 1) | kLeafFlag;
}

void MemoryMap::Set(const Digest& key, const Digest& value) {
  if (leaves_.empty()) {
    root_ = AddLeaf(key, value);
    return;
  }
  const Ref nearest = NearestLeaf(key);
  const unsigned bit = FirstDifferingBit(key, leaves_[nearest].first);
  Ref* link = &root_;
  while (!IsLeaf(*link) && inners_[*link].bit < bit) {
    Inner& inner = inners_[*link];
    inner.stale = true;
    link = &inner.child[KeyBit(key, inner.bit)];
  }
  if (bit == kKeyBits) {
    leaves_[nearest].second = value;
    return;
  }
  const auto added = static_cast<Ref>(inners_.size());
  const Ref below = *link;
  *link = added;  // before the pool may move
  Inner inner{{below, below}, static_cast<std::uint16_t>(bit), true, {}};
  inner.child[KeyBit(key, bit)] = AddLeaf(key, value);
  inners_.push_back(inner);
}

std::optional<Digest> MemoryMap::Find(const Digest& key) const {
  if (leaves_.empty()) return std::nullopt;
  const MapItem& leaf = leaves_[NearestLeaf(key)];
  if (leaf.first != key) return std::nullopt;
  return leaf.second;
}

Digest MemoryMap::HashOf(Ref ref) const {
  if (!IsLeaf(ref)) return inners_[ref].hash;
  const MapItem& leaf = leaves_[ref & ~kLeafFlag];
  return MapLeafHash(leaf.first, leaf.second);
}

void MemoryMap::Refresh(Ref top) {
  // Bits grow on the way down, so the stack never holds more than two nodes per bit.
  std::vector<Ref> stack{top};
  while (!stack.empty()) {
    Inner& inner = inners_[stack.back()];
    const std::size_t depth = stack.size();
    for (const Ref child : inner.child) {
      if (!IsLeaf(child) && inners_[child].stale) stack.push_back(child);
    }
    if (stack.size() > depth) continue;  // children first
    inner.hash = MapInnerHash(inner.bit, HashOf(inner.child[0]), HashOf(inner.child[1]));
    inner.stale = false;
    stack.pop_back();
  }
}

Digest MemoryMap::Root() {
  if (leaves_.empty()) return EmptyMapRoot();
  if (!IsLeaf(root_) && inners_[root_].stale) Refresh(root_);
  return HashOf(root_);
}

MapPath MemoryMap::Path(const Digest& key) {
  MapPath path;
  if (leaves_.empty()) return path;
  static_cast<void>(Root());
  Ref at = root_;
  while (!IsLeaf(at)) {
    const Inner& inner = inners_[at];
    const bool right = KeyBit(key, inner.bit);
    path.steps.push_back({inner.bit, HashOf(inner.child[!right])});
    at = inner.child[right];
  }
  std::ranges::reverse(path.steps);
  const MapItem& leaf = leaves_[at & ~kLeafFlag];
  path.present = leaf.first == key;
  if (path.present) {
    path.value = leaf.second;
  } else {
    path.other = leaf;
  }
  return path;
}

}  // namespace jejak::statemap
