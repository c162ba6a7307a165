// SPDX-License-Identifier: Apache-2.0
//
// Reads `actions`: types, fields and their declarations (design/procedure.md "Action",
// "Declaration"). Pure.
#pragma once

#include <string>

#include "ledger/base/json.h"
#include "ledger/procedure/definition.h"
#include "ledger/procedure/member_cursor.h"

namespace jejak::procedure {

// Adds the types to `definition`, whose codes, tracks and roles are read already.
void ReadActions(const json::Value& value, const std::string& pointer, Definition& definition,
                 Problems& problems);

}  // namespace jejak::procedure
