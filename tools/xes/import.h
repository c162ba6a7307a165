// SPDX-License-Identifier: Apache-2.0
//
// Imports an event log into a running ledger, through its API like anybody else (docs/import.md). In this order, each only where the
// ledger doesn't have it yet:
//
//   unit                       by the roots
//   a procedure_owner's key    by the roots; not if one is given
//   calendar, definition       by owner and root
//   one key per resource       by the roots, with the roles of its groups; further roles by grant
//   one case per trace         its actions in file order, each `after` the ones before
//
// The texts of cases follow from file, definition and secret alone: importing again adds nothing, and an import that was interrupted
// goes on where it stood. A case that holds anything else than this file says is an error, and nothing is added to it.
// One thread.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "api/client.h"
#include "ledger/base/time.h"
#include "tools/author/author.h"
#include "tools/xes/batch_sender.h"
#include "tools/xes/import_keys.h"
#include "tools/xes/plan.h"

namespace jejak::xes {

// Who lets the import in.
struct ImportAuthority {
  std::vector<author::By>
      roots;  // as many as the log's threshold; may be empty when nothing has to be administered
  std::optional<author::By> owner;  // a procedure_owner of the log; else the import enrols its own
  std::string unit = "imports";
  UnixSeconds now;  // `at` of the administration
};

struct ImportReport {
  std::uint64_t cases = 0;
  std::uint64_t events = 0;
  std::uint64_t logged = 0;         // events that are new
  std::uint64_t already_there = 0;  // events that were logged before
  std::uint64_t administered = 0;   // unit, documents, keys and grants that are new
  std::uint64_t empty_traces = 0;
};

// Told how many events are done.
using ImportProgress = std::function<void(std::uint64_t done, std::uint64_t total)>;

// Makes the log ready for the cases of the plan and returns the action id of the definition's publish. `calendar` is the one that the
// definition counts by. `administered` counts what was added. kConflict: the ledger has a key, definition or calendar of this name
// that is another; kMalformed: it needs roots and none are given; else those of BatchSender.
Result<Digest> PrepareLog(api::LedgerClient& client, const ImportPlan& plan,
                          const Document& definition, const Document& calendar,
                          const ImportAuthority& authority, ImportKeys& keys,
                          std::uint64_t& administered);

// Brings the cases of the plan into the log that PrepareLog made ready. kConflict: a case has other actions than the plan.
Result<ImportReport> ImportCases(api::LedgerClient& client, const ImportPlan& plan,
                                 const std::string& origin, const Document& definition,
                                 const Digest& publish, ImportKeys& keys, const BatchLimits& limits,
                                 const ImportProgress& progress);

}  // namespace jejak::xes
