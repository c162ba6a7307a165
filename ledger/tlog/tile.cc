// SPDX-License-Identifier: Apache-2.0
#include "ledger/tlog/tile.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <optional>

#include "ledger/base/text.h"

namespace jejak::tlog {
namespace {

constexpr std::uint64_t kMax = std::numeric_limits<std::uint64_t>::max();
constexpr std::size_t kMaxEntryLength = 0xffff;

// The largest index that a tile of this level has in any tree of 64-bit sizes.
std::uint64_t MaxTileIndex(unsigned level) { return (kMax >> kTileHeight) >> (8 * level); }

Error BadPath() { return Malformed("tile path: not the path of a tile"); }

// The next three digits as a number; advances.
std::optional<std::uint64_t> TakeGroup(std::string_view& rest) {
  if (rest.size() < 3) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : rest.substr(0, 3)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<std::uint64_t>(c - '0');
  }
  rest.remove_prefix(3);
  return value;
}

// "x001/x234/067": six groups hold every index of a level-0 tile.
std::optional<std::uint64_t> TakeIndex(std::string_view& rest) {
  std::uint64_t index = 0;
  for (int group = 0; group < 6; ++group) {
    const bool more = TakePrefix(rest, "x");
    const std::optional<std::uint64_t> value = TakeGroup(rest);
    if (!value) return std::nullopt;
    index = index * 1000 + *value;
    if (!more) return index;
    if (!TakePrefix(rest, "/")) return std::nullopt;
  }
  return std::nullopt;
}

// The tiles of one level that `want` items have and `have` items have not in that width.
void AddTiles(TileId tile, std::uint64_t have, std::uint64_t want, std::vector<TileId>& tiles) {
  if (want <= have) return;
  const std::uint64_t last = (want - 1) / kTileWidth;
  for (tile.index = have / kTileWidth; tile.index <= last; ++tile.index) {
    const std::uint64_t items = want - tile.index * kTileWidth;
    tile.width = static_cast<std::uint16_t>(std::min<std::uint64_t>(items, kTileWidth));
    tiles.push_back(tile);
  }
}

}  // namespace

std::string TilePath(const TileId& tile) {
  std::string index;
  std::uint64_t left = tile.index;
  do {
    std::string group = std::to_string(left % 1000);
    group.insert(0, 3 - group.size(), '0');
    left /= 1000;
    index.insert(0, index.empty() ? group : "x" + group + "/");
  } while (left != 0);
  std::string path = "tile/";
  path += tile.entries ? std::string("entries") : std::to_string(tile.level);
  path += "/" + index;
  if (tile.width < kTileWidth) path += ".p/" + std::to_string(tile.width);
  return path;
}

Result<TileId> ParseTilePath(std::string_view path) {
  std::string_view rest = path;
  TileId tile;
  if (!TakePrefix(rest, "tile/")) return BadPath();
  if (TakePrefix(rest, "entries/")) {
    tile.entries = true;
  } else {
    if (rest.size() < 2 || rest[0] < '0' || rest[0] > '7' || rest[1] != '/') return BadPath();
    tile.level = static_cast<std::uint8_t>(rest[0] - '0');
    rest.remove_prefix(2);
  }
  const std::optional<std::uint64_t> index = TakeIndex(rest);
  if (!index || *index > MaxTileIndex(tile.level)) return BadPath();
  tile.index = *index;
  if (TakePrefix(rest, ".p/")) {
    const Result<std::uint64_t> width = ParseDecimal(rest);
    if (!width.ok() || width.value() == 0 || width.value() >= kTileWidth) return BadPath();
    tile.width = static_cast<std::uint16_t>(width.value());
    rest = {};
  }
  // What is left are spellings of the same tile, such as x000/ in front: caches must see one only.
  if (!rest.empty() || TilePath(tile) != path) return BadPath();
  return tile;
}

std::uint64_t TileItems(unsigned level, std::uint64_t size) {
  return level > kMaxTileLevel ? 0 : size >> (8 * level);
}

std::uint16_t TileWidthAt(unsigned level, std::uint64_t index, std::uint64_t size) {
  const std::uint64_t items = TileItems(level, size);
  if (index < items / kTileWidth) return kTileWidth;
  if (index > items / kTileWidth) return 0;
  return static_cast<std::uint16_t>(items % kTileWidth);
}

std::vector<TileId> TilesOf(std::uint64_t size, std::uint64_t from) {
  std::vector<TileId> tiles;
  for (std::uint8_t level = 0; level <= kMaxTileLevel; ++level) {
    AddTiles({.level = level}, TileItems(level, from), TileItems(level, size), tiles);
  }
  return tiles;
}

std::vector<TileId> BundlesOf(std::uint64_t size, std::uint64_t from) {
  std::vector<TileId> bundles;
  AddTiles({.entries = true}, from, size, bundles);
  return bundles;
}

Result<TileSlot> SlotOf(const NodeId& node) {
  if (node.level > 63 || node.index > (kMax >> node.level)) {
    return Malformed("node: lies outside of every tree");
  }
  const unsigned height = node.level % kTileHeight;
  const std::uint64_t item = node.index << height;
  return TileSlot{static_cast<std::uint8_t>(node.level / kTileHeight), item / kTileWidth,
                  static_cast<std::uint16_t>(item % kTileWidth),
                  static_cast<std::uint16_t>(1U << height)};
}

Result<Digest> HashFromTile(const TileSlot& slot, ByteView tile) {
  std::array<Digest, kTileWidth / 2> hashes;
  const std::size_t end = (std::size_t{slot.first} + slot.count) * kHashBytes;
  if (tile.size() % kHashBytes != 0 || tile.size() < end) {
    return Malformed("tile: has fewer hashes than its width");
  }
  if (slot.count == 0 || slot.count > hashes.size()) return Malformed("slot: count is 1..128");
  const std::uint8_t* from = tile.data() + slot.first * kHashBytes;
  for (std::size_t i = 0; i < slot.count; ++i, from += kHashBytes) {
    std::memcpy(hashes[i].bytes.data(), from, kHashBytes);
  }
  for (std::size_t count = slot.count; count > 1; count /= 2) {
    for (std::size_t i = 0; i < count / 2; ++i) {
      hashes[i] = NodeHash(hashes[2 * i], hashes[2 * i + 1]);
    }
  }
  return hashes[0];
}

Result<std::vector<Digest>> TileNodeReader::ReadNodes(std::span<const NodeId> ids) {
  std::vector<TileSlot> slots;
  std::vector<TileId> tiles;
  slots.reserve(ids.size());
  tiles.reserve(ids.size());
  for (const NodeId& id : ids) {
    JEJAK_TRY(slot, SlotOf(id));
    const std::uint16_t width = TileWidthAt(slot.level, slot.index, size_);
    if (slot.first + slot.count > width) return Malformed("node: lies outside of the tree");
    slots.push_back(slot);
    tiles.push_back({slot.level, slot.index, width, false});
  }
  std::sort(tiles.begin(), tiles.end());
  tiles.erase(std::unique(tiles.begin(), tiles.end()), tiles.end());

  JEJAK_TRY(contents, tiles_.ReadTiles(tiles));
  if (contents.size() != tiles.size()) {
    return Internal("tiles: the reader gave another number of tiles than asked for");
  }
  std::vector<Digest> hashes;
  hashes.reserve(slots.size());
  for (const TileSlot& slot : slots) {
    const TileId wanted{slot.level, slot.index, 0, false};
    const auto at = std::lower_bound(tiles.begin(), tiles.end(), wanted) - tiles.begin();
    const auto position = static_cast<std::size_t>(at);
    if (contents[position].size() != tiles[position].width * kHashBytes) {
      return Malformed("tile: has not the length of its width");
    }
    JEJAK_TRY(hash, HashFromTile(slot, contents[position]));
    hashes.push_back(hash);
  }
  return hashes;
}

Result<void> AppendBundleEntry(Bytes& bundle, ByteView entry) {
  if (entry.empty() || entry.size() > kMaxEntryLength) {
    return Malformed("entry: a bundle holds entries of 1 to 65535 bytes");
  }
  AppendU16(bundle, static_cast<std::uint16_t>(entry.size()));
  bundle.insert(bundle.end(), entry.begin(), entry.end());
  return {};
}

Result<std::vector<ByteView>> ParseBundle(ByteView bundle, std::uint16_t width) {
  std::vector<ByteView> entries;
  entries.reserve(std::min<std::size_t>(width, kTileWidth));
  for (std::uint16_t i = 0; i < width; ++i) {
    if (bundle.size() < 2) return Malformed("bundle: has fewer entries than its width");
    const std::size_t length = LoadU16(bundle.data());
    bundle = bundle.subspan(2);
    if (length == 0) return Malformed("bundle: an entry is empty");
    if (bundle.size() < length) return Malformed("bundle: an entry is cut short");
    entries.push_back(bundle.first(length));
    bundle = bundle.subspan(length);
  }
  if (!bundle.empty()) return Malformed("bundle: bytes follow the last entry");
  return entries;
}

}  // namespace jejak::tlog
