// SPDX-License-Identifier: Apache-2.0
//
// One proof that many leaves are in one tree: `inclusion` of a case file (formats.md section 6).
//
//   Leaves 1 and 4 of 7:  [0,7) -> [0,4) -> [0,2) -> [0,1)  hash        the proof holds, in this
//                                                    [1,2)  leaf 1      order: [0,1) [2,4) [5,6)
//                                           [2,4)           hash        [6,7)
//                                  [4,7) -> [4,6) -> [4,5)  leaf 4
//                                                    [5,6)  hash
//                                           [6,7)           hash
//
// Over the range [0, size): a range without a held index takes the next hash; a range of one index
// is that leaf's hash; any other is split at the largest power of two below its length, left first.
// All hashes are used. With no held leaf the proof is the root itself, which proves nothing:
// refused.
//
// The walk keeps its own stack of at most 64 levels and stops at the first missing hash, so its
// cost is O((leaves + hashes) log leaves) for any `size` that a hostile file may claim.
//
// Threads: pure.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/base/result.h"
#include "ledger/tlog/proof.h"

namespace jejak::tlog {

// A leaf that the verifier holds and has hashed itself.
struct HeldLeaf {
  std::uint64_t index = 0;
  Digest hash;
};

// The root that the leaves and the proof lead to. kMalformed when there is no leaf, indexes are not
// strictly growing or not below `size`, or a hash is missing or left over.
Result<Digest> RootFromMultiproof(std::span<const HeldLeaf> leaves, std::uint64_t size,
                                  std::span<const Digest> proof);

// What to read for the proof of these leaves. kMalformed under the same rules.
Result<ProofPlan> MultiproofNodes(std::span<const std::uint64_t> indexes, std::uint64_t size);

// Plan, read once, assemble.
Result<std::vector<Digest>> BuildMultiproof(NodeReader& reader,
                                            std::span<const std::uint64_t> indexes,
                                            std::uint64_t size);

}  // namespace jejak::tlog
