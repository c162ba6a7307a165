// SPDX-License-Identifier: Apache-2.0
//
// LogReplay: a whole log, leaf by leaf (formats.md sections 3, 4, 5, 8, 9). It repeats what the
// ledger did: index, time, hash chain, `seq`, admission, and at each seal the state of every
// stream. At every size it knows the root that a checkpoint of that size must have. Unlike a case
// file it sees everything, so what section 9 marks with ‡ is meant in full, and a map that leaves a
// logged action out is found.
//
//   DeferredSignatures deferred;             // or UncheckedSignatures, or the registry's own check
//   LogReplay replay("golden.jejak.example/1", deferred);
//   for (leaf : leaves) {
//     PreparedLeaf prepared = PrepareLeaf(leaf);   // pure: any thread, any order
//     deferred.Begin(replay.size());
//     if (!replay.Feed(std::move(prepared))) break;   // one thread, log order
//   }
//   replay.fault()  ->  {check.seal, 57, "the seal's state is not that of the entries before it"}
//   replay.Root()   ->  compare with the checkpoint of replay.size(); replay.sealed() must be true
//
// It stops at the first fault and keeps it; feeding on changes nothing. After an entry that brings
// in unknown rules it follows index, time, chain and tree alone, and unknown_rules() names that
// entry. Whether entry 0 is the genesis and names the right key is the caller's to compare
// (genesis(), ledger().administration().created()).
//
// Cost without signatures: a few microseconds per entry, half of them in PrepareLeaf, which other
// threads can do. Memory: see replay_ledger.h, and the state map.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "ledger/base/bytes.h"
#include "ledger/base/time.h"
#include "ledger/evidence/replay_ledger.h"
#include "ledger/record/seal.h"
#include "ledger/registry/admission.h"
#include "ledger/statemap/memory_map.h"
#include "ledger/tlog/merkle.h"

namespace jejak::evidence {

// The header of an entry, and its action or why it has none.
struct PreparedEntry {
  std::uint64_t index = 0;
  UnixSeconds time;
  Digest prev;
  std::uint64_t seq = 0;
  Digest stream_key;  // of the action's stream in the state map, if there is an action
  std::variant<registry::Candidate, registry::Refusal> action;
};

// A leaf with everything done that needs no state: hashed and parsed.
struct PreparedLeaf {
  Digest hash;
  // A leaf that is neither an entry nor a seal keeps the parser's error.
  std::variant<PreparedEntry, record::Seal, Error> content;
};

PreparedLeaf PrepareLeaf(ByteView leaf);

// Where and why a log stopped being one.
struct ReplayFault {
  std::string id;  // as CheckLine::id: check.headers check.chain check.admission check.seal
  std::uint64_t index = 0;
  std::string detail;
};

class LogReplay final {
 public:
  // `origin`: the name of the log's key. `check` must outlive the replay.
  LogReplay(std::string origin, const registry::SignatureCheck& check)
      : ledger_(std::move(origin)), check_(check) {}

  // Takes the next leaf. False at a fault, and ever after.
  bool Feed(PreparedLeaf&& leaf);

  const std::optional<ReplayFault>& fault() const { return fault_; }
  std::uint64_t size() const { return tree_.size(); }
  Digest Root() const { return tree_.Root(); }
  const tlog::CompactRange& tree() const { return tree_; }
  // The last leaf is a seal: only such a tree is ever checkpointed.
  bool sealed() const { return last_seal_.has_value(); }
  // The last leaf, if it is a seal.
  const std::optional<record::Seal>& last_seal() const { return last_seal_; }
  const std::optional<Digest>& genesis() const { return genesis_; }
  UnixSeconds time() const { return time_; }
  const ReplayLedger& ledger() const { return ledger_; }
  // The entry whose rules this program doesn't know: nothing after it was judged.
  const std::optional<std::uint64_t>& unknown_rules() const { return unknown_rules_; }

 private:
  bool Stop(std::string id, std::string detail);
  bool CheckHeader(std::uint64_t index, UnixSeconds time, const Digest& prev);
  bool Take(const PreparedEntry& entry, const Digest& hash);
  bool TakeSeal(const record::Seal& seal);

  ReplayLedger ledger_;
  const registry::SignatureCheck& check_;
  statemap::MemoryMap map_;
  tlog::CompactRange tree_;
  Digest last_leaf_;
  UnixSeconds time_;
  std::optional<Digest> genesis_;
  std::optional<record::Seal> last_seal_;
  std::optional<std::uint64_t> unknown_rules_;
  std::optional<ReplayFault> fault_;
};

}  // namespace jejak::evidence
