// SPDX-License-Identifier: Apache-2.0
//
// What an audit says once everything was read: the lines of log_audit.h, out of what the stages
// found. Pure; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "ledger/evidence/checkpoint_check.h"
#include "ledger/evidence/verdict.h"
#include "verifier/replay_stage.h"

namespace jejak::verifier {

struct WrongSignature {
  std::uint64_t entry_index = 0;
  std::string signer;
};

struct SignatureOutcome {
  std::uint64_t verified = 0;
  std::optional<WrongSignature> wrong;  // the first in log order
};

struct AuditFindings {
  const evidence::Trust& trust;
  const evidence::GenuineCheckpoint& checkpoint;
  const std::optional<evidence::GenuineCheckpoint>& pinned;
  const std::optional<Digest>& genesis;
  const ReplayStage& stage;
  const SignatureOutcome& signatures;
};

// Adds every line about integrity, and the coverage.
void WriteAuditLines(const AuditFindings& findings, evidence::Verdict& verdict);

// Once conformance has its line too: adds the facts and closes the verdict.
void CloseAuditVerdict(const AuditFindings& findings, evidence::Verdict& verdict);

}  // namespace jejak::verifier
