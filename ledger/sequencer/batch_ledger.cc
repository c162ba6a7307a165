// SPDX-License-Identifier: Apache-2.0
#include "ledger/sequencer/batch_ledger.h"

#include <utility>

#include "ledger/store/schema.h"
#include "ledger/tlog/merkle.h"

namespace jejak::sequencer {
namespace {

std::string RawKey(const crypto::PublicKey& key) { return std::string(AsText(key.view())); }

// Every key that this action would bring into the log.
std::vector<crypto::PublicKey> EnteringKeys(const registry::Candidate& candidate) {
  std::vector<crypto::PublicKey> keys;
  for (const record::Action::Party& party : candidate.action.parties) keys.push_back(party.key.key);
  const auto add_roots = [&keys](const std::vector<registry::RootKey>& roots) {
    for (const registry::RootKey& root : roots) keys.push_back(root.key.key);
  };
  if (const auto* create = candidate.body<registry::LogCreate>()) {
    keys.push_back(create->log_key.key);
    add_roots(create->roots);
  }
  if (const auto* rotate = candidate.body<registry::RootRotate>()) add_roots(rotate->roots);
  if (const auto* enroll = candidate.body<registry::KeyEnroll>()) keys.push_back(enroll->key.key);
  if (const auto* rotate = candidate.body<registry::KeyRotate>()) keys.push_back(rotate->key.key);
  return keys;
}

}  // namespace

BatchLedger::BatchLedger(std::shared_ptr<const registry::Administration> administration,
                         std::shared_ptr<const store::View> view)
    : administration_(std::move(administration)), view_(std::move(view)) {}

Result<void> BatchLedger::Fetch(std::span<const registry::Candidate* const> candidates) {
  // Plan: what is not known yet, each once.
  std::vector<std::string> keys;
  std::unordered_set<std::string> planned;
  const auto plan = [&](std::string key) {
    if (planned.insert(key).second) keys.push_back(std::move(key));
  };
  for (const registry::Candidate* candidate : candidates) {
    const std::string stream = candidate->action.stream.text();
    if (const auto [slot, added] = streams_.try_emplace(stream); added) {
      slot->second.stream = candidate->action.stream;
      plan(store::StreamKey(stream));
    }
    if (!actions_.contains(candidate->action.id())) plan(store::ActionKey(candidate->action.id()));
    for (const crypto::PublicKey& key : EnteringKeys(*candidate)) {
      if (!party_keys_.contains(RawKey(key))) plan(store::PartyKey(key.view()));
    }
  }
  if (keys.empty()) return {};
  JEJAK_TRY(values, view_->Read(keys));
  for (std::size_t i = 0; i < keys.size(); ++i)
    JEJAK_CHECKED(Absorb(keys[i][0], keys[i].substr(1), values[i]));
  return {};
}

Result<void> BatchLedger::Absorb(char kind, const std::string& name,
                                 const std::optional<std::string>& value) {
  if (kind == 'K') {
    party_keys_[name] = value.has_value();
  } else if (kind == 'A') {
    JEJAK_TRY(id, DigestFromBytes(AsBytes(name)));
    std::optional<std::uint64_t>& index = actions_[id];
    if (value) {
      JEJAK_TRY(number, store::ParseNumber(*value));
      index = number;
    }
  } else if (value) {
    JEJAK_TRY(state, registry::ParseStreamState(AsBytes(*value)));
    Slot& slot = streams_[name];
    slot.stored_count = state.head.count;
    slot.state = std::move(state);
  }
  return {};
}

void BatchLedger::Apply(const registry::Candidate& candidate, std::uint64_t index,
                        const Digest& leaf_hash) {
  const record::Action& action = candidate.action;
  Slot& slot = streams_[action.stream.text()];
  slot.stream = action.stream;
  if (slot.new_ids.empty()) changed_.push_back(&slot);
  slot.state.Append(action, index, leaf_hash);
  slot.new_ids.push_back(action.id());
  actions_[action.id()] = index;
  for (const record::Action::Party& party : action.parties) {
    party_keys_[RawKey(party.key.key)] = true;
    new_party_keys_.push_back(party.key.key);
  }
  if (!candidate.admin) return;
  if (own_ == nullptr) {
    own_ = std::make_shared<registry::Administration>(*administration_);
    administration_ = own_;
  }
  own_->Apply(action, index, *candidate.admin);
}

std::vector<BatchLedger::Changed> BatchLedger::changed() const {
  std::vector<Changed> changed;
  for (const Slot* slot : changed_)
    changed.push_back({&slot->stream, &slot->state, slot->stored_count == 0});
  return changed;
}

const registry::StreamState* BatchLedger::Find(const record::Stream& stream) const {
  const auto found = streams_.find(stream.text());
  return found == streams_.end() || found->second.state.head.count == 0 ? nullptr
                                                                        : &found->second.state;
}

std::optional<std::uint64_t> BatchLedger::FindAction(const Digest& action_id) const {
  const auto found = actions_.find(action_id);
  return found == actions_.end() ? std::nullopt : found->second;
}

registry::KeyUse BatchLedger::UseOf(const crypto::PublicKey& key) const {
  registry::KeyUse use = administration_->UseOf(key);
  const auto found = party_keys_.find(RawKey(key));
  use.party = found != party_keys_.end() && found->second;
  return use;
}

std::optional<Digest> BatchLedger::RootAt(const record::Stream& stream, std::uint64_t n) const {
  const auto found = streams_.find(stream.text());
  if (found == streams_.end() || n > found->second.state.head.count) return std::nullopt;
  const Slot& slot = found->second;
  const std::uint64_t stored = std::min(n, slot.stored_count);
  tlog::CompactRange ids;
  if (stored != 0) {
    const auto rows = view_->Scan(store::SequenceKey(found->first, 0),
                                  store::SequenceKey(found->first, stored), stored);
    if (!rows.ok() || rows->size() != stored) {
      fault_ =
          rows.ok() ? Internal("positions of a stream are missing from the store") : rows.error();
      return std::nullopt;
    }
    for (const auto& [key, value] : *rows) {
      const Result<store::SequenceValue> position = store::ParseSequenceValue(value);
      if (!position.ok()) {
        fault_ = position.error();
        return std::nullopt;
      }
      ids.Append(tlog::LeafHash(position->action_id.view()));
    }
  }
  for (std::uint64_t i = stored; i < n; ++i)
    ids.Append(tlog::LeafHash(slot.new_ids[i - stored].view()));
  return ids.Root();
}

}  // namespace jejak::sequencer
