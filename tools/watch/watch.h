// SPDX-License-Identifier: Apache-2.0
//
// What a unit has to hear before it is too late: the deadlines that passed, and those that end
// within some days, asked of a ledger's index of cases (docs/api.md, v1/cases).
//
//   TERLAMBAT  2024-06-26  3 hari kerja  perkara 5K3D…  R09 pegawai P031  bkpsdm  Tidak dipenuhi: …
//   BATAS      2026-11-25  perkara 7M2C…  R03 laporan r-1  -
//   LATE  2024-06-26  3 working days  case 5K3D…  R09 officer P031  bkpsdm  Not kept: due …
//   DUE   2026-11-25  case 7M2C…  R03 report r-1  -
//
// Words are the glossary's; how late is counted as the verdict counts it (`working_days_late`).
// A notice is told once: `told` holds the keys of those that were told before, and what is no
// longer so is forgotten, so that it is told again if it comes back.
//
// No I/O of its own: `get` asks the ledger. One thread.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/result.h"
#include "ledger/presentation/language.h"

namespace jejak::watch {

// The body of a 200 answer to a path under the ledger's address, as LedgerClient::Get.
using Get = std::function<Result<std::string>(const std::string& target)>;

struct Question {
  std::string unit;          // held by it; "" = any
  std::uint64_t within = 1;  // days after today, in the log's zone; 0: what is late only
  presentation::Language language = presentation::Language::kIndonesian;  // of the sentence
};

struct Notice {
  std::string case_id, rule, scope, instance;
  std::string due;                           // "2024-06-26", or an instant where hours count
  bool late = false;                         // else it ends within the days asked for
  std::optional<std::int64_t> working_days;  // late by; nullopt: the calendar doesn't reach
  std::vector<std::string> units;
  std::string sentence;  // of the rule's verdict; "" where the judge gives none

  // What makes it the same notice tomorrow.
  std::string Key() const;
  std::string Line(presentation::Language language) const;
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
