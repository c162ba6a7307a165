// SPDX-License-Identifier: Apache-2.0
//
// A LedgerView over entries held in memory: the replay state of verifiers and of tests.
//
// It knows what was applied and nothing else. A case-file verifier applies the entries of the
// file in log order, so the conditions marked ‡ in formats.md section 9 hold over those entries;
// an audit applies the whole log and means them all.
//
//   Admission a = Admit(candidate, index, time, ledger, check);
//   if (a.kind == Admission::kAccepted) ledger.Apply(candidate, index, leaf_hash);
//
// Memory: a state per stream, 40 bytes per action, and 32 bytes per action of a case (the root
// after it, so that a `seen` line costs one lookup however long the case is).
//
// Threads: none of its own; one writer, or readers only.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "ledger/registry/candidate.h"
#include "ledger/registry/ledger_view.h"

namespace jejak::registry {

class MemoryLedger final : public LedgerView {
 public:
  // `origin`: see Administration.
  explicit MemoryLedger(std::string origin = {}) : administration_(std::move(origin)) {}

  // Takes an admitted action into account; entries come in log order.
  void Apply(const Candidate& candidate, std::uint64_t index, const Digest& leaf_hash);

  const Administration& administration() const override { return administration_; }
  const StreamState* Find(const record::Stream& stream) const override;
  std::optional<std::uint64_t> FindAction(const Digest& action_id) const override;
  KeyUse UseOf(const crypto::PublicKey& key) const override;
  std::optional<Digest> RootAt(const record::Stream& stream, std::uint64_t n) const override;

  // One stream as it stands.
  struct Held {
    StreamState state;
    std::vector<Digest> roots;  // roots[k]: over the first k+1 ids; case streams only
  };
  // All streams, in the order of Stream.
  const std::map<record::Stream, Held>& streams() const { return streams_; }

 private:
  Administration administration_;
  std::map<record::Stream, Held> streams_;
  std::unordered_map<Digest, std::uint64_t, DigestHash> actions_;
  std::set<crypto::PublicKey> party_keys_;
};

}  // namespace jejak::registry
