// SPDX-License-Identifier: Apache-2.0
//
// One case as a line of a list for people, in one language: what page and CSV both show.
//
//   {"5MG3…", late {12, "A02", "Sidak is held within 2 working days", "2024-05-15"},
//    "Found", "inspektorat", fail, "A02 A05", "2024-05-13", "2024-05-14"}
//
// Ids of rules are for who cites them: the public's lists have titles alone. One thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "api/case_search.h"
#include "api/case_words.h"

namespace jejak::api {

struct CaseLine {
  struct Late {
    std::optional<std::int64_t> days;  // working days (late_days.h)
    std::string rule, title, due;
  };

  std::string id;
  std::optional<Late> late;
  std::string stages;  // where it stands, in words; "closed"
  std::string units;   // that hold it
  bool judged = false;
  procedure::Outcome outcome = procedure::Outcome::kNotApplicable;  // the worst of its rules
  std::string failed;                                               // ids of rules, or titles
  std::string opened, last;                                         // days in the log's zone
};

struct LineStyle {
  presentation::Language language = presentation::Language::kIndonesian;
  int zone_minutes = 0;
  bool rule_ids = true;
};

// `row` is of the part's walk.
CaseLine LineOf(const Call& call, const CasePart& part, const CaseRow& row, const CaseWords& words,
                const LineStyle& style);

// "2024-05-13".
std::string LocalDay(UnixSeconds time, int zone_minutes);

}  // namespace jejak::api
