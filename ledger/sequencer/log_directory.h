// SPDX-License-Identifier: Apache-2.0
//
// The files of one log and how they are opened and made (docs/operations.md):
//
//   DIR/db/           the store
//   DIR/guard         last signed size and root; may lie elsewhere, best on another volume
//   DIR/lock          held by the one process that has the log open
//   DIR/log.key       the log key under a passphrase
//   DIR/witness.key   a local witness, demo logs only: proves nothing about the operator
//   DIR/config.toml   settings of jejakd
//
// Opening recovers: strictly first, then with tail tolerance, and nothing is signed unless the
// store holds all that was ever signed (recovery.h). An open log is one thread's until its parts
// are handed to a sequencer and readers.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "ledger/crypto/keybox.h"
#include "ledger/sequencer/recovery.h"
#include "ledger/store/directory_lock.h"
#include "ledger/tlog/private_key.h"

namespace jejak::sequencer {

struct LogFiles {
  explicit LogFiles(const std::string& directory);

  std::string directory, db, guard, log_key, witness_key, config;
};

// Members in the order in which they are made; they go in the reverse one.
struct OpenLog {
  store::DirectoryLock lock;
  std::unique_ptr<store::Store> store;
  std::unique_ptr<Signer> signer;
  std::unique_ptr<TileCache> tiles;
  HeadPointer head;
  bool tail_was_torn =
      false;  // the strict opening was refused, the tolerant one held everything signed
};

struct NewLog {
  tlog::PrivateKey log_key;
  std::optional<tlog::PrivateKey> witness;  // type 0x04
  Submission log_create;
  std::string passphrase;
  crypto::KdfCost kdf_cost;
  std::string guard_path;  // empty: DIR/guard
};

// Makes DIR (it may exist but must hold no log) and its first checkpoint. kConflict when a log is
// there.
Result<OpenLog> CreateLogDirectory(const std::string& directory, NewLog log, UnixSeconds now);

// Opens and recovers. kNotFound: no log there. kUnavailable: in use, or unreadable. kForbidden:
// wrong passphrase. kRefused: the store is behind, or contradicts, the guard. `guard_path` empty:
// DIR/guard.
Result<OpenLog> OpenLogDirectory(const std::string& directory, std::string_view passphrase,
                                 const std::string& guard_path, UnixSeconds now);

}  // namespace jejak::sequencer
