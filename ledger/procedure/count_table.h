// SPDX-License-Identifier: Apache-2.0
//
// CountTable: counts with their totals, of which the small ones are hidden so that nobody can work
// them out again (reference section 5: "suppress statistics cells under 5").
//
//   mode        2024-05  2024-06  total            mode        2024-05  2024-06  total
//   named            12        9     21            named          12        9     21
//   anonymous         3        8     11      ->    anonymous       -        -     11
//   secret            7        6     13            secret          -        -     13
//   total            22       23     45            total          22       23     45
//
// A count of 1 to 4 is hidden; 0 is shown, for nobody is behind it. Then whatever is needed so that
// every hidden count could be another one too: who reads the table knows that hidden counts are
// whole and at least 1, and that totals are sums. A hidden count is safe iff some other table fits
// what is shown; as tables with totals are flows in a network, that is iff a cycle of hidden counts
// runs through it along which counts can grow and shrink by one. What is missing for a cycle is
// hidden at the least price, and a cycle through the totals always exists.
//
// Only the table itself is protected. A count that is in two tables has to carry one `shared` name
// in both: what is hidden in one is then hidden in the other.
// Pure. O(hidden * cells * log cells); tables of statistics have some thousand cells at most.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace jejak::procedure {

inline constexpr std::uint64_t kLeastShown = 5;

class CountTable final {
 public:
  // Rows and columns by name; a list is a table of one row, whose total is its only margin.
  CountTable(std::vector<std::string> rows, std::vector<std::string> columns);

  void Add(std::size_t row, std::size_t column, std::uint64_t count);

  std::size_t rows() const { return rows_.size(); }
  std::size_t columns() const { return columns_.size(); }
  const std::string& row(std::size_t i) const { return rows_[i]; }
  const std::string& column(std::size_t i) const { return columns_[i]; }

  // Row rows() and column columns() are the totals. nullopt: hidden.
  std::optional<std::uint64_t> Shown(std::size_t row, std::size_t column) const;
  std::uint64_t count(std::size_t row, std::size_t column) const { return At(row, column); }

  // This count is the same fact as others of that name.
  void Share(std::size_t row, std::size_t column, std::string name);

  // Hides the small counts of all tables and what would give them away.
  static void Hide(std::span<CountTable* const> tables);

 private:
  std::uint64_t At(std::size_t row, std::size_t column) const {
    return counts_[row * (columns_.size() + 1) + column];
  }
  bool IsList() const { return rows_.size() == 1; }
  bool Exists(std::size_t row, std::size_t column) const;
  bool Grows(std::size_t row, std::size_t column) const;
  std::size_t LineOfColumn(std::size_t column) const;
  bool HideOne(std::size_t row, std::size_t column);
  bool Protect();
  bool ProtectCell(std::size_t row, std::size_t column);
  // A way through the network, as the cells along it, and what hiding them costs.
  struct Way {
    std::uint64_t price = UINT64_MAX;  // there is none
    std::vector<std::size_t> cells;
  };
  Way Cheapest(std::size_t from, std::size_t to, std::size_t without) const;

  std::vector<std::string> rows_, columns_;
  std::vector<std::uint64_t> counts_;  // with totals
  std::vector<bool> hidden_;
  std::map<std::size_t, std::string> shared_;  // by cell
};

}  // namespace jejak::procedure
