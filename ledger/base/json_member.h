// SPDX-License-Identifier: Apache-2.0
//
// Reading a value whose members may be missing, without a branch for each:
//
//   MemberOf(row, "in_force")                   null where there is no such member
//   TextOf(MemberOf(row, "title"), "id")        "" where there is none, or it is no string
//
// For answers of which one asks only for what one needs. Who must tell a member that is missing
// from one that is null uses Value::Find. The results live as long as the value. Any thread.
#pragma once

#include <string>
#include <string_view>

#include "ledger/base/json.h"

namespace jejak::json {

inline const Value& MemberOf(const Value& object, std::string_view name) {
  static const Value kAbsent;
  const Value* found = object.Find(name);
  return found == nullptr ? kAbsent : *found;
}

inline const std::string& TextOf(const Value& object, std::string_view name) {
  return MemberOf(object, name).as_string();
}

}  // namespace jejak::json
