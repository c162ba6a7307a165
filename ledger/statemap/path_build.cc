// SPDX-License-Identifier: Apache-2.0
// Proofs from pages: BuildMapPath and BuildMapPaths (proof.h, page_tree.h).
#include <algorithm>
#include <utility>

#include "ledger/statemap/page_tree.h"
#include "ledger/statemap/proof.h"

namespace jejak::statemap {
namespace {

// One key on its way down.
struct Search {
  PageRef at;
  std::vector<MapStep> steps;  // root first until it is done
  std::optional<MapItem> leaf;
};

// From the root down every page must hash to what the page above it says: then the steps lead to
// the root, without hashing them again.
Result<void> Advance(Search& search, const PageTree& page, const Digest& key) {
  if (page.hash() != search.at.hash)
    return Internal("the state map's pages do not lead to its root; check the store");
  PageTree::Exit left = page.Follow(key, search.steps);
  search.leaf = std::move(left.item);
  search.at = left.child;
  if (search.leaf) std::ranges::reverse(search.steps);
  return {};
}

MapPath Conclude(Search&& search, const Digest& key) {
  MapPath path;
  path.steps = std::move(search.steps);
  path.present = search.leaf->first == key;
  if (path.present) {
    path.value = search.leaf->second;
  } else {
    path.other = search.leaf;
  }
  return path;
}

}  // namespace

Result<std::vector<MapPath>> BuildMapPaths(PageReader& pages, const MapRoot& root,
                                           std::span<const Digest> keys) {
  FreshTrees trees(pages);
  return BuildMapPaths(trees, root, keys);
}

Result<std::vector<MapPath>> BuildMapPaths(TreeReader& trees, const MapRoot& root,
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
    JEJAK_TRY(loaded, trees.ReadTrees(refs));
    for (std::size_t i = 0; i < loaded.size(); ++i) {
      JEJAK_CHECKED(Advance(searches[whose[i]], *loaded[i], keys[whose[i]]));
    }
  }
  std::vector<MapPath> paths;
  paths.reserve(keys.size());
  for (std::size_t i = 0; i < keys.size(); ++i) {
    paths.push_back(Conclude(std::move(searches[i]), keys[i]));
  }
  return paths;
}

Result<MapPath> BuildMapPath(PageReader& pages, const MapRoot& root, const Digest& key) {
  JEJAK_TRY(paths, BuildMapPaths(pages, root, std::span(&key, 1)));
  return std::move(paths.front());
}

}  // namespace jejak::statemap
