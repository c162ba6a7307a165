// SPDX-License-Identifier: Apache-2.0
//
// Rules and duties (design/language.md "Grammar").
//
//   {"id":"goes_on","each":{"type":"report.withdraw","as":"w"},"when":…,"require":…,"says":{…}}
//
// A duty's scope replaces its rule's; names are bound in the order of the text. Threads: none.
#pragma once

#include "ledger/base/json.h"
#include "ledger/procedure/definition_draft.h"

namespace jejak::procedure {

// After everything else of the definition.
void ParseRules(const json::Value* rules, DefinitionDraft& draft);

}  // namespace jejak::procedure
