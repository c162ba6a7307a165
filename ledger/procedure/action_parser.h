// SPDX-License-Identifier: Apache-2.0
//
// Actions and tracks of a definition (design/procedure.md "Definition").
//
//   {"type":"sidak.hold","title":{…},"track":"officer","from":["-"],
//    "to":{"field":"result","is":{"found":"FOUND","untrue":"UNTRUE"}},"roles":["bkpsdm"],…}
//
// Types name each other and tracks name types, so the names of all types come first.
// Threads: none.
#pragma once

#include "ledger/base/json.h"
#include "ledger/procedure/definition_draft.h"

namespace jejak::procedure {

// The types of `actions`, into Definition::actions and by_type: one per item, whatever it is.
void ParseTypeNames(const json::Value* actions, DefinitionDraft& draft);

// After the names of the types.
void ParseTracks(const json::Value* tracks, DefinitionDraft& draft);

// After the tracks, roles and codes: the rest of each action.
void ParseActions(const json::Value* actions, DefinitionDraft& draft);

}  // namespace jejak::procedure
