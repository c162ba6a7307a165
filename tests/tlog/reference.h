// SPDX-License-Identifier: Apache-2.0
//
// The definitions of RFC 6962 section 2.1 and of formats.md section 6, written as they stand:
// recursive, slow, over a tree held in memory. What the room computes is compared with this.
#pragma once

#include <cstdint>
#include <set>
#include <span>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/tlog/merkle.h"
#include "ledger/tlog/proof.h"

namespace jejak::tlog::reference {

// Leaf hashes of a made-up log: entry i is the eight bytes of i.
inline std::vector<Digest> Leaves(std::uint64_t count) {
  std::vector<Digest> leaves;
  for (std::uint64_t i = 0; i < count; ++i) {
    Bytes entry;
    AppendU64(entry, i);
    leaves.push_back(LeafHash(entry));
  }
  return leaves;
}

inline std::size_t Split(std::size_t count) {
  std::size_t k = 1;
  while (k * 2 < count) k *= 2;
  return k;
}

// MTH(D)
inline Digest Root(std::span<const Digest> leaves) {
  if (leaves.empty()) return EmptyRoot();
  if (leaves.size() == 1) return leaves[0];
  const std::size_t k = Split(leaves.size());
  return NodeHash(Root(leaves.first(k)), Root(leaves.subspan(k)));
}

// PATH(m, D)
inline std::vector<Digest> Path(std::size_t m, std::span<const Digest> leaves) {
  if (leaves.size() <= 1) return {};
  const std::size_t k = Split(leaves.size());
  std::vector<Digest> path;
  if (m < k) {
    path = Path(m, leaves.first(k));
    path.push_back(Root(leaves.subspan(k)));
  } else {
    path = Path(m - k, leaves.subspan(k));
    path.push_back(Root(leaves.first(k)));
  }
  return path;
}

// SUBPROOF(m, D, b)
inline std::vector<Digest> Subproof(std::size_t m, std::span<const Digest> leaves, bool whole) {
  if (m == leaves.size()) return whole ? std::vector<Digest>{} : std::vector{Root(leaves)};
  const std::size_t k = Split(leaves.size());
  std::vector<Digest> proof;
  if (m <= k) {
    proof = Subproof(m, leaves.first(k), whole);
    proof.push_back(Root(leaves.subspan(k)));
  } else {
    proof = Subproof(m - k, leaves.subspan(k), false);
    proof.push_back(Root(leaves.first(k)));
  }
  return proof;
}

// The multiproof of the leaves at `held`, over the leaves from `begin` on.
inline void Multiproof(const std::set<std::uint64_t>& held, std::uint64_t begin,
                       std::span<const Digest> leaves, std::vector<Digest>& proof) {
  const auto next = held.lower_bound(begin);
  if (next == held.end() || *next >= begin + leaves.size()) {
    proof.push_back(Root(leaves));
  } else if (leaves.size() > 1) {
    const std::size_t k = Split(leaves.size());
    Multiproof(held, begin, leaves.first(k), proof);
    Multiproof(held, begin + k, leaves.subspan(k), proof);
  }
}

// Perfect subtrees of a tree in memory; counts how often it is asked.
class MemoryReader final : public NodeReader {
 public:
  explicit MemoryReader(std::span<const Digest> leaves) : leaves_(leaves) {}

  Result<std::vector<Digest>> ReadNodes(std::span<const NodeId> ids) override {
    ++calls;
    std::vector<Digest> hashes;
    for (const NodeId& id : ids) {
      const std::uint64_t width = std::uint64_t{1} << id.level;
      if ((id.index + 1) * width > leaves_.size()) return Malformed("node: outside of the tree");
      hashes.push_back(Root(leaves_.subspan(id.index * width, width)));
    }
    return hashes;
  }

  int calls = 0;

 private:
  std::span<const Digest> leaves_;
};

// SplitMix64: the same numbers in every language.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t Next() {
    state_ += 0x9e3779b97f4a7c15;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }
  std::uint64_t Below(std::uint64_t bound) { return Next() % bound; }

 private:
  std::uint64_t state_;
};

// The digest with one bit of one byte turned.
inline Digest Turned(Digest digest, std::size_t bit = 0) {
  digest.bytes[bit / 8] = static_cast<std::uint8_t>(digest.bytes[bit / 8] ^ (1U << (bit % 8)));
  return digest;
}

}  // namespace jejak::tlog::reference
