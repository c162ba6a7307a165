// SPDX-License-Identifier: Apache-2.0
//
// What a replay of a whole log remembers for admission: registry::MemoryLedger's answers, laid out
// for tens of millions of entries.
//
//   ledger.Enter(stream, key);            // the entry at hand: one lookup by the map's key
//   Admit(candidate, index, time, ledger, check);   // asks about that stream only
//   ledger.Apply(candidate, index, leaf_hash);
//
// Streams are found by the 32-byte key that the state map needs anyway, and remembered while their
// entry is judged; action ids are in one open table. Memory: a state per stream, about 55 bytes per
// action, and 32 more per action of a case (the root after it, for `seen` lines).
//
// Threads: one owner.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/registry/candidate.h"
#include "ledger/registry/ledger_view.h"

namespace jejak::evidence {

// Action ids in log order, and where each was logged. Open addressing over positions; grows by
// doubling, at most 2^32 - 1 ids.
class ActionIndex final {
 public:
  std::optional<std::uint64_t> Find(const Digest& id) const;
  // An id that is there already stays as it was.
  void Insert(const Digest& id, std::uint64_t entry_index);
  std::size_t size() const { return ids_.size(); }

 private:
  std::size_t SlotOf(const Digest& id) const;
  void Grow();

  std::vector<Digest> ids_;
  std::vector<std::uint64_t> entries_;
  std::vector<std::uint32_t> slots_;  // 0: free; else 1 + position in ids_; a power of two of them
};

class ReplayLedger final : public registry::LedgerView {
 public:
  explicit ReplayLedger(std::string origin) : administration_(std::move(origin)) {}

  // The stream of the entry at hand and its StreamKey.
  void Enter(const record::Stream& stream, const Digest& key);
  // The state of that stream; nullptr before its first action.
  const registry::StreamState* current() const;
  // Takes an admitted action of that stream into account; entries come in log order.
  void Apply(const registry::Candidate& candidate, std::uint64_t index, const Digest& leaf_hash);

  const registry::Administration& administration() const override { return administration_; }
  const registry::StreamState* Find(const record::Stream& stream) const override;
  std::optional<std::uint64_t> FindAction(const Digest& action_id) const override;
  registry::KeyUse UseOf(const crypto::PublicKey& key) const override;
  std::optional<Digest> RootAt(const record::Stream& stream, std::uint64_t n) const override;

  std::size_t streams() const { return streams_.size(); }
  std::size_t actions() const { return actions_.size(); }

 private:
  struct Held {
    registry::StreamState state;
    std::vector<Digest> roots;  // roots[k]: over the first k+1 ids; case streams only
  };
  const Held* HeldOf(const record::Stream& stream) const;

  registry::Administration administration_;
  std::unordered_map<Digest, Held, DigestHash> streams_;
  ActionIndex actions_;
  std::set<crypto::PublicKey> party_keys_;
  record::Stream stream_;  // entered
  Digest key_;             // its key
  Held* held_ = nullptr;   // its state, if it has one
};

}  // namespace jejak::evidence
