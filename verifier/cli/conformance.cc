// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <system_error>

#include "verifier/cli/commands.h"
#include "verifier/cli/judging.h"
#include "verifier/cli/worker_pool.h"

namespace jejak::verifier {

int RunConformance(const Options& options) {
  Session session(options, Question::kConformance);
  if (session.Begin()) {
    WorkerPool pool(JobsFor(options));
    evidence::DocumentCache documents;
    for (const std::string& name : options.files) {
      std::error_code ignored;  // what can't be looked at is told when it is read
      if (std::filesystem::is_directory(name, ignored)) {
        AuditMirror(name, options, pool, session);
      } else {
        JudgeCaseFile(name, pool, documents, session);
      }
    }
  }
  return session.Finish();
}

}  // namespace jejak::verifier
