// SPDX-License-Identifier: Apache-2.0
#pragma once

// The rules of section 2 that look at several lines of an action at once (docs/formats.md); for
// the parser of this room only. Pure.
//
//   seen        case streams only, N >= 1, with until
//   under       exactly in what opens a case (after 0 -) and in case.rebind, which has N >= 1
//   type        of section 8 exactly in its stream
//   about       case streams only, distinct
//   party       case streams only, named CASE-ID/LABEL, no official's role, names and keys distinct
//   by          names distinct
//
// Not here: what needs the ledger or a body of section 8, and that a party signs (rows 2 to 13).

#include "ledger/base/result.h"
#include "ledger/record/action.h"

namespace jejak::record {

// kMalformed with the line at fault. Every line has passed its own grammar, but for party roles.
Result<void> CheckActionRules(const ActionFields& action);

}  // namespace jejak::record
