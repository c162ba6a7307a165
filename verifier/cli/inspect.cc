// SPDX-License-Identifier: Apache-2.0
#include "ledger/evidence/inspect.h"

#include <string>
#include <utility>

#include "ledger/base/text.h"
#include "ledger/crypto/hash.h"
#include "ledger/evidence/casefile.h"
#include "ledger/tlog/note.h"
#include "ledger/tlog/policy.h"
#include "verifier/cli/commands.h"
#include "verifier/cli/facts_output.h"
#include "verifier/cli/files.h"
#include "verifier/policy_facts.h"

namespace jejak::verifier {
namespace {

using Facts = std::vector<evidence::Fact>;

// One verifier key, with or without a line feed.
Result<Facts> InspectKey(std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  for (const std::uint8_t type : {tlog::kEd25519Key, tlog::kCosignatureKey}) {
    const Result<tlog::VerifierKey> key = tlog::ParseVerifierKey(text, type);
    if (!key.ok()) continue;
    return Facts{{"kind", "vkey"},
                 {"name", key->name},
                 {"type", type == tlog::kEd25519Key ? "ed25519 (logs and people)"
                                                    : "cosignature/v1 (witnesses)"},
                 {"strong", crypto::IsStrongKey(key->key) ? "yes" : "no: never trust it"}};
  }
  return Malformed("not a vkey");
}

Result<Facts> InspectAny(std::string_view text) {
  Result<Facts> facts = evidence::Inspect(text);
  if (facts.ok()) return facts;
  if (Result<Facts> key = InspectKey(text); key.ok()) return key;
  if (const Result<tlog::Policy> policy = tlog::ParsePolicy(text); policy.ok()) {
    return PolicyFacts(*policy);
  }
  // A case file or receipt that is nearly one has its own sentence; anything else has this one.
  if (text.starts_with("{") || text.starts_with("c2sp.org/") || text.starts_with("jejak/")) {
    return facts;
  }
  return Malformed(
      "this is none of: case file, receipt, checkpoint, entry, seal, action, envelope, policy, "
      "vkey");
}

}  // namespace

int RunInspect(const Options& options) {
  const std::string& name = options.files.front();
  const Result<std::string> text = ReadInput(name, evidence::kMaxCaseFileBytes);
  if (!text.ok()) return WriteFault(options, {name, {}}, text.error(), evidence::kExitFormat);
  const Input input{name, crypto::Sha256(AsBytes(*text))};
  Result<Facts> facts = InspectAny(*text);
  if (!facts.ok()) {
    const Error named{facts.error().code, name + ": " + facts.error().detail};
    return WriteFault(options, input, named, evidence::kExitFormat);
  }
  facts->push_back({"note", "nothing of this was verified"});
  return WriteFacts(options, input, *facts, evidence::kExitPass);
}

}  // namespace jejak::verifier
