// SPDX-License-Identifier: Apache-2.0
//
// The check of a stopped log's directory: the database's own checksums, then everything in it
// (store_audit.h), then the guard. Changes nothing, and needs no passphrase.
// One thread; `workers` brings the others.
#pragma once

#include <optional>
#include <string>

#include "tools/operation/store_audit.h"

namespace jejak::operation {

struct FsckRequest {
  std::string directory;
  std::string guard;                   // empty: where the log's config says
  std::optional<tlog::Policy> policy;  // who the log should be
};

// Exit codes as in store_audit.h; 3 also when the directory holds no log or a ledger runs on it.
evidence::Verdict CheckDirectory(const FsckRequest& request, verifier::Workers& workers,
                                 verifier::Progress* progress);

}  // namespace jejak::operation
