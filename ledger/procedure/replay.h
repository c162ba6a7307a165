// SPDX-License-Identifier: Apache-2.0
//
// Replay: judges a case by the definitions that live in the log (design/procedure.md, language.md).
//
//   Replay(acts, bindings, now) -> Judgement
//
// Pure and deterministic: the same acts, definitions, calendars and `now` give the same verdicts
// wherever they came from. Corrections count where they may, nothing is laundered by a void or a
// rebinding, and what can't be known is never a pass.
//
// Cost of one judging: O(S * N log N) for S selectors and N instance memberships. A version is
// judged once, or three times if there are corrections; so is each that was rebound, over the acts
// before. Beyond 1,000,000 activations,
// moves or memberships of keyless acts, 20,000,000 candidates and list items read over all
// instances of one judging, or more than 8 rebindings, the case isn't judged: 12.
// Threads: pure.
#pragma once

#include <span>

#include "ledger/base/time.h"
#include "ledger/procedure/act.h"
#include "ledger/procedure/verdict.h"

namespace jejak::procedure {

inline constexpr std::size_t kMaxRebindings = 8;
inline constexpr std::size_t kMaxActivations = 1'000'000;

// `acts` in log order, the whole case up to `now`; `bindings` in log order, at least one, the first
// for act 0. A verdict holds as of max(now, the last act's entry time). The judging definition is
// the last binding's.
Judgement Replay(std::span<const Act> acts, std::span<const Binding> bindings, UnixSeconds now);

}  // namespace jejak::procedure
