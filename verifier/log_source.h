// SPDX-License-Identifier: Apache-2.0
//
// Where an audit reads a log from: the static files of C2SP tlog-tiles, wherever they are kept.
//
//   checkpoint              the signed note that says how large the log is and what its root is
//   tile/0/x001/234         hash tiles, every level, full and partial
//   tile/entries/x001/234   entry bundles
//   documents/<hex sha256>  published definitions and calendars, if they were mirrored
//
// A mirror's directory is one source (verifier/cli/mirror_directory.h), the store of a running
// ledger another. What a source returns is not trusted in any way.
//
// Threads: called from one thread at a time, not always the same one.
#pragma once

#include <string>

#include "ledger/base/bytes.h"
#include "ledger/base/result.h"
#include "ledger/tlog/tile.h"

namespace jejak::verifier {

class LogSource {
 public:
  virtual ~LogSource() = default;

  // The checkpoint's exact bytes. An error, of whatever code, means that there is nothing to audit:
  // exit 3.
  virtual Result<std::string> Checkpoint() = 0;

  // The bytes of a hash tile or entry bundle. A source that has only a wider one cuts it to the
  // width asked for. An error means that the log can't be read: exit 3, and its detail says which
  // file is missing or unreadable.
  virtual Result<Bytes> Tile(const tlog::TileId& tile) = 0;

  // The text of a published document, whose hash the audit compares. An error, of whatever code,
  // means that this source hasn't got it: what needs it is not judged.
  virtual Result<std::string> Document(const Digest& /*sha256*/) {
    return NotFound("this source keeps no documents");
  }
};

}  // namespace jejak::verifier
