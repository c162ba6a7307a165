// SPDX-License-Identifier: Apache-2.0
//
// The page `/cases` (users.md 1a): which cases are late, where and why; the same as CSV.
//
//   cases?stage=EXAMINED&unit=bkpsdm&rule=R09&overdue=true&open=true
//     form       what is asked for, as a GET: a view is an address
//     table      the longest overdue first, then the others as they were opened; 50 a page. Days
//                late are working days (late_days.h)
//     foot       the next page; "as of 333 entries, 2026-01-05 08:28 WIB"
//   cases?…&cursor=333.1767576535.0&format=csv
//     the same state, all its rows, in the same columns; no field can be taken for a formula (csv.h)
//
// Ids of rules are shown on the oversight listener alone.
//
// Every listener has it. Of a restricted log the public one lists the cases whose verdicts were
// released, and after them those of which the course alone was. Answered by the index
// (case_search.h). An address that can't be read gives a page that names the parameter and the mend.
// Any thread.
#pragma once

#include "api/call.h"

namespace jejak::api {

inline constexpr std::uint64_t kCasesOnAPage = 50;
// More rows are no CSV: the answer says to narrow the search.
inline constexpr std::uint64_t kCasesInACsv = 20'000;

Result<Response> CasesPage(Call& call);

}  // namespace jejak::api
