// SPDX-License-Identifier: Apache-2.0
//
// What a story says of itself (`expected`), and what Replay says of it, in one form that compares.
//
//   officer P044 R07  ->  "fail actions 8"
//   report r1 A10     ->  "pending due 2024-06-05 actions 3 8"
//   check.role        ->  "actions 22"
//
// Actions are numbers as in the story, and stand with fail, unknown and pending only. Only checks
// that fail are listed. Throws for what is no story. One thread.
#pragma once

#include <map>
#include <set>
#include <string>

#include "tests/procedure/story_record.h"

namespace jejak::procedure::story {

struct Outcomes {
  std::map<std::string, std::string> verdicts;  // by scope, instance and rule
  std::map<std::string, std::string> checks;    // by id
  int exit = 0;
  std::set<std::string> failures;  // "R07 P044", "R24 case": fail, and not remedied
};

// Of one entry of `expected`.
Outcomes Expected(const Json& entry);

// Judges the story at the entry's `now`, with its `contents`. Without a definition or a calendar
// nothing is judged: 12, as whoever calls Replay decides.
Outcomes Judged(const StoryRecord& story, const Json& entry);

// One line per difference, "" if there is none.
std::string Difference(const Outcomes& expected, const Outcomes& judged);

}  // namespace jejak::procedure::story
