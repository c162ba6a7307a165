// SPDX-License-Identifier: Apache-2.0
#include "ledger/evidence/verify.h"
#include "verifier/cli/commands.h"
#include "verifier/cli/session.h"

namespace jejak::verifier {

int RunReceipt(const Options& options) {
  // An entry in base64, a path and a checkpoint with a hundred signatures.
  constexpr std::size_t kMaxReceiptBytes = 1 << 20;
  Session session(options, Question::kReceipt);
  if (session.Begin()) {
    for (const std::string& name : options.files) {
      session.Judge({name}, kMaxReceiptBytes, [&](const std::vector<std::string>& texts) {
        return evidence::VerifyReceipt(texts[0], session.trust());
      });
    }
  }
  return session.Finish();
}

}  // namespace jejak::verifier
