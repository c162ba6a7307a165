// SPDX-License-Identifier: Apache-2.0
//
// 256 entries of a log under audit and the hash tile over them: read, then prepared. Preparing
// needs no state, so it is done by many hands; it is where most of an audit without signatures goes
// (parsing and hashing).
//
//   Bundle bundle(1, 77);           // entries [256, 333)
//   bundle.Read(source);            // tile/entries/001.p/77 and tile/0/001.p/77
//   bundle.Prepare();               // parsed leaves, their hashes, the subtree's root, the faults
//   bundle.Release();               // gives its memory back, in whichever thread has the time
//
// What isn't there or isn't its format is a fault of the files (exit 3); a hash tile that is not
// what the entries give is a fault of integrity (10). The two never mix.
//
// Threads: one owner at a time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/evidence/log_replay.h"
#include "ledger/tlog/tile.h"
#include "verifier/log_source.h"

namespace jejak::verifier {

class Bundle final {
 public:
  Bundle(std::uint64_t index, std::uint16_t width);

  void Read(LogSource& source);
  void Prepare();
  void Release();

  std::uint64_t begin() const { return entries_id_.index * tlog::kTileWidth; }
  std::uint16_t width() const { return entries_id_.width; }

  // Why the entries can't be had: then there are no leaves and the audit ends here.
  const std::optional<std::string>& unreadable() const { return unreadable_; }
  // Why the hash tile can't be had; the entries can.
  const std::optional<std::string>& tile_unreadable() const { return tile_unreadable_; }
  // The hash tile differs from the entries, and where.
  const std::optional<std::string>& tile_differs() const { return tile_differs_; }

  std::vector<evidence::PreparedLeaf>& leaves() { return leaves_; }
  const std::vector<Digest>& hashes() const { return hashes_; }
  // The root over the hashes.
  const Digest& subtree() const { return subtree_; }

 private:
  tlog::TileId entries_id_;
  tlog::TileId hashes_id_;
  Bytes entries_bytes_;
  Bytes hashes_bytes_;
  std::optional<std::string> unreadable_;
  std::optional<std::string> tile_unreadable_;
  std::optional<std::string> tile_differs_;
  std::vector<evidence::PreparedLeaf> leaves_;
  std::vector<Digest> hashes_;
  Digest subtree_;
};

// Compares a hash tile with what it must hold. `unreadable` or `differs` is filled when it is
// neither.
struct TileFinding {
  std::optional<std::string> unreadable;
  std::optional<std::string> differs;
};
TileFinding CompareTile(const tlog::TileId& id, ByteView found, ByteView expected);

}  // namespace jejak::verifier
