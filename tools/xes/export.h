// SPDX-License-Identifier: Apache-2.0
//
// Writes cases as XES. What was imported comes back attribute for attribute; any other action is an event too, from what its
// skeleton says, so that process-mining tools can read every ledger:
//
//   imported, body at hand     the attributes that the body holds
//   anything else              concept:name = type, time:timestamp = at, org:resource = its first signer's name, org:role = the role
//                              that it claims, lifecycle:transition = complete
//
// A body counts only if it fits its action's commitment. The case file itself is not verified here: `jejak-verify case` does that.
// Functions without state; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tools/xes/event_log.h"

namespace jejak::xes {

struct ExportedCase {
  std::string id;
  std::string procedure;  // the id under which the case was opened
  Trace trace;
  std::vector<std::uint64_t> entries;  // of each event: the index of its entry
};

// The trace of a case. kMalformed: not a case file, or its case's entries are none.
Result<ExportedCase> ReadCase(std::string_view case_file);

// The file around the traces: XmlHead, TraceXml..., XmlTail.
std::string XmlHead();
std::string XmlTail();
// What XML can't hold (control characters that a body may hold escaped) becomes U+FFFD.
std::string TraceXml(const Trace& trace);

// All of it at once.
std::string WriteXes(const EventLog& log);

}  // namespace jejak::xes
