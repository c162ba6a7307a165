// SPDX-License-Identifier: Apache-2.0
// Policies: no crash; what is accepted is the same policy when it is written and read again, and
// judging a note by it ends.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "ledger/tlog/policy.h"

namespace {

using namespace jejak::tlog;

void Require(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto policy = ParsePolicy(text);
  if (!policy.ok()) {
    Require(policy.error().code == jejak::Code::kMalformed);
    return 0;
  }
  const std::string written = EncodePolicy(*policy);
  const auto again = ParsePolicy(written);
  Require(again.ok() && *again == *policy && EncodePolicy(*again) == written);

  Checkpoint checkpoint{policy->log.name, 1, {}, {}};
  Note note{EncodeCheckpoint(checkpoint), {{"nobody", 1, jejak::Bytes(64)}}};
  const PolicyOutcome outcome = JudgeCheckpoint(*policy, note);
  Require(outcome.origin_is_log && !outcome.log_signed && !outcome.accepted());
  Require(outcome.quorum_met == (policy->quorum == "none"));
  Require(outcome.missing.size() == policy->witnesses.size());
  return 0;
}
