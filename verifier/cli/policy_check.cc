// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "ledger/crypto/hash.h"
#include "ledger/tlog/policy.h"
#include "verifier/cli/commands.h"
#include "verifier/cli/facts_output.h"
#include "verifier/cli/files.h"
#include "verifier/policy_facts.h"

namespace jejak::verifier {

int RunPolicyCheck(const Options& options) {
  const std::string& name = options.files.front();
  const Result<std::string> text = ReadInput(name, tlog::kMaxPolicyBytes);
  if (!text.ok()) return WriteFault(options, {name, {}}, text.error(), evidence::kExitUsage);
  const Input input{name, crypto::Sha256(AsBytes(*text))};
  const Result<tlog::Policy> policy = tlog::ParsePolicy(*text);
  const Result<void> strong = policy.ok() ? CheckPolicyKeys(*policy) : Result<void>(policy.error());
  if (!strong.ok()) {
    const Error named{strong.error().code, name + ": " + strong.error().detail};
    return WriteFault(options, input, named, evidence::kExitUsage);
  }
  return WriteFacts(options, input, PolicyFacts(*policy), evidence::kExitPass);
}

}  // namespace jejak::verifier
