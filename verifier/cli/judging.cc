// SPDX-License-Identifier: Apache-2.0
#include "verifier/cli/judging.h"

#include <optional>

#include "ledger/crypto/hash.h"
#include "ledger/evidence/casefile.h"
#include "ledger/evidence/verify.h"
#include "verifier/cli/mirror_directory.h"
#include "verifier/cli/progress_line.h"
#include "verifier/log_audit.h"

namespace jejak::verifier {

void JudgeCaseFile(const std::string& name, Workers& workers, evidence::DocumentCache& documents,
                   Session& session) {
  const ParallelRunner runner(workers);
  session.Judge({name}, evidence::kMaxCaseFileBytes, [&](const std::vector<std::string>& texts) {
    return evidence::VerifyCaseFile(texts[0], session.trust(), runner, documents);
  });
}

void AuditMirror(const std::string& path, const Options& options, Workers& workers,
                 Session& session) {
  MirrorDirectory mirror(path);
  // The checkpoint commits to every entry, so its hash stands for the directory.
  std::optional<Digest> checkpoint;
  if (const Result<std::string> note = mirror.Checkpoint(); note.ok()) {
    checkpoint = crypto::Sha256(AsBytes(*note));
  }
  evidence::Verdict verdict;
  {
    ProgressLine progress(options.quiet ? When::kNever : options.progress);
    verdict = AuditLog(mirror, session.trust(), workers, &progress);
  }
  session.Add({{path + "/checkpoint", checkpoint}}, std::move(verdict));
}

}  // namespace jejak::verifier
