// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <utility>
#include <vector>

#include "ledger/base/json.h"
#include "ledger/base/text.h"
#include "ledger/evidence/checkpoint_check.h"
#include "ledger/evidence/verify.h"
#include "ledger/tlog/checkpoint.h"
#include "ledger/tlog/note.h"

namespace jejak::evidence {
namespace {

// The largest proof has 64 hashes of 44 characters.
constexpr std::size_t kMaxProofBytes = 65536;

struct ConsistencyProof {
  EarlierSize earlier;
  std::optional<std::int64_t> to;
};

Result<std::int64_t> Integer(const json::Value& object, std::string_view name) {
  const json::Value* value = object.Find(name);
  if (value == nullptr || !value->is_integer()) {
    return Malformed("/" + std::string(name) + " must be an integer");
  }
  return value->as_integer();
}

Result<ConsistencyProof> ParseConsistencyProof(std::string_view text) {
  if (text.size() > kMaxProofBytes) return Malformed("a consistency proof has at most 64 KiB");
  JEJAK_TRY(object, json::Parse(text, json::Rules::kContainer));
  ConsistencyProof out;
  JEJAK_TRY(from, Integer(object, "from"));
  out.earlier.from = from;
  std::size_t members = 2;
  if (object.Find("to") != nullptr) {
    JEJAK_TRY(to, Integer(object, "to"));
    out.to = to;
    ++members;
  }
  const json::Value* proof = object.Find("proof");
  if (proof == nullptr || !proof->is_array()) return Malformed("/proof must be an array");
  if (object.members().size() != members) return Malformed("a consistency proof has other members");
  for (const json::Value& item : proof->items()) {
    if (!item.is_string()) return Malformed("/proof must hold strings");
    JEJAK_TRY(hash, ParseHash(item.as_string()));
    out.earlier.proof.push_back(hash);
  }
  return out;
}

// Exit 3 is about the file; whether a checkpoint is genuine comes after.
Result<tlog::Checkpoint> ReadCheckpoint(std::string_view note, std::string_view which) {
  const Result<tlog::Note> parsed = tlog::ParseNote(note);
  Result<tlog::Checkpoint> checkpoint =
      parsed.ok() ? tlog::ParseCheckpoint(parsed->text) : Result<tlog::Checkpoint>(parsed.error());
  if (checkpoint.ok()) return checkpoint;
  return Malformed("the " + std::string(which) +
                   " checkpoint is not a checkpoint: " + checkpoint.error().detail);
}

// The proof, if it is one between these sizes.
std::vector<EarlierSize> Fitting(std::optional<ConsistencyProof> proof, std::uint64_t to) {
  if (!proof) return {};
  const bool fits = !proof->to || (*proof->to >= 0 && static_cast<std::uint64_t>(*proof->to) == to);
  if (!fits) return {};
  return {std::move(proof->earlier)};
}

}  // namespace

Verdict VerifyConsistency(std::string_view old_note, std::string_view new_note,
                          std::optional<std::string_view> proof_json, const Trust& trust) {
  const Result<tlog::Checkpoint> earlier = ReadCheckpoint(old_note, "old");
  if (!earlier.ok()) return NotTheFormat(earlier.error());
  const Result<tlog::Checkpoint> later = ReadCheckpoint(new_note, "new");
  if (!later.ok()) return NotTheFormat(later.error());
  std::optional<ConsistencyProof> proof;
  if (proof_json) {
    Result<ConsistencyProof> parsed = ParseConsistencyProof(*proof_json);
    if (!parsed.ok()) return NotTheFormat(parsed.error());
    proof = std::move(*parsed);
  }
  Verdict verdict;
  const std::optional<GenuineCheckpoint> checkpoint = CheckCheckpoint(new_note, trust, verdict);
  if (WantGenesis(trust, verdict)) {
    verdict.NotChecked("check.genesis",
                       "checkpoints do not hold entry 0: that the log of this key is the one with "
                       "the genesis that is trusted is for a case file or an audit to show");
  }
  Trust pinning = trust;
  pinning.pinned_checkpoint = std::string(old_note);
  const std::optional<GenuineCheckpoint> pinned = ReadPinned(pinning, verdict);
  if (checkpoint && pinned) {
    CheckPinned(*pinned, checkpoint->checkpoint,
                Fitting(std::move(proof), checkpoint->checkpoint.size), verdict);
    CheckAge(*checkpoint, trust, verdict);
  }
  verdict.coverage = {2, checkpoint && pinned ? std::uint64_t{2} : 0};
  verdict.Close();
  return verdict;
}

std::string EncodeConsistencyProof(std::uint64_t from, std::uint64_t to,
                                   std::span<const Digest> proof) {
  json::Value hashes = json::Value::Array();
  for (const Digest& hash : proof) hashes.Push(json::Value::String(EncodeHash(hash)));
  json::Value out = json::Value::Object();
  out.Add("from", json::Value::Integer(static_cast<std::int64_t>(from)));
  out.Add("to", json::Value::Integer(static_cast<std::int64_t>(to)));
  out.Add("proof", std::move(hashes));
  return json::Write(out);
}

}  // namespace jejak::evidence
