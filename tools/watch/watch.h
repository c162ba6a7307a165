// SPDX-License-Identifier: Apache-2.0
//
// What a unit has to hear before it is too late: the deadlines that passed, and those that end
// within some days, asked of a ledger's index of cases (docs/api.md, v1/cases).
//
//   LATE  2024-06-26  case 5K3D…  R09 officer P031  bkpsdm  Panggilan terlambat 3 hari kerja.
//   DUE   2026-11-25  case 7M2C…  R03 report r-1  -
//
// A notice is told once: `told` holds the keys of those that were told before, and what is no
// longer so is forgotten, so that it is told again if it comes back.
//
// No I/O of its own: `get` asks the ledger. One thread.
#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/result.h"

namespace jejak::watch {

// The body of a 200 answer to a path under the ledger's address, as LedgerClient::Get.
using Get = std::function<Result<std::string>(const std::string& target)>;

struct Question {
  std::string unit;             // held by it; "" = any
  std::uint64_t within = 1;     // days after today, in the log's zone; 0: what is late only
  std::string language = "id";  // of the sentence: "id" or "en"
};

struct Notice {
  std::string case_id, rule, scope, instance;
  std::string due;    // "2024-06-26", or an instant where hours count
  bool late = false;  // else it ends within the days asked for
  std::vector<std::string> units;
  std::string sentence;  // of the rule's verdict; "" where the judge gives none

  // What makes it the same notice tomorrow.
  std::string Key() const;
  std::string Line() const;
};

// All that holds now, the longest overdue first; sentences are asked for those that aren't in
// `told`. Errors of `get`; kMalformed: what answers isn't a ledger of this version, which names its
// zone.
Result<std::vector<Notice>> Ask(const Get& get, const Question& question,
                                const std::set<std::string>& told);

// The file between two runs: "jejak/watch/v1" and a key a line.
// kMalformed: it isn't one; an empty text is one that nothing was told by.
Result<std::set<std::string>> ParseTold(std::string_view text);
std::string WriteTold(const std::vector<Notice>& notices);

}  // namespace jejak::watch
