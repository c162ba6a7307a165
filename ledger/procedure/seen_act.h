// SPDX-License-Identifier: Apache-2.0
//
// SeenAct: an act as rules, states and checks see it (design/procedure.md "Signers of an action",
// "Corrections"): with those who assented in time, with corrected values at their original place,
// and not at all if it was voided.
//
//   the log                                    seen
//   3 sidak.hold  by p-10                      3 sidak.hold  by p-10, p-20 (assent at 4)
//   4 case.assent by p-20, seen 4              4 case.assent
//   5 record.correct of 3: /place "Loket 2"      (3 has /place "Loket 2")
//
// Pure; one thread per Readings. The acts, definition and readings outlive what is built from them.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "ledger/procedure/act.h"
#include "ledger/procedure/readings.h"
#include "ledger/procedure/verdict.h"

namespace jejak::procedure {

// Which corrections count, for telling what they changed (replay.cc).
enum class Corrections : std::uint8_t { kAll, kNoVoids, kNone };

// The contents of a body after corrections.
struct Contents {
  BodyState state = BodyState::kNone;
  json::Value body;
  std::vector<OpenedField> opened;
};

struct SeenAct {
  const Act* act = nullptr;
  const ActionType* type = nullptr;  // nullptr: one of the four, or unknown
  std::vector<const SignerLine*> signers;
  std::optional<Due> assent_due;  // may still be assented to, until then
  bool may_be_assented = false;
  std::int64_t day = 0;          // legal date, since 1970-01-01
  std::int64_t entered_day = 0;  // local date of its entry
  std::unique_ptr<Contents> corrected;

  BodyState body_state() const { return corrected ? corrected->state : act->body_state; }
  const json::Value& body() const { return corrected ? corrected->body : act->body; }
  const std::vector<OpenedField>& opened() const {
    return corrected ? corrected->opened : act->opened;
  }
};

// What became of a correction or void.
struct CorrectionCheck {
  std::size_t act = 0;  // in the acts given
  Outcome outcome = Outcome::kPass;
  Causes causes;
};

struct SeenRecord {
  std::vector<SeenAct> acts;          // log order, without what was voided
  std::vector<std::uint64_t> voided;  // entries of those
  std::vector<CorrectionCheck> corrections;
  // Causes of corrections whose bodies can't be read: nothing but a fail is certain then.
  Causes unreadable;
};

// `now`: whether an act may still be assented to is asked as of then.
SeenRecord SeeRecord(std::span<const Act> acts, const Definition& definition,
                     const Readings& readings, UnixSeconds now, Corrections corrections);

}  // namespace jejak::procedure
