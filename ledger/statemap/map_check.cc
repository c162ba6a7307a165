// SPDX-License-Identifier: Apache-2.0
// Reading pages against what their parents say: LoadPages and CheckMap (pages.h).
#include <algorithm>
#include <string>

#include "ledger/statemap/pages.h"

namespace jejak::statemap {
namespace {

constexpr std::size_t kReadAhead = 256;  // pages in memory at once while the whole map is walked

Error Damaged(const PageId& id, const std::string& what) {
  return Internal("a page of the state map at depth " + std::to_string(id.depth) + " is damaged (" +
                  what + "); restore the store from a mirror or a backup");
}

Result<void> CheckPage(const PageRef& ref, const Page& page, PageVisitor* visitor) {
  if (PageHash(ref.id.depth, page) != ref.hash) {
    return Damaged(ref.id, "its hash is not what its parent says");
  }
  if (visitor == nullptr) return {};
  visitor->OnPage(ref.id);
  if (const auto* bucket = std::get_if<BucketPage>(&page)) {
    for (const MapItem& item : *bucket) visitor->OnItem(item);
  }
  return {};
}

void PushChildren(const PageRef& parent, const IndexPage& page, std::vector<PageRef>& waiting) {
  for (unsigned nibble = 0; nibble < page.slots.size(); ++nibble) {
    const PageSlot& slot = page.slots[nibble];
    if (slot.count == 0) continue;
    waiting.push_back({ChildId(parent.id, nibble, slot.version), slot.count, slot.hash});
  }
}

}  // namespace

PageRef RootPage(const MapRoot& root) { return {{root.version, 0, {}}, root.streams, root.root}; }

Result<std::vector<Page>> LoadPages(PageReader& pages, std::span<const PageRef> refs) {
  std::vector<PageId> ids;
  ids.reserve(refs.size());
  for (const PageRef& ref : refs) ids.push_back(ref.id);
  JEJAK_TRY(stored, pages.ReadPages(ids));
  if (stored.size() != refs.size()) return Internal("the page reader lost a page");
  std::vector<Page> parsed;
  parsed.reserve(refs.size());
  for (std::size_t i = 0; i < refs.size(); ++i) {
    Result<Page> page = ParsePage(refs[i].id, stored[i]);
    if (!page.ok()) return Damaged(refs[i].id, page.error().detail);
    if (PageCount(*page) != refs[i].count) {
      return Damaged(refs[i].id, "its number of keys is not what its parent says");
    }
    parsed.push_back(std::move(*page));
  }
  return parsed;
}

Result<void> CheckMap(PageReader& pages, const MapRoot& root, PageVisitor* visitor) {
  if (root.streams == 0) {
    if (root.root != EmptyMapRoot()) {
      return Internal("the state map has no streams, but its root is not that of the empty map");
    }
    return {};
  }
  std::vector<PageRef> waiting{RootPage(root)};
  while (!waiting.empty()) {
    const std::size_t taken = std::min(waiting.size(), kReadAhead);
    const std::vector<PageRef> refs(waiting.end() - static_cast<std::ptrdiff_t>(taken),
                                    waiting.end());
    waiting.resize(waiting.size() - taken);
    JEJAK_TRY(loaded, LoadPages(pages, refs));
    for (std::size_t i = 0; i < refs.size(); ++i) {
      JEJAK_CHECKED(CheckPage(refs[i], loaded[i], visitor));
      if (const auto* index = std::get_if<IndexPage>(&loaded[i])) {
        PushChildren(refs[i], *index, waiting);
      }
    }
  }
  return {};
}

}  // namespace jejak::statemap
