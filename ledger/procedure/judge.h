// SPDX-License-Identifier: Apache-2.0
//
// Judges the rules of one definition over one seen record (language.md "Tables": duty, rule).
//
//   duty: each activation, `when`, `require`  ->  T F U P
//   rule and instance: fail > unknown > pending > pass; no activation left: not applicable
//
// Replay (replay.h) calls it up to three times per version, to tell what corrections changed.
// Pure; any thread.
#pragma once

#include <span>
#include <vector>

#include "ledger/procedure/act.h"
#include "ledger/procedure/scene.h"
#include "ledger/procedure/verdict.h"

namespace jejak::procedure {

// Every rule in every instance of its scopes, not applicable ones included; checks that do not
// pass, for Replay to put in order; states. `judged` is false if the case is too large.
Judgement JudgeRecord(std::span<const Act> acts, const Definition& definition,
                      std::span<const CalendarVersion> calendars, UnixSeconds now,
                      Corrections corrections);

}  // namespace jejak::procedure
