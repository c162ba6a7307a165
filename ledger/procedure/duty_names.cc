// SPDX-License-Identifier: Apache-2.0
#include "ledger/procedure/duty_names.h"

#include <algorithm>
#include <utility>

namespace jejak::procedure {

BoundName* DutyNames::Bind(const std::string& name, const json::Value& at) {
  if (!places_.emplace(name, bound_.size()).second) return nullptr;
  BoundName bound;
  bound.number = static_cast<int>(duty_.names.size());
  bound.bound_at = &at;
  duty_.names.push_back(name);
  return &bound_.emplace_back(std::move(bound));
}

BoundName* DutyNames::Find(std::string_view name) {
  const auto found = places_.find(name);
  return found == places_.end() ? nullptr : &bound_[found->second];
}

const BoundName* DutyNames::Numbered(int number) const {
  const auto found =
      std::lower_bound(bound_.begin(), bound_.end(), number,
                       [](const BoundName& bound, int wanted) { return bound.number < wanted; });
  return found == bound_.end() || found->number != number ? nullptr : &*found;
}

void DutyNames::Release() {
  const std::string& name = duty_.names[static_cast<std::size_t>(bound_.back().number)];
  places_.erase(name);
  bound_.pop_back();
}

}  // namespace jejak::procedure
