// SPDX-License-Identifier: Apache-2.0
//
// Inclusion and consistency proofs of RFC 6962 section 2.1, verified as in RFC 9162 sections
// 2.1.3.2 and 2.1.4.2: plan what to read, read it once, compute.
//
//   Inclusion of leaf 2 in a tree of 7: the hashes of    [3,4)  [0,2)  [4,7)     leaf's sibling
//   first Consistency from 3 to 7:            the hashes of    [2,3)  [3,4)  [0,2)  [4,7)
//
// Each hash of a proof covers a range. A range that ends inside the tree is one perfect subtree;
// the one that ends at the right edge may be several, folded from the right. A ProofPlan names the
// perfect subtrees of all of them, so that a reader is asked exactly once.
//
// Verification computes roots and compares. It refuses a proof that is one hash too short or too
// long, an index beyond the tree, and a consistency proof from the empty tree (which proves
// nothing). No recursion; at most 64 steps whatever the numbers say.
//
// Threads: everything here is pure; a NodeReader is called once per proof, in the caller's thread.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/base/result.h"
#include "ledger/tlog/merkle.h"

namespace jejak::tlog {

// What to read for a proof, and how to fold it: the i-th hash of the proof is made of the next
// `widths[i]` nodes of `nodes`.
struct ProofPlan {
  std::vector<NodeId> nodes;
  std::vector<std::uint8_t> widths;

  bool operator==(const ProofPlan&) const = default;
};

// Adds the hash over the leaves [begin, end) to a plan. The range must be one that splitting a tree
// yields: begin is a multiple of the smallest power of two that is not below end - begin.
void AddRange(std::uint64_t begin, std::uint64_t end, ProofPlan& plan);

// The plan of an inclusion proof. kMalformed unless index < size.
Result<ProofPlan> InclusionNodes(std::uint64_t index, std::uint64_t size);

// The plan of a consistency proof. kMalformed unless from <= to. Empty when from is `to`, and from
// 0, where a witness wants no hashes either.
Result<ProofPlan> ConsistencyNodes(std::uint64_t from, std::uint64_t to);

// Folds the hashes of `plan.nodes`, in that order, into a proof. kInternal when their number
// differs.
Result<std::vector<Digest>> Assemble(const ProofPlan& plan, std::span<const Digest> hashes);

// Where hashes come from: a store, tiles on a disk, a tree in memory.
class NodeReader {
 public:
  virtual ~NodeReader() = default;

  // The hashes of perfect subtrees, in the order asked for.
  virtual Result<std::vector<Digest>> ReadNodes(std::span<const NodeId> ids) = 0;
};

// Plan, read, assemble. Errors: those of the plan and of the reader.
Result<std::vector<Digest>> BuildInclusion(NodeReader& reader, std::uint64_t index,
                                           std::uint64_t size);
Result<std::vector<Digest>> BuildConsistency(NodeReader& reader, std::uint64_t from,
                                             std::uint64_t to);

// The root of the tree of `size` in which `leaf` stands at `index`, if `path` is right. kMalformed
// when index isn't below size or the path hasn't exactly the length that both imply.
Result<Digest> RootFromInclusion(std::uint64_t index, std::uint64_t size, const Digest& leaf,
                                 std::span<const Digest> path);

// True iff RootFromInclusion gives `root`.
bool VerifyInclusion(std::uint64_t index, std::uint64_t size, const Digest& leaf,
                     std::span<const Digest> path, const Digest& root);

// Both roots that a consistency proof leads to.
struct ConsistentRoots {
  Digest from;
  Digest to;
};

// The roots at both sizes. `from_root` is used as the first hash where `from` is a power of two,
// for which the proof leaves it out. kMalformed unless 1 <= from <= to and the length is exact.
Result<ConsistentRoots> RootsFromConsistency(std::uint64_t from, std::uint64_t to,
                                             const Digest& from_root,
                                             std::span<const Digest> proof);

// True iff the tree (from, from_root) is a prefix of (to, to_root). Equal sizes: the proof is empty
// and the roots are the same.
bool VerifyConsistency(std::uint64_t from, std::uint64_t to, const Digest& from_root,
                       const Digest& to_root, std::span<const Digest> proof);

}  // namespace jejak::tlog
