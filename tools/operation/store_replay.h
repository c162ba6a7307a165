// SPDX-License-Identifier: Apache-2.0
//
// One pass over all entries of a store in log order: replays them (evidence::LogReplay), verifies
// the officers' signatures, and tells RowCheck and MapRebuild what the store must hold beside them.
// Part of the store audit (store_audit.h), which judges what this finds.
//
// Reading and replaying are the caller's thread; preparing leaves and verifying signatures are
// shared out among workers, a chunk of kChunkLeaves at a time.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "ledger/evidence/log_replay.h"
#include "ledger/evidence/signatures.h"
#include "tools/operation/leaf_facts.h"
#include "tools/operation/map_rebuild.h"
#include "tools/operation/row_check.h"
#include "verifier/log_audit.h"
#include "verifier/tree_check.h"

namespace jejak::operation {

inline constexpr std::uint64_t kChunkLeaves = 8 * std::uint64_t{tlog::kTileWidth};

class StoreReplay final {
 public:
  StoreReplay(const store::View& view, const std::string& origin, verifier::Workers& workers)
      : view_(view), workers_(workers), rows_(view), replay_(origin, deferred_) {}

  // Takes [0, size). Ends early at an entry that is missing or at a fault of the replay. Errors:
  // those of the store.
  Result<void> Run(std::uint64_t size, verifier::Progress* progress);

  const evidence::LogReplay& replay() const { return replay_; }
  RowCheck& rows() { return rows_; }
  const MapRebuild& map() const { return map_; }
  const Digest& last_leaf() const { return last_leaf_; }
  // What ended the pass early, if not a fault of the replay.
  const std::optional<std::string>& missing_entry() const { return missing_entry_; }
  // The first wrong signature: entry and signer.
  const std::optional<std::pair<std::uint64_t, std::string>>& wrong_signature() const {
    return wrong_signature_;
  }
  bool complete() const { return complete_; }

  // By size: the root of every tree that ends in a seal.
  const std::vector<std::pair<std::uint64_t, Digest>>& seals() const { return seals_; }
  const Digest* RootAt(std::uint64_t size) const;
  // Documents published: SHA-256 and size.
  const std::map<Digest, std::uint64_t>& published() const { return published_; }

  std::uint64_t signatures() const { return signatures_; }
  std::uint64_t committed_bodies() const { return committed_bodies_; }
  std::uint64_t held_bodies() const { return held_bodies_; }

 private:
  struct Chunk;
  Result<void> ReadChunk(std::uint64_t begin, std::uint64_t end, Chunk& chunk);
  void PrepareChunk(Chunk& chunk);
  Result<bool> ReplayChunk(Chunk& chunk);
  Result<void> ExpectAction(const LeafFacts& facts, std::uint64_t index);
  Result<void> ExpectSeal(std::uint64_t index);
  Result<void> ExpectTiles(const Chunk& chunk);
  void VerifyChunk();

  const store::View& view_;
  verifier::Workers& workers_;
  RowCheck rows_;
  MapRebuild map_;
  evidence::DeferredSignatures deferred_;
  evidence::LogReplay replay_;
  verifier::TreeCheck tree_;
  Digest last_leaf_;
  std::optional<std::string> missing_entry_;
  std::optional<std::pair<std::uint64_t, std::string>> wrong_signature_;
  bool complete_ = false;
  std::vector<std::pair<std::uint64_t, Digest>> seals_;
  std::map<Digest, std::uint64_t> published_;
  std::set<crypto::PublicKey> party_keys_;
  std::uint64_t signatures_ = 0;
  std::uint64_t committed_bodies_ = 0;
  std::uint64_t held_bodies_ = 0;
};

}  // namespace jejak::operation
