// SPDX-License-Identifier: Apache-2.0
//
// The files of a stopped log as fsck, backup and restore handle them
// (ledger/sequencer/log_directory.h says what each is). Nothing here is used while a ledger runs:
// its lock on the directory refuses it.
#pragma once

#include <string>

#include "ledger/base/result.h"

namespace jejak::operation {

// Where the guard of a log lies: `flag` if not empty, else what DIR/config.toml says, else
// DIR/guard. kMalformed: config.toml is there and has a fault.
Result<std::string> GuardPathOf(const std::string& directory, const std::string& flag);

// Copies the small files that make a log what it is, as far as `from` has them and `to` has not:
// log.key, witness.key, config.toml, policy; modes stay. kUnavailable, kUnknownOutcome.
Result<void> CopySmallFiles(const std::string& from, const std::string& to);

// Copies one file durably to a place where none is, with this mode. Errors of WriteNewFile.
Result<void> CopyFile(const std::string& from, const std::string& to, unsigned mode);

// Syncs the file system that holds `directory`. kUnknownOutcome.
Result<void> SyncFileSystemOf(const std::string& directory);

}  // namespace jejak::operation
