// SPDX-License-Identifier: Apache-2.0
#include "ledger/procedure/candidates.h"

#include <algorithm>

namespace jejak::procedure {
namespace {

constexpr std::size_t kBlock = 64;

}  // namespace

void Candidates::Add(std::size_t act, Finding finding, std::int64_t day, UnixSeconds at) {
  if (finding.truth == Truth::kFalse) return;
  const bool certain = finding.truth == Truth::kTrue;
  if (entries_.size() % kBlock == 0) blocks_.push_back({day, day, at.value, at.value});
  Block& block = blocks_.back();
  block.day_min = std::min(block.day_min, day);
  block.day_max = std::max(block.day_max, day);
  block.at_min = std::min(block.at_min, at.value);
  block.at_max = std::max(block.at_max, at.value);
  if (certain) certain_at_.push_back(entries_.size());
  certain_.push_back(certain_.back() + (certain ? 1U : 0U));
  possible_.push_back(possible_.back() + (certain ? 0U : 1U));
  contents_.push_back(contents_.back() + (!certain && finding.causes.contents ? 1U : 0U));
  other_.push_back(other_.back() + (!certain && finding.causes.other ? 1U : 0U));
  entries_.push_back({act, finding, day, at});
}

std::pair<std::size_t, std::size_t> Candidates::Range(Stretch stretch) const {
  const auto place = [&](std::size_t act) {
    const auto found =
        std::lower_bound(entries_.begin(), entries_.end(), act,
                         [](const Entry& entry, std::size_t at) { return entry.act < at; });
    return static_cast<std::size_t>(found - entries_.begin());
  };
  const std::size_t first = place(stretch.first);
  return {first, stretch.last <= stretch.first ? first : place(stretch.last)};
}

Candidates::Counts Candidates::CountIn(Stretch stretch) const {
  const auto [first, last] = Range(stretch);
  Counts counts;
  counts.certain = certain_[last] - certain_[first];
  counts.possible = possible_[last] - possible_[first];
  counts.causes = {contents_[last] != contents_[first], other_[last] != other_[first]};
  return counts;
}

std::optional<std::size_t> Candidates::FirstCertain(Stretch stretch) const {
  const auto [first, last] = Range(stretch);
  const auto found = std::lower_bound(certain_at_.begin(), certain_at_.end(), first);
  if (found == certain_at_.end() || *found >= last) return std::nullopt;
  return entries_[*found].act;
}

bool Candidates::BlockMayHold(std::size_t block, const Window& window) const {
  const Block& of = blocks_[block];
  return window.hours ? of.at_min <= window.to && of.at_max >= window.from
                      : of.day_min <= window.to && of.day_max >= window.from;
}

std::optional<std::size_t> Candidates::FirstIn(Stretch stretch, const Window& window, Truth truth,
                                               Causes* causes) const {
  const auto [first, last] = Range(stretch);
  const Causes all = causes == nullptr ? Causes{} : CountIn(stretch).causes;
  std::optional<std::size_t> found;
  for (std::size_t i = first; i < last; ++i) {
    if (i % kBlock == 0 && !BlockMayHold(i / kBlock, window)) {
      i += kBlock - 1;
      continue;
    }
    const Entry& entry = entries_[i];
    if (entry.finding.truth != truth || !window.Holds(entry.day, entry.at)) continue;
    if (!found) found = entry.act;
    if (causes == nullptr) break;
    *causes |= entry.finding.causes;
    if (*causes == all) break;  // no other has one more
  }
  return found;
}

Candidates::Outermost Candidates::Find(Stretch stretch, bool last) const {
  const auto [begin, end] = Range(stretch);
  if (begin >= end) return {};
  const Entry& entry = entries_[last ? end - 1 : begin];
  return {entry.finding, entry.act};
}

}  // namespace jejak::procedure
