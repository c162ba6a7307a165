// SPDX-License-Identifier: Apache-2.0
#include "tools/operation/heal.h"

#include <utility>
#include <vector>

#include "ledger/record/leaf.h"
#include "ledger/sequencer/recovery.h"
#include "ledger/tlog/policy.h"
#include "ledger/tlog/tile.h"

namespace jejak::operation {
namespace {

std::string Number(std::uint64_t number) { return std::to_string(number); }

Result<tlog::Checkpoint> ReadCheckpoint(verifier::LogSource& mirror,
                                        const tlog::PrivateKey& log_key) {
  JEJAK_TRY(text, mirror.Checkpoint());
  JEJAK_TRY(note, tlog::ParseNote(text));
  JEJAK_TRY(checkpoint, tlog::ParseCheckpoint(note.text));
  tlog::Policy policy;
  policy.log = log_key.verifier_key();
  const tlog::PolicyOutcome outcome = tlog::JudgeCheckpoint(policy, note);
  if (!outcome.origin_is_log || !outcome.log_signed || outcome.known_signature_failed)
    return Forbidden("the mirror's checkpoint is not signed by the log " + log_key.name);
  return std::move(checkpoint);
}

// Leaves of the mirror in order, a bundle in memory.
class MirroredLeaves final {
 public:
  MirroredLeaves(verifier::LogSource& mirror, std::uint64_t size) : mirror_(mirror), size_(size) {}

  Result<std::string> Read(std::uint64_t index) {
    const std::uint64_t tile = index / tlog::kTileWidth;
    if (leaves_.empty() || tile != tile_) {
      const std::uint16_t width = tlog::TileWidthAt(0, tile, size_);
      JEJAK_TRY(bytes, mirror_.Tile({0, tile, width, true}));
      JEJAK_TRY(entries, tlog::ParseBundle(bytes, width));
      leaves_.clear();
      for (const ByteView entry : entries) leaves_.emplace_back(AsText(entry));
      tile_ = tile;
    }
    return leaves_[index % tlog::kTileWidth];
  }

 private:
  verifier::LogSource& mirror_;
  std::uint64_t size_;
  std::uint64_t tile_ = 0;
  std::vector<std::string> leaves_;
};

// The store's tree with the mirror's leaves appended must be what was signed, at both sizes.
Result<void> CheckMissing(const sequencer::LogState& state, const sequencer::GuardState& guard,
                          const tlog::Checkpoint& checkpoint, MirroredLeaves& leaves) {
  sequencer::EdgeTiles edge = state.edge;
  std::vector<sequencer::FullTile> full;
  for (std::uint64_t index = edge.size(); index < checkpoint.size; ++index) {
    JEJAK_TRY(leaf, leaves.Read(index));
    full.clear();
    edge.Append(tlog::LeafHash(AsBytes(leaf)), full);
    if (edge.size() == guard.size && edge.Root() != guard.root) {
      return Refused("the mirror's entries do not give the root that the guard has seen at size " +
                     Number(guard.size) + "; one is wrong or the mirror is of a fork");
    }
  }
  if (edge.Root() != checkpoint.root) {
    return Refused("the mirror's entries do not give the root of its checkpoint of size " +
                   Number(checkpoint.size) + "; audit it with `jejak-verify log`");
  }
  return {};
}

class Healer final {
 public:
  Healer(store::Store& store, const FindDocument& document, const tlog::PrivateKey& log_key)
      : store_(store), document_(document), log_key_(log_key) {}

  Result<HealReport> Run(sequencer::LogState state, MirroredLeaves& leaves, std::uint64_t size) {
    report_.from = state.record.size;
    while (state.record.size < size) JEJAK_CHECKED(ReplayBatch(state, leaves, size));
    report_.to = size;
    return report_;
  }

 private:
  Result<void> ReplayBatch(sequencer::LogState& state, MirroredLeaves& leaves, std::uint64_t size) {
    JEJAK_TRY(view, store_.Latest());
    sequencer::BatchBuilder builder(state, view);
    for (std::uint64_t index = state.record.size; index < size; ++index) {
      JEJAK_TRY(text, leaves.Read(index));
      JEJAK_TRY(leaf, record::ParseLeaf(text));
      if (const auto* logged = std::get_if<record::LoggedAction>(&leaf)) {
        JEJAK_CHECKED(Add(builder, *logged, index));
        continue;
      }
      const record::Seal& seal = std::get<record::Seal>(leaf);
      JEJAK_TRY(batch, builder.Finish(seal.time));
      if (batch.next.record.last_leaf != tlog::LeafHash(AsBytes(text))) {
        return Refused("the batch that ends at entry " + Number(index) +
                       " comes out otherwise than it was signed");
      }
      return Commit(state, std::move(batch));
    }
    return Refused("the mirror's last entry is not a seal");
  }

  Result<void> Add(sequencer::BatchBuilder& builder, const record::LoggedAction& logged,
                   std::uint64_t index) {
    auto parsed = registry::ParseCandidate(record::EncodeAction(logged.action));
    if (const auto* refusal = std::get_if<registry::Refusal>(&parsed))
      return Refused("entry " + Number(index) + " of the mirror: " + refusal->detail);
    sequencer::Submission submission{
        std::get<registry::Candidate>(std::move(parsed)), {}, {}, {}, {}, {}};
    if (logged.action.body_form == record::BodyForm::kCommitted) report_.bodies_lost += 1;
    AddDocument(submission);
    JEJAK_TRY(outcomes, builder.Add(std::span(&submission, 1), logged.entry.time));
    if (outcomes[0].kind == sequencer::OutcomeKind::kLogged && outcomes[0].index == index)
      return {};
    return Refused("entry " + Number(index) + " of the mirror is not admitted here" +
                   (outcomes[0].refusal.detail.empty() ? "" : ": " + outcomes[0].refusal.detail));
  }

  void AddDocument(sequencer::Submission& submission) {
    std::optional<Digest> sha256;
    if (const auto* publish = submission.candidate.body<registry::ProcedurePublish>())
      sha256 = publish->sha256;
    if (const auto* publish = submission.candidate.body<registry::CalendarPublish>())
      sha256 = publish->sha256;
    if (!sha256) return;
    submission.document = document_(*sha256);
    if (!submission.document) report_.documents_lost += 1;
  }

  // The checkpoint of the batch before goes along, as in the sequencer. It was signed once; its text
  // and so its signature are the same.
  Result<void> Commit(sequencer::LogState& state, sequencer::Batch batch) {
    const store::HeadRecord& before = state.record;
    tlog::Note note;
    note.text = tlog::EncodeCheckpoint({log_key_.name, before.size, before.root, {}});
    note.signatures.push_back(tlog::SignNote(note.text, log_key_.name, log_key_.secret));
    batch.writes.push_back({store::CheckpointKey(before.size), tlog::EncodeNote(note)});
    JEJAK_CHECKED(store_.Commit(store::EncodeHead(before), store::EncodeHead(batch.next.record),
                                batch.writes));
    state = std::move(batch.next);
    return {};
  }

  store::Store& store_;
  const FindDocument& document_;
  const tlog::PrivateKey& log_key_;
  HealReport report_;
};

}  // namespace

Result<HealReport> HealFromMirror(store::Store& store, const sequencer::GuardState& guard,
                                  verifier::LogSource& mirror, const FindDocument& document,
                                  const tlog::PrivateKey& log_key) {
  JEJAK_TRY(checkpoint, ReadCheckpoint(mirror, log_key));
  if (checkpoint.size < guard.size) {
    return Refused("the mirror holds " + Number(checkpoint.size) + " entries, the guard has seen " +
                   Number(guard.size) + " signed; a newer mirror is needed");
  }
  sequencer::LogState state;
  {
    JEJAK_TRY(view, store.Latest());
    JEJAK_TRY(loaded, sequencer::LoadState(*view));
    state = std::move(loaded);
  }
  if (state.administration->created()->log_key != log_key.verifier_key())
    return Forbidden("the log key is not the one that this store's log was created with");
  MirroredLeaves leaves(mirror, checkpoint.size);
  JEJAK_CHECKED(CheckMissing(state, guard, checkpoint, leaves));
  return Healer(store, document, log_key).Run(std::move(state), leaves, checkpoint.size);
}

}  // namespace jejak::operation
