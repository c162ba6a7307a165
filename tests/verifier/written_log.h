// SPDX-License-Identifier: Apache-2.0
//
// A log written by the tests into the static files of a mirror, without admission: it logs whatever
// it is told, so that logs that misbehave can be made, of any size.
//
//   WrittenLog log(key, start);           // the log's key; one second per leaf
//   log.Add(note); log.Seal();
//   WriteFiles(log.Files(), directory);   // checkpoint, tile/…
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "ledger/base/time.h"
#include "ledger/registry/stream_state.h"
#include "ledger/statemap/memory_map.h"
#include "ledger/tlog/note.h"
#include "ledger/tlog/private_key.h"
#include "verifier/log_source.h"

namespace jejak::verifier::test {

// Paths below the mirror's directory, and their bytes.
using FileMap = std::map<std::string, std::string>;

class WrittenLog final {
 public:
  // `key` must outlive it.
  WrittenLog(const tlog::PrivateKey& key, UnixSeconds start) : key_(key), time_(start) {}

  // Logs a note as the next action of its stream. Returns its index.
  std::uint64_t Add(const std::string& note);
  // Closes the batch; `streams_off` and `state_off` make a seal that lies.
  void Seal(std::uint64_t streams_off = 0, bool state_off = false);
  // Time passes.
  void Wait(std::int64_t seconds) { time_.value += seconds; }
  UnixSeconds time() const { return time_; }

  std::uint64_t size() const { return leaves_.size(); }
  const std::vector<std::string>& leaves() const { return leaves_; }
  std::vector<std::string>& leaves() { return leaves_; }
  const Digest& genesis() const { return hashes_.front(); }

  // The note over the first `size` leaves, cosigned by `witnesses` at these times.
  std::string Checkpoint(
      std::uint64_t size,
      const std::map<const tlog::PrivateKey*, std::int64_t>& witnesses = {}) const;
  // All files of a mirror of the whole log, with the hash tiles that its leaves give.
  FileMap Files() const;

 private:
  void Append(std::string leaf);

  const tlog::PrivateKey& key_;
  UnixSeconds time_;
  std::vector<std::string> leaves_;
  std::vector<Digest> hashes_;
  std::map<record::Stream, registry::StreamState> streams_;
  statemap::MemoryMap map_;
};

// Files kept in memory.
class MemorySource final : public LogSource {
 public:
  explicit MemorySource(const FileMap& files) : files_(files) {}
  Result<std::string> Checkpoint() override;
  Result<Bytes> Tile(const tlog::TileId& tile) override;

 private:
  const FileMap& files_;
};

void WriteFiles(const FileMap& files, const std::string& directory);
FileMap ReadFiles(const std::string& directory);

}  // namespace jejak::verifier::test
