// SPDX-License-Identifier: Apache-2.0
//
// The hash tiles of one signed tree, each held against its root before anybody uses it (C2SP
// tlog-tiles; ledger/tlog/tile.h).
//
//   checkpoint root  <- the partial tiles of the right edge, one a level
//   edge tile, item 5 of level 2  <- root of tile/1/... 5   <- its items are roots of tile/0/...
//
// So a tile is fetched top-down and a wrong byte is seen in the tile that holds it. A full tile that
// is on disk already and fits is not fetched again; one that does not fit is fetched and put in its
// place. Until AllowWrites nothing is written: first it must be known that the tree extends the one
// held.
//
// Errors: kConflict when what was served contradicts the root; those of Upstream and of the files.
// One thread.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "ledger/tlog/tile.h"
#include "tools/mirror/mirror_files.h"

namespace jejak::mirror {

struct Traffic {
  std::uint64_t fetched = 0;  // files
  std::uint64_t bytes = 0;    // in them
  std::uint64_t mended = 0;   // on disk and wrong
};

class VerifiedTiles final : public tlog::TileReader {
 public:
  // `files` may be null: then nothing is kept.
  VerifiedTiles(Upstream& upstream, MirrorFiles* files, std::uint64_t size, const Digest& root)
      : upstream_(upstream), files_(files), size_(size), root_(root) {}

  // The partial tiles of all levels; needed before anything else.
  Result<void> LoadEdge();
  // From now on what was fetched, and what will be, goes to disk.
  Result<void> AllowWrites();

  // The hashes of a full tile, or of the partial one of its level. Precondition: the tree has it.
  Result<Bytes> Tile(std::uint8_t level, std::uint64_t index);
  // The root of the first `size` leaves, 1 <= size <= that of the tree.
  Result<Digest> RootAt(std::uint64_t size);

  Result<std::vector<Bytes>> ReadTiles(std::span<const tlog::TileId> tiles) override;

  const Traffic& traffic() const { return traffic_; }
  std::uint64_t size() const { return size_; }
  // Fetches a file and counts it.
  Result<std::string> Fetch(const std::string& path);

 private:
  struct Held {
    std::uint64_t index = 0;
    Bytes bytes;  // empty: none yet
  };
  Result<Bytes> FullTile(std::uint8_t level, std::uint64_t index);
  Result<void> Keep(const std::string& path, std::string_view bytes);

  Upstream& upstream_;
  MirrorFiles* files_;
  std::uint64_t size_;
  Digest root_;
  bool writing_ = false;
  std::array<Bytes, tlog::kMaxTileLevel + 1> edge_;
  std::array<Held, tlog::kMaxTileLevel + 1> last_;  // the full tile last used, by level
  std::map<std::string, std::string> unwritten_;    // a few dozen at most
  Traffic traffic_;
};

// The root over a full tile's 256 hashes.
Digest RootOfTile(ByteView tile);

}  // namespace jejak::mirror
