// SPDX-License-Identifier: Apache-2.0
//
// What an import is going to write, decided and checked as a whole before anything is sent: a log that can't be imported to its end
// is refused at its beginning.
//
//   JEJAK_TRY(definition, ReadDefinition(text));
//   JEJAK_TRY(plan, PlanImport(log, origin, definition, zone));
//   plan.cases[0].actions[0].type    "xes.confirmation_of_receipt"
//
// Nothing secret and nothing random is in it: two plans of one file are equal. Pure; any thread.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/base/time.h"
#include "tools/xes/event_log.h"

namespace jejak::xes {

// A definition or calendar as it is published: what it says that it is.
struct Document {
  std::string id;
  std::string version;
  std::string text;
  Digest sha256;
  std::string calendar;         // the id of a definition's calendar
  std::set<std::string> types;  // the types of a definition's actions
};

// kMalformed: not a jejak/procedure/v1 document with the members that the import needs. Whether the definition has errors is not
// judged here.
Result<Document> ReadDefinition(std::string text);
// The same for jejak/calendar/v1.
Result<Document> ReadCalendar(std::string text);

struct PlannedAction {
  std::string type;
  At at;
  std::string signer;  // key name
  std::string body;
};

struct PlannedCase {
  std::string id;
  std::uint64_t trace = 0;  // counted from 1, for messages
  std::vector<PlannedAction> actions;
};

struct ImportPlan {
  std::vector<PlannedCase> cases;                        // in file order
  std::map<std::string, std::set<std::string>> signers;  // key name: the roles that it is granted
  std::uint64_t events = 0;
  std::uint64_t empty_traces = 0;  // traces without events: there is no action, hence no case
};

// kMalformed, kRefused: names the trace and the event and what to mend: a name or stamp missing, two traces of one name, a type that
// the definition doesn't have, more than 10,000 events in a trace, a body that is too long.
Result<ImportPlan> PlanImport(const EventLog& log, const std::string& origin,
                              const Document& definition, const std::string& zone);

}  // namespace jejak::xes
