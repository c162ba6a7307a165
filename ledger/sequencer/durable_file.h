// SPDX-License-Identifier: Apache-2.0
//
// Small files read whole and written durably: the contents are synced, then the folder that names
// them, so that a file that is there after a crash is there whole. Any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "ledger/base/result.h"

namespace jejak::sequencer {

// A whole file ("-": standard input). kNotFound; kUnavailable when it can't be read; kRefused when
// it is longer than `limit` bytes.
Result<std::string> ReadFile(const std::string& path, std::size_t limit);

// Makes a new file. kConflict when there is one already, kUnavailable when it can't be made,
// kUnknownOutcome when a sync failed.
Result<void> WriteNewFile(const std::string& path, std::string_view contents, unsigned mode);

// Puts a file in the place of another, if any: written beside it, synced, renamed. Errors as above.
Result<void> ReplaceFile(const std::string& path, std::string_view contents, unsigned mode);

// Syncs the folder that holds `path`, after a file in it was made or renamed.
Result<void> SyncFolderOf(const std::string& path);

}  // namespace jejak::sequencer
