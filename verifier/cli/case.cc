// SPDX-License-Identifier: Apache-2.0
#include "ledger/evidence/casefile.h"
#include "ledger/evidence/verify.h"
#include "verifier/cli/commands.h"
#include "verifier/cli/session.h"
#include "verifier/cli/worker_pool.h"

namespace jejak::verifier {

int RunCase(const Options& options) {
  Session session(options, Question::kCase);
  if (session.Begin()) {
    WorkerPool pool(JobsFor(options));
    const ParallelRunner runner(pool);
    for (const std::string& name : options.files) {
      session.Judge({name}, evidence::kMaxCaseFileBytes,
                    [&](const std::vector<std::string>& texts) {
                      return evidence::VerifyCaseFile(texts[0], session.trust(), runner);
                    });
    }
  }
  return session.Finish();
}

}  // namespace jejak::verifier
