// SPDX-License-Identifier: Apache-2.0
//
// What may come next in a case, as its definition says of the state of each instance:
//
//   officer P044   Examination report: examination team, by 2024-06-26 (3 working days left)
//
// A section of a page; nothing is written where the case isn't judged, or may not be shown as such.
// Beside the steps of instances (status_course.h), actions of the case as a whole are listed that
// close it, or whose forerunners are there, until one of them is taken. Pure; any thread.
#pragma once

#include "ledger/evidence/conformance.h"
#include "ledger/presentation/case_sheet.h"

namespace jejak::api {

// The view's judgement is `conformance`'s, or none. O(instances * types * acts).
void WriteNextSteps(presentation::Sheet& sheet, const evidence::CaseRecord& record,
                    const evidence::CaseConformance& conformance);

}  // namespace jejak::api
