// SPDX-License-Identifier: Apache-2.0
//
// Whether a case was released to the public: its stream has a `case.release` that counts
// (design/interfaces.md "Audiences"; readings: docs/decisions/0008).
//
//   case.release by inspektorat {"parts":["timeline","verdicts"],"harm_test":true}
//     -> {timeline, verdicts}
//
// One counts that isn't voided, passes every structural check of the definition that judges the
// case (so a signer claims a role that may; a definition that lets anybody is not enough), says
// `harm_test` true, and isn't the target of a correction. While a void or correction of the case
// can't be read, none counts: it might be of the release. Parts: `timeline` shows the case at all
// (history, case file), `verdicts` what was made of it; other words release nothing. What several
// releases name is released together.
//
// Time alone never makes one count: what the index found stays until the case has another action.
// Pure; any thread.
#pragma once

#include <string_view>

#include "ledger/evidence/conformance.h"

namespace jejak::api {

inline constexpr std::string_view kRelease = "case.release";
inline constexpr std::string_view kTimelinePart = "timeline", kVerdictsPart = "verdicts";

struct Release {
  bool timeline = false;
  bool verdicts = false;  // never without the timeline

  bool operator==(const Release&) const = default;
};

// `record` with all contents that are held, `conformance` the judgement of it.
Release ReleaseOf(const evidence::CaseRecord& record, const evidence::CaseConformance& conformance);

}  // namespace jejak::api
