// SPDX-License-Identifier: Apache-2.0
//
// Structural checks of one act (design/procedure.md "Verdicts", the second table). An illegal act
// still moves the state, and is flagged.
//
//   check.type check.role check.signers check.party check.body check.position check.predecessor
//   check.transition check.fields check.sealed check.late_entry check.correction
//
// Pure; one thread per Readings.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "ledger/procedure/definition.h"
#include "ledger/procedure/readings.h"
#include "ledger/procedure/seen_act.h"
#include "ledger/procedure/tracks.h"

namespace jejak::procedure {

enum class CheckId : std::uint8_t {
  kType,
  kRole,
  kSigners,
  kParty,
  kBody,
  kPosition,
  kPredecessor,
  kTransition,
  kFields,
  kSealed,
  kLateEntry,
  kCorrection
};
inline constexpr std::size_t kCheckIds = 12;
std::string_view CheckName(CheckId id);  // "check.type"
CheckId CheckOf(Check check);            // of a rule's `checked`

// kPass, kFail, kPending (a co-signature may still come) or kUnknown.
struct CheckResult {
  Outcome outcome = Outcome::kPass;
  Causes causes;
};

using ActChecks = std::array<CheckResult, kCheckIds>;

// One per seen act. `views`: one per track of the definition.
std::vector<ActChecks> CheckActs(const SeenRecord& record, const Definition& definition,
                                 const std::vector<TrackView>& views, const Readings& readings);

// check.fields and check.sealed of one act (field_checks.cc).
CheckResult CheckFields(const SeenAct& act, const Definition& definition);
CheckResult CheckSealed(const SeenAct& act, const Definition& definition);

// The worse of two: fail > unknown > pending > pass.
CheckResult Worse(CheckResult a, CheckResult b);

}  // namespace jejak::procedure
