// SPDX-License-Identifier: Apache-2.0
//
// The numbers of `v1/stats` (procedure/statistics.h) as tables for people: what each counts in
// words, its rows and columns as the definition calls them, and which column a bar shows.
//
//   {"overdue":{"counts":[{"name":"R07","count":12},{"name":"R09","count":null}],"total":null}}
//     ->  overdue  "Overdue by rule"   R07 Summons in time  12 | R09 Report in time  hidden
//
// A number that is hidden stays hidden: nothing here adds or subtracts. Pure; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/json.h"
#include "ledger/presentation/words.h"

namespace jejak::api {

struct FigureRow {
  std::string name;
  std::vector<std::optional<std::int64_t>> cells;  // nullopt: hidden
};

struct Figure {
  std::string table;  // its name in addresses: "overdue", "stages-officer"
  std::string title;
  std::string_view says;             // what is counted
  std::vector<std::string> columns;  // of the names, then of the cells
  std::vector<FigureRow> rows;
  std::size_t bar = 0;  // the cell that a bar shows
  bool detail = false;  // not on the page at once, only when it is asked for
};

// What rows are called that no glossary and no definition names.
struct FigureNames {
  const procedure::Definition* definition = nullptr;  // nullptr: its text isn't held
  std::function<std::string(const std::string& unit)> unit;
  presentation::Language language = presentation::Language::kIndonesian;
  bool rule_ids = true;  // before the titles of rules
};

// Of one member of `procedures`, the most asked for first. O(numbers).
std::vector<Figure> FiguresOf(const json::Value& procedure, const FigureNames& names);

}  // namespace jejak::api
