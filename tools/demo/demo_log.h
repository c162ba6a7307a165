// SPDX-License-Identifier: Apache-2.0
//
// Builds the demo log: its own origin, two roots, a procedure owner, every actor of the stories
// with a key, holder and roles of his own, calendars published, all of docs/stories told and four
// of them once more without their end (so that something is open and late), personal fields sealed,
// and one local witness that cosigns each checkpoint. Nothing in it is real; keys are made afresh
// each time.
//
// The stories are told at once, interleaved by the times of their entries under a simulated clock:
// most run in the same months, and the clock of a log never goes back. A definition is published
// right before the action that first names it, as M07 needs it, whose case is bound to a version
// that came later.
//
//   DIR/            as of any log (ledger/sequencer/log_directory.h)
//   DIR/policy      log key, genesis, witness, quorum: what a verifier needs
//   DIR/passphrase  of every key here; a demo only
//   DIR/keys/       key files of all actors
//   DIR/cases/      the case files, complete with bodies and openings
//   DIR/note.json   the body of an action to submit
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/result.h"

namespace jejak::demo {

inline constexpr const char* kDemoOrigin = "demo.jejak.example/1";

struct DemoCase {
  std::string story;  // "M02"
  std::string title;  // of the story
  std::string case_id;
  std::string file;  // path of its case file
};

// An action that may be submitted now and breaks no rule, for whoever wants to try it.
struct DemoAction {
  std::string story;  // whose case it is for
  std::string type;
  std::string role, key;  // of its signer; path of the key
  std::string body;       // path
};

struct DemoLog {
  std::vector<DemoCase> cases;  // by story
  DemoAction action;

  // Null: no such story.
  const DemoCase* Find(std::string_view story) const;
};

// kConflict when DIR holds a log already; other errors name what failed.
Result<DemoLog> MakeDemoLog(const std::string& directory);

}  // namespace jejak::demo
