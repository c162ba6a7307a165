// SPDX-License-Identifier: Apache-2.0
#include "ledger/tlog/proof.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace jejak::tlog {
namespace {

struct Range {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};

// Where a tree of two or more leaves is split: the largest power of two below its length.
std::uint64_t Middle(const Range& range) {
  return range.begin + std::bit_floor(range.end - range.begin - 1);
}

// A walk meets the root's child first, a proof lists it last.
ProofPlan PlanOf(const std::vector<Range>& from_the_root) {
  ProofPlan plan;
  plan.nodes.reserve(2 * from_the_root.size());  // a range at the right edge may be several
  plan.widths.reserve(from_the_root.size());
  for (std::size_t i = from_the_root.size(); i-- > 0;) {
    AddRange(from_the_root[i].begin, from_the_root[i].end, plan);
  }
  return plan;
}

Result<std::vector<Digest>> Build(NodeReader& reader, const ProofPlan& plan) {
  if (plan.nodes.empty()) return std::vector<Digest>{};
  JEJAK_TRY(hashes, reader.ReadNodes(plan.nodes));
  return Assemble(plan, hashes);
}

}  // namespace

void AddRange(std::uint64_t begin, std::uint64_t end, ProofPlan& plan) {
  std::uint8_t width = 0;
  while (begin < end) {
    const auto level = static_cast<std::uint32_t>(std::bit_width(end - begin) - 1);
    plan.nodes.push_back({level, begin >> level});
    begin += std::bit_floor(end - begin);
    ++width;
  }
  plan.widths.push_back(width);
}

Result<ProofPlan> InclusionNodes(std::uint64_t index, std::uint64_t size) {
  if (index >= size) return Malformed("index: must be below the tree's size");
  std::vector<Range> siblings;
  siblings.reserve(static_cast<std::size_t>(std::bit_width(size)));
  for (Range at{0, size}; at.end - at.begin > 1;) {
    const std::uint64_t middle = Middle(at);
    if (index < middle) {
      siblings.push_back({middle, at.end});
      at.end = middle;
    } else {
      siblings.push_back({at.begin, middle});
      at.begin = middle;
    }
  }
  return PlanOf(siblings);
}

Result<ProofPlan> ConsistencyNodes(std::uint64_t from, std::uint64_t to) {
  if (from > to) return Malformed("from: must not be above the later size");
  if (from == 0 || from == to) return ProofPlan{};
  std::vector<Range> ranges;
  Range at{0, to};
  while (from != at.end) {
    const std::uint64_t middle = Middle(at);
    if (from <= middle) {
      ranges.push_back({middle, at.end});
      at.end = middle;
    } else {
      ranges.push_back({at.begin, middle});
      at.begin = middle;
    }
  }
  // At 0 the range is the whole earlier tree, whose root the verifier has.
  if (at.begin != 0) ranges.push_back(at);
  return PlanOf(ranges);
}

Result<std::vector<Digest>> Assemble(const ProofPlan& plan, std::span<const Digest> hashes) {
  if (hashes.size() != plan.nodes.size()) {
    return Internal("nodes: the reader gave another number of hashes than asked for");
  }
  std::vector<Digest> proof;
  proof.reserve(plan.widths.size());
  std::size_t begin = 0;
  for (const std::uint8_t width : plan.widths) {
    std::size_t at = begin + width - 1;
    Digest hash = hashes[at];
    while (at > begin) hash = NodeHash(hashes[--at], hash);
    proof.push_back(hash);
    begin += width;
  }
  return proof;
}

Result<std::vector<Digest>> BuildInclusion(NodeReader& reader, std::uint64_t index,
                                           std::uint64_t size) {
  JEJAK_TRY(plan, InclusionNodes(index, size));
  return Build(reader, plan);
}

Result<std::vector<Digest>> BuildConsistency(NodeReader& reader, std::uint64_t from,
                                             std::uint64_t to) {
  JEJAK_TRY(plan, ConsistencyNodes(from, to));
  return Build(reader, plan);
}

Result<Digest> RootFromInclusion(std::uint64_t index, std::uint64_t size, const Digest& leaf,
                                 std::span<const Digest> path) {
  if (index >= size) return Malformed("index: must be below the tree's size");
  std::uint64_t node = index;
  std::uint64_t last = size - 1;
  Digest root = leaf;
  for (const Digest& sibling : path) {
    if (last == 0) return Malformed("inclusion proof: has more hashes than the tree has levels");
    if ((node & 1) != 0 || node == last) {
      root = NodeHash(sibling, root);
      // A node at the right edge has no sibling until its left turn: those levels have no hash.
      while ((node & 1) == 0 && node != 0) {
        node >>= 1;
        last >>= 1;
      }
    } else {
      root = NodeHash(root, sibling);
    }
    node >>= 1;
    last >>= 1;
  }
  if (last != 0) return Malformed("inclusion proof: ends before the root");
  return root;
}

bool VerifyInclusion(std::uint64_t index, std::uint64_t size, const Digest& leaf,
                     std::span<const Digest> path, const Digest& root) {
  const Result<Digest> computed = RootFromInclusion(index, size, leaf, path);
  return computed.ok() && computed.value() == root;
}

Result<ConsistentRoots> RootsFromConsistency(std::uint64_t from, std::uint64_t to,
                                             const Digest& from_root,
                                             std::span<const Digest> proof) {
  if (from == 0) return Malformed("from: a proof from the empty tree proves nothing");
  if (from > to) return Malformed("from: must not be above the later size");
  if (from == to) {
    if (!proof.empty()) return Malformed("consistency proof: must be empty between equal sizes");
    return ConsistentRoots{from_root, from_root};
  }
  const int shared = std::countr_zero(from);  // levels below the earlier tree's last subtree
  std::uint64_t node = (from - 1) >> shared;
  std::uint64_t last = (to - 1) >> shared;
  ConsistentRoots roots{from_root, from_root};
  if (!std::has_single_bit(from)) {
    if (proof.empty()) return Malformed("consistency proof: ends before the root");
    roots = {proof.front(), proof.front()};
    proof = proof.subspan(1);
  }
  for (const Digest& hash : proof) {
    if (last == 0) return Malformed("consistency proof: has more hashes than the tree has levels");
    if ((node & 1) != 0 || node == last) {
      roots = {NodeHash(hash, roots.from), NodeHash(hash, roots.to)};
      while ((node & 1) == 0 && node != 0) {
        node >>= 1;
        last >>= 1;
      }
    } else {
      roots.to = NodeHash(roots.to, hash);
    }
    node >>= 1;
    last >>= 1;
  }
  if (last != 0) return Malformed("consistency proof: ends before the root");
  return roots;
}

bool VerifyConsistency(std::uint64_t from, std::uint64_t to, const Digest& from_root,
                       const Digest& to_root, std::span<const Digest> proof) {
  const Result<ConsistentRoots> roots = RootsFromConsistency(from, to, from_root, proof);
  return roots.ok() && roots.value().from == from_root && roots.value().to == to_root;
}

}  // namespace jejak::tlog
