// SPDX-License-Identifier: Apache-2.0
#include "ledger/sequencer/map_pages.h"

namespace jejak::sequencer {

std::string MapPages::Key(const statemap::PageId& id) {
  Bytes key;
  statemap::AppendPageKey(key, id);
  return store::PageKey(key);
}

Result<std::vector<Bytes>> MapPages::ReadPages(std::span<const statemap::PageId> ids) {
  std::vector<Bytes> pages(ids.size());
  std::vector<std::string> keys;
  std::vector<std::size_t> missing;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (const auto found = cache_ == nullptr ? nullptr : cache_->Find(ids[i])) {
      pages[i] = *found;
    } else {
      keys.push_back(Key(ids[i]));
      missing.push_back(i);
    }
  }
  if (keys.empty()) return pages;
  JEJAK_TRY(values, view_.Read(keys));
  for (std::size_t i = 0; i < missing.size(); ++i) {
    if (!values[i]) return Internal("a page of the state map is missing from the store");
    const ByteView bytes = AsBytes(*values[i]);
    Bytes& page = pages[missing[i]];
    page.assign(bytes.begin(), bytes.end());
    if (keeps_) cache_->Insert(ids[missing[i]], std::make_shared<const Bytes>(page));
  }
  return pages;
}

Result<std::vector<std::shared_ptr<const statemap::PageTree>>> MapTrees::ReadTrees(
    std::span<const statemap::PageRef> refs) {
  std::vector<std::shared_ptr<const statemap::PageTree>> trees(refs.size());
  std::vector<statemap::PageRef> missing;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < refs.size(); ++i) {
    trees[i] = cache_.Find(refs[i].id);
    if (trees[i] == nullptr) {
      missing.push_back(refs[i]);
      places.push_back(i);
    } else if (trees[i]->count() != refs[i].count) {
      return Internal("a page of the state map has another number of keys than its parent says");
    }
  }
  if (missing.empty()) return trees;
  JEJAK_TRY(read, fresh_.ReadTrees(missing));
  for (std::size_t i = 0; i < places.size(); ++i) {
    cache_.Insert(missing[i].id, read[i]);
    trees[places[i]] = std::move(read[i]);
  }
  return trees;
}

std::string EncodeReplacedValue(std::span<const statemap::PageId> pages) {
  Bytes bytes;
  for (const statemap::PageId& page : pages) {
    Bytes key;
    statemap::AppendPageKey(key, page);
    AppendU16(bytes, static_cast<std::uint16_t>(key.size()));
    bytes.insert(bytes.end(), key.begin(), key.end());
  }
  return std::string(AsText(bytes));
}

}  // namespace jejak::sequencer
