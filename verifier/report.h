// SPDX-License-Identifier: Apache-2.0
//
// A verdict with its surroundings: what was judged, under which trust, by which program. Made once
// per input, then rendered as text (report_text.h), as JSON (report_json.h) or as a page
// (report_html.h).
//
// Plain values; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/evidence/verdict.h"
#include "ledger/presentation/displayable.h"

namespace jejak::verifier {

using presentation::Displayable;

// The version of the JSON; raised when a member changes its meaning or goes.
inline constexpr int kSchemaVersion = 1;

// A file as it was read; no hash when it could not be.
struct Input {
  std::string name;  // as the user gave it; "-" is standard input
  std::optional<Digest> sha256;
};

// Which policy file was used and whom it trusts.
struct PolicyUsed {
  Input file;
  std::string log;     // the name of the log's key
  std::string quorum;  // as the policy calls it
};

// kConformance: as kCase or kLog, with every rule in the report.
enum class Question { kReceipt, kCase, kLog, kConsistency, kConformance };

struct Report {
  Question question = Question::kCase;
  std::vector<Input> inputs;  // the first gives the report its name
  std::optional<PolicyUsed> policy;
  std::optional<Digest> genesis;
  evidence::Verdict verdict;

  std::string_view name() const {
    return inputs.empty() ? std::string_view("jejak-verify") : inputs.front().name;
  }
};

}  // namespace jejak::verifier
