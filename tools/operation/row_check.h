// SPDX-License-Identifier: Apache-2.0
//
// Rows that must be in the store, held against what is there. Used with what a replay of the log
// says that the sequencer wrote (ledger/store/schema.h), so that an index which leads elsewhere
// than the entries is found.
//
//   rows.Expect('A', ActionKey(id), NumberValue(17), 17);   collected, read in batches
//   rows.Finish({'A', 'Q'});                                nothing else of these kinds is there
//   rows.Finding('A')  ->  "the row of entry 17 in the index of action ids is missing"
//
// Memory: one batch. One thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/store/store.h"

namespace jejak::operation {

// What a kind of row is for, in words; empty for a letter that the schema does not use.
std::string_view RowKind(char letter);

class RowCheck final {
 public:
  explicit RowCheck(const store::View& view) : view_(view) {}

  // `entry`: what to name if the row differs. Each key once. Errors: those of the store.
  Result<void> Expect(char letter, std::string key, std::string value, std::uint64_t entry);

  // A row that the caller has compared itself: it counts as expected.
  void Count(char letter) { ++Of(letter).expected; }
  // A finding of the caller's own.
  void Add(char letter, const std::string& sentence);

  // Reads what is still waiting, then looks for rows that nobody expected. Errors as above.
  Result<void> Finish(std::string_view letters);

  // The first thing wrong with rows of this kind and how many more there are.
  std::optional<std::string> Finding(char letter) const;
  std::uint64_t expected(char letter) const {
    return of_[static_cast<unsigned char>(letter)].expected;
  }

 private:
  struct Kind {
    std::uint64_t expected = 0;
    std::string first;
    std::uint64_t findings = 0;
  };
  struct Wanted {
    char letter;
    std::string value;
    std::uint64_t entry;
  };
  Kind& Of(char letter) { return of_[static_cast<unsigned char>(letter)]; }
  Result<void> Flush();

  const store::View& view_;
  std::vector<std::string> keys_;
  std::vector<Wanted> wanted_;
  std::array<Kind, 256> of_;
};

// Calls `visit(key, value)` for every row whose key begins with `letter`, in order.
template <class Visit>
Result<void> ForEachRow(const store::View& view, char letter, Visit visit) {
  constexpr std::size_t kAtOnce = 1024;
  const std::string end(1, static_cast<char>(letter + 1));
  for (std::string from(1, letter);;) {
    JEJAK_TRY(rows, view.Scan(from, end, kAtOnce));
    for (const store::Row& row : rows) visit(row.first, row.second);
    if (rows.size() < kAtOnce) return {};
    from = rows.back().first + '\0';
  }
}

}  // namespace jejak::operation
