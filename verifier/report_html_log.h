// SPDX-License-Identifier: Apache-2.0
//
// A report on a whole log: the index of the pages about its cases (report_html.h).
//
//   overdue, most days late first   case · 8 working days late · R07 Summons in time · unit
//   open cases by stage             Under examination  12 ▇▇▇▇▇
//   breaches by rule and unit       R07 | bkpsdm 3 | inspektorat 1
//   all cases
//
// A case is *overdue* while it isn't closed and a deadline has passed that nothing has met since.
// A breach is counted for each unit that signed an entry which decided it. Nothing is hidden: who
// holds a mirror has the whole log.
//
// Pure; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "ledger/evidence/conformance.h"
#include "ledger/presentation/tally.h"
#include "verifier/report_html_case.h"

namespace jejak::verifier {

// What the index says of one case.
struct CaseLine {
  struct Breach {
    std::string rule;
    procedure::Words title;
    std::set<std::string> units;
  };
  struct Overdue {
    std::string rule;
    procedure::Words title;
    std::string due;                        // "2024-06-19"
    std::optional<std::int64_t> days_late;  // working days; nullopt: beyond the calendar
  };

  std::string stream;   // "case/5K3D…"
  std::string address;  // of its page
  std::int64_t opened_day = 0, last_day = 0;
  bool closed = false;
  std::optional<presentation::Conformance> conformance;  // nullopt: not judged
  std::vector<procedure::Words> stages;                  // of instances that aren't final, distinct
  std::set<std::string> units;                           // of who signed the newest action
  std::vector<Breach> breaches;                          // in rule order, each rule once
  std::optional<Overdue> overdue;                        // the one with most days late
};

CaseLine DescribeCase(const evidence::CaseRecord& record,
                      const evidence::CaseConformance& conformance, UnixSeconds now,
                      std::string address);

std::string RenderLogHtml(const Report& report, const std::vector<CaseLine>& cases,
                          const ReportSetting& setting);

}  // namespace jejak::verifier
