// SPDX-License-Identifier: Apache-2.0
//
// The list of cases as a page shows it: a form of what can be asked for, the rows of one part of a
// walk, the way to the next part and to the same as CSV.
//
//   <form class="filter"> … </form> <p>2 cases … as of 333 entries, 2026-01-05 08:28 WIB</p>
//   <table class="cases"> … <tr><th><a href="cases/5MG3…"> … ⚠ 12 days … </table>
//
// Text that the log holds is escaped by the writer. Any thread.
#pragma once

#include <string>

#include "api/case_row.h"
#include "api/page_frame.h"

namespace jejak::api {

HtmlWriter WriteCaseList(Call& call, const CaseWords& words, const CasePart& part,
                         const LineStyle& style);

// "stage=FOUND&unit=bkpsdm": the conditions of an address, without cursor, language and format.
std::string ConditionsOf(const QueryParameters& query);

// What became of the worst of its rules.
Wording OutcomeOf(const CaseLine& line);

}  // namespace jejak::api
