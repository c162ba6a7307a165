// SPDX-License-Identifier: Apache-2.0
//
// What the user trusts, from flags and the policy file to evidence::Trust.
//
//   --policy policy --genesis YVDI…= --now 2026-06-19T02:31:07Z --max-age 24h --pinned checkpoint
//
// kRefused (exit 2): a flag without meaning, no policy, a policy that is missing or damaged, two
// flags that contradict each other. Other codes (exit 3): the pinned checkpoint can't be read.
// Each sentence says which flag and what to give instead. Threads: none.
#pragma once

#include <optional>
#include <vector>

#include "ledger/base/result.h"
#include "ledger/evidence/verdict.h"
#include "verifier/cli/options.h"
#include "verifier/report.h"

namespace jejak::verifier {

struct LoadedTrust {
  evidence::Trust trust;
  PolicyUsed policy;
  std::optional<Digest> genesis;  // the one agreed on, if any
  std::vector<Input> pinned;      // the pinned checkpoint's file, if any
};

// Reads the files and the system's clock (unless --now is given).
Result<LoadedTrust> LoadTrust(const Options& options);

// "90s" "30m" "24h" "7d" "2w" in seconds; kRefused for any other form or more than 1,000 years.
Result<std::int64_t> ParseDuration(const std::string& text);

}  // namespace jejak::verifier
