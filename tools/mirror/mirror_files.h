// SPDX-License-Identifier: Apache-2.0
//
// The directory of a mirror: the static files of C2SP tlog-tiles under their own paths, and what an
// operator needs beside them.
//
//   DIR/checkpoint                       the newest; moves last, when all that it covers is on disk
//   DIR/tile/0/x001/234                  and tile/entries/...; full ones never change
//   DIR/documents/<hex sha256>           published definitions and calendars, if asked for
//   DIR/conflict-1042.checkpoint         a checkpoint that contradicts ours: evidence, never removed
//   DIR/lock                             one mirror at a time
//
// Files are renamed into place, so one that is there is whole as long as the machine did not crash;
// before the checkpoint moves, everything is synced at once. What lies beyond the checkpoint is
// therefore never trusted, only used when its hashes fit. It is also an Upstream: its own files.
// One thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/store/directory_lock.h"
#include "tools/mirror/upstream.h"

namespace jejak::mirror {

inline constexpr std::size_t kMaxCheckpointBytes = std::size_t{1} << 20;
inline constexpr std::size_t kMaxFileBytes = std::size_t{256} * (2 + 0xffff);  // an entry bundle

class MirrorFiles final : public Upstream {
 public:
  // Makes the directory if it is not there and takes its lock. kUnavailable: it can't be made, or
  // another mirror is at work in it.
  static Result<MirrorFiles> Open(const std::string& directory);

  const std::string& directory() const { return directory_; }

  bool Has(const std::string& path) const;
  // kNotFound when there is no such file; kUnavailable, kRefused as ReadFile.
  Result<std::string> Get(const std::string& path) override;
  // Renamed into place, not yet synced.
  Result<void> Write(const std::string& path, std::string_view bytes);
  void Remove(const std::string& path);

  // Everything written so far, then the checkpoint, durably. kUnknownOutcome when a sync failed:
  // the checkpoint has not moved, or may have.
  Result<void> MoveCheckpoint(std::string_view note);
  // Keeps a contradicting checkpoint and returns its path. The same one is kept once.
  Result<std::string> KeepConflict(std::uint64_t size, std::string_view note);

 private:
  MirrorFiles(std::string directory, store::DirectoryLock lock)
      : directory_(std::move(directory)), lock_(std::move(lock)) {}

  std::string directory_;
  store::DirectoryLock lock_;
};

}  // namespace jejak::mirror
