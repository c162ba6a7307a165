// SPDX-License-Identifier: Apache-2.0
// Tile paths, bundles and nodes out of tiles: no crash; what is accepted is what the encoder emits.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "ledger/tlog/tile.h"

namespace {

using namespace jejak::tlog;

void Require(bool condition) {
  if (!condition) std::abort();
}

void CheckBundle(jejak::ByteView bytes, std::uint16_t width) {
  const auto entries = ParseBundle(bytes, width);
  if (!entries.ok()) return;
  Require(entries->size() == width);
  jejak::Bytes again;
  for (const jejak::ByteView entry : *entries) Require(AppendBundleEntry(again, entry).ok());
  Require(jejak::AsText(again) == jejak::AsText(bytes));
}

void CheckNode(std::uint64_t number, std::uint32_t level, jejak::ByteView tile) {
  const auto slot = SlotOf({level, number});
  if (!slot.ok()) return;
  Require(slot->level <= kMaxTileLevel && slot->first + slot->count <= kTileWidth);
  const bool fits = tile.size() % kHashBytes == 0 &&
                    tile.size() >= (std::size_t{slot->first} + slot->count) * kHashBytes;
  Require(HashFromTile(*slot, tile).ok() == fits);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto tile = ParseTilePath(text);
  if (tile.ok()) {
    Require(TilePath(*tile) == text);
    Require(tile->width >= 1 && tile->width <= kTileWidth && tile->level <= kMaxTileLevel);
  }
  if (size < 10) return 0;
  const jejak::ByteView rest(data + 10, size - 10);
  CheckBundle(rest, jejak::LoadU16(data));
  const std::uint64_t number = jejak::LoadU64(data + 2);
  CheckNode(number >> (data[0] % 64), data[1], rest);
  Require(TileWidthAt(data[0], number, number) <= kTileWidth);
  return 0;
}
