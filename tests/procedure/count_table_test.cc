// SPDX-License-Identifier: Apache-2.0
#include "ledger/procedure/count_table.h"

#include <gtest/gtest.h>

#include <random>

namespace jejak::procedure {
namespace {

// All ways to fill in what is hidden, by trying: whole numbers from 1 on, totals that are sums. For
// each hidden count, whether two of them differ there.
class Attack final {
 public:
  explicit Attack(const CountTable& table)
      : table_(table), width_(table.columns() + 1), cells_((table.rows() + 1) * width_) {
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      const auto shown = table.Shown(i / width_, i % width_);
      list_ = table.rows() == 1;
      const bool repeated = list_ && i / width_ == table.rows();
      if (!repeated && !shown) hidden_.push_back(i);
      cells_[i] = shown.value_or(0);
    }
    least_.assign(cells_.size(), UINT64_MAX);
    most_.assign(cells_.size(), 0);
    Try(0);
  }

  // A hidden count that can be worked out.
  std::optional<std::size_t> Found() const {
    for (const std::size_t cell : hidden_) {
      if (least_[cell] >= most_[cell]) return cell;
    }
    return std::nullopt;
  }
  std::size_t hidden() const { return hidden_.size(); }

 private:
  bool Fits() const {
    for (std::size_t row = 0; row <= (list_ ? 0 : table_.rows()); ++row) {
      std::uint64_t sum = 0;
      for (std::size_t i = 0; i < table_.columns(); ++i) sum += cells_[row * width_ + i];
      if (sum != cells_[row * width_ + table_.columns()]) return false;
    }
    for (std::size_t i = 0; !list_ && i < width_; ++i) {
      std::uint64_t sum = 0;
      for (std::size_t row = 0; row < table_.rows(); ++row) sum += cells_[row * width_ + i];
      if (sum != cells_[table_.rows() * width_ + i]) return false;
    }
    return true;
  }

  void Try(std::size_t next) {
    if (next == hidden_.size()) {
      if (!Fits()) return;
      for (const std::size_t cell : hidden_) {
        least_[cell] = std::min(least_[cell], cells_[cell]);
        most_[cell] = std::max(most_[cell], cells_[cell]);
      }
      return;
    }
    const std::size_t cell = hidden_[next];
    const std::uint64_t real = table_.count(cell / width_, cell % width_);
    // One less and one more are enough: what can't move by one can't move (count_table.h).
    for (std::uint64_t value = std::max<std::uint64_t>(1, real - 1); value <= real + 1; ++value) {
      cells_[cell] = value;
      Try(next + 1);
    }
    cells_[cell] = 0;
  }

  const CountTable& table_;
  std::size_t width_;
  bool list_ = false;
  std::vector<std::uint64_t> cells_, least_, most_;
  std::vector<std::size_t> hidden_;
};

std::vector<std::string> Names(std::size_t n) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < n; ++i) names.push_back(std::to_string(i));
  return names;
}

CountTable Make(const std::vector<std::vector<std::uint64_t>>& counts) {
  CountTable table(Names(counts.size()), Names(counts[0].size()));
  for (std::size_t row = 0; row < counts.size(); ++row) {
    for (std::size_t i = 0; i < counts[row].size(); ++i) table.Add(row, i, counts[row][i]);
  }
  return table;
}

void Hide(CountTable& table) {
  CountTable* const one[] = {&table};
  CountTable::Hide(one);
}

TEST(CountTable, LargeCountsAndNoughtsStay) {
  CountTable table = Make({{5, 0, 12}, {0, 7, 0}});
  Hide(table);
  for (std::size_t row = 0; row <= 2; ++row) {
    for (std::size_t i = 0; i <= 3; ++i) EXPECT_TRUE(table.Shown(row, i)) << row << " " << i;
  }
  EXPECT_EQ(table.Shown(2, 3), 24u);
}

TEST(CountTable, EverySmallCountIsHidden) {
  CountTable table = Make({{1, 2, 3, 4, 5}});
  Hide(table);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_FALSE(table.Shown(0, i));
  EXPECT_TRUE(table.Shown(0, 4));
  EXPECT_EQ(table.Shown(0, 5), 15u);
}

TEST(CountTable, AnotherOneIsHiddenWithALonelyOne) {
  CountTable table = Make({{3, 9, 20}});
  Hide(table);
  EXPECT_FALSE(table.Shown(0, 0));
  EXPECT_FALSE(table.Shown(0, 1)) << "the total gives the first away";
  EXPECT_EQ(table.Shown(0, 2), 20u);
}

// Ones that add up to their number can't be anything else.
TEST(CountTable, OnesWithATotalAreNotSafe) {
  CountTable table = Make({{1, 1, 1, 1, 1}});
  Hide(table);
  EXPECT_FALSE(table.Shown(0, 5));
}

TEST(CountTable, TheCheapestCycleIsHidden) {
  CountTable table = Make({{3, 9}, {8, 7}});
  Hide(table);
  EXPECT_EQ(Attack(table).hidden(), 4u);
  EXPECT_FALSE(Attack(table).Found());
}

// Brute force over small tables of every kind of count.
TEST(CountTable, NothingHiddenCanBeWorkedOut) {
  std::mt19937 random(20240513);
  std::size_t hidden = 0;
  for (int round = 0; round < 3000; ++round) {
    const std::size_t rows = 1 + random() % 3;
    const std::size_t columns = 1 + random() % 3;
    std::vector<std::vector<std::uint64_t>> counts(rows, std::vector<std::uint64_t>(columns));
    for (auto& row : counts) {
      for (auto& count : row) count = random() % 3 == 0 ? 5 + random() % 9 : random() % 8;
    }
    CountTable table = Make(counts);
    Hide(table);
    const Attack attack(table);
    if (attack.hidden() > 12) continue;  // 3^12 tries
    hidden += attack.hidden();
    const auto found = attack.Found();
    ASSERT_FALSE(found) << "round " << round << ", cell " << *found << " of " << rows << " x "
                        << columns;
    for (std::size_t row = 0; row <= rows; ++row) {
      for (std::size_t i = 0; i <= columns; ++i) {
        const auto shown = table.Shown(row, i);
        ASSERT_FALSE(shown && *shown > 0 && *shown < kLeastShown && !(rows == 1 && row == 1));
      }
    }
  }
  EXPECT_GT(hidden, 1000u);
}

TEST(CountTable, WhatIsHiddenInOneTableIsHiddenInTheOther) {
  CountTable first = Make({{2, 30}});
  CountTable second = Make({{30, 6, 50}});
  first.Share(0, 1, "same");
  second.Share(0, 0, "same");
  CountTable* const both[] = {&second, &first};
  CountTable::Hide(both);
  EXPECT_FALSE(first.Shown(0, 1));
  EXPECT_FALSE(second.Shown(0, 0));
  EXPECT_FALSE(second.Shown(0, 1)) << "and is protected there";
}

}  // namespace
}  // namespace jejak::procedure
