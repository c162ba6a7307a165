// SPDX-License-Identifier: Apache-2.0
//
// Declarations: what a field of a body, an item of a list or a member of an object may hold
// (design/procedure.md "Definition").
//
//   "letter":{"type":"object","sealed":true,"fields":{"issued_on":{"type":"date","required":true}}}
//
// Recursion is bounded by the depth of JSON. Threads: none.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "ledger/base/json.h"
#include "ledger/procedure/definition_draft.h"

namespace jejak::procedure {

// `fields` of an action or an object; nullptr gives none. The codes must have been read.
std::map<std::string, Declaration> ParseFields(const json::Value* fields, DefinitionDraft& draft);

// An optional member `audience`.
std::optional<Audience> ParseAudience(MemberCursor& in);

}  // namespace jejak::procedure
