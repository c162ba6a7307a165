// SPDX-License-Identifier: Apache-2.0
//
// One stored leaf with what lies beside it, read and checked as far as no state of the log is
// needed: what the indexes must say about it, and whether its body and openings fit what the action
// commits to. Pure; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/evidence/log_replay.h"
#include "ledger/store/store.h"

namespace jejak::operation {

// Rows as the store has them. A view of `rows` is enough: they outlive the call.
struct StoredLeaf {
  std::string_view entry;
  std::optional<std::string_view> body;     // value of B
  std::vector<const store::Row*> openings;  // rows of O
};

struct LeafFacts {
  evidence::PreparedLeaf leaf;
  // Of an action; nothing here is set for a seal or what is neither.
  bool is_action = false;
  bool is_administration = false;
  std::optional<record::Stream> stream;
  Digest stream_key;
  Digest action_id;
  std::uint64_t seq = 0;
  std::vector<crypto::PublicKey> party_keys;
  std::optional<std::pair<std::uint64_t, Digest>> publishes;  // size and SHA-256 of a document
  bool commits_to_body = false;
  bool body_held = false;
  std::uint64_t openings_held = 0;
  std::optional<std::string> content_fault;  // what beside the entry does not fit it
};

LeafFacts ReadLeaf(const StoredLeaf& stored);

}  // namespace jejak::operation
