// SPDX-License-Identifier: Apache-2.0
#include "tools/mirror/verified_tiles.h"

#include <algorithm>
#include <utility>

#include "ledger/sequencer/edge_tiles.h"

namespace jejak::mirror {
namespace {

std::vector<Digest> HashesOf(ByteView tile) {
  std::vector<Digest> hashes(tile.size() / tlog::kHashBytes);
  for (std::size_t i = 0; i < hashes.size(); ++i) {
    std::copy_n(tile.begin() + static_cast<std::ptrdiff_t>(i * tlog::kHashBytes), tlog::kHashBytes,
                hashes[i].bytes.begin());
  }
  return hashes;
}

bool IsFullTile(std::string_view bytes) {
  return bytes.size() == tlog::kTileWidth * tlog::kHashBytes;
}

Bytes Copy(std::string_view text) {
  const ByteView bytes = AsBytes(text);
  return Bytes(bytes.begin(), bytes.end());
}

}  // namespace

Digest RootOfTile(ByteView tile) { return sequencer::PerfectRoot(HashesOf(tile)); }

Result<std::string> VerifiedTiles::Fetch(const std::string& path) {
  Result<std::string> bytes = upstream_.Get(path);
  if (!bytes.ok()) return Error{bytes.error().code, path + ": " + bytes.error().detail};
  traffic_.fetched += 1;
  traffic_.bytes += bytes->size();
  return bytes;
}

Result<void> VerifiedTiles::Keep(const std::string& path, std::string_view bytes) {
  if (files_ == nullptr) return {};
  if (writing_) return files_->Write(path, bytes);
  unwritten_.emplace(path, bytes);
  return {};
}

Result<void> VerifiedTiles::AllowWrites() {
  writing_ = true;
  for (const auto& [path, bytes] : unwritten_) JEJAK_CHECKED(Keep(path, bytes));
  unwritten_.clear();
  return {};
}

Result<void> VerifiedTiles::LoadEdge() {
  std::vector<std::vector<Digest>> levels;
  for (std::uint8_t level = 0; level <= tlog::kMaxTileLevel; ++level) {
    const std::uint64_t items = tlog::TileItems(level, size_);
    if (items == 0) break;
    const auto width = static_cast<std::uint16_t>(items % tlog::kTileWidth);
    if (width != 0) {
      const std::string path = tlog::TilePath({level, items / tlog::kTileWidth, width, false});
      JEJAK_TRY(bytes, Fetch(path));
      if (bytes.size() != width * tlog::kHashBytes) {
        return Conflict(path + " is not a hash tile of that width");
      }
      edge_[level] = Copy(bytes);
      JEJAK_CHECKED(Keep(path, bytes));
    }
    levels.push_back(HashesOf(edge_[level]));
  }
  JEJAK_TRY(edge, sequencer::EdgeTiles::From(size_, levels));
  if (edge.Root() != root_) {
    return Conflict("the partial tiles of the tree of " + std::to_string(size_) +
                    " entries do not give the checkpoint's root");
  }
  return {};
}

Result<Bytes> VerifiedTiles::Tile(std::uint8_t level, std::uint64_t index) {
  if (index == tlog::TileItems(level, size_) / tlog::kTileWidth) return edge_[level];
  Held& held = last_[level];
  if (held.bytes.empty() || held.index != index) {
    JEJAK_TRY(bytes, FullTile(level, index));
    held = {index, std::move(bytes)};
  }
  return held.bytes;
}

// A full tile is an item of the level above it, which the tree always has. At most 7 levels up.
Result<Bytes> VerifiedTiles::FullTile(std::uint8_t level, std::uint64_t index) {
  if (level >= tlog::kMaxTileLevel) return Internal("no tree is that large");
  JEJAK_TRY(parent, Tile(static_cast<std::uint8_t>(level + 1), index / tlog::kTileWidth));
  const ByteView expected =
      ByteView(parent).subspan(index % tlog::kTileWidth * tlog::kHashBytes, tlog::kHashBytes);
  const auto fits = [&](std::string_view bytes) {
    return IsFullTile(bytes) && std::ranges::equal(RootOfTile(AsBytes(bytes)).view(), expected);
  };
  const std::string path = tlog::TilePath({level, index, tlog::kTileWidth, false});
  bool damaged = false;
  if (files_ != nullptr && files_->Has(path)) {
    const Result<std::string> kept = files_->Get(path);
    if (kept.ok() && fits(*kept)) return Copy(*kept);
    damaged = true;
  }
  JEJAK_TRY(bytes, Fetch(path));
  if (!fits(bytes)) return Conflict(path + " is not what the checkpoint's root says");
  traffic_.mended += damaged ? 1 : 0;
  JEJAK_CHECKED(Keep(path, bytes));
  return Copy(bytes);
}

Result<std::vector<Bytes>> VerifiedTiles::ReadTiles(std::span<const tlog::TileId> tiles) {
  std::vector<Bytes> read;
  for (const tlog::TileId& tile : tiles) {
    JEJAK_TRY(bytes, Tile(tile.level, tile.index));
    if (bytes.size() < tile.width * tlog::kHashBytes) return Internal("no such tile in this tree");
    bytes.resize(tile.width * tlog::kHashBytes);
    read.push_back(std::move(bytes));
  }
  return read;
}

Result<Digest> VerifiedTiles::RootAt(std::uint64_t size) {
  tlog::TileNodeReader nodes(*this, size_);
  JEJAK_TRY(hashes, nodes.ReadNodes(tlog::RightEdge(size)));
  JEJAK_TRY(range, tlog::CompactRange::From(size, std::move(hashes)));
  return range.Root();
}

}  // namespace jejak::mirror
