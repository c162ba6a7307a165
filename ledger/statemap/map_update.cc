// SPDX-License-Identifier: Apache-2.0
// UpdateMap (pages.h): down level by level, reading; up again, hashing and writing.
#include <algorithm>
#include <deque>
#include <iterator>
#include <string>

#include "ledger/statemap/pages.h"

namespace jejak::statemap {
namespace {

constexpr std::size_t kNoParent = static_cast<std::size_t>(-1);

// A page that gets a new version. Parents stand before their children in the list of them.
struct Touched {
  PageRef ref;  // the version before; count 0 for a page that is new
  Page page;
  std::size_t parent = kNoParent;
  unsigned nibble = 0;
  std::span<const MapItem> sets;
};

class Update final {
 public:
  Update(PageReader& pages, std::uint64_t version) : pages_(pages), version_(version) {}

  Result<MapUpdate> Run(const MapRoot& root, std::span<const MapItem> sets) {
    PageRef top;
    if (root.streams != 0) top = RootPage(root);
    touched_.push_back({top, {}, kNoParent, 0, sets});
    for (std::size_t level = 0; level < touched_.size();) {
      const std::size_t end = touched_.size();
      JEJAK_CHECKED(ReadLevel(level, end));
      for (; level < end; ++level) Descend(level);
    }
    return Ascend();
  }

 private:
  Result<void> ReadLevel(std::size_t begin, std::size_t end) {
    std::vector<PageRef> refs;
    for (std::size_t i = begin; i < end; ++i) {
      if (touched_[i].ref.count != 0) refs.push_back(touched_[i].ref);
    }
    if (refs.empty()) return {};
    JEJAK_TRY(loaded, LoadPages(pages_, refs));
    std::size_t next = 0;
    for (std::size_t i = begin; i < end; ++i) {
      if (touched_[i].ref.count == 0) continue;
      touched_[i].page = std::move(loaded[next++]);
      result_.replaced.push_back(touched_[i].ref.id);
    }
    return {};
  }

  // Puts the page's sets into it: into a bucket, or on to the children.
  void Descend(std::size_t at) {
    const bool is_new = touched_[at].ref.count == 0;
    const auto* bucket = std::get_if<BucketPage>(&touched_[at].page);
    if (is_new || bucket != nullptr) {
      std::span<const MapItem> items = touched_[at].sets;
      if (!is_new) items = Merge(*bucket, items);
      if (items.size() <= kBucketItems) {
        touched_[at].page = BucketPage(items.begin(), items.end());
        return;
      }
      touched_[at].page = IndexPage{};
      touched_[at].sets = items;
    }
    AddChildren(at);
  }

  void AddChildren(std::size_t at) {
    const PageId id = touched_[at].ref.id;
    std::span<const MapItem> rest = touched_[at].sets;
    while (!rest.empty()) {
      const unsigned nibble = KeyNibble(rest.front().first, id.depth);
      const auto run_end = std::ranges::find_if(
          rest, [&](const MapItem& item) { return KeyNibble(item.first, id.depth) != nibble; });
      const auto run = static_cast<std::size_t>(std::distance(rest.begin(), run_end));
      const PageSlot& slot = std::get_if<IndexPage>(&touched_[at].page)->slots[nibble];
      const PageRef child{ChildId(id, nibble, slot.version), slot.count, slot.hash};
      touched_.push_back({child, {}, at, nibble, rest.first(run)});
      rest = rest.subspan(run);
    }
  }

  // Both sorted; where a key is in both, the new value wins.
  std::span<const MapItem> Merge(const BucketPage& old, std::span<const MapItem> sets) {
    std::vector<MapItem>& merged = merged_.emplace_back();
    merged.reserve(old.size() + sets.size());
    std::ranges::set_union(sets, old, std::back_inserter(merged), {}, &MapItem::first,
                           &MapItem::first);
    return merged;
  }

  Result<MapUpdate> Ascend() {
    result_.written.reserve(touched_.size());
    for (std::size_t i = touched_.size(); i-- > 0;) {
      const Touched& node = touched_[i];
      PageId id = node.ref.id;
      id.version = version_;
      const PageSlot slot{version_, PageCount(node.page), PageHash(id.depth, node.page)};
      result_.written.emplace_back(id, EncodePage(node.page));
      if (node.parent != kNoParent) {
        std::get_if<IndexPage>(&touched_[node.parent].page)->slots[node.nibble] = slot;
      } else {
        result_.next = {slot.hash, version_, slot.count};
      }
    }
    return std::move(result_);
  }

  PageReader& pages_;
  const std::uint64_t version_;
  std::deque<Touched> touched_;
  std::deque<std::vector<MapItem>> merged_;  // spans in touched_ point here
  MapUpdate result_;
};

}  // namespace

Result<MapUpdate> UpdateMap(PageReader& pages, const MapRoot& root, std::span<const MapItem> sets,
                            std::uint64_t version) {
  const auto unordered = [](const MapItem& a, const MapItem& b) { return a.first >= b.first; };
  if (std::ranges::adjacent_find(sets, unordered) != sets.end()) {
    return Internal("the keys to set in the state map are not sorted and distinct");
  }
  if (sets.empty()) return MapUpdate{root, {}, {}};
  if (root.streams != 0 && version <= root.version) {
    return Internal("the state map's new version is not above the one before");
  }
  return Update(pages, version).Run(root, sets);
}

}  // namespace jejak::statemap
