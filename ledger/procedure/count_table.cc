// SPDX-License-Identifier: Apache-2.0
#include "ledger/procedure/count_table.h"

#include <algorithm>
#include <queue>
#include <set>
#include <utility>

namespace jejak::procedure {

// The network. Every row is a node, every column too, the totals' row and column among them; a list
// has no totals of columns, so all its columns are one node, where nothing has to add up. A count is
// an edge between its row and its column. Growing it by one goes along the edge one way, shrinking
// it the other way; totals the other way round, since they stand on the other side of the sum.

CountTable::CountTable(std::vector<std::string> rows, std::vector<std::string> columns)
    : rows_(std::move(rows)),
      columns_(std::move(columns)),
      counts_((rows_.size() + 1) * (columns_.size() + 1)),
      hidden_(counts_.size()) {}

void CountTable::Add(std::size_t row, std::size_t column, std::uint64_t count) {
  const std::size_t width = columns_.size() + 1;
  counts_[row * width + column] += count;
  counts_[row * width + columns_.size()] += count;
  counts_[rows_.size() * width + column] += count;
  counts_[rows_.size() * width + columns_.size()] += count;
}

std::optional<std::uint64_t> CountTable::Shown(std::size_t row, std::size_t column) const {
  if (hidden_[row * (columns_.size() + 1) + column]) return std::nullopt;
  return At(row, column);
}

void CountTable::Share(std::size_t row, std::size_t column, std::string name) {
  shared_[row * (columns_.size() + 1) + column] = std::move(name);
}

// The row of totals of a list says nothing that the list doesn't.
bool CountTable::Exists(std::size_t row, std::size_t column) const {
  return At(row, column) > 0 && !(IsList() && row == rows_.size());
}

// Whether the edge from its row to its column is the growing one.
bool CountTable::Grows(std::size_t row, std::size_t column) const {
  return (row == rows_.size()) == (column == columns_.size());
}

std::size_t CountTable::LineOfColumn(std::size_t column) const {
  return rows_.size() + 1 + (IsList() ? 0 : column);
}

bool CountTable::HideOne(std::size_t row, std::size_t column) {
  const std::size_t cell = row * (columns_.size() + 1) + column;
  if (hidden_[cell] || !Exists(row, column)) return false;
  hidden_[cell] = true;
  return true;
}

// The cheapest way between two lines, as the cells that it uses; hidden ones cost nothing.
CountTable::Way CountTable::Cheapest(std::size_t from, std::size_t to, std::size_t without) const {
  const std::size_t width = columns_.size() + 1;
  const std::size_t lines = rows_.size() + 1 + width;
  constexpr std::uint64_t kFar = UINT64_MAX;
  std::vector<std::uint64_t> cost(lines, kFar);
  std::vector<std::pair<std::size_t, std::size_t>> came(lines);  // (line, cell)
  using Reached = std::pair<std::uint64_t, std::size_t>;
  std::priority_queue<Reached, std::vector<Reached>, std::greater<>> next;
  cost[from] = 0;
  next.emplace(0, from);
  const auto go = [&](std::size_t line, std::size_t other, std::size_t cell, bool grows) {
    // What is 1 can't shrink: a hidden count is known to be at least that.
    if (cell == without || (!grows && counts_[cell] < 2)) return;
    const std::uint64_t reached = cost[line] + (hidden_[cell] ? 0 : counts_[cell]);
    if (reached >= cost[other]) return;
    cost[other] = reached;
    came[other] = {line, cell};
    next.emplace(reached, other);
  };
  while (!next.empty()) {
    const auto [reached, line] = next.top();
    next.pop();
    if (reached != cost[line]) continue;
    if (line == to) break;
    const auto look = [&, at = line](std::size_t row, std::size_t column) {
      if (!Exists(row, column)) return;
      const std::size_t cell = row * width + column;
      if (at == row) {
        go(at, LineOfColumn(column), cell, Grows(row, column));
      } else {
        go(at, row, cell, !Grows(row, column));
      }
    };
    if (line <= rows_.size()) {
      for (std::size_t column = 0; column < width; ++column) look(line, column);
    } else {
      const std::size_t first = line - rows_.size() - 1;
      for (std::size_t column = first; column < (IsList() ? width : first + 1); ++column) {
        for (std::size_t row = 0; row <= rows_.size(); ++row) look(row, column);
      }
    }
  }
  Way way;
  way.price = cost[to];
  if (way.price == kFar) return way;
  for (std::size_t line = to; line != from; line = came[line].first)
    way.cells.push_back(came[line].second);
  return way;
}

// Makes this hidden count one that could be another; false if it could already.
bool CountTable::ProtectCell(std::size_t row, std::size_t column) {
  const std::size_t cell = row * (columns_.size() + 1) + column;
  std::size_t tail = row;
  std::size_t head = LineOfColumn(column);
  if (!Grows(row, column)) std::swap(tail, head);
  Way way = Cheapest(head, tail, cell);  // it grows, and this makes up for it
  if (counts_[cell] >= 2) {
    Way shrinking = Cheapest(tail, head, cell);
    if (shrinking.price < way.price) way = std::move(shrinking);
  }
  bool hid = false;
  for (const std::size_t one : way.cells) {
    hid |= !hidden_[one];
    hidden_[one] = true;
  }
  return hid;
}

bool CountTable::Protect() {
  bool hid = false;
  for (std::size_t row = 0; row <= rows_.size(); ++row) {
    for (std::size_t column = 0; column <= columns_.size(); ++column) {
      if (hidden_[row * (columns_.size() + 1) + column]) hid |= ProtectCell(row, column);
    }
  }
  return hid;
}

void CountTable::Hide(std::span<CountTable* const> tables) {
  std::set<std::string> hidden_names;
  for (CountTable* table : tables) {
    for (std::size_t row = 0; row <= table->rows(); ++row) {
      for (std::size_t column = 0; column <= table->columns(); ++column) {
        const std::uint64_t count = table->At(row, column);
        if (count > 0 && count < kLeastShown) table->HideOne(row, column);
      }
    }
  }
  // Every round hides something more, or is the last.
  for (bool again = true; again;) {
    again = false;
    for (CountTable* table : tables) {
      while (table->Protect()) again = true;
      for (const auto& [cell, name] : table->shared_) {
        if (table->hidden_[cell]) again |= hidden_names.insert(name).second;
      }
    }
    for (CountTable* table : tables) {
      for (const auto& [cell, name] : table->shared_) {
        if (table->hidden_[cell] || !hidden_names.contains(name)) continue;
        table->hidden_[cell] = table->counts_[cell] > 0;
        again |= table->hidden_[cell];
      }
    }
  }
}

}  // namespace jejak::procedure
