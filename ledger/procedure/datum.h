// SPDX-License-Identifier: Apache-2.0
//
// Datum: a value that a rule compares (design/language.md "Values"), and the three-valued truth
// that comparing gives.
//
//   "$s.scheduled" of a field declared as date  ->  {kDate, 2024-06-19}
//   "$d@holders"                                ->  {kList, [{kText, "h-20"}, {kText, "h-21"}]}
//   a field whose body was not supplied         ->  no Datum: U, because of its contents
//
// A date and a time are types of their own, though JSON writes both as text: what a field is
// declared as decides. Values; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger/base/time.h"

namespace jejak::procedure {

// In the order that `all` (the least) and `any` (the greatest) need.
enum class Truth : std::uint8_t { kFalse, kUnknown, kTrue };

// Why something is unknown. `contents`: a body or opening was not supplied; supplying it may
// settle it. `other`: it would stay unknown with every content at hand.
struct Causes {
  bool contents = false;
  bool other = false;

  bool any() const { return contents || other; }
  Causes& operator|=(Causes more) {
    contents |= more.contents;
    other |= more.other;
    return *this;
  }
  bool operator==(const Causes&) const = default;
};

inline constexpr Causes kContents{.contents = true};
inline constexpr Causes kOther{.other = true};

// A truth, with its causes iff it is U.
struct Finding {
  Truth truth = Truth::kFalse;
  Causes causes;
};

struct Datum {
  enum class Kind : std::uint8_t { kText, kInteger, kBool, kDate, kTime, kList, kObject };

  Kind kind = Kind::kText;
  std::string text;          // kText
  std::int64_t integer = 0;  // kInteger; kBool: 0 or 1
  CivilDate date;            // kDate; kTime: the local date in the definition's zone
  UnixSeconds instant;       // kTime
  std::vector<Datum> items;  // kList; an item that can't be read is in `unreadable`
  Causes unreadable;         // kList: causes of the items that are U; they are not in `items`

  static Datum Text(std::string value);
  static Datum Integer(std::int64_t value);
  static Datum Bool(bool value);
  static Datum Date(CivilDate value);
  static Datum List(std::vector<std::string> texts);
};

}  // namespace jejak::procedure
