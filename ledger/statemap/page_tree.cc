// SPDX-License-Identifier: Apache-2.0
#include "ledger/statemap/page_tree.h"

#include <utility>

namespace jejak::statemap {

// Subtrees come from left to right, so the inner nodes close as in PatriciaFold; the leaves of the
// tree are added first, to be found by their place.
PageTree::PageTree(const PageId& id, Page page) : id_(id), page_(std::move(page)) {
  const auto* bucket = std::get_if<BucketPage>(&page_);
  const std::size_t most =
      bucket != nullptr ? bucket->size() : std::get_if<IndexPage>(&page_)->slots.size();
  nodes_.reserve(2 * most);
  origins_.reserve(2 * most);
  if (bucket != nullptr) {
    for (unsigned i = 0; i < bucket->size(); ++i) {
      const auto& [key, value] = (*bucket)[i];
      AddSubtree(MapLeafHash(key, value),
                 i == 0 ? 0 : FirstDifferingBit((*bucket)[i - 1].first, key), i);
    }
  } else {
    const auto& slots = std::get_if<IndexPage>(&page_)->slots;
    unsigned before = 0;
    for (unsigned nibble = 0; nibble < slots.size(); ++nibble) {
      if (slots[nibble].count == 0) continue;
      AddSubtree(slots[nibble].hash, SlotBit(id_.depth, before, nibble), nibble);
      before = nibble;
    }
  }
  CloseAll();
}

void PageTree::AddSubtree(const Digest& hash, unsigned bit_before, unsigned origin) {
  if (!nodes_.empty()) {
    while (!open_.empty() && open_.back().bit > bit_before) Join();
    open_.push_back({top_, bit_before});
  }
  top_ = nodes_.size();
  nodes_.push_back({hash, 0, top_, top_});
  origins_.push_back(origin);
}

// The innermost open node gets what has grown as its right part.
void PageTree::Join() {
  const Open node = open_.back();
  open_.pop_back();
  const Digest hash = MapInnerHash(node.bit, nodes_[node.left].hash, nodes_[top_].hash);
  nodes_.push_back({hash, node.bit, node.left, top_});
  origins_.push_back(0);
  top_ = nodes_.size() - 1;
}

void PageTree::CloseAll() {
  while (!open_.empty()) Join();
  open_ = {};
}

PageTree::Exit PageTree::Follow(const Digest& key, std::vector<MapStep>& steps) const {
  std::size_t at = top_;
  while (nodes_[at].left != nodes_[at].right) {
    const Node& node = nodes_[at];
    const bool right = KeyBit(key, node.bit);
    steps.push_back(
        {static_cast<std::uint16_t>(node.bit), nodes_[right ? node.left : node.right].hash});
    at = right ? node.right : node.left;
  }
  const unsigned origin = origins_[at];
  if (const auto* bucket = std::get_if<BucketPage>(&page_)) return {(*bucket)[origin], {}};
  const PageSlot& slot = std::get_if<IndexPage>(&page_)->slots[origin];
  return {std::nullopt, {ChildId(id_, origin, slot.version), slot.count, slot.hash}};
}

Result<std::vector<std::shared_ptr<const PageTree>>> FreshTrees::ReadTrees(
    std::span<const PageRef> refs) {
  JEJAK_TRY(pages, LoadPages(pages_, refs));
  std::vector<std::shared_ptr<const PageTree>> trees;
  trees.reserve(pages.size());
  for (std::size_t i = 0; i < pages.size(); ++i) {
    trees.push_back(std::make_shared<const PageTree>(refs[i].id, std::move(pages[i])));
  }
  return trees;
}

}  // namespace jejak::statemap
