// SPDX-License-Identifier: Apache-2.0
#include "verifier/replay_stage.h"

#include <utility>

#include "ledger/registry/admission.h"

namespace jejak::verifier {
namespace {

const registry::SignatureCheck& Checking(const evidence::Trust& trust,
                                         const evidence::DeferredSignatures& deferred,
                                         const evidence::UncheckedSignatures& unchecked) {
  if (trust.skip_signatures) return unchecked;
  return deferred;
}

}  // namespace

void Tally::Add(const std::optional<std::string>& finding) {
  if (!finding) return;
  if (count++ == 0) first = *finding;
}

std::string Tally::Sentence() const {
  return count < 2 ? first : first + "; and " + std::to_string(count - 1) + " more";
}

ReplayStage::ReplayStage(const evidence::Trust& trust, std::optional<std::uint64_t> pinned_size,
                         CaseRecords* records)
    : pinned_size_(pinned_size),
      records_(records),
      replay_(trust.policy.log.name, Checking(trust, deferred_, unchecked_)),
      tree_(pinned_size) {}

void ReplayStage::NoteTime(const evidence::PreparedLeaf& leaf, std::uint64_t index,
                           std::uint64_t last) {
  const bool around_pin = pinned_size_ && (index + 1 == *pinned_size_ || index == *pinned_size_);
  if (!around_pin && index != last) return;
  if (const auto* entry = std::get_if<evidence::PreparedEntry>(&leaf.content)) {
    telling_times_.push_back({index, entry->time});
  } else if (const auto* seal = std::get_if<record::Seal>(&leaf.content)) {
    telling_times_.push_back({index, seal->time});
  }
}

void ReplayStage::Feed(evidence::PreparedLeaf& leaf, std::uint64_t index) {
  if (replay_.fault()) return;
  if (const auto* entry = std::get_if<evidence::PreparedEntry>(&leaf.content)) {
    const auto* candidate = std::get_if<registry::Candidate>(&entry->action);
    if (candidate != nullptr && candidate->action.stream.kind == record::StreamKind::kKey) {
      const record::Action& action = candidate->action;
      key_actions_.push_back({index, action.stream.name, action.type, action.by});
    }
    if (candidate != nullptr && records_ != nullptr) {
      records_->Note(*candidate, index, entry->time);
    }
  }
  deferred_.Begin(index);
  replay_.Feed(std::move(leaf));
}

void ReplayStage::Take(Bundle& bundle) {
  if (stopped_) return;
  unreadable_.Add(bundle.unreadable());
  if (bundle.unreadable()) {
    stopped_ = true;
    return;
  }
  unreadable_.Add(bundle.tile_unreadable());
  differing_tiles_.Add(bundle.tile_differs());
  ++tiles_;
  if (fed_ == 0) first_leaf_ = bundle.hashes().front();
  tree_.Add(bundle.hashes(), bundle.subtree());
  // Only the times of the very last entry count, and no bundle knows that it is the last.
  while (!telling_times_.empty() && pinned_size_ != telling_times_.back().index &&
         pinned_size_ != telling_times_.back().index + 1) {
    telling_times_.pop_back();
  }
  const std::uint64_t last = bundle.begin() + bundle.width() - 1;
  for (evidence::PreparedLeaf& leaf : bundle.leaves()) {
    NoteTime(leaf, fed_, last);
    Feed(leaf, fed_);
    ++fed_;
  }
}

void ReplayStage::CheckUpperTiles(LogSource& source) {
  for (const ExpectedTile& tile : tree_.TakeTiles()) {
    ++tiles_;
    const Result<Bytes> found = source.Tile(tile.id);
    if (!found.ok()) {
      unreadable_.Add(found.error().detail);
      continue;
    }
    const TileFinding finding = CompareTile(tile.id, *found, tile.bytes);
    unreadable_.Add(finding.unreadable);
    differing_tiles_.Add(finding.differs);
  }
}

std::uint64_t ReplayStage::admitted() const {
  if (replay_.unknown_rules()) return *replay_.unknown_rules() + 1;
  return replay_.size();
}

std::vector<Compromise> ReplayStage::Compromises() const {
  std::vector<Compromise> all;
  std::map<std::string, std::uint64_t, std::less<>> since;
  for (const auto& [name, key] : replay_.ledger().administration().keys()) {
    if (const auto index = key.compromised_since()) {
      since.emplace(name, *index);
      all.push_back({name, *index, true});
    }
  }
  if (since.empty()) return all;
  // What a compromised key enrolled, rotated or granted rests on it from the next entry on.
  for (const KeyAction& action : key_actions_) {
    if (action.type == "key.revoke" || action.type == "key.ungrant") continue;
    for (const record::Action::By& by : action.by) {
      const auto at = since.find(by.name);
      if (by.role == "root" || at == since.end() || action.index < at->second) continue;
      const auto [later, fresh] = since.emplace(action.stream, action.index + 1);
      if (fresh || later->second > action.index + 1) {
        later->second = action.index + 1;
        all.push_back({action.stream, action.index + 1, false});
      }
      break;
    }
  }
  return all;
}

}  // namespace jejak::verifier
