// SPDX-License-Identifier: Apache-2.0
//
// Hashes of the state map: a Merkle Patricia tree over 32-byte keys. docs/formats.md section 5.
//
//   empty   SHA-256("")
//   leaf    SHA-256(00 ‖ 20 ‖ key ‖ 20 ‖ value)
//   inner   SHA-256(01 ‖ uvarint(bit) ‖ left ‖ right)
//
//   keys 0000.. 4000.. 8000..        inner(0)
//                                    ├── inner(1)
//                                    │   ├── leaf 0000..
//                                    │   └── leaf 4000..
//                                    └── leaf 8000..
//
// `bit` is the first position, 0 = most significant, at which the keys below differ; left has 0
// there. A node exists only where both sides are non-empty, so the root depends on the set of (key,
// value) pairs and on nothing else: not on the order of insertion, not on how the tree is cut into
// pages (pages.h). Pure; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "ledger/base/bytes.h"

namespace jejak::statemap {

// Positions in a key.
inline constexpr unsigned kKeyBits = 256;

// One (key, value) pair of the map.
using MapItem = std::pair<Digest, Digest>;

Digest EmptyMapRoot();
Digest MapLeafHash(const Digest& key, const Digest& value);
Digest MapInnerHash(unsigned bit, const Digest& left, const Digest& right);

// The first position at which two keys differ; kKeyBits if they are equal.
unsigned FirstDifferingBit(const Digest& a, const Digest& b);

// Bit `bit` (below kKeyBits) of a key, 0 = most significant.
bool KeyBit(const Digest& key, unsigned bit);

// Folds subtrees, given from left to right, into the hash of their common ancestor. The neighbours'
// first differing bits are all that a Patricia tree is made of; they become a stack on which bits
// strictly grow, so memory is bounded by the depth (256) and time by the number of subtrees.
class PatriciaFold final {
 public:
  PatriciaFold();

  // The hash of the next subtree, and the first bit at which its keys differ from those of the
  // subtree before it (ignored for the first).
  void Add(const Digest& subtree, unsigned bit_before);

  // The hash over everything added; the empty root if nothing was. Leaves the fold empty.
  Digest Finish();

 private:
  void MergeTop();

  std::vector<Digest> nodes_;
  std::vector<unsigned> bits_;  // bits_[i] separates nodes_[i] and nodes_[i + 1]
};

// The root over items that are sorted by key, keys distinct. Linear, without recursion.
Digest MapRootOf(std::span<const MapItem> sorted);

}  // namespace jejak::statemap
