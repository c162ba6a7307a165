// SPDX-License-Identifier: Apache-2.0
#include "ledger/sequencer/map_pages.h"

namespace jejak::sequencer {

std::string MapPages::Key(const statemap::PageId& id) {
  Bytes key;
  statemap::AppendPageKey(key, id);
  return store::PageKey(key);
}

Result<std::vector<Bytes>> MapPages::ReadPages(std::span<const statemap::PageId> ids) {
  std::vector<std::string> keys;
  keys.reserve(ids.size());
  for (const statemap::PageId& id : ids) keys.push_back(Key(id));
  JEJAK_TRY(values, view_.Read(keys));
  std::vector<Bytes> pages;
  pages.reserve(values.size());
  for (const std::optional<std::string>& value : values) {
    if (!value) return Internal("a page of the state map is missing from the store");
    const ByteView bytes = AsBytes(*value);
    pages.emplace_back(bytes.begin(), bytes.end());
  }
  return pages;
}

}  // namespace jejak::sequencer
