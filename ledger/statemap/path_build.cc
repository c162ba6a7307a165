// SPDX-License-Identifier: Apache-2.0
// Proofs from pages: BuildMapPath and BuildMapPaths (proof.h).
#include <algorithm>
#include <iterator>

#include "ledger/statemap/proof.h"

namespace jejak::statemap {
namespace {

// The subtrees that a page holds, from left to right.
struct Subtrees {
  std::vector<Digest> hashes;
  std::vector<unsigned>
      bit_before;                // first bit at which a subtree's keys differ from the one before
  std::vector<unsigned> origin;  // nibble, or position in the bucket

  void Add(const Digest& hash, unsigned bit, unsigned from) {
    hashes.push_back(hash);
    bit_before.push_back(bit);
    origin.push_back(from);
  }
};

Subtrees SubtreesOf(unsigned depth, const Page& page) {
  Subtrees trees;
  if (const auto* bucket = std::get_if<BucketPage>(&page)) {
    for (unsigned i = 0; i < bucket->size(); ++i) {
      const auto& [key, value] = (*bucket)[i];
      trees.Add(MapLeafHash(key, value),
                i == 0 ? 0 : FirstDifferingBit((*bucket)[i - 1].first, key), i);
    }
    return trees;
  }
  const auto& slots = std::get_if<IndexPage>(&page)->slots;
  unsigned before = 0;
  for (unsigned nibble = 0; nibble < slots.size(); ++nibble) {
    if (slots[nibble].count == 0) continue;
    trees.Add(slots[nibble].hash, SlotBit(depth, before, nibble), nibble);
    before = nibble;
  }
  return trees;
}

Digest FoldRange(const Subtrees& trees, std::size_t begin, std::size_t end) {
  PatriciaFold fold;
  for (std::size_t i = begin; i < end; ++i) fold.Add(trees.hashes[i], trees.bit_before[i]);
  return fold.Finish();
}

// Follows the key's bits through a page; appends the steps, root first, and returns the subtree
// reached.
unsigned Follow(const Subtrees& trees, const Digest& key, std::vector<MapStep>& steps) {
  std::size_t begin = 0, end = trees.hashes.size();
  while (end - begin > 1) {
    const auto bits = std::span(trees.bit_before).subspan(begin + 1, end - begin - 1);
    const auto least = std::ranges::min_element(bits);
    const std::size_t split =
        begin + 1 + static_cast<std::size_t>(std::distance(bits.begin(), least));
    const unsigned bit = *least;
    const bool right = KeyBit(key, bit);
    steps.push_back({static_cast<std::uint16_t>(bit),
                     right ? FoldRange(trees, begin, split) : FoldRange(trees, split, end)});
    (right ? begin : end) = split;
  }
  return trees.origin[begin];
}

// One key on its way down.
struct Search {
  PageRef at;
  std::vector<MapStep> steps;  // root first until it is done
  std::optional<MapItem> leaf;
};

void Advance(Search& search, const Page& page, const Digest& key) {
  const unsigned depth = search.at.id.depth;
  const unsigned reached = Follow(SubtreesOf(depth, page), key, search.steps);
  if (const auto* bucket = std::get_if<BucketPage>(&page)) {
    search.leaf = (*bucket)[reached];
    std::ranges::reverse(search.steps);
    return;
  }
  const PageSlot& slot = std::get_if<IndexPage>(&page)->slots[reached];
  search.at = {ChildId(search.at.id, reached, slot.version), slot.count, slot.hash};
}

Result<MapPath> Conclude(Search&& search, const Digest& key, const Digest& root) {
  MapPath path;
  path.steps = std::move(search.steps);
  path.present = search.leaf->first == key;
  if (path.present) {
    path.value = search.leaf->second;
  } else {
    path.other = search.leaf;
  }
  const Result<Digest> computed =
      path.present ? RootFromPresence(key, path.value, path.steps) : RootFromAbsence(key, path);
  if (!computed.ok() || *computed != root) {
    return Internal("the state map's pages do not lead to its root; check the store");
  }
  return path;
}

}  // namespace

Result<std::vector<MapPath>> BuildMapPaths(PageReader& pages, const MapRoot& root,
                                           std::span<const Digest> keys) {
  if (root.streams == 0) return std::vector<MapPath>(keys.size());
  std::vector<Search> searches(keys.size());
  for (Search& search : searches) search.at = RootPage(root);
  while (true) {
    std::vector<PageRef> refs;
    std::vector<std::size_t> whose;
    for (std::size_t i = 0; i < searches.size(); ++i) {
      if (searches[i].leaf.has_value()) continue;
      refs.push_back(searches[i].at);
      whose.push_back(i);
    }
    if (refs.empty()) break;
    JEJAK_TRY(loaded, LoadPages(pages, refs));
    for (std::size_t i = 0; i < loaded.size(); ++i) {
      Advance(searches[whose[i]], loaded[i], keys[whose[i]]);
    }
  }
  std::vector<MapPath> paths;
  paths.reserve(keys.size());
  for (std::size_t i = 0; i < keys.size(); ++i) {
    JEJAK_TRY(path, Conclude(std::move(searches[i]), keys[i], root.root));
    paths.push_back(std::move(path));
  }
  return paths;
}

Result<MapPath> BuildMapPath(PageReader& pages, const MapRoot& root, const Digest& key) {
  JEJAK_TRY(paths, BuildMapPaths(pages, root, std::span(&key, 1)));
  return std::move(paths.front());
}

}  // namespace jejak::statemap
