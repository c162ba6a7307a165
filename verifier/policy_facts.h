// SPDX-License-Identifier: Apache-2.0
//
// What a policy trusts, in words, for `policy check` and `inspect`.
//
//   log      golden.jejak.example/1
//   genesis  YVDIe/IdaKPgcggMMvap55J5g5/8cFwbIpmgrWZhS10=
//   witness  w0: witness-1.example
//   group    enough: 2 of w0 w1 w2
//   quorum   enough
//
// Pure; any thread.
#pragma once

#include <vector>

#include "ledger/base/result.h"
#include "ledger/evidence/verdict.h"
#include "ledger/tlog/policy.h"

namespace jejak::verifier {

// Says too what it doesn't protect from: without a genesis, or without a quorum.
std::vector<evidence::Fact> PolicyFacts(const tlog::Policy& policy);

// kRefused: a key outside the prime-order subgroup, under which one signature can pass for others.
Result<void> CheckPolicyKeys(const tlog::Policy& policy);

}  // namespace jejak::verifier
