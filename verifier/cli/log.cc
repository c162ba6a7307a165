// SPDX-License-Identifier: Apache-2.0
#include "verifier/cli/commands.h"
#include "verifier/cli/judging.h"
#include "verifier/cli/worker_pool.h"

namespace jejak::verifier {

int RunLog(const Options& options) {
  Session session(options, Question::kLog);
  if (session.Begin()) {
    WorkerPool pool(JobsFor(options));
    AuditMirror(options.files.front(), options, pool, session);
  }
  return session.Finish();
}

}  // namespace jejak::verifier
