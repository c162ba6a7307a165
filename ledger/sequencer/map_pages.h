// SPDX-License-Identifier: Apache-2.0
//
// Pages of the state map as the store keeps them, and those that were used last: the upper levels
// are asked for by every proof and every seal, and a page never changes under its id.
//
// What is in a PageCache is committed. A batch in flight writes pages that may never be, and the
// same ids would then come again with other contents; so its builder only looks pages up, and they
// are put in when the batch is durable. PageCache: any thread. MapPages: one view, one thread.
#pragma once

#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "ledger/sequencer/recent.h"
#include "ledger/statemap/page_tree.h"
#include "ledger/statemap/pages.h"
#include "ledger/store/schema.h"
#include "ledger/store/store.h"

namespace jejak::sequencer {

struct PageIdHash {
  std::size_t operator()(const statemap::PageId& id) const {
    std::uint64_t start = 0;  // ids of one version and depth differ in their first nibbles
    std::memcpy(&start, id.prefix.bytes.data(), sizeof start);
    return static_cast<std::size_t>((id.version * 64 + id.depth) * 0x9e3779b97f4a7c15u ^ start);
  }
};
using PageCache = Recent<statemap::PageId, Bytes, PageIdHash>;
using TreeCache = Recent<statemap::PageId, statemap::PageTree, PageIdHash>;

class MapPages final : public statemap::PageReader {
 public:
  enum class View { kCommitted, kInFlight };

  explicit MapPages(const store::View& view, PageCache* cache = nullptr,
                    View kind = View::kInFlight)
      : view_(view), cache_(cache), keeps_(cache != nullptr && kind == View::kCommitted) {}

  static std::string Key(const statemap::PageId& id);

  // kInternal when a page is missing: it was pruned, or the store has lost it.
  Result<std::vector<Bytes>> ReadPages(std::span<const statemap::PageId> ids) override;

 private:
  const store::View& view_;
  PageCache* const cache_;
  const bool keeps_;  // what was read goes into the cache
};

// Value of X: the keys of the pages that a seal replaced, each after its length as u16.
std::string EncodeReplacedValue(std::span<const statemap::PageId> pages);

// Pages of one committed view as proofs use them, hashed once for all readers. One thread.
class MapTrees final : public statemap::TreeReader {
 public:
  MapTrees(statemap::PageReader& pages, TreeCache& cache) : fresh_(pages), cache_(cache) {}

  // kInternal: as LoadPages, and a kept page with another number of keys than its parent says.
  Result<std::vector<std::shared_ptr<const statemap::PageTree>>> ReadTrees(
      std::span<const statemap::PageRef> refs) override;

 private:
  statemap::FreshTrees fresh_;
  TreeCache& cache_;
};

}  // namespace jejak::sequencer
