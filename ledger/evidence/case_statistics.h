// SPDX-License-Identifier: Apache-2.0
//
// One case on its way into the statistics of a log (procedure/statistics.h). Server and verifier
// call this and nothing else, so that they can't count differently.
//
//   for (record : cases, in any order) statistics.Add(FactsOf(record, now));
//
// Pure; any thread.
#pragma once

#include "ledger/evidence/conformance.h"
#include "ledger/procedure/statistics.h"

namespace jejak::evidence {

// Judged as of `now`, or as was judged as of `now` already. What can't be judged counts as that.
procedure::CaseFacts FactsOf(const CaseRecord& record, UnixSeconds now);
procedure::CaseFacts FactsOf(const CaseRecord& record, const CaseConformance& conformance,
                             UnixSeconds now);

}  // namespace jejak::evidence
