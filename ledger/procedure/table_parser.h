// SPDX-License-Identifier: Apache-2.0
//
// Tables of a definition: rows of cells, for `lookup` (design/language.md "Tables").
//
//   {"norm":"PP94/2021:4f","days":{"min":4,"max":6},"level":["ringan","sedang"],"note":"*"}
//
// A cell is a value, a list of values, a range of integers or dates (null = open), or "*". A column
// is known if any row has it. Threads: none.
#pragma once

#include "ledger/base/json.h"
#include "ledger/procedure/definition_draft.h"

namespace jejak::procedure {

void ParseTables(const json::Value* tables, DefinitionDraft& draft);

// A text, integer, boolean, or a list of these; else a problem. For cells and parameters.
Datum ParseConstant(const json::Value& value, bool lists, ProblemList& problems);

}  // namespace jejak::procedure
