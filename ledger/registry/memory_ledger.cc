// SPDX-License-Identifier: Apache-2.0
#include "ledger/registry/memory_ledger.h"

namespace jejak::registry {

void MemoryLedger::Apply(const Candidate& candidate, std::uint64_t index, const Digest& leaf_hash) {
  const record::Action& action = candidate.action;
  Held& held = streams_[action.stream];
  held.state.Append(action, index, leaf_hash);
  if (action.stream.is_case()) held.roots.push_back(held.state.head.root);
  actions_.try_emplace(action.id(), index);
  for (const record::Action::Party& party : action.parties) party_keys_.insert(party.key.key);
  if (candidate.admin) administration_.Apply(action, index, *candidate.admin);
}

const StreamState* MemoryLedger::Find(const record::Stream& stream) const {
  const auto found = streams_.find(stream);
  return found == streams_.end() ? nullptr : &found->second.state;
}

std::optional<std::uint64_t> MemoryLedger::FindAction(const Digest& action_id) const {
  const auto found = actions_.find(action_id);
  if (found == actions_.end()) return std::nullopt;
  return found->second;
}

KeyUse MemoryLedger::UseOf(const crypto::PublicKey& key) const {
  KeyUse use = administration_.UseOf(key);
  use.party = party_keys_.contains(key);
  return use;
}

std::optional<Digest> MemoryLedger::RootAt(const record::Stream& stream, std::uint64_t n) const {
  const auto found = streams_.find(stream);
  if (found == streams_.end() || n == 0 || n > found->second.roots.size()) return std::nullopt;
  return found->second.roots[n - 1];
}

}  // namespace jejak::registry
