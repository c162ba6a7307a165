// SPDX-License-Identifier: Apache-2.0
//
// What a log's readers keep in memory of rows that never change (tiles, map pages, entries, heads of
// streams, last seals), and the nodes of the tree below the right edge. Full hash tiles come out of
// the store with their 256 hashes; the 255 nodes above those are computed once and kept in a
// bounded cache, because recomputing them for each proof costs some 20 microseconds a tile. Nothing
// is ever invalidated.
//
// TileCache may be used by any number of threads; its lock is never held during I/O. StoredNodes is
// one reader's, one thread's.
#pragma once

#include <cstdint>
#include <cstring>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/base/result.h"
#include "ledger/sequencer/head.h"
#include "ledger/sequencer/map_pages.h"
#include "ledger/sequencer/recent.h"
#include "ledger/statemap/stream_head.h"
#include "ledger/tlog/proof.h"

namespace jejak::sequencer {

// A full tile with its inner nodes: level 0 first (256), then 128, 64, ... 1.
class ExpandedTile final {
 public:
  // `bytes`: 8192. kInternal otherwise.
  static Result<ExpandedTile> From(std::string_view bytes);
  static ExpandedTile From(FullTile tile);
  // Node at `height` (0..7) above the tile's bottom, `position` < 256 >> height.
  const Digest& Node(unsigned height, std::uint64_t position) const;

 private:
  void FillInner();
  std::vector<Digest> nodes_;
};

// Entries as they are read: neighbours in one run, because the database has them in one block and
// finding it is most of what a read costs. Run r holds the entries from r * kRunEntries on.
inline constexpr std::uint64_t kRunEntries = 16;
using EntryRun = std::vector<std::string>;
struct EntryRunHash {
  std::size_t operator()(std::uint64_t run) const {
    return static_cast<std::size_t>(run * 0x9e3779b97f4a7c15u);
  }
};
using EntryCache = Recent<std::uint64_t, EntryRun, EntryRunHash>;

// Heads of streams by their values in the state map, which are hashes of them: a stream's next
// action gives it another head under another value.
struct DigestHash {
  std::size_t operator()(const Digest& digest) const {
    std::size_t start = 0;
    std::memcpy(&start, digest.bytes.data(), sizeof start);
    return start;
  }
};
using StreamHeadCache = Recent<Digest, statemap::StreamHead, DigestHash>;

// The seal that ends the tree of some size, and its inclusion path there.
struct LastSeal {
  std::string text;
  std::vector<Digest> path;
};
using LastSealCache = Recent<std::uint64_t, LastSeal, std::hash<std::uint64_t>>;

// What a log's readers and its sequencer keep in memory of rows that never change.
class TileCache final {
 public:
  using Id = std::pair<std::uint8_t, std::uint64_t>;  // level, index
  // Capacity in tiles of 16 KiB.
  explicit TileCache(std::size_t capacity)
      : tiles_(capacity),
        pages_(kCachedPages),
        trees_(kCachedTrees),
        entries_(kCachedEntryBytes),
        stream_heads_(kCachedStreamHeads),
        last_seals_(kCachedLastSeals) {}

  std::shared_ptr<const ExpandedTile> Find(Id id) { return tiles_.Find(id); }
  void Insert(Id id, std::shared_ptr<const ExpandedTile> tile) {
    tiles_.Insert(id, std::move(tile));
  }

  PageCache& pages() { return pages_; }
  TreeCache& trees() { return trees_; }
  EntryCache& entries() { return entries_; }
  StreamHeadCache& stream_heads() { return stream_heads_; }
  LastSealCache& last_seals() { return last_seals_; }

 private:
  static constexpr std::size_t kCachedPages = 16384;  // some 16 MiB, the map over 300,000 streams
  static constexpr std::size_t kCachedTrees = 8192;   // some 24 MiB
  static constexpr std::size_t kCachedEntryBytes = std::size_t{32} << 20U;  // some 60,000 entries
  static constexpr std::size_t kCachedStreamHeads = 32768;                  // some 10 MiB
  static constexpr std::size_t kCachedLastSeals = 8;  // of the newest heads; all readers share one
  struct IdHash {
    std::size_t operator()(const Id& id) const {
      return static_cast<std::size_t>((id.second * 8 + id.first) * 0x9e3779b97f4a7c15u);
    }
  };
  Recent<Id, ExpandedTile, IdHash> tiles_;
  PageCache pages_;
  TreeCache trees_;
  EntryCache entries_;
  StreamHeadCache stream_heads_;
  LastSealCache last_seals_;
};

// Perfect subtrees of one head's tree. Errors: kInternal when a node is asked for that this tree
// does not have, or a tile is missing or torn in the store.
class StoredNodes final : public tlog::NodeReader {
 public:
  StoredNodes(const EdgeTiles& edge, const store::View& view, TileCache& cache)
      : edge_(edge), view_(view), cache_(cache) {}

  Result<std::vector<Digest>> ReadNodes(std::span<const tlog::NodeId> ids) override;

 private:
  using Tiles = std::map<TileCache::Id, std::shared_ptr<const ExpandedTile>>;
  Result<Tiles> FetchTiles(std::span<const tlog::NodeId> ids);
  Result<Digest> PartialNode(const tlog::NodeId& id) const;

  const EdgeTiles& edge_;
  const store::View& view_;
  TileCache& cache_;
};

}  // namespace jejak::sequencer
