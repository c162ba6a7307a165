// SPDX-License-Identifier: Apache-2.0
//
// The two judgements that more than one command makes: of a case file, and of a mirror of a log.
// Each reads, judges integrity and conformance, and reports to the session. Threads: as Session.
#pragma once

#include <string>

#include "ledger/evidence/documents.h"
#include "verifier/cli/options.h"
#include "verifier/cli/session.h"
#include "verifier/workers.h"

namespace jejak::verifier {

// `documents` is kept from file to file, so that a definition is parsed once.
void JudgeCaseFile(const std::string& name, Workers& workers, evidence::DocumentCache& documents,
                   Session& session);

// Shows progress as the options say.
void AuditMirror(const std::string& path, const Options& options, Workers& workers,
                 Session& session);

}  // namespace jejak::verifier
