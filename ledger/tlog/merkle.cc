// SPDX-License-Identifier: Apache-2.0
#include "ledger/tlog/merkle.h"

#include <array>
#include <bit>
#include <cstring>
#include <utility>

#include "ledger/crypto/hash.h"

namespace jejak::tlog {
namespace {

constexpr std::uint8_t kLeafPrefix[] = {0x00};
constexpr std::uint8_t kNodePrefix = 0x01;

}  // namespace

Digest EmptyRoot() { return crypto::Sha256(ByteView{}); }

Digest LeafHash(ByteView entry) {
  crypto::Sha256Stream stream;
  stream.Add(kLeafPrefix);
  stream.Add(entry);
  return stream.Finish();
}

Digest NodeHash(const Digest& left, const Digest& right) {
  // One contiguous buffer: a single update is faster than three.
  std::array<std::uint8_t, 65> input;
  input[0] = kNodePrefix;
  std::memcpy(input.data() + 1, left.bytes.data(), left.bytes.size());
  std::memcpy(input.data() + 33, right.bytes.data(), right.bytes.size());
  return crypto::Sha256(input);
}

std::vector<NodeId> RightEdge(std::uint64_t size) {
  std::vector<NodeId> edge;
  edge.reserve(static_cast<std::size_t>(std::popcount(size)));
  std::uint64_t begin = 0;
  for (std::uint64_t left = size; left != 0;) {
    const auto level = static_cast<std::uint32_t>(std::bit_width(left) - 1);
    edge.push_back({level, begin >> level});
    begin += std::uint64_t{1} << level;
    left -= std::uint64_t{1} << level;
  }
  return edge;
}

Result<CompactRange> CompactRange::From(std::uint64_t size, std::vector<Digest> nodes) {
  if (size > kMaxTreeSize) return Malformed("size: a tree has at most 2^63 - 1 leaves");
  if (nodes.size() != static_cast<std::size_t>(std::popcount(size))) {
    return Malformed("nodes: give one hash per set bit of the size");
  }
  CompactRange range;
  range.size_ = size;
  range.nodes_ = std::move(nodes);
  return range;
}

Digest CompactRange::Root() const {
  if (nodes_.empty()) return EmptyRoot();
  Digest root = nodes_.back();
  for (std::size_t i = nodes_.size() - 1; i-- > 0;) root = NodeHash(nodes_[i], root);
  return root;
}

void CompactRange::Append(const Digest& leaf_hash, NodeSink* sink) {
  NodeId id{0, size_};
  Digest hash = leaf_hash;
  if (sink != nullptr) sink->Complete(id, hash);
  // Each low set bit of the size is a subtree as large as what has just been completed.
  for (; (id.index & 1) != 0 && !nodes_.empty(); nodes_.pop_back()) {
    hash = NodeHash(nodes_.back(), hash);
    id = {id.level + 1, id.index >> 1};
    if (sink != nullptr) sink->Complete(id, hash);
  }
  nodes_.push_back(hash);
  ++size_;
}

Digest RootOf(std::span<const Digest> leaf_hashes) {
  CompactRange range;
  for (const Digest& leaf : leaf_hashes) range.Append(leaf);
  return range.Root();
}

}  // namespace jejak::tlog
