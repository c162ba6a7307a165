// SPDX-License-Identifier: Apache-2.0
//
// check.conformance: the line, facts and exit code that a verdict gets for the procedure
// (design/procedure.md "Verdicts"), beside those for integrity and never instead of them.
//
//   violation     the procedure pp94-kota 1.0.0 (entry 12) was broken: 2 verdicts and 1 check fail
//   pass          the procedure pp94-kota 1.0.0 (entry 12) was followed so far: 14 verdicts pass
//   inconclusive  whether the procedure was followed can't be judged: the document of … is not held
//   not_checked   the evidence is not intact: whether the procedure was followed was not judged
//
// Pure; any thread.
#pragma once

#include <string>

#include "ledger/evidence/judged_case.h"
#include "ledger/evidence/verdict.h"

namespace jejak::evidence {

// The line and fact of a procedure that isn't judged: the evidence doesn't reach so far.
void SayNotJudged(const std::string& why, Verdict& verdict);

// True, and said as above, if it mustn't be judged: integrity failed, or nobody asked.
bool SkipsConformance(const Trust& trust, Verdict& verdict);

// A case under another procedure than the one that `trust` names isn't judged: this takes the
// judgement away and says why.
void ApplyPin(const Trust& trust, CaseConformance& conformance);

// Adds the line and facts, and keeps what it is given.
void SayConformance(CaseConformance conformance, const Trust& trust, Verdict& verdict);
void SayConformance(LogConformance conformance, Verdict& verdict);

}  // namespace jejak::evidence
