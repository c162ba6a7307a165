// SPDX-License-Identifier: Apache-2.0
#include "ledger/sequencer/tile_cache.h"

#include <algorithm>

#include "ledger/store/schema.h"
#include "ledger/tlog/merkle.h"
#include "ledger/tlog/tile.h"

namespace jejak::sequencer {
namespace {

struct Place {
  TileCache::Id tile;
  unsigned height;
  std::uint64_t position;
};

Place PlaceOf(const tlog::NodeId& id) {
  const unsigned height = id.level % tlog::kTileHeight;
  const unsigned across = tlog::kTileHeight - height;
  return {{static_cast<std::uint8_t>(id.level / tlog::kTileHeight), id.index >> across},
          height,
          id.index & ((std::uint64_t{1} << across) - 1)};
}

}  // namespace

Result<ExpandedTile> ExpandedTile::From(std::string_view bytes) {
  if (bytes.size() != tlog::kTileWidth * 32) return Internal("stored hash tile is not 8192 bytes");
  ExpandedTile tile;
  tile.nodes_.resize(kTileNodes);
  for (std::size_t i = 0; i < tlog::kTileWidth; ++i) {
    std::copy_n(AsBytes(bytes).begin() + static_cast<std::ptrdiff_t>(32 * i), 32,
                tile.nodes_[i].bytes.begin());
  }
  tile.FillInner();
  return tile;
}

ExpandedTile ExpandedTile::From(FullTile tile) {
  ExpandedTile expanded;
  expanded.nodes_ = std::move(tile.nodes);
  return expanded;
}

void ExpandedTile::FillInner() {
  for (std::size_t from = 0, to = tlog::kTileWidth; to < nodes_.size(); from += 2, ++to) {
    nodes_[to] = tlog::NodeHash(nodes_[from], nodes_[from + 1]);
  }
}

const Digest& ExpandedTile::Node(unsigned height, std::uint64_t position) const {
  return nodes_[TileNodeAt(height, position)];
}

Result<std::vector<Digest>> StoredNodes::ReadNodes(std::span<const tlog::NodeId> ids) {
  JEJAK_TRY(tiles, FetchTiles(ids));
  std::vector<Digest> nodes;
  nodes.reserve(ids.size());
  for (const tlog::NodeId& id : ids) {
    const Place place = PlaceOf(id);
    if (const auto found = tiles.find(place.tile); found != tiles.end()) {
      nodes.push_back(found->second->Node(place.height, place.position));
    } else {
      JEJAK_TRY(node, PartialNode(id));
      nodes.push_back(node);
    }
  }
  return nodes;
}

Result<StoredNodes::Tiles> StoredNodes::FetchTiles(std::span<const tlog::NodeId> ids) {
  Tiles tiles;
  std::vector<std::string> keys;
  std::vector<TileCache::Id> missing;
  for (const tlog::NodeId& id : ids) {
    const TileCache::Id tile = PlaceOf(id).tile;
    if (edge_.IsPartial(tile.first, tile.second) || tiles.contains(tile)) continue;
    std::shared_ptr<const ExpandedTile>& slot = tiles[tile];
    slot = cache_.Find(tile);
    if (slot == nullptr) {
      keys.push_back(store::TileKey(tile.first, tile.second));
      missing.push_back(tile);
    }
  }
  if (keys.empty()) return tiles;
  JEJAK_TRY(values, view_.Read(keys));
  for (std::size_t i = 0; i < missing.size(); ++i) {
    if (!values[i]) return Internal("hash tile is missing from the store");
    JEJAK_TRY(expanded, ExpandedTile::From(*values[i]));
    auto shared = std::make_shared<const ExpandedTile>(std::move(expanded));
    cache_.Insert(missing[i], shared);
    tiles[missing[i]] = std::move(shared);
  }
  return tiles;
}

Result<Digest> StoredNodes::PartialNode(const tlog::NodeId& id) const {
  const Place place = PlaceOf(id);
  const Digest* const node = edge_.PartialNode(place.tile.first, place.height, place.position);
  if (node == nullptr) return Internal("node is not a perfect subtree of this tree");
  return *node;
}

}  // namespace jejak::sequencer
