// SPDX-License-Identifier: Apache-2.0
//
// The Merkle tree of RFC 6962 section 2.1 over SHA-256: leaf and node hashes, the right edge of a
// growing tree, and the names of its perfect subtrees.
//
//   leaf  = SHA-256(0x00 || entry)          the prefixes keep a leaf from passing for a node
//   node  = SHA-256(0x01 || left || right)
//   empty = SHA-256("")
//
//   A tree of 7 leaves is the perfect subtrees of 4, 2 and 1 leaves, folded from the right:
//
//               root                        CompactRange::nodes() = { [0,4), [4,6), [6,7) }
//             /      \                      the set bits of size, largest first
//        [0,4)        .
//        /   \      /   \                   NodeId{level 1, index 2} is [4,6)
//      ...   ...  [4,6) [6,7)
//
// A root alone doesn't fix the size of its tree: always authenticate (size, root) together.
//
// Threads: free functions are pure; a CompactRange is a value without synchronisation.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/base/result.h"

namespace jejak::tlog {

// The root of the tree without leaves, SHA-256 of nothing.
Digest EmptyRoot();

// The hash of one entry's bytes.
Digest LeafHash(ByteView entry);

// The hash of an inner node. Never allocates.
Digest NodeHash(const Digest& left, const Digest& right);

// A perfect subtree: the leaves [index << level, (index + 1) << level). Level 0 is a leaf.
struct NodeId {
  std::uint32_t level = 0;
  std::uint64_t index = 0;

  auto operator<=>(const NodeId&) const = default;
};

// Sizes go up to 2^63 - 1, as in the ecosystem's parsers that count in signed numbers. Functions
// that plan or verify accept any 64-bit number and never shift by more than 63.
inline constexpr std::uint64_t kMaxTreeSize = 0x7fff'ffff'ffff'ffff;

// The perfect subtrees whose hashes make the root of a tree of `size` leaves, largest first: one
// per set bit. Empty for size 0.
std::vector<NodeId> RightEdge(std::uint64_t size);

// Takes each node at the moment in which its last leaf arrives, children before parents. Its user
// keeps what it serves: all of them, or those of a multiple of 8 levels, which are what tiles hold.
class NodeSink {
 public:
  virtual ~NodeSink() = default;
  virtual void Complete(NodeId id, const Digest& hash) = 0;
};

// The right edge of a growing tree: enough to append and to compute the root, in at most 63 hashes.
class CompactRange final {
 public:
  CompactRange() = default;

  // The edge that `nodes()` gave at `size`. kMalformed when their number isn't the number of set
  // bits of `size`, or the size is beyond kMaxTreeSize. Nobody can tell from here whether the
  // hashes are right: compare Root() with what is trusted.
  static Result<CompactRange> From(std::uint64_t size, std::vector<Digest> nodes);

  std::uint64_t size() const { return size_; }

  // Hashes of RightEdge(size()), largest first.
  const std::vector<Digest>& nodes() const { return nodes_; }

  // O(log size); the empty root for size 0.
  Digest Root() const;

  // Appends one leaf; amortised one node hash. `sink` hears of the leaf and of every inner node
  // that it completes.
  void Append(const Digest& leaf_hash, NodeSink* sink = nullptr);

  bool operator==(const CompactRange&) const = default;

 private:
  std::uint64_t size_ = 0;
  std::vector<Digest> nodes_;
};

// The root over a whole tree held in memory; O(n).
Digest RootOf(std::span<const Digest> leaf_hashes);

}  // namespace jejak::tlog
