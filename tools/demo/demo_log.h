// SPDX-License-Identifier: Apache-2.0
//
// Builds the demo log: its own origin, two roots, a procedure owner, every actor of the stories with a key, holder and roles of his own,
// calendars and definitions published, the stories told in the order of their times under a simulated clock, personal fields sealed, and
// one local witness that cosigns each checkpoint. Nothing in it is real; keys are made afresh each time.
//
//   DIR/            as of any log (ledger/sequencer/log_directory.h)
//   DIR/policy      log key, genesis, witness, quorum: what a verifier needs
//   DIR/passphrase  of every key here; a demo only
//   DIR/keys/       key files of all actors
//   DIR/cases/      the case files, complete with bodies and openings
#pragma once

#include <string>
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

struct DemoLog {
  std::vector<DemoCase> cases;
  std::string officer_key;  // path of a key that may act in the first case
  std::string officer_role;
};

// kConflict when DIR holds a log already; other errors name what failed.
Result<DemoLog> MakeDemoLog(const std::string& directory);

}  // namespace jejak::demo
