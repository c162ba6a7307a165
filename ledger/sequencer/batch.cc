// SPDX-License-Identifier: Apache-2.0
#include "ledger/sequencer/batch.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "ledger/base/text.h"
#include "ledger/crypto/hash.h"
#include "ledger/record/entry.h"
#include "ledger/record/seal.h"
#include "ledger/statemap/stream_head.h"
#include "ledger/tlog/merkle.h"

namespace jejak::sequencer {
namespace {

// Answers from what the I/O threads verified; verifies itself where the key in force is another by
// now.
class KnownSignatures final : public registry::SignatureCheck {
 public:
  explicit KnownSignatures(const Submission& submission) : submission_(submission) {}

  bool Verify(const record::Action& action, std::size_t by,
              const crypto::PublicKey& key) const override {
    if (by < submission_.verified.size() && submission_.verified[by] == key) return true;
    return SignatureCheck::Verify(action, by, key);
  }

 private:
  const Submission& submission_;
};

std::string TileBytes(const FullTile& tile) {
  std::string bytes;
  bytes.reserve(32 * tlog::kTileWidth);
  for (const Digest& hash : tile.hashes()) bytes.append(AsText(hash.view()));
  return bytes;
}

}  // namespace

LogState EmptyLog(const std::string& origin) {
  LogState state;
  state.record.root = tlog::EmptyRoot();
  state.record.last_leaf = tlog::EmptyRoot();  // the SHA-256 of nothing is what entry 0 chains to
  state.record.map_root = statemap::EmptyMapRoot();
  state.administration = std::make_shared<const registry::Administration>(origin);
  return state;
}

BatchBuilder::BatchBuilder(LogState state, std::shared_ptr<const store::View> view,
                           PageCache* pages)
    : state_(std::move(state)),
      view_(std::move(view)),
      base_size_(state_.record.size),
      ledger_(state_.administration, view_),
      pages_(pages) {}

Result<std::vector<Outcome>> BatchBuilder::Add(std::span<const Submission> submissions,
                                               UnixSeconds now) {
  std::vector<const registry::Candidate*> candidates;
  candidates.reserve(submissions.size());
  for (const Submission& submission : submissions) candidates.push_back(&submission.candidate);
  JEJAK_CHECKED(ledger_.Fetch(candidates));
  std::vector<Outcome> outcomes;
  outcomes.reserve(submissions.size());
  for (const Submission& submission : submissions) {
    outcomes.push_back(Decide(submission, now));
    if (ledger_.fault()) return *ledger_.fault();
  }
  return outcomes;
}

Outcome BatchBuilder::Decide(const Submission& submission, UnixSeconds now) {
  const std::uint64_t index = state_.record.size;
  const UnixSeconds time = TimeOf(now);
  registry::Admission admission =
      registry::Admit(submission.candidate, index, time, ledger_, KnownSignatures(submission));
  switch (admission.kind) {
    case registry::Admission::kDuplicate:
      return {OutcomeKind::kDuplicate, admission.first_index, {}};
    case registry::Admission::kRefused:
      return {OutcomeKind::kRefused, 0, std::move(admission.refusal)};
    case registry::Admission::kAccepted:
      break;
  }
  if (submission.parts_fault) return {OutcomeKind::kRefused, 0, *submission.parts_fault};
  Log(submission, time);
  return {OutcomeKind::kLogged, index, {}};
}

UnixSeconds BatchBuilder::TimeOf(UnixSeconds now) const {
  return {std::max(now.value, state_.record.last_time)};
}

void BatchBuilder::Log(const Submission& submission, UnixSeconds time) {
  const record::Action& action = submission.candidate.action;
  const std::uint64_t index = state_.record.size;
  const registry::StreamState* stream = ledger_.Find(action.stream);
  const std::uint64_t seq = stream == nullptr ? 0 : stream->head.count;
  AppendLeaf(record::EncodeEntry(
                 {index, time, state_.record.last_leaf, seq, record::EncodeAction(action)}),
             time);
  ledger_.Apply(submission.candidate, index, state_.record.last_leaf);
  const std::string name = action.stream.text();
  Put(store::ActionKey(action.id()), store::NumberValue(index));
  Put(store::SequenceKey(name, seq), store::EncodeSequenceValue({index, action.id()}));
  if (submission.candidate.admin) Put(store::AdministrationKey(index), {});
  if (action.stream.is_case() && seq == 0) Put(store::OpenedKey(index), action.stream.name);
  KeepParts(submission, index);
}

void BatchBuilder::KeepParts(const Submission& submission, std::uint64_t index) {
  if (submission.body) {
    Put(store::BodyKey(index),
        store::EncodeOpeningValue({submission.body->key, submission.body->text}));
  }
  for (const record::FieldOpening& opening : submission.openings) {
    Put(store::OpeningKey(index, opening.pointer),
        store::EncodeOpeningValue({opening.key, opening.value}));
  }
  if (submission.document) {
    Put(store::DocumentKey(crypto::Sha256(AsBytes(*submission.document))), *submission.document);
  }
}

void BatchBuilder::AppendLeaf(std::string leaf, UnixSeconds time) {
  const Digest hash = tlog::LeafHash(AsBytes(leaf));
  state_.edge.Append(hash, full_tiles_);
  entry_writes_.push_back(writes_.size());
  Put(store::EntryKey(state_.record.size), std::move(leaf));
  state_.record.size += 1;
  state_.record.last_leaf = hash;
  state_.record.last_time = time.value;
}

Result<Batch> BatchBuilder::Finish(UnixSeconds now) {
  const std::uint64_t seal_index = state_.record.size;
  const UnixSeconds time = TimeOf(now);
  JEJAK_CHECKED(UpdateStateMap(seal_index));
  AppendLeaf(record::EncodeSeal({seal_index, time, state_.record.last_leaf, state_.record.streams,
                                 state_.record.map_root}),
             time);
  state_.record.root = state_.edge.Root();
  Put(store::SealKey(seal_index), store::DigestValue(state_.record.root));
  for (const FullTile& tile : full_tiles_)
    Put(store::TileKey(tile.level, tile.index), TileBytes(tile));
  for (const BatchLedger::Changed& changed : ledger_.changed()) {
    Put(store::StreamKey(changed.stream->text()),
        std::string(AsText(registry::EncodeStreamState(*changed.state))));
  }
  for (const crypto::PublicKey& key : ledger_.new_party_keys())
    Put(store::PartyKey(key.view()), {});
  state_.administration = ledger_.administration_pointer();
  return Batch{std::move(state_),     std::move(writes_), std::move(full_tiles_),
               std::move(map_pages_), base_size_,         std::move(entry_writes_)};
}

Result<void> BatchBuilder::UpdateStateMap(std::uint64_t seal_index) {
  std::vector<statemap::MapItem> sets;
  for (const BatchLedger::Changed& changed : ledger_.changed()) {
    sets.emplace_back(statemap::StreamKey(*changed.stream),
                      statemap::HeadValue(changed.state->head));
  }
  std::vector<statemap::PageId> replaced;
  if (!sets.empty()) {
    std::sort(sets.begin(), sets.end());
    MapPages pages(*view_, pages_);
    JEJAK_TRY(update, statemap::UpdateMap(pages, state_.map(), sets, seal_index));
    for (const auto& [id, bytes] : update.written)
      Put(MapPages::Key(id), std::string(AsText(bytes)));
    map_pages_ = std::move(update.written);
    state_.record.map_root = update.next.root;
    state_.record.map_version = update.next.version;
    state_.record.streams = update.next.streams;
    replaced = std::move(update.replaced);
  }
  return Prune(seal_index, replaced);
}

// A page that this seal replaced is still needed by proofs under the seals before it; it goes when
// kKeptSeals more have passed.
Result<void> BatchBuilder::Prune(std::uint64_t seal_index,
                                 std::span<const statemap::PageId> replaced) {
  JEJAK_CHECKED(FindListedSeals(seal_index));
  std::vector<std::uint64_t>& listed = *state_.listed_seals;
  // Each seal adds at most one row, so two a time are enough to catch up after kKeptSeals was
  // lowered.
  for (int n = 0; n < 2 && listed.size() > kKeptSeals; ++n) {
    JEJAK_CHECKED(DropListed(listed.front()));
    listed.erase(listed.begin());
  }
  if (replaced.empty()) return {};
  Put(store::ReplacedKey(seal_index), EncodeReplacedValue(replaced));
  listed.push_back(seal_index);
  return {};
}

Result<void> BatchBuilder::FindListedSeals(std::uint64_t seal_index) {
  if (state_.listed_seals) return {};
  JEJAK_TRY(rows, view_->Scan(store::ReplacedKey(0), store::ReplacedKey(seal_index),
                              std::numeric_limits<std::size_t>::max()));
  std::vector<std::uint64_t>& listed = state_.listed_seals.emplace();
  for (const auto& [key, value] : rows) {
    JEJAK_TRY(seal, store::NumberOfKey(key));
    listed.push_back(seal);
  }
  return {};
}

// Deletes the pages that a seal replaced, and the list of them.
Result<void> BatchBuilder::DropListed(std::uint64_t seal_index) {
  const std::string key = store::ReplacedKey(seal_index);
  JEJAK_TRY(values, view_->Read(std::span(&key, 1)));
  if (!values[0]) return Internal("a list of replaced pages is missing from the store");
  const ByteView pages = AsBytes(*values[0]);
  for (std::size_t at = 0; at + 2 <= pages.size();) {
    const std::size_t length = LoadU16(pages.data() + at);
    if (at + 2 + length > pages.size()) return Internal("stored list of replaced pages is torn");
    writes_.push_back({store::PageKey(pages.subspan(at + 2, length)), std::nullopt});
    at += 2 + length;
  }
  writes_.push_back({key, std::nullopt});
  return {};
}

void BatchBuilder::Put(std::string key, std::string value) {
  bytes_ += key.size() + value.size();
  writes_.push_back({std::move(key), std::move(value)});
}

}  // namespace jejak::sequencer
