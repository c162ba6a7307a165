// SPDX-License-Identifier: Apache-2.0
//
// v1/cases with conditions: which cases are where, who holds them, what is late (docs/api.md).
//
//   v1/cases?overdue=true&unit=bkpsdm      the longest overdue first
//     {"at_size":333,"now":"2026-01-05T…Z","contents":"held","count":12,
//      "cases":[{"id":"5MG3…","procedure":"pp94-kota","version":"1.0.0","actions":7,
//                "opened":{"index":27,"time":…},"last":{…},"closed":null,
//                "stages":[{"track":"officer","instance":"P031","state":"EXAMINED","final":false,
//                           "since":33}],
//                "units":["bkpsdm"],"worst":"fail","failed":["R07"],"failed_checks":[],
//                "deadlines":[{"rule":"R09","scope":"officer","instance":"P031","due":"2024-06-26",
//                              "working_days_late":3,"days_late":5}]}],
//      "cursor":"333.1767576535.100"}
//
// Every condition must hold. A walk sees one state at one time: its first answer is kept, and the
// cursor names it. What isn't kept any more (64 walks are) is begun again. So is a walk with a case
// whose release was voided since: neither a row nor a count, nor a gap in a page, tells of it.
// Answered by the index (case_index.h): `at_size` is its size, which may be behind the log's.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "api/call.h"
#include "api/case_index.h"
#include "api/late_days.h"

namespace jejak::api {

// One search as it was first answered. It is kept by its conditions, contents, size and time.
struct CaseWalk {
  std::uint64_t at_size = 0;
  UnixSeconds now;
  std::vector<RowPointer> rows;
};

// How many of the walks begun or gone on with last a server keeps.
inline constexpr std::size_t kWalksKept = 64;

// Whether the query has a condition; else it is the plain list of cases.h.
bool HasCondition(const Call& call);

// A piece of a walk, as a list of it is paged.
struct CasePart {
  std::shared_ptr<const CaseWalk> walk;
  std::size_t begin = 0, end = 0;  // of walk->rows
  std::string cursor;              // of the next piece; empty at the end
  std::shared_ptr<LateDays> late;  // as of the walk
};

enum class CaseOrder : std::uint8_t {
  kAsked,      // of opening; with `overdue` the longest overdue first
  kLateFirst,  // the longest overdue first, whatever was asked for; then in the order of opening
};

// The piece that the query's conditions and cursor name. This listener shows every case of its
// walk, with the verdicts. kMalformed names the parameter; kUnavailable as SearchCases.
Result<CasePart> FindPart(Call& call, std::uint64_t limit, CaseOrder order);

// The first deadline of a row that is passed, as the search asks about it; nullptr: none is.
const procedure::OpenDeadline* LateBy(const Call& call, const CaseWalk& walk, const CaseRow& row);

// Rules that fail, or whose deadline passed: a pending verdict is a fail then. Ascending, distinct.
std::vector<std::string> FailedBy(const procedure::CaseSummary& summary, UnixSeconds now);

// kMalformed names the parameter and the mend; kUnavailable while the index is being built.
Result<Response> SearchCases(Call& call);

}  // namespace jejak::api
