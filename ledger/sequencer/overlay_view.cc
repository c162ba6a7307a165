// SPDX-License-Identifier: Apache-2.0
#include "ledger/sequencer/overlay_view.h"

#include <limits>
#include <map>
#include <utility>

namespace jejak::sequencer {

OverlayView::OverlayView(std::shared_ptr<const store::View> base, std::string head, Writes writes)
    : base_(std::move(base)), head_(std::move(head)), writes_(std::move(writes)) {
  newest_.reserve(writes_->size());
  for (const store::Write& write : *writes_) newest_[write.key] = &write;
}

Result<std::vector<std::optional<std::string>>> OverlayView::Read(
    std::span<const std::string> keys) const {
  std::vector<std::optional<std::string>> values(keys.size());
  std::vector<std::string> below;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (const auto found = newest_.find(keys[i]); found != newest_.end()) {
      values[i] = found->second->value;
    } else {
      below.push_back(keys[i]);
      places.push_back(i);
    }
  }
  if (below.empty()) return values;
  JEJAK_TRY(read, base_->Read(below));
  for (std::size_t i = 0; i < places.size(); ++i) values[places[i]] = std::move(read[i]);
  return values;
}

Result<std::vector<std::pair<std::string, std::string>>> OverlayView::Scan(
    std::string_view from, std::string_view to, std::size_t limit) const {
  // Each deletion in the range may hide one row of the base, so ask for that many more.
  std::map<std::string, std::optional<std::string>> rows;
  std::size_t deletions = 0;
  for (const auto& [key, write] : newest_) {
    if (key < from || key >= to) continue;
    rows.emplace(key, write->value);
    if (!write->value) ++deletions;
  }
  const std::size_t room = std::numeric_limits<std::size_t>::max() - limit;
  JEJAK_TRY(base, base_->Scan(from, to, limit + std::min(deletions, room)));
  for (auto& [key, value] : base) rows.try_emplace(key, std::move(value));
  std::vector<std::pair<std::string, std::string>> result;
  for (auto& [key, value] : rows) {
    if (result.size() == limit) break;
    if (value) result.emplace_back(key, std::move(*value));
  }
  return result;
}

}  // namespace jejak::sequencer
