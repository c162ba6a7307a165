// SPDX-License-Identifier: Apache-2.0
#include "ledger/procedure/act.h"

#include <algorithm>

namespace jejak::procedure {

bool IsSealed(const json::Value& value) {
  return value.members().size() == 1 && value.members()[0].name == "$sealed";
}

const OpenedField* FindOpening(std::span<const OpenedField> opened, std::string_view pointer) {
  const auto found = std::find_if(opened.begin(), opened.end(), [&](const OpenedField& field) {
    return field.pointer == pointer;
  });
  return found == opened.end() ? nullptr : &*found;
}

}  // namespace jejak::procedure
