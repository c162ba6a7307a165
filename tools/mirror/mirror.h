// SPDX-License-Identifier: Apache-2.0
//
// One run of a mirror: brings a directory from the checkpoint it holds, or from nothing, to the one
// that is served now. Resumable at any point; `jejak-verify log DIR` audits the result offline.
//
//   fetch the checkpoint, check the log's signature under the policy
//   older than the one held        -> kRefused, nothing changes
//   contradicts the one held       -> kConflict, DIR/conflict-<size>.checkpoint keeps it: an alarm
//   fetch each tile and bundle that is not there, verify, write
//   sync, move the checkpoint, drop partial tiles that full or wider ones replace
//
// What it proves on the way: every byte on disk is under the log's signed root, and each checkpoint
// extends the one before. What it leaves to the audit: admission, seals, officers' signatures. A
// quorum that the policy asks for and the checkpoint has not is reported, and does not stop it.
// One thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "ledger/tlog/policy.h"
#include "tools/mirror/verified_tiles.h"
#include "verifier/log_audit.h"

namespace jejak::mirror {

struct MirrorReport {
  std::optional<std::uint64_t> before;  // size held until now
  std::uint64_t size = 0;
  Digest root;
  bool quorum_met = false;
  Traffic traffic;
};

// Errors: kRefused: the server has an older checkpoint. kConflict: what it serves contradicts the
// log's own signature; the sentence names the file at fault or the evidence kept. kForbidden: no
// signature of the policy's log. kMalformed: not a checkpoint. Else those of upstream and files.
// `progress` may be null.
Result<MirrorReport> UpdateMirror(Upstream& upstream, MirrorFiles& files,
                                  const tlog::Policy& policy, verifier::Progress* progress);

struct DocumentReport {
  std::uint64_t published = 0;
  std::uint64_t fetched = 0;
  std::uint64_t missing = 0;  // published and not served
};

// Fetches what the mirrored entries publish (definitions, calendars) into DIR/documents, each held
// against its size and SHA-256. kConflict: another text is served.
Result<DocumentReport> FetchDocuments(Upstream& upstream, MirrorFiles& files, std::uint64_t size);

}  // namespace jejak::mirror
