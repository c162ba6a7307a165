// SPDX-License-Identifier: Apache-2.0
//
// Looks a value up in the contents of an act (language.md "Values").
//
//   | case                                       | has | value              |
//   | present                                    | T   | it                 |
//   | sealed, opening supplied / not             | T   | it / U             |
//   | absent, field declares `default` / not     | F   | default / U        |
//   | body absent, in an unopened sealed value,  |     |                    |
//   |   path through a non-object                | U   | U                  |
//   | not of the declared type, JSON null        | T   | U                  |
//
// Pure; any thread. What is returned points into the act.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ledger/procedure/seen_act.h"

namespace jejak::procedure {

struct Looked {
  Truth has = Truth::kUnknown;
  Causes causes;               // iff the value or `has` is U
  std::optional<Datum> value;  // nullopt: U
};

// Where a lookup stands: a value of an act's body, or an item of a list in it.
struct Place {
  const SeenAct* act = nullptr;
  const json::Value* value = nullptr;
  const Declaration* declared = nullptr;  // nullptr: undeclared
  std::string pointer;                    // of `value` in the body
  bool opened = false;                    // inside an opened sealed value
};

// The place with what was opened there, if its value is sealed; nullopt with the causes if that is
// not to be read.
struct Opened {
  std::optional<Place> place;
  Causes causes;
};
Opened Open(Place place);

// `path` from the act's body.
Looked LookUp(const SeenAct& act, std::span<const std::string> path, const Definition& definition);
// `path` from an item; empty: the item itself.
Looked LookUp(const Place& item, std::span<const std::string> path, const Definition& definition);

// The list at `path` as places, for `every`; nullopt with the causes if it is U or no list.
struct Items {
  std::optional<std::vector<Place>> places;
  Causes causes;
};
Items LookUpItems(const SeenAct& act, std::span<const std::string> path);

// A JSON value as what it is declared as (nullptr: as what it looks like); nullopt if it isn't.
// Lists of lists and objects give items of kind kObject, which compare as unknown.
std::optional<Datum> ReadDatum(const Place& place, const Definition& definition);

}  // namespace jejak::procedure
