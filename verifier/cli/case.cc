// SPDX-License-Identifier: Apache-2.0
#include "verifier/cli/commands.h"
#include "verifier/cli/judging.h"
#include "verifier/cli/worker_pool.h"

namespace jejak::verifier {

int RunCase(const Options& options) {
  Session session(options, Question::kCase);
  if (session.Begin()) {
    WorkerPool pool(JobsFor(options));
    evidence::DocumentCache documents;
    for (const std::string& name : options.files) JudgeCaseFile(name, pool, documents, session);
  }
  return session.Finish();
}

}  // namespace jejak::verifier
