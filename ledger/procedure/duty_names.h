// SPDX-License-Identifier: Apache-2.0
//
// The names of one duty while it is read: `each` is 0, picks follow in the order of the text, and
// each `every … as` gets a number of its own that holds within its `is`.
//
//   each s, let v, every x  ->  s 0, v 1, x 2; after the `is` of every, x is unbound again
//
// Threads: none.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/json.h"
#include "ledger/procedure/definition.h"
#include "ledger/procedure/known_fields.h"

namespace jejak::procedure {

struct BoundName {
  int number = 0;
  bool is_item = false;                   // of an `every`; else an action
  bool is_pick = false;                   // of `let`: it may be unfound
  TypeSet types;                          // an action's
  std::vector<const Declaration*> items;  // an item's; empty: nothing is declared
  const json::Value* bound_at = nullptr;  // for the lint
  bool in_found = false, used = false;    // a pick's: in `found`; for more than other picks
  bool bounds_pick = false;               // in after, before or segment of another pick
};

class DutyNames final {
 public:
  explicit DutyNames(Duty& duty) : duty_(duty) {}

  // nullptr if the name is bound already. Pointers hold until the next Bind.
  BoundName* Bind(const std::string& name, const json::Value& at);
  BoundName* Find(std::string_view name);
  const BoundName* Numbered(int number) const;
  // Ends the last name that was bound.
  void Release();

  const std::vector<BoundName>& all() const { return bound_; }

 private:
  Duty& duty_;
  std::vector<BoundName> bound_;  // by number
  std::map<std::string, std::size_t, std::less<>> places_;
};

}  // namespace jejak::procedure
