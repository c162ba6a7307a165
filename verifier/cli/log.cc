// SPDX-License-Identifier: Apache-2.0
#include <optional>

#include "ledger/crypto/hash.h"
#include "verifier/cli/commands.h"
#include "verifier/cli/mirror_directory.h"
#include "verifier/cli/progress_line.h"
#include "verifier/cli/session.h"
#include "verifier/cli/worker_pool.h"
#include "verifier/log_audit.h"

namespace jejak::verifier {

int RunLog(const Options& options) {
  Session session(options, Question::kLog);
  if (session.Begin()) {
    const std::string& path = options.files.front();
    MirrorDirectory mirror(path);
    WorkerPool pool(JobsFor(options));
    // The checkpoint commits to every entry, so its hash stands for the directory.
    std::optional<Digest> checkpoint;
    if (const Result<std::string> note = mirror.Checkpoint(); note.ok()) {
      checkpoint = crypto::Sha256(AsBytes(*note));
    }
    evidence::Verdict verdict;
    {
      ProgressLine progress(options.quiet ? When::kNever : options.progress);
      verdict = AuditLog(mirror, session.trust(), pool, &progress);
    }
    session.Add({{path + "/checkpoint", checkpoint}}, std::move(verdict));
  }
  return session.Finish();
}

}  // namespace jejak::verifier
