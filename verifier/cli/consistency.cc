// SPDX-License-Identifier: Apache-2.0
#include "ledger/evidence/verify.h"
#include "verifier/cli/commands.h"
#include "verifier/cli/session.h"

namespace jejak::verifier {

int RunConsistency(const Options& options) {
  constexpr std::size_t kMaxBytes = 1 << 20;
  Session session(options, Question::kConsistency);
  if (session.Begin()) {
    session.Judge(options.files, kMaxBytes, [&](const std::vector<std::string>& texts) {
      std::optional<std::string_view> proof;
      if (texts.size() > 2) proof = texts[2];
      return evidence::VerifyConsistency(texts[0], texts[1], proof, session.trust());
    });
  }
  return session.Finish();
}

}  // namespace jejak::verifier
