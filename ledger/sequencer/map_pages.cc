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

}  // namespace jejak::sequencer
