// SPDX-License-Identifier: Apache-2.0
//
// The contents of an action for people, as far as they are at hand:
//
//   {"result":"indicated","level":"ringan","text":{"$sealed":…}}
//     ->  Result: indicated | Level: light | Text: sealed
//
// A field is called as the glossary calls it (`field.`), else by its name with spaces; a code
// as the definition calls it. A sealed value is shown where its opening is in the act, which only
// has what its reader may see (audience.h). Pure; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "ledger/presentation/case_sheet.h"

namespace jejak::api {

// A longer value is cut, with "…": the case file has all of it.
inline constexpr std::size_t kMostValueCharacters = 600;

struct BodyField {
  std::string label, text;  // label: empty of what is said of the contents as a whole
  bool operator==(const BodyField&) const = default;
};

// In the order of the body; none of an action that has no contents. O(contents).
std::vector<BodyField> BodyFields(const presentation::Sheet& sheet, const procedure::Act& act);

}  // namespace jejak::api
