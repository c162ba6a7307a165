// SPDX-License-Identifier: Apache-2.0
#include "verifier/policy_facts.h"

#include <string>

#include "ledger/base/text.h"
#include "ledger/crypto/sign.h"

namespace jejak::verifier {

std::vector<evidence::Fact> PolicyFacts(const tlog::Policy& policy) {
  std::vector<evidence::Fact> facts = {{"kind", "policy"}, {"log", policy.log.name}};
  facts.push_back({"genesis", policy.genesis ? EncodeHash(*policy.genesis)
                                             : "none: verdicts are inconclusive unless --genesis "
                                               "is given"});
  for (const tlog::Witness& witness : policy.witnesses) {
    facts.push_back({"witness", witness.name + ": " + witness.key.name});
  }
  for (const tlog::Group& group : policy.groups) {
    std::string members = std::to_string(group.threshold) + " of";
    for (const std::string& member : group.members) members += " " + member;
    facts.push_back({"group", group.name + ": " + members});
  }
  facts.push_back({"quorum", policy.quorum == "none"
                                 ? "none: no witness has to confirm that everybody is shown the "
                                   "same log"
                                 : policy.quorum});
  return facts;
}

Result<void> CheckPolicyKeys(const tlog::Policy& policy) {
  if (!crypto::IsStrongKey(policy.log.key)) {
    return Refused("the log's key is weak: it is outside the prime-order subgroup");
  }
  for (const tlog::Witness& witness : policy.witnesses) {
    if (!crypto::IsStrongKey(witness.key.key)) {
      return Refused("the key of witness " + witness.name +
                     " is weak: it is outside the prime-order subgroup");
    }
  }
  return {};
}

}  // namespace jejak::verifier
