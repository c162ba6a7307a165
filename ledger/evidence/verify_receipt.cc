// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <string>
#include <utility>
#include <variant>

#include "ledger/base/text.h"
#include "ledger/base/time.h"
#include "ledger/crypto/hash.h"
#include "ledger/evidence/checkpoint_check.h"
#include "ledger/evidence/receipt.h"
#include "ledger/evidence/verify.h"
#include "ledger/record/entry.h"
#include "ledger/record/seal.h"
#include "ledger/registry/candidate.h"
#include "ledger/tlog/merkle.h"
#include "ledger/tlog/proof.h"
#include "ledger/tlog/tlog_proof.h"

namespace jejak::evidence {
namespace {

// check.inclusion: the leaf stands at the proof's index.
void CheckLeaf(const tlog::TlogProof& proof, const Digest& leaf, const tlog::Checkpoint& checkpoint,
               const std::string& what, Verdict& verdict) {
  const Result<Digest> root =
      tlog::RootFromInclusion(proof.index, checkpoint.size, leaf, proof.path);
  if (!root.ok()) {
    verdict.Fail("check.inclusion",
                 "the inclusion proof is none for this index and size: " + root.error().detail,
                 proof.index);
  } else if (*root != checkpoint.root) {
    verdict.Fail("check.inclusion",
                 "the " + what +
                     " is not at this index of the checkpoint's tree: it was changed, "
                     "or the proof is of another one",
                 proof.index);
  } else {
    verdict.Pass("check.inclusion", "the " + what + " is entry " + std::to_string(proof.index) +
                                        " of the checkpoint's tree");
  }
}

// check.headers, check.rules: what an entry says of itself.
std::optional<TimedEntry> CheckEntry(const tlog::TlogProof& proof, std::string_view text,
                                     const tlog::Checkpoint& checkpoint, Verdict& verdict) {
  const Result<record::Entry> entry = record::ParseEntry(text);
  if (!entry.ok()) {
    verdict.Fail("check.headers", "`extra` is not an entry: " + entry.error().detail);
    return std::nullopt;
  }
  if (entry->index != proof.index) {
    verdict.Fail("check.headers", "the index in the entry is not the proof's", proof.index);
  } else if (entry->index == 0 && entry->prev != crypto::Sha256({})) {
    verdict.Fail("check.chain", "entry 0 must have the hash of nothing in prev", 0);
  }
  auto parsed = registry::ParseCandidate(entry->action_note, registry::UnknownRules::kAdmit);
  const auto* candidate = std::get_if<registry::Candidate>(&parsed);
  if (candidate == nullptr) {
    verdict.Fail("check.admission",
                 "the entry does not hold an action: " + std::get<registry::Refusal>(parsed).detail,
                 proof.index);
    return std::nullopt;
  }
  if (candidate->action.log != checkpoint.origin) {
    verdict.Fail("check.headers", "the action is for another log than the checkpoint's",
                 proof.index);
  }
  if (candidate->unknown_rules()) {
    verdict.Inconclusive("check.rules", "the entry brings in rules that this program doesn't know",
                         proof.index);
  }
  verdict.verified.push_back({"stream", candidate->action.stream.text()});
  verdict.verified.push_back({"type", candidate->action.type});
  verdict.verified.push_back({"action_id", EncodeHash(candidate->action.id())});
  verdict.verified.push_back({"entered", FormatTime(entry->time)});
  return TimedEntry{entry->index, entry->time};
}

// The genesis is in a receipt only if the receipt is about it.
void CheckFirst(const tlog::TlogProof& proof, const Digest& leaf,
                const std::optional<Digest>& genesis, Verdict& verdict) {
  if (!genesis) return;
  if (proof.index != 0) {
    verdict.NotChecked("check.genesis",
                       "a receipt does not hold entry 0: that the log of this key is the one with "
                       "the genesis that is trusted is for a case file or an audit to show");
  } else if (leaf == *genesis) {
    verdict.Pass("check.genesis", "the entry is the genesis that is trusted");
  } else {
    verdict.Fail("check.genesis", "entry 0 is not the genesis that is trusted: this is another log",
                 0);
  }
}

// check.stream: the head, or the absence, under the seal's map.
void CheckState(const StateExtra& state, const record::Seal& seal, Verdict& verdict) {
  const std::string stream = state.stream.text();
  const Digest key = statemap::StreamKey(state.stream);
  const Result<Digest> root =
      state.head
          ? statemap::RootFromPresence(key, statemap::HeadValue(*state.head), state.path.steps)
          : statemap::RootFromAbsence(key, state.path);
  if (!root.ok()) {
    verdict.Fail("check.stream", stream + ": the map path proves nothing: " + root.error().detail);
  } else if (*root != seal.state) {
    verdict.Fail("check.stream",
                 stream + (state.head ? ": this head is not the one that the seal's map holds"
                                      : ": the seal's map does not show that it is absent"));
  } else if (state.head && state.head->last_index >= seal.index) {
    verdict.Fail("check.stream", stream + ": the head names an entry that is not before the seal");
  } else if (state.head) {
    verdict.Pass("check.stream", stream + " has " + std::to_string(state.head->count) +
                                     " actions, the last is entry " +
                                     std::to_string(state.head->last_index));
    verdict.verified.push_back({"count", std::to_string(state.head->count)});
    verdict.verified.push_back({"last_index", std::to_string(state.head->last_index)});
  } else {
    verdict.Pass("check.stream", stream + " has no action in the log");
  }
  verdict.verified.push_back({"stream", stream});
}

std::optional<TimedEntry> CheckStateReceipt(const tlog::TlogProof& proof, std::string_view extra,
                                            const tlog::Checkpoint& checkpoint,
                                            const std::optional<Digest>& genesis,
                                            Verdict& verdict) {
  const Result<StateExtra> state = ParseStateExtra(extra);
  if (!state.ok()) {
    verdict.Fail("check.stream", "`extra` is not the state of a stream: " + state.error().detail);
    return std::nullopt;
  }
  const Result<record::Seal> seal = record::ParseSeal(state->seal);
  if (!seal.ok()) {
    verdict.Fail("check.seal", "`extra` does not end with a seal: " + seal.error().detail);
    return std::nullopt;
  }
  if (seal->index != proof.index || seal->index != checkpoint.size - 1) {
    verdict.Fail("check.seal", "the seal is not the last entry of the checkpoint's tree",
                 seal->index);
  }
  const Digest leaf = tlog::LeafHash(AsBytes(state->seal));
  CheckFirst(proof, leaf, genesis, verdict);
  CheckLeaf(proof, leaf, checkpoint, "seal", verdict);
  CheckState(*state, *seal, verdict);
  verdict.verified.push_back({"sealed", FormatTime(seal->time)});
  return TimedEntry{seal->index, seal->time};
}

std::optional<TimedEntry> CheckExtra(const tlog::TlogProof& proof,
                                     const tlog::Checkpoint& checkpoint,
                                     const std::optional<Digest>& genesis, Verdict& verdict) {
  if (!proof.extra) {
    verdict.Fail("check.headers", "`extra` is missing: there is nothing that the proof is about");
    return std::nullopt;
  }
  const std::string_view extra = AsText(*proof.extra);
  if (extra.starts_with("jejak/head/")) {
    return CheckStateReceipt(proof, extra, checkpoint, genesis, verdict);
  }
  const Digest leaf = tlog::LeafHash(*proof.extra);
  CheckFirst(proof, leaf, genesis, verdict);
  CheckLeaf(proof, leaf, checkpoint, "entry", verdict);
  return CheckEntry(proof, extra, checkpoint, verdict);
}

}  // namespace

Verdict VerifyReceipt(std::string_view bytes, const Trust& trust) {
  const Result<tlog::TlogProof> proof = tlog::ParseTlogProof(bytes);
  if (!proof.ok()) return NotTheFormat(proof.error());
  Verdict verdict;
  verdict.coverage.total = 1;
  const std::optional<GenuineCheckpoint> checkpoint =
      CheckCheckpoint(proof->checkpoint, trust, verdict);
  const std::optional<Digest> genesis = WantGenesis(trust, verdict);
  if (checkpoint) {
    const std::optional<TimedEntry> entry =
        CheckExtra(*proof, checkpoint->checkpoint, genesis, verdict);
    const std::optional<GenuineCheckpoint> pinned = ReadPinned(trust, verdict);
    if (pinned) CheckPinned(*pinned, checkpoint->checkpoint, {}, verdict);
    if (entry) CheckClock(*checkpoint, pinned, std::array{*entry}, verdict);
    CheckAge(*checkpoint, trust, verdict);
  }
  verdict.unverified.push_back(
      {"signatures", "who signed, and whether it was rightly admitted: a receipt holds no keys"});
  verdict.Close();
  if (verdict.exit_code == kExitPass || verdict.exit_code == kExitInconclusive) {
    verdict.coverage.checked = 1;
  } else {
    verdict.verified.clear();
  }
  return verdict;
}

}  // namespace jejak::evidence
