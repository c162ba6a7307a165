// SPDX-License-Identifier: Apache-2.0
// Case files: no crash, whatever they hold. What parses survives being written and read again; the
// exit code is one of the agreed ones, 3 exactly when it doesn't parse, and never 0 for a log that
// nobody trusts.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "ledger/evidence/casefile.h"
#include "ledger/evidence/inspect.h"
#include "ledger/evidence/verify.h"

namespace {

void Require(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  static const jejak::evidence::Trust kTrust = [] {
    jejak::evidence::Trust trust;
    auto policy = jejak::tlog::ParsePolicy(
        "log golden.jejak.example/1+0df0a898+AX3844CGojdpqc0yeGyKiv2dZmF12ucF4JYuy/e08jDy\n"
        "quorum none\n");
    Require(policy.ok());
    trust.policy = std::move(*policy);
    trust.ignore_conformance = true;
    return trust;
  }();
  const auto file = jejak::evidence::ParseCaseFile(bytes);
  if (file.ok()) {
    const std::string written = jejak::evidence::EncodeCaseFile(*file);
    const auto again = jejak::evidence::ParseCaseFile(written);
    Require(again.ok() && jejak::evidence::EncodeCaseFile(*again) == written);
  }
  const jejak::evidence::Verdict verdict = jejak::evidence::VerifyCaseFile(bytes, kTrust);
  Require((verdict.exit_code == 3) == !file.ok());
  // Without a genesis even the genuine one is inconclusive.
  Require(verdict.exit_code == 3 || verdict.exit_code == 10 || verdict.exit_code == 12);
  (void)jejak::evidence::Inspect(bytes).ok();
  return 0;
}
