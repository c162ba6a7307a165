// SPDX-License-Identifier: Apache-2.0
//
// Act: one action of a case as rules see it: who, what, when, and the contents at hand. Whoever
// holds entries (a case file, a server's store) makes these; admission has been judged before.
//
//   entry 31  case.screen  about P044  at 2024-05-20  by bkpsdm…/p-20 as bkpsdm (holder h-20)
//             body {"result":"indicated","level":{"$sealed":…}}, /level opened: "ringan"
//
// Plain values; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/base/json.h"
#include "ledger/base/time.h"
#include "ledger/procedure/calendar.h"
#include "ledger/procedure/definition.h"

namespace jejak::procedure {

// One `by` line and whose key it is.
struct SignerLine {
  std::string name;    // of the key
  std::string role;    // claimed; "-" = none
  std::string holder;  // a party's: its own name
  std::string unit;    // "" = none (a party, a root)
  std::string party;   // a party's label; "" = not a party
};

enum class BodyState : std::uint8_t {
  kNone,    // `body -`
  kAbsent,  // committed to, not supplied
  kUnfit,   // fits its commitment, and isn't what a body should be
  kPresent,
};

// A sealed field whose opening was supplied.
struct OpenedField {
  std::string pointer;               // in the body
  std::optional<json::Value> value;  // nullopt: fits, and isn't what it should be
};

// {"$sealed":…}: a commitment in the place of a value.
bool IsSealed(const json::Value& value);
// The opening of what is sealed at `pointer`; nullptr if none was supplied.
const OpenedField* FindOpening(std::span<const OpenedField> opened, std::string_view pointer);

struct Act {
  std::uint64_t index = 0;  // of its entry in the log
  std::uint64_t seq = 0;    // in the case, from 0
  Digest id;
  std::string type;
  std::vector<std::string> about;
  At at{};
  UnixSeconds entered;
  bool after = true;           // its position line is `after`, else `seen`
  std::uint64_t position = 0;  // the line's N
  std::vector<std::pair<std::string, std::string>> parties;  // (role, label) of the party lines
  std::vector<SignerLine> by;
  BodyState body_state = BodyState::kNone;
  json::Value body;                 // kPresent: an object
  std::vector<OpenedField> opened;  // kPresent
};

// From which act on which version judges the case: the opening act's `under`, then one per
// `case.rebind`, in log order. Definition and calendars outlive the call.
struct Binding {
  std::size_t act = 0;  // in the record
  const Definition* definition = nullptr;
  std::uint64_t publish_index = 0;             // entry of the procedure.publish
  std::span<const CalendarVersion> calendars;  // every version in the log, in entry order
};

}  // namespace jejak::procedure
