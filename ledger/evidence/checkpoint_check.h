// SPDX-License-Identifier: Apache-2.0
//
// The checkpoint under the policy, the pinned checkpoint, and the witnesses' clocks (formats.md
// sections 6 and 10): what a case file, a receipt and a pair of checkpoints have in common.
//
//   golden.jejak.example/1
//   333
//   kKMzSzA0FSGdTWfquUAOdjue46E7tD7QPLG916OFqH0=
//
//   — golden.jejak.example/1 DfComK90…        the log's: must verify, or nothing counts
//   — witness-1.example mjU4VwAAAABpWxO6…     cosignatures: the quorum, and the other clocks
//
// Each function adds its lines to the verdict. Stateless; any thread.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "ledger/evidence/casefile.h"
#include "ledger/evidence/verdict.h"
#include "ledger/tlog/checkpoint.h"
#include "ledger/tlog/note.h"

namespace jejak::evidence {

// A checkpoint that the policy's log has signed.
struct GenuineCheckpoint {
  tlog::Note note;
  tlog::Checkpoint checkpoint;
  std::vector<UnixSeconds> cosigned;  // verified cosignatures of the policy's witnesses
};

// An entry's place and the time that the log wrote on it.
struct TimedEntry {
  std::uint64_t index = 0;
  UnixSeconds time;
};

// check.checkpoint and check.policy. nullopt after a failure: then there is nothing to compare
// with. A quorum that isn't met is inconclusive and the checkpoint stands.
std::optional<GenuineCheckpoint> CheckCheckpoint(std::string_view note, const Trust& trust,
                                                 Verdict& verdict);

// Adds check.genesis when no genesis is known (inconclusive); returns the genesis otherwise. A
// contradiction makes it a usage error (exit 2).
std::optional<Digest> WantGenesis(const Trust& trust, Verdict& verdict);

// Reads trust.pinned_checkpoint, if any. Exit 3 when it isn't a checkpoint; check.pinned fails when
// the log of the policy has not signed it.
std::optional<GenuineCheckpoint> ReadPinned(const Trust& trust, Verdict& verdict);

// check.consistency: the form of all proofs (`from` distinct, 1 <= from < size).
// check.pinned: equal sizes compare roots; a smaller pin needs its proof, which must be right; a
// larger pin, or one without a proof, is inconclusive.
void CheckPinned(const GenuineCheckpoint& pinned, const tlog::Checkpoint& checkpoint,
                 std::span<const EarlierSize> proofs, Verdict& verdict);
void CheckProofForms(std::span<const EarlierSize> proofs, std::uint64_t size, Verdict& verdict);

// check.clock: inconclusive when an entry below a cosigned size is more than 300 s later than that
// cosignature, or one at or past the pinned, cosigned size is more than 300 s earlier.
void CheckClock(const GenuineCheckpoint& checkpoint, const std::optional<GenuineCheckpoint>& pinned,
                std::span<const TimedEntry> entries, Verdict& verdict);

// check.age, if trust.max_age_s is set: how long ago a quorum of witnesses had seen nothing newer.
// Without a quorum in the policy the newest cosignature counts; without any it is inconclusive.
void CheckAge(const GenuineCheckpoint& checkpoint, const Trust& trust, Verdict& verdict);

}  // namespace jejak::evidence
