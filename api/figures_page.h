// SPDX-License-Identifier: Apache-2.0
//
// The page `/figures`: the numbers of `v1/stats` as small charts, each a table whose rows have a bar,
// with what it counts and the same as CSV.
//
//   figures?at_size=333&procedure=12            a month's end and a procedure, chosen by a GET form
//   figures?…&table=overdue                     one table alone; those of detail only so
//   figures?…&table=overdue&format=csv          its numbers; no field can be taken for a formula
//
// Judged by skeletons, so that `jejak-verify stats DIR --at-size N` counts the same from a mirror.
// The public listener answers for the ends of months, as v1/stats does and for its reason; a count
// that is hidden is said to be, in words. A procedure is named by the entry that published it;
// unasked it is the one with most cases. Counting replays every case: call on a work thread.
#pragma once

#include "api/call.h"
#include "api/stats.h"

namespace jejak::api {

// So many months' ends are offered.
inline constexpr std::size_t kMonthsOffered = 36;

// Errors are pages: an address that can't be read names the parameter and the mend.
Result<Response> FiguresPage(Call& call, StatsDesk& desk);

}  // namespace jejak::api
