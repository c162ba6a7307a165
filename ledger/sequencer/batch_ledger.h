// SPDX-License-Identifier: Apache-2.0
//
// The ledger as admission sees it while a batch is built: the administration, which is in memory,
// and of everything else only what this batch's actions touch, fetched in one read per group of
// submissions. Entries of the batch itself are seen by those after them (docs/formats.md section 8:
// admission of an entry sees all entries before it, those of its own batch included). One thread,
// one batch.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "ledger/registry/admission.h"
#include "ledger/registry/candidate.h"
#include "ledger/store/store.h"

namespace jejak::sequencer {

class BatchLedger final : public registry::LedgerView {
 public:
  BatchLedger(std::shared_ptr<const registry::Administration> administration,
              std::shared_ptr<const store::View> view);

  // Reads what admission will ask about these candidates. Once per candidate, before its Admit.
  // kInternal when a record is torn.
  Result<void> Fetch(std::span<const registry::Candidate* const> candidates);

  // Takes an admitted action into account.
  void Apply(const registry::Candidate& candidate, std::uint64_t index, const Digest& leaf_hash);

  // A stream that the batch changed, and whether it opened it.
  struct Changed {
    const record::Stream* stream;
    const registry::StreamState* state;
    bool opened;
  };
  std::vector<Changed> changed() const;

  // Party keys that the batch brought in.
  const std::vector<crypto::PublicKey>& new_party_keys() const { return new_party_keys_; }

  std::shared_ptr<const registry::Administration> administration_pointer() const {
    return administration_;
  }

  // The first fault of a read that admission caused itself (a `seen` line); checked after each
  // Admit.
  const std::optional<Error>& fault() const { return fault_; }

  const registry::Administration& administration() const override { return *administration_; }
  const registry::StreamState* Find(const record::Stream& stream) const override;
  std::optional<std::uint64_t> FindAction(const Digest& action_id) const override;
  registry::KeyUse UseOf(const crypto::PublicKey& key) const override;
  std::optional<Digest> RootAt(const record::Stream& stream, std::uint64_t n) const override;

 private:
  struct Slot {
    record::Stream stream;
    registry::StreamState state;
    std::uint64_t stored_count = 0;  // actions before this batch
    std::vector<Digest> new_ids;     // of this batch, in order
  };
  Result<void> Absorb(char kind, const std::string& name, const std::optional<std::string>& value);

  std::shared_ptr<const registry::Administration> administration_;
  std::shared_ptr<registry::Administration> own_;  // the batch's copy, made when it first changes
  std::shared_ptr<const store::View> view_;
  std::unordered_map<std::string, Slot>
      streams_;                       // by the stream's text; pointers into it are handed out
  std::vector<const Slot*> changed_;  // in the order of their first change
  std::unordered_map<Digest, std::optional<std::uint64_t>, DigestHash> actions_;
  std::unordered_map<std::string, bool> party_keys_;  // raw key: is one
  std::vector<crypto::PublicKey> new_party_keys_;
  mutable std::optional<Error> fault_;
};

}  // namespace jejak::sequencer
