// SPDX-License-Identifier: Apache-2.0
//
// How an event becomes an action, and back (docs/import.md).
//
//   Confirmation of receipt            type    xes.confirmation_of_receipt
//   2011-10-11T13:45:40.276+02:00      at      2011-10-11T13:45:40+02:00       (the exact stamp stays in the body)
//   Resource21                         signer  xes.permit-receipt/r-Resource21, holder xes-1c0f...
//   Group 4                            role    group_4, granted at enrolment and not claimed
//   case-10011                         case    SHA-256 over origin, procedure and this name, 16 bytes
//   all attributes                     body    {"xes":{"event":[{"type":"string","key":"concept:name","value":"..."},...]}}
//
// The first action's body also holds the trace's own attributes, under "trace". Every value is a string; an empty one is left out,
// since a definition's strings are not empty. Pure functions; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ledger/base/json.h"
#include "ledger/base/time.h"
#include "tools/xes/event_log.h"

namespace jejak::xes {

// `xes.` and the name in lower case, every run of other characters than a-z and 0-9 as one "_", none at the ends; a name that begins
// with a digit gets "n" in front, as a word begins with a letter. kMalformed: nothing is left, or more than 60 characters.
Result<std::string> TypeOf(std::string_view name);

// The same word for a group. "xes_" stands in front where it would begin with a digit or be a role that gives authority (root, self,
// registrar, procedure_owner). nullopt: no letter or digit in it. Longer ones are cut to 64 characters.
std::optional<std::string> RoleOf(std::string_view group);

// The stamp without its fraction; "Z" becomes +00:00. Without an offset it is `zone` ("+01:00"), kMalformed if that is empty.
Result<At> AtOf(std::string_view stamp, std::string_view zone);

// Key names of one import are "xes.PROCEDURE/..."; characters that a key name can't hold are "~" and two hex digits, and a
// resource that is too long for that stands by its hash. An event without resource is signed by "portal".
std::string KeyNameOf(std::string_view procedure, std::string_view resource);
std::string PortalName(std::string_view procedure);
std::string OwnerName(std::string_view procedure);

// The holder of a key, from its name: a label by which `same` and `distinct` signers are told.
std::string HolderOf(std::string_view key_name);

// The case of the trace with this name.
std::string CaseIdOf(std::string_view origin, std::string_view procedure, std::string_view trace);

// The body of an event's action, without verdicts (verdicts.h); `trace` with the first of a case, else null. kMalformed: a value holds what Body JSON can't;
// kRefused: more than 64 KiB.
Result<std::string> BodyOf(const Event& event, const Attributes* trace);

// What such a body holds: nullopt for any other body.
struct Imported {
  Event event;
  std::optional<Attributes> trace;
};
std::optional<Imported> ImportedFrom(const json::Value& body);

}  // namespace jejak::xes
