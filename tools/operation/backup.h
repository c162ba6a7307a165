// SPDX-License-Identifier: Apache-2.0
//
// A copy of a stopped log that can be restored: DEST looks like a log's directory.
//
//   DEST/db/       a checkpoint of the store
//   DEST/guard     as it was at that moment
//   DEST/log.key   still under its passphrase; witness.key, config.toml, policy if there are any
//
// It is made beside its name and gets the name only when it was read back: every file against its
// checksum, the tree recomputed to the head's root, the head an extension of the guard. One thread.
#pragma once

#include <cstdint>
#include <string>

#include "ledger/base/bytes.h"
#include "ledger/base/result.h"

namespace jejak::operation {

struct BackupReport {
  std::uint64_t size = 0;
  Digest root;
  std::uint64_t guard_size = 0;
};

// kConflict: DEST exists. kUnavailable: a ledger runs on the directory, or the disk is full.
// kInternal: the store is damaged; nothing is left at DEST. kRefused: it is behind its guard.
Result<BackupReport> BackUp(const std::string& directory, const std::string& destination,
                            const std::string& guard_path);

// Reads a log's store and guard without changing either. Errors as above, kNotFound without a store.
Result<BackupReport> ReadBack(const std::string& db, const std::string& guard_path);

}  // namespace jejak::operation
