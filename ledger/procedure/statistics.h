// SPDX-License-Identifier: Apache-2.0
//
// Statistics: what people look at over all cases of a log (reference section 7), as one JSON value
// that is the same wherever the same cases are counted: the server's `v1/stats` and
// `jejak-verify stats` write equal bytes.
//
//   {"format":"jejak/statistics/v1","at_size":40960,"now":"2024-12-31T16:02:11Z","contents":"none",
//    "least_shown":5,
//    "log":…seals (sealing.h)…,
//    "procedures":[{"procedure":"pp94-kota","version":"1.0.0","entry":12,
//      "cases":{"counts":[{"name":"judged","count":250},{"name":"not_judged","count":0}],"total":250},
//      "judged":…open and closed…, "opened":…by month…, "ages":…of open cases, in days…,
//      "acts":…types by month…, "subjects":…keys that acts of a type concerned…,
//      "codes":…values of fields of codes…, "entered":…days after the date of the act…,
//      "dates":…fields of dates against the event…, "spans":…deadlines that acts declare…,
//      "after_opening":…working days…, "stages":…states of each track…,
//      "outcomes":…states by what an instance began with…, "quality":…, "rules":…, "checks":…,
//      "failures_by_unit":…, "overdue":…by rule…}]}
//
// A count that is hidden (count_table.h) is null; so are a median and a p90 of fewer than 5 values.
// median and p90 are values that occurred: the ceil(n/2)-th and the ceil(9n/10)-th by size.
// What is measured comes out of each definition (case_facts.h): no law is named here.
// `contents`: "none" = judged by skeletons, which is what every mirror has; "held" = with the bodies
// that the server holds, which nobody else can repeat.
// One owner. Memory: a few words a case.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "ledger/base/json.h"
#include "ledger/procedure/case_facts.h"
#include "ledger/procedure/sealing.h"

namespace jejak::procedure {

class Statistics final {
 public:
  void Add(const CaseFacts& facts);

  // `sealing` of the same entries. O(counts), and what hiding costs.
  json::Value Write(std::uint64_t at_size, UnixSeconds now, const Sealing& sealing,
                    std::string_view contents) const;

 private:
  using Name = std::string;
  using Counts = std::map<Name, std::uint64_t>;
  using Days = std::vector<std::int64_t>;
  using Grid = std::map<Name, Counts>;  // row, column
  struct Span {
    std::uint64_t within = 0, beyond = 0, uncounted = 0;
    Days days;
  };
  // Of the instances of a track that began with an act of this type: a field's values by state.
  using Breakdown = std::tuple<Name, Name, Name>;  // track, type, field
  // What is counted of one version of a definition.
  struct Version {
    std::uint64_t cases = 0, open = 0, unjudged = 0, failing = 0, critical = 0;
    Counts opened, ages, subjects, overdue;
    Grid acts, failures;                                       // type by month; rule by unit
    std::map<std::pair<Name, Name>, Counts> codes, dates;      // (type, field)
    std::map<Name, Days> entered;                              // by type
    std::map<std::pair<Name, Name>, Span> spans;               // (from, to)
    std::map<Name, Days> after_opening;                        // by type
    Grid stages, reopened;                                     // by track
    std::map<std::pair<Name, Name>, Days> waiting, finishing;  // (track, state)
    std::map<Breakdown, Grid> outcomes;
    std::map<std::pair<Breakdown, Name>, Days> outcome_days;  // and value
    Grid rules, checks;                                       // by outcome
  };
  class Writer;  // statistics_json.cc

  static void AddInstances(const CaseFacts& facts, Version& version);

  std::map<std::tuple<std::uint64_t, Name, Name>, Version> versions_;
};

}  // namespace jejak::procedure
