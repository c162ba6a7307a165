// SPDX-License-Identifier: Apache-2.0
// Receipts: no crash; 3 exactly when the proof's own lines don't parse; a state that parses encodes
// to the same bytes, also when it is fuzzed without the proof around it.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "ledger/evidence/inspect.h"
#include "ledger/evidence/receipt.h"
#include "ledger/evidence/verify.h"
#include "ledger/tlog/tlog_proof.h"

namespace {

void Require(bool condition) {
  if (!condition) std::abort();
}

void CheckState(std::string_view extra) {
  const auto state = jejak::evidence::ParseStateExtra(extra);
  if (state.ok()) Require(jejak::evidence::EncodeStateExtra(*state) == extra);
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
    return trust;
  }();
  CheckState(bytes);
  const auto proof = jejak::tlog::ParseTlogProof(bytes);
  if (proof.ok() && proof->extra) CheckState(jejak::AsText(*proof->extra));
  const jejak::evidence::Verdict verdict = jejak::evidence::VerifyReceipt(bytes, kTrust);
  Require((verdict.exit_code == 3) == !proof.ok());
  Require(verdict.exit_code == 3 || verdict.exit_code == 10 || verdict.exit_code == 12);
  (void)jejak::evidence::VerifyConsistency(bytes, bytes, bytes, kTrust);
  (void)jejak::evidence::Inspect(bytes).ok();
  return 0;
}
