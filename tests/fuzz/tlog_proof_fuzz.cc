// SPDX-License-Identifier: Apache-2.0
// Proof files: no crash; what is accepted is what the encoder emits. Their index and hashes then go
// through every verifier, at sizes taken from the same bytes.
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "ledger/tlog/multiproof.h"
#include "ledger/tlog/proof.h"
#include "ledger/tlog/tlog_proof.h"

namespace {

using namespace jejak::tlog;

void Require(bool condition) {
  if (!condition) std::abort();
}

void CheckVerifiers(const TlogProof& proof, std::uint64_t size) {
  const jejak::Digest leaf = LeafHash(jejak::AsBytes(proof.checkpoint));
  const auto root = RootFromInclusion(proof.index, size, leaf, proof.path);
  if (root.ok()) {
    const auto plan = InclusionNodes(proof.index, size);
    Require(plan.ok() && plan->widths.size() == proof.path.size());
    Require(VerifyInclusion(proof.index, size, leaf, proof.path, *root));
  }
  const auto roots = RootsFromConsistency(proof.index, size, leaf, proof.path);
  if (roots.ok()) {
    const auto plan = ConsistencyNodes(proof.index, size);
    Require(plan.ok() && plan->widths.size() == proof.path.size());
  }
  const std::vector<HeldLeaf> held{{proof.index / 2, leaf}, {proof.index, leaf}};
  const auto joint = RootFromMultiproof(held, size, proof.path);
  const std::vector<std::uint64_t> indexes{proof.index / 2, proof.index};
  const auto plan = MultiproofNodes(indexes, size);
  Require(joint.ok() == (plan.ok() && plan->widths.size() == proof.path.size()));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto proof = ParseTlogProof(text);
  if (!proof.ok()) return 0;
  Require(EncodeTlogProof(*proof) == text);
  CheckVerifiers(*proof, proof->index + 1);
  CheckVerifiers(*proof, proof->index * 2 + 3);
  if (size >= 8) CheckVerifiers(*proof, jejak::LoadU64(data + size - 8));
  return 0;
}
