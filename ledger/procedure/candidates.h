// SPDX-License-Identifier: Apache-2.0
//
// The candidates of a closed selector in one instance, sorted by log order, with prefix counts, so
// that each pick, exists, none, count and must is a binary search (language.md "Cost").
//
//   {"type":"exam.summon","with":{"number":1}} in officer P044
//     act    9   14   22
//     truth  T   T    U(contents)
//
// Pure; any thread once built.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ledger/base/time.h"
#include "ledger/procedure/datum.h"

namespace jejak::procedure {

// Acts [first, last) in log order.
struct Stretch {
  std::size_t first = 0;
  std::size_t last = 0;
};

// A window of time: of legal dates, or of instants if `hours`.
struct Window {
  bool hours = false;
  std::int64_t from = 0;
  std::int64_t to = 0;  // inclusive

  bool Holds(std::int64_t day, UnixSeconds at) const {
    const std::int64_t when = hours ? at.value : day;
    return from <= when && when <= to;
  }
};

class Candidates final {
 public:
  // In log order. A certain F is no candidate.
  void Add(std::size_t act, Finding finding, std::int64_t day, UnixSeconds at);

  struct Counts {
    std::size_t certain = 0;
    std::size_t possible = 0;  // U
    Causes causes;             // of the U
  };
  // O(log n).
  Counts CountIn(Stretch stretch) const;
  // The first T. O(log n).
  std::optional<std::size_t> FirstCertain(Stretch stretch) const;
  // The first T, or U, within the window. O(n / 64 + 64).
  std::optional<std::size_t> FirstIn(Stretch stretch, const Window& window, Truth truth,
                                     Causes* causes = nullptr) const;

  // The outermost candidate: its act if T, U with its causes, or F when there is none. O(log n).
  struct Outermost {
    Finding finding;
    std::size_t act = 0;
  };
  Outermost Find(Stretch stretch, bool last) const;

  std::size_t size() const { return entries_.size(); }
  std::size_t act(std::size_t i) const { return entries_[i].act; }
  const Finding& finding(std::size_t i) const { return entries_[i].finding; }

 private:
  struct Entry {
    std::size_t act = 0;
    Finding finding;
    std::int64_t day = 0;
    UnixSeconds at;
  };
  // Least and greatest day and instant of 64 entries, so that a window can pass them by.
  struct Block {
    std::int64_t day_min = 0, day_max = 0, at_min = 0, at_max = 0;
  };

  std::pair<std::size_t, std::size_t> Range(Stretch stretch) const;
  bool BlockMayHold(std::size_t block, const Window& window) const;

  std::vector<Entry> entries_;
  std::vector<Block> blocks_;
  // [i]: among the first i entries, those that are T, U, U for contents, U for other.
  std::vector<std::uint32_t> certain_{0}, possible_{0}, contents_{0}, other_{0};
  std::vector<std::size_t> certain_at_;  // positions of the T
};

}  // namespace jejak::procedure
