// SPDX-License-Identifier: Apache-2.0
//
// Reads `rules` and their duties (design/language.md "Grammar"). Pure.
#pragma once

#include <string>

#include "ledger/base/json.h"
#include "ledger/procedure/definition.h"
#include "ledger/procedure/member_cursor.h"

namespace jejak::procedure {

// Adds the rules and their selectors to `definition`, which has everything else.
void ReadRules(const json::Value& value, const std::string& pointer, Definition& definition,
               Problems& problems);

}  // namespace jejak::procedure
