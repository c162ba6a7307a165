// SPDX-License-Identifier: Apache-2.0
#include "ledger/evidence/replay_ledger.h"

#include "ledger/statemap/stream_head.h"

namespace jejak::evidence {

// The slot that holds the id, or the free one where it belongs. Ids are hashes: their first bytes
// are as good as random, and half of the slots are free.
std::size_t ActionIndex::SlotOf(const Digest& id) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = DigestHash()(id) & mask;
  while (slots_[slot] != 0 && ids_[slots_[slot] - 1] != id) slot = (slot + 1) & mask;
  return slot;
}

std::optional<std::uint64_t> ActionIndex::Find(const Digest& id) const {
  if (slots_.empty()) return std::nullopt;
  const std::uint32_t position = slots_[SlotOf(id)];
  if (position == 0) return std::nullopt;
  return entries_[position - 1];
}

void ActionIndex::Insert(const Digest& id, std::uint64_t entry_index) {
  if (2 * (ids_.size() + 1) > slots_.size()) Grow();
  std::uint32_t& slot = slots_[SlotOf(id)];
  if (slot != 0) return;
  ids_.push_back(id);
  entries_.push_back(entry_index);
  slot = static_cast<std::uint32_t>(ids_.size());
}

void ActionIndex::Grow() {
  slots_.assign(slots_.empty() ? 64 : 2 * slots_.size(), 0);
  for (std::size_t i = 0; i < ids_.size(); ++i) {
    slots_[SlotOf(ids_[i])] = static_cast<std::uint32_t>(i + 1);
  }
}

void ReplayLedger::Enter(const record::Stream& stream, const Digest& key) {
  stream_ = stream;
  key_ = key;
  const auto found = streams_.find(key);
  held_ = found == streams_.end() ? nullptr : &found->second;
}

const registry::StreamState* ReplayLedger::current() const {
  return held_ == nullptr ? nullptr : &held_->state;
}

void ReplayLedger::Apply(const registry::Candidate& candidate, std::uint64_t index,
                         const Digest& leaf_hash) {
  const record::Action& action = candidate.action;
  if (held_ == nullptr)
    held_ = &streams_[key_];  // a node: it stays where it is when the table grows
  held_->state.Append(action, index, leaf_hash);
  if (action.stream.is_case()) held_->roots.push_back(held_->state.head.root);
  actions_.Insert(action.id(), index);
  for (const record::Action::Party& party : action.parties) party_keys_.insert(party.key.key);
  if (candidate.admin) administration_.Apply(action, index, *candidate.admin);
}

const ReplayLedger::Held* ReplayLedger::HeldOf(const record::Stream& stream) const {
  if (stream == stream_) return held_;
  const auto found = streams_.find(statemap::StreamKey(stream));
  return found == streams_.end() ? nullptr : &found->second;
}

const registry::StreamState* ReplayLedger::Find(const record::Stream& stream) const {
  const Held* held = HeldOf(stream);
  return held == nullptr ? nullptr : &held->state;
}

std::optional<std::uint64_t> ReplayLedger::FindAction(const Digest& action_id) const {
  return actions_.Find(action_id);
}

registry::KeyUse ReplayLedger::UseOf(const crypto::PublicKey& key) const {
  registry::KeyUse use = administration_.UseOf(key);
  use.party = party_keys_.contains(key);
  return use;
}

std::optional<Digest> ReplayLedger::RootAt(const record::Stream& stream, std::uint64_t n) const {
  const Held* held = HeldOf(stream);
  if (held == nullptr || n == 0 || n > held->roots.size()) return std::nullopt;
  return held->roots[n - 1];
}

}  // namespace jejak::evidence
