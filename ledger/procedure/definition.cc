// SPDX-License-Identifier: Apache-2.0
#include "ledger/procedure/definition.h"

#include <algorithm>
#include <array>

namespace jejak::procedure {

bool IsUnderstoodEverywhere(std::string_view type) {
  constexpr std::array kFour{kAssent, kRebind, kCorrect, kVoid};
  return std::find(kFour.begin(), kFour.end(), type) != kFour.end();
}

bool Contains(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

const ActionType* Definition::FindAction(std::string_view type) const {
  const auto found = by_type.find(type);
  return found == by_type.end() ? nullptr : &actions[found->second];
}

int Definition::OffsetAt(UnixSeconds instant) const {
  int minutes = zone.empty() ? 0 : zone.front().second;
  for (const auto& [from, offset] : zone) {
    if (from <= instant) minutes = offset;
  }
  return minutes;
}

CivilDate Definition::LocalDate(UnixSeconds instant) const {
  constexpr std::int64_t kDaySeconds = 86400;
  const std::int64_t local = instant.value + std::int64_t{60} * OffsetAt(instant);
  const std::int64_t day = (local >= 0 ? local : local - (kDaySeconds - 1)) / kDaySeconds;
  return CivilFromDays(day);
}

}  // namespace jejak::procedure
