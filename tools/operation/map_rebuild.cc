// SPDX-License-Identifier: Apache-2.0
#include "tools/operation/map_rebuild.h"

#include <utility>

#include "ledger/sequencer/batch.h"
#include "ledger/sequencer/map_pages.h"
#include "ledger/store/schema.h"

namespace jejak::operation {
namespace {

using sequencer::MapPages;

}  // namespace

Result<std::vector<Bytes>> MapRebuild::ReadPages(std::span<const statemap::PageId> ids) {
  std::vector<Bytes> pages;
  for (const statemap::PageId& id : ids) {
    const auto page = pages_.find(MapPages::Key(id));
    if (page == pages_.end()) return Internal("a page of the state map was not rebuilt");
    const ByteView bytes = AsBytes(page->second);
    pages.emplace_back(bytes.begin(), bytes.end());
  }
  return pages;
}

Result<void> MapRebuild::Seal(std::uint64_t index) {
  std::vector<statemap::PageId> replaced;
  if (!changed_.empty()) {
    const std::vector<statemap::MapItem> sets(changed_.begin(), changed_.end());
    JEJAK_TRY(update, statemap::UpdateMap(*this, root_, sets, index));
    for (const auto& [id, bytes] : update.written)
      pages_[MapPages::Key(id)] = std::string(AsText(bytes));
    root_ = update.next;
    replaced = std::move(update.replaced);
    changed_.clear();
  }
  // Older lists are pruned before the one of this seal counts.
  while (replaced_.size() > sequencer::kKeptSeals) {
    for (const statemap::PageId& id : replaced_.begin()->second) pages_.erase(MapPages::Key(id));
    replaced_.erase(replaced_.begin());
  }
  if (!replaced.empty()) replaced_[index] = std::move(replaced);
  return {};
}

Result<void> MapRebuild::CompareRows(const store::View& view, char letter, const Rows& wanted,
                                     RowCheck& rows) {
  std::uint64_t found = 0;
  const auto visit = [&](const std::string& key, const std::string& value) {
    const auto row = wanted.find(key);
    if (row == wanted.end()) {
      rows.Add(letter,
               "a row of " + std::string(RowKind(letter)) + " belongs to no seal that is kept");
    } else {
      ++found;
      if (row->second != value)
        rows.Add(letter, "a row of " + std::string(RowKind(letter)) + " is not what the log gives");
    }
  };
  JEJAK_CHECKED(ForEachRow(view, letter, visit));
  if (found != wanted.size()) {
    rows.Add(letter, std::to_string(wanted.size() - found) + " rows of " +
                         std::string(RowKind(letter)) + " are missing");
  }
  return {};
}

Result<void> MapRebuild::Compare(const store::View& view, RowCheck& rows) const {
  Rows lists;
  for (const auto& [seal, pages] : replaced_)
    lists[store::ReplacedKey(seal)] = sequencer::EncodeReplacedValue(pages);
  JEJAK_CHECKED(CompareRows(view, 'M', pages_, rows));
  return CompareRows(view, 'X', lists, rows);
}

}  // namespace jejak::operation
