// SPDX-License-Identifier: Apache-2.0
#include "verifier/cli/mirror_directory.h"

#include <utility>

#include "ledger/base/text.h"
#include "verifier/cli/files.h"

namespace jejak::verifier {
namespace {

constexpr std::size_t kMaxCheckpointBytes = 1 << 20;
constexpr std::size_t kMaxBundleBytes = std::size_t{tlog::kTileWidth} * (2 + 0xffff);
constexpr std::size_t kMaxDocumentBytes = 1 << 20;
constexpr std::size_t kMaxTileBytes = std::size_t{tlog::kTileWidth} * tlog::kHashBytes;

// The first `width` items of a full tile; bytes that are no tile stay as they are, for the audit to
// refuse.
Bytes Cut(Bytes full, const tlog::TileId& tile) {
  if (!tile.entries) {
    if (full.size() == kMaxTileBytes) full.resize(tile.width * tlog::kHashBytes);
    return full;
  }
  const Result<std::vector<ByteView>> entries = tlog::ParseBundle(full, tlog::kTileWidth);
  if (!entries.ok()) return full;
  const ByteView last = (*entries)[tile.width - 1U];
  full.resize(static_cast<std::size_t>(last.data() + last.size() - full.data()));
  return full;
}

}  // namespace

Result<std::string> MirrorDirectory::Checkpoint() {
  JEJAK_TRY(bytes, ReadFile(path_ + "/checkpoint", kMaxCheckpointBytes));
  return std::string(AsText(bytes));
}

Result<Bytes> MirrorDirectory::Read(const tlog::TileId& tile) const {
  return ReadFile(path_ + "/" + tlog::TilePath(tile),
                  tile.entries ? kMaxBundleBytes : kMaxTileBytes);
}

Result<Bytes> MirrorDirectory::Tile(const tlog::TileId& tile) {
  Result<Bytes> bytes = Read(tile);
  if (bytes.ok() || bytes.error().code != Code::kNotFound || tile.width == tlog::kTileWidth) {
    return bytes;
  }
  tlog::TileId full = tile;
  full.width = tlog::kTileWidth;
  Result<Bytes> wider = Read(full);
  // The file that is missing is the partial one.
  if (!wider.ok()) return bytes;
  return Cut(std::move(*wider), tile);
}

Result<std::string> MirrorDirectory::Document(const Digest& sha256) {
  JEJAK_TRY(bytes, ReadFile(path_ + "/documents/" + EncodeHex(sha256.view()), kMaxDocumentBytes));
  return std::string(AsText(bytes));
}

}  // namespace jejak::verifier
