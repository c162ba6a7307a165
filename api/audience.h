// SPDX-License-Identifier: Apache-2.0
//
// Which contents of a case an asker may have, as its definition says of each action and field
// (design/procedure.md "Definition", design/interfaces.md "Audiences"; readings:
// docs/decisions/0008-readings-of-audiences-and-release.md).
//
//   public      nobody in particular: bodies whose action says `public`
//   party r1    the holder of a party key of the case: those, and what says `party` in the
//               instances that its key was brought into. The reporter has what concerns the report,
//               the examined officer what concerns that officer, neither the other's
//   oversight   everything
//
//   report.submit {"report":"6KQ…","text":{"$sealed":…}}  audience party, /text oversight
//     public     nothing
//     r1         the body, not the opening of /text
//     oversight  both
//
// A body is given whole or not at all, since its commitment covers its bytes: a member in the clear
// that isn't declared, must be sealed or has an audience of its own narrows the whole. An opening
// is given one by one, and never without its body. Where several versions of the procedure bind
// the case, each since the one that the action was written under must allow it.
//
// Pure; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/evidence/conformance.h"
#include "ledger/sequencer/case_file_builder.h"

namespace jejak::api {

struct Audience {
  enum class Kind : std::uint8_t { kPublic, kParty, kOversight };

  static Audience Public() { return {}; }
  // `label`: of the key in the case, "r1" of "5K3D…/r1".
  static Audience Party(std::string label) { return {Kind::kParty, std::move(label)}; }
  static Audience Oversight() { return {Kind::kOversight, {}}; }

  Kind kind = Kind::kPublic;
  std::string party;
};

// What is given of one action.
struct Given {
  bool body = false;
  std::vector<std::string> openings;  // pointers, in the act's order

  bool Opens(std::string_view pointer) const;
};

// One per act of the record, which has all contents that are held. O(contents * versions).
std::vector<Given> GivenTo(const Audience& audience, const evidence::CaseRecord& record);

// The record as the asker has it: what isn't given is absent. Verdicts over it tell of nothing else.
void Withhold(std::span<const Given> given, evidence::CaseRecord& record);

// The same for a case file (sequencer/case_file_builder.h). `record` as in GivenTo.
sequencer::Disclosure DisclosureTo(const Audience& audience, const evidence::CaseRecord& record);

}  // namespace jejak::api
