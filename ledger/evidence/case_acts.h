// SPDX-License-Identifier: Apache-2.0
//
// From admitted entries to the acts that rules judge (procedure/act.h): whose key each `by` line
// was at that entry, and which contents are at hand.
//
//   by bkpsdm.contohkota.go.id/p-20 bkpsdm  ->  holder h-20, unit bkpsdm, no party
//   by 5K3D7Q2M8ZP4XK3V9T5R6W1Y0B/r1 pelapor  ->  holder = its name, no unit, party r1
//   by jejak.contohkota.go.id/root-1 root   ->  the holder in force at that entry, no unit
//
// Admission has been judged before: a name that isn't known has no holder here, and nothing breaks.
// Pure; any thread.
#pragma once

#include <cstdint>
#include <span>

#include "ledger/base/time.h"
#include "ledger/procedure/act.h"
#include "ledger/record/action.h"
#include "ledger/record/body.h"
#include "ledger/registry/administration.h"

namespace jejak::evidence {

// An action of a case and its id, at its place in the log, without contents: its body is absent if
// the action commits to one. `administration` as of this entry or any later one: units and holders
// are for ever, roots are looked up by position. O(lines * log keys).
procedure::Act BuildAct(const record::ActionFields& action, const Digest& id, std::uint64_t index,
                        std::uint64_t seq, UnixSeconds entered,
                        const registry::Administration& administration);

// Puts the body and openings that are at hand into the act of `action`. What doesn't fit its
// commitment is as good as absent; what fits and isn't what it should be is kept as unfit.
void AddContents(const record::Action& action, const record::BodyOpening& body,
                 std::span<const record::FieldOpening> openings, procedure::Act& act);

}  // namespace jejak::evidence
