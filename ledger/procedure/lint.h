// SPDX-License-Identifier: Apache-2.0
//
// What may be wrong in a definition as a whole, though it parses (design/language.md "Lint").
//
//   /tracks/report/states/LOST    no action reaches the state
//   /actions/4/fields/advice      optional, read by a rule, and no `has` asks whether it is there
//   /actions/0/fields/name        a personal field that may stand in the clear
//   /tables/absence/3             overlaps with an earlier row, and gives another result
//
// All of these are warnings: the definition may be meant so. Warnings about one place alone are
// given where it is read. Threads: none.
#pragma once

#include "ledger/procedure/definition_draft.h"

namespace jejak::procedure {

// After everything is read. Whether it has errors or not.
void Lint(DefinitionDraft& draft);

}  // namespace jejak::procedure
