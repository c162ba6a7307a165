// SPDX-License-Identifier: Apache-2.0
//
// The part of an audit that goes in log order: bundle by bundle it feeds the replay and the tree,
// and keeps what the verdict needs to know afterwards.
//
//   stage.Take(bundle);         // entries [256 k, 256 k + width)
//   stage.TakeJobs()            // the signatures of the officers that admission took on trust
//   stage.Finish();
//
// It goes on after a fault: the tree and the tiles are judged in full, so that a reader learns
// whether the log signed the fault or somebody changed the copy. It ends at entries that can't be
// read.
//
// Threads: one call at a time; hand over between threads only after a call returned.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ledger/evidence/checkpoint_check.h"
#include "ledger/evidence/log_replay.h"
#include "ledger/evidence/signatures.h"
#include "ledger/evidence/verdict.h"
#include "verifier/bundle.h"
#include "verifier/case_records.h"
#include "verifier/tree_check.h"

namespace jejak::verifier {

// Findings of one kind: the first in full, the others as a number.
struct Tally {
  std::string first;
  std::uint64_t count = 0;

  void Add(const std::optional<std::string>& finding);
  // "…; and 3 more". Only with count > 0.
  std::string Sentence() const;
};

// An entry after which what a key signed is unknown until confirmed (formats.md section 8).
struct Compromise {
  std::string key;
  std::uint64_t since = 0;
  bool declared = false;  // by key.revoke; else through a key that was
};

class ReplayStage final {
 public:
  // `pinned_size`: where a pinned checkpoint wants the root. `records` gets every action; null when
  // nobody judges them.
  ReplayStage(const evidence::Trust& trust, std::optional<std::uint64_t> pinned_size,
              CaseRecords* records);

  void Take(Bundle& bundle);
  // Compares the upper tiles that became known with the source's.
  void CheckUpperTiles(LogSource& source);
  void Finish() { tree_.Finish(); }

  std::vector<evidence::SignatureJob> TakeJobs() { return deferred_.Take(); }

  // Entries that can't be read end the audit.
  bool stopped() const { return stopped_; }
  // The position of each entry that has gone through every check but its signatures.
  std::uint64_t admitted() const;
  const evidence::LogReplay& replay() const { return replay_; }
  const TreeCheck& tree() const { return tree_; }
  const Tally& unreadable() const { return unreadable_; }
  const Tally& differing_tiles() const { return differing_tiles_; }
  std::uint64_t tiles() const { return tiles_; }
  // The leaf hash of entry 0.
  const std::optional<Digest>& first_leaf() const { return first_leaf_; }
  // Times never decrease, so these decide about the log's clock: the last entry, the last one under
  // the pinned size, the first one after it.
  const std::vector<evidence::TimedEntry>& telling_times() const { return telling_times_; }
  // In log order of discovery.
  std::vector<Compromise> Compromises() const;

 private:
  // An action of a key's stream: through it one key lends its trust to another.
  struct KeyAction {
    std::uint64_t index = 0;
    std::string stream;
    std::string type;
    std::vector<record::Action::By> by;
  };

  void Feed(evidence::PreparedLeaf& leaf, std::uint64_t index);
  void NoteTime(const evidence::PreparedLeaf& leaf, std::uint64_t index, std::uint64_t last);

  std::optional<std::uint64_t> pinned_size_;
  CaseRecords* records_;
  evidence::DeferredSignatures deferred_;
  evidence::UncheckedSignatures unchecked_;
  evidence::LogReplay replay_;
  TreeCheck tree_;
  std::uint64_t fed_ = 0;
  std::uint64_t tiles_ = 0;
  bool stopped_ = false;
  Tally unreadable_;
  Tally differing_tiles_;
  std::optional<Digest> first_leaf_;
  std::vector<evidence::TimedEntry> telling_times_;
  std::vector<KeyAction> key_actions_;
};

}  // namespace jejak::verifier
