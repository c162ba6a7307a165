// SPDX-License-Identifier: Apache-2.0
//
// The audit of a whole log (formats.md sections 3 to 5 and 8 to 10; architecture.md "One
// verification"): from a genuine checkpoint back to every byte under it. Each entry is parsed,
// chained and admitted again; each officer's signature is verified; each seal is computed anew;
// every hash tile and the root must be what the entries give. It is the only verification that can
// see a log that leaves a logged action out of its map.
//
//   | id | what it says |
//   |---|---|
//   | check.format | a file of the log is missing, or is not its format (exit 3) |
//   | check.checkpoint, check.policy | the checkpoint is the log's own; its quorum is met |
//   | check.headers, check.chain | index, time, seq and prev of every entry |
//   | check.admission, check.signatures, check.rules | every entry was rightly admitted |
//   | check.seal | every seal is the state of what is before it, and the last entry is one |
//   | check.tiles, check.root | all hash tiles and the root are those of the entries |
//   | check.genesis, check.log_key | entry 0 is the trusted one, and names the policy's key |
//   | check.pinned, check.clock, check.age | against a pinned checkpoint and the witnesses |
//   | check.compromised, check.contents | what is unknown or not judged |
//   | check.conformance | whether the procedure was followed, in every case (case_records.h) |
//
// Four stages run side by side over chunks of the log: reading one chunk, preparing the one before
// it, replaying the one before that in log order, verifying the signatures of the one before that.
// Memory: four chunks of kChunkEntries entries, what LogReplay remembers of the log, and unless
// conformance is ignored the actions of all cases.
// What the audit does not claim: that bodies are at hand, and that others were shown this same log
// (a quorum of witnesses says that).
//
// Threads: one call from one thread; `workers` brings the others.
#pragma once

#include <cstdint>

#include "ledger/evidence/verdict.h"
#include "verifier/case_records.h"
#include "verifier/log_source.h"
#include "verifier/workers.h"

namespace jejak::verifier {

inline constexpr std::uint64_t kChunkEntries = 32 * std::uint64_t{tlog::kTileWidth};

// Hears how far an audit is, about every kChunkEntries entries, in the caller's thread.
class Progress {
 public:
  virtual ~Progress() = default;
  virtual void Report(std::uint64_t count, std::uint64_t total) = 0;
};

// Exit codes as in verdict.h: 3 when a file is missing or not its format and nothing worse was
// found; 10 on any fault; 11 when a procedure was broken; 12 when something asked for could not be
// judged (with `trust.skip_signatures` always). `progress` and `hearer` may be null.
evidence::Verdict AuditLog(LogSource& source, const evidence::Trust& trust, Workers& workers,
                           Progress* progress = nullptr, CaseHearer* hearer = nullptr);

}  // namespace jejak::verifier
