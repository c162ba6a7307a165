// SPDX-License-Identifier: Apache-2.0
//
// Outlook: what the procedure promises to who has just reported: the next steps with their days,
// and the rules that begin with the report.
//
//   25 November 2026   Laporan didaftar, tanda terima
//   27 November 2026   Permintaan kelengkapan, Laporan ditelaah, Laporan ditolak or Laporan
//                      digabung
//   "Laporan didaftar dalam 1 hari kerja sejak diterima."
//
// All of it comes out of the definition and its calendar; where a day can't be counted none is
// told. Pure; any thread.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "ledger/procedure/definition.h"
#include "tools/intake/published.h"

namespace jejak::intake {

// Steps of which one is due by a day (since 1970-01-01).
struct DatedStep {
  std::int64_t day = 0;
  std::vector<procedure::Words> titles;
};

struct Outlook {
  std::vector<DatedStep> dated;  // by day
  // The office's first step that may follow and has no day of its own; only if nothing is dated.
  std::vector<procedure::Words> next;
  std::vector<procedure::Words> promises;  // what the rules say that begin with the report
};

// After an action of type `reported` on `day`.
Outlook LookAhead(const Published& published, std::string_view reported, std::int64_t day);

}  // namespace jejak::intake
