// SPDX-License-Identifier: Apache-2.0
#include "ledger/evidence/log_replay.h"

#include <utility>

#include "ledger/crypto/hash.h"
#include "ledger/record/entry.h"
#include "ledger/statemap/stream_head.h"

namespace jejak::evidence {

PreparedLeaf PrepareLeaf(ByteView leaf) {
  PreparedLeaf out{tlog::LeafHash(leaf), Error{}};
  const std::string_view text = AsText(leaf);
  if (record::LooksLikeSeal(text)) {
    Result<record::Seal> seal = record::ParseSeal(text);
    if (seal.ok()) {
      out.content = *seal;
    } else {
      out.content = std::move(seal).error();
    }
    return out;
  }
  Result<record::Entry> entry = record::ParseEntry(text);
  if (!entry.ok()) {
    out.content = std::move(entry).error();
    return out;
  }
  // In place: a candidate is about a kilobyte, and there may be millions.
  auto& prepared = out.content.emplace<PreparedEntry>();
  prepared.index = entry->index;
  prepared.time = entry->time;
  prepared.prev = entry->prev;
  prepared.seq = entry->seq;
  prepared.action = registry::ParseCandidate(entry->action_note, registry::UnknownRules::kAdmit);
  if (const auto* candidate = std::get_if<registry::Candidate>(&prepared.action)) {
    prepared.stream_key = statemap::StreamKey(candidate->action.stream);
  }
  return out;
}

bool LogReplay::Stop(std::string id, std::string detail) {
  fault_ = ReplayFault{std::move(id), size(), std::move(detail)};
  return false;
}

bool LogReplay::CheckHeader(std::uint64_t index, UnixSeconds time, const Digest& prev) {
  if (index != size())
    return Stop("check.headers", "the entry's index is not its place in the log");
  if (size() > 0 && time < time_) {
    return Stop("check.headers", "the entry's time is earlier than that of the entry before it");
  }
  if (prev != (size() == 0 ? crypto::Sha256({}) : last_leaf_)) {
    return Stop("check.chain", "the entry does not chain to the one before it");
  }
  return true;
}

bool LogReplay::Take(const PreparedEntry& entry, const Digest& hash) {
  const auto* candidate = std::get_if<registry::Candidate>(&entry.action);
  if (candidate == nullptr) {
    const auto& refusal = std::get<registry::Refusal>(entry.action);
    return Stop("check.admission",
                "the entry does not hold an action: " + refusal.detail + " (" + refusal.code + ")");
  }
  ledger_.Enter(candidate->action.stream, entry.stream_key);
  const registry::StreamState* before = ledger_.current();
  if (entry.seq != (before == nullptr ? 0 : before->head.count)) {
    return Stop("check.headers", "the entry's seq is not its place in its stream");
  }
  const registry::Admission admission =
      registry::Admit(*candidate, entry.index, entry.time, ledger_, check_);
  if (admission.kind == registry::Admission::kDuplicate) {
    return Stop("check.admission",
                "the entry repeats the action of entry " + std::to_string(admission.first_index));
  }
  if (admission.kind == registry::Admission::kRefused) {
    return Stop("check.admission",
                "the entry should not have been admitted: " + admission.refusal.detail + " (" +
                    admission.refusal.code + ")");
  }
  ledger_.Apply(*candidate, entry.index, hash);
  map_.Set(entry.stream_key, statemap::HeadValue(ledger_.current()->head));
  if (candidate->unknown_rules()) unknown_rules_ = entry.index;
  return true;
}

bool LogReplay::TakeSeal(const record::Seal& seal) {
  if (size() == 0) return Stop("check.seal", "a log does not begin with a seal");
  if (last_seal_ && seal.time.value - last_seal_->time.value < record::kHeartbeatSeconds) {
    return Stop("check.seal", "a seal follows a seal less than 600 s later");
  }
  if (seal.streams != map_.size()) {
    return Stop("check.seal", "the seal counts " + std::to_string(seal.streams) +
                                  " streams where the entries before it have " +
                                  std::to_string(map_.size()));
  }
  if (seal.state != map_.Root()) {
    return Stop("check.seal",
                "the seal's state is not that of the entries before it: its map leaves an action "
                "out, or holds another");
  }
  return true;
}

bool LogReplay::Feed(PreparedLeaf&& leaf) {
  if (fault_) return false;
  auto* entry = std::get_if<PreparedEntry>(&leaf.content);
  auto* seal = std::get_if<record::Seal>(&leaf.content);
  if (entry == nullptr && seal == nullptr) {
    return Stop("check.headers",
                "the leaf is neither an entry nor a seal: " + std::get<Error>(leaf.content).detail);
  }
  const UnixSeconds time = entry != nullptr ? entry->time : seal->time;
  if (!(entry != nullptr ? CheckHeader(entry->index, time, entry->prev)
                         : CheckHeader(seal->index, time, seal->prev))) {
    return false;
  }
  if (!unknown_rules_ && !(entry != nullptr ? Take(*entry, leaf.hash) : TakeSeal(*seal))) {
    return false;
  }
  if (size() == 0) genesis_ = leaf.hash;
  last_seal_.reset();
  if (seal != nullptr) last_seal_ = *seal;
  time_ = time;
  last_leaf_ = leaf.hash;
  tree_.Append(leaf.hash);
  return true;
}

}  // namespace jejak::evidence
