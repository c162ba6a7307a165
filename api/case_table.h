// SPDX-License-Identifier: Apache-2.0
//
// CaseTable: all cases of a log by where they stand, so that a search touches what it finds and
// not what it doesn't.
//
//   stage EXAMINED  -> cases 31, 40, 77        (opening entries)
//   unit  bkpsdm    -> cases 31, 52
//   rule  A02       -> cases 40, 61            fails, or has a deadline that nothing met
//   due   1715788799 -> case 40 …              first open deadline of each case, the oldest first
//
// Time moves nothing here: what is overdue at `now` is the beginning of the list of dues.
// Memory: about 1 KiB a case. One owner; CaseIndex locks.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "ledger/procedure/case_summary.h"

namespace jejak::api {

struct CaseRow {
  std::string id;
  procedure::CaseSummary summary;
};
using RowPointer = std::shared_ptr<const CaseRow>;

// What must hold of a case, all of it.
struct CaseQuery {
  std::optional<std::string> stage;  // a state that an instance of some track is in
  std::optional<std::string> unit;   // holds it
  std::optional<std::string> rule;   // fails, or its deadline passed; with `overdue`: the latter
  bool overdue = false;              // some deadline passed that nothing met
  std::optional<bool> open;          // not closed, closed
  std::optional<UnixSeconds> opened_from, opened_until;  // entered in [from, until)
  bool late_first = false;  // as with `overdue`, followed by the rest in the order of opening
  UnixSeconds now;          // as of when deadlines have passed
};

class CaseTable final {
 public:
  // A case that is new or stands elsewhere by now. O(log cases) for each place it is listed at.
  void Put(RowPointer row);
  // A case that isn't to be found any more.
  void Remove(std::uint64_t opened);

  // In the order of opening; with `overdue` or `late_first` the longest overdue first, by the
  // deadline that the query asks about. O(what the narrowest condition lists * log cases).
  std::vector<RowPointer> Find(const CaseQuery& query) const;

  std::size_t size() const { return rows_.size(); }

 private:
  using Listed = std::set<std::uint64_t>;  // by opening entry
  using Places = std::unordered_map<std::string, Listed>;

  void List(const CaseRow& row, bool add);
  const RowPointer* At(std::uint64_t opened) const;
  std::vector<RowPointer> FindOverdue(CaseQuery query) const;
  std::vector<RowPointer> FindAny(const CaseQuery& query) const;

  std::vector<RowPointer> rows_;  // by opening entry
  Places stages_, units_, rules_;
  std::set<std::pair<std::int64_t, std::uint64_t>> dues_;  // (first open deadline, opening entry)
};

// The first open deadline of the case (of the rule) that has passed; nullptr: none has.
const procedure::OpenDeadline* FirstOverdue(const procedure::CaseSummary& summary,
                                            const std::optional<std::string>& rule,
                                            UnixSeconds now);

// Calendar days begun since the deadline passed; at least 1. Working days: late_days.h.
std::int64_t DaysLate(const procedure::OpenDeadline& deadline, UnixSeconds now);

}  // namespace jejak::api
