// SPDX-License-Identifier: Apache-2.0
//
// CaseSummary: where one case stands, in as few words as a list of ten thousand needs.
//
//   opened 2024-05-13 at entry 31, not closed; officer P202 FOUND since 33, held by inspektorat;
//   worst verdict pending; A02 due 2024-05-15
//
// Time moves it without another replay: every deadline that no act has met yet is in `deadlines`,
// and one is overdue once `now` is past it. A pending verdict whose deadline passed is a fail from
// then on; what a rule makes of several deadlines at once is only settled by the next replay.
//
// Pure; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ledger/procedure/act.h"
#include "ledger/procedure/verdict.h"

namespace jejak::procedure {

// A deadline that nothing has met, passed or not.
struct OpenDeadline {
  std::string rule, scope, instance;
  Due due;
};

// Where an instance of a track stands.
struct Stage {
  std::string track, instance;
  std::optional<std::string> state;  // nullopt: unknown
  bool final = false;                // a final state of its track
  std::uint64_t since = 0;           // entry
};

struct CaseSummary {
  bool judged = false;
  std::string procedure, version;
  std::uint64_t actions = 0;
  std::uint64_t opened = 0, last = 0;  // entries
  UnixSeconds opened_time, last_time;  // of those entries
  // The newest act of a type that closes, unless a later one reopened a track.
  std::optional<std::uint64_t> closed;
  std::optional<UnixSeconds> closed_time;
  std::vector<Stage> stages;  // as judgement.states
  // Units of who signed the newest act of each instance that isn't final; if none of them has a
  // unit (a reporter's key has none), those of the newest act whose signers have one. Ascending,
  // distinct; none when the case is closed.
  std::vector<std::string> units;
  Outcome worst = Outcome::kNotApplicable;   // of rules and checks; a remedied fail counts as pass
  std::vector<std::string> failed, pending;  // rules with such a verdict; ascending, distinct
  std::vector<std::string> failed_checks;    // ids; ascending, distinct
  std::vector<OpenDeadline> deadlines;       // by due; none when the case is closed
};

// `acts` as given to Replay, not empty; `definition` judged them (nullptr: nothing did).
// O(acts + verdicts).
CaseSummary Summarize(std::span<const Act> acts, const Definition* definition,
                      const Judgement& judgement);

}  // namespace jejak::procedure
