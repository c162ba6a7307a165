// SPDX-License-Identifier: Apache-2.0
//
// What a page shows of one case, whoever renders it: the server from its own log, the verifier from
// a case file. The sections (case_sheet.h) write it in one language each.
//
//   {"case/5K3D…", acts, definition, calendars, judgement, intact, now}
//
// Views; all of it outlives the page. Any thread.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "ledger/base/time.h"
#include "ledger/procedure/act.h"
#include "ledger/procedure/calendar.h"
#include "ledger/procedure/definition.h"
#include "ledger/procedure/verdict.h"

namespace jejak::presentation {

// Of a long case a list shows at most so many actions, verdicts or checks, and a drawing so many
// rows; each says what it leaves out, and its counts are of the whole.
inline constexpr std::size_t kMaxListed = 2000;
inline constexpr std::size_t kMaxDrawn = 240;

struct CaseView {
  std::string stream;  // "case/5K3D…"
  std::span<const procedure::Act> acts;
  const procedure::Definition* definition = nullptr;  // that judged; nullptr: none did
  std::span<const procedure::CalendarVersion> calendars;
  const procedure::Judgement* judgement = nullptr;  // nullptr: nobody was asked
  bool intact = true;    // false: the record was altered, so no judgement of it may be shown
  UnixSeconds now;       // of the verdicts
  bool rule_ids = true;  // before the titles of rules, for who cites them; else titles alone
  std::size_t most_drawn = kMaxDrawn;
  std::size_t most_entries = 200;  // that are named of one verdict
};

// Whether the judgement may be shown: of evidence that isn't intact it means nothing.
bool Judged(const CaseView& view);

}  // namespace jejak::presentation
