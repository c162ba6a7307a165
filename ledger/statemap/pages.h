// SPDX-License-Identifier: Apache-2.0
//
// The state map on disk: immutable pages, a new version of each touched page per seal. Part of the
// store's layout, not of any proof: the root (patricia.h) does not depend on pages.
//
// The page at a prefix of d nibbles holds every key that begins so:
//
//   bucket   02 ‖ u8 n ‖ n × (key 32 ‖ value 32)                 1 <= n <= 24, keys ascending
//   index    01 ‖ u16 mask ‖ per set bit: uvarint version ‖ uvarint count ‖ hash 32
//
//   01 8001 2a 14 a3…  2b 05 77…      an index page with children at nibbles 0 and f (mask bit 15 -
//   nibble):
//                                     the first written by the seal at 42 with 20 keys below, the
//                                     other by the seal at 43 with 5
//
// A page is a bucket exactly when at most 24 keys begin with its prefix: the shape, too, depends on
// the set of keys alone. A child's id is its slot's version and the page's prefix with one nibble
// more. Nothing is ever overwritten: a seal writes new pages under its own index, so an older
// MapRoot stays readable until its pages are pruned, and a crash between two seals leaves nothing
// half-written.
//
// 24: at a million keys the buckets at depth 4 hold 15 keys each; a smaller bound splits half of
// them into pages of one key, a larger one only makes each rewrite longer. Pure; any thread; reads
// go through PageReader.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <variant>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/base/result.h"
#include "ledger/statemap/patricia.h"

namespace jejak::statemap {

inline constexpr std::size_t kBucketItems = 24;
inline constexpr unsigned kMaxPageDepth =
    63;  // 16 keys at most share 63 nibbles, and they fit a bucket

struct PageId {
  std::uint64_t version = 0;  // index of the seal that wrote it
  std::uint8_t depth = 0;     // nibbles of prefix
  Digest prefix;              // those nibbles, high nibble first, then zeros

  friend auto operator<=>(const PageId&, const PageId&) = default;
};

// A key for a page that sorts by version first, so that a seal's pages are appended to the key
// space and compaction moves files instead of rewriting them: u64 version ‖ u8 depth ‖ ceil(depth /
// 2) bytes of prefix.
void AppendPageKey(Bytes& key, const PageId& id);

// Where pages come from: a snapshot of the store, usually behind a cache.
class PageReader {
 public:
  virtual ~PageReader() = default;

  // The pages' bytes, in order. A page that is missing is an error (kInternal), never an empty
  // page.
  virtual Result<std::vector<Bytes>> ReadPages(std::span<const PageId> ids) = 0;
};

// A version of the map. `version` names the root page; without streams there is none.
struct MapRoot {
  Digest root = EmptyMapRoot();
  std::uint64_t version = 0;
  std::uint64_t streams = 0;

  friend bool operator==(const MapRoot&, const MapRoot&) = default;
};

struct MapUpdate {
  MapRoot next;
  std::vector<std::pair<PageId, Bytes>> written;
  std::vector<PageId>
      replaced;  // no longer reachable from `next`; an older root may still need them
};

// The map after setting each (key, value): replaces or inserts; there is no removal, a stream never
// ends. `sets` sorted by key, keys distinct; `version` above root.version: anything else is
// kInternal. One ReadPages per level. Cost: the pages on the paths of the keys, each read, hashed
// and written once. A page that does not parse, or whose number of keys is not what its parent
// says, is kInternal.
Result<MapUpdate> UpdateMap(PageReader& pages, const MapRoot& root, std::span<const MapItem> sets,
                            std::uint64_t version);

// Told each page of a version of the map by CheckMap.
class PageVisitor {
 public:
  virtual ~PageVisitor() = default;
  virtual void OnPage(const PageId& id) = 0;
  virtual void OnItem(const MapItem& item) = 0;
};

// Reads a whole version of the map and recomputes every hash and count (fsck). kInternal names the
// depth of the first page that is not what its parent says.
Result<void> CheckMap(PageReader& pages, const MapRoot& root, PageVisitor* visitor = nullptr);

// One page, decoded.
struct PageSlot {
  std::uint64_t version = 0;
  std::uint64_t count = 0;  // keys below; 0 = no child
  Digest hash;              // of the subtree below
};
struct IndexPage {
  std::array<PageSlot, 16> slots;
};
using BucketPage = std::vector<MapItem>;
using Page = std::variant<IndexPage, BucketPage>;

Bytes EncodePage(const Page& page);

// Accepts exactly what EncodePage emits for a page of this id: minimal varints, keys under the
// prefix and ascending, children no newer than the page, more than kBucketItems keys below an index
// page. kMalformed.
Result<Page> ParsePage(const PageId& id, ByteView bytes);

// Keys below a page, and the hash of its subtree.
std::uint64_t PageCount(const Page& page);
Digest PageHash(std::uint8_t depth, const Page& page);

// The first bit at which the keys of two slots of an index page at this depth differ.
unsigned SlotBit(unsigned depth, unsigned nibble_a, unsigned nibble_b);

// A page and what its parent (or the MapRoot) says of it.
struct PageRef {
  PageId id;
  std::uint64_t count = 0;
  Digest hash;
};

// The pages, in order, parsed. kInternal if one does not parse or has another number of keys than
// `count`; `hash` is not looked at.
Result<std::vector<Page>> LoadPages(PageReader& pages, std::span<const PageRef> refs);

// The root page of a map with streams.
PageRef RootPage(const MapRoot& root);

// The id of the child at a nibble of an index page.
PageId ChildId(const PageId& page, unsigned nibble, std::uint64_t version);

// The nibble of a key at a depth below 64.
unsigned KeyNibble(const Digest& key, unsigned depth);

}  // namespace jejak::statemap
