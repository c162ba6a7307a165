// SPDX-License-Identifier: Apache-2.0
//
// A page of the state map as proofs use it: its subtrees joined by the inner nodes between them,
// every node hashed once.
//
//   subtrees at nibbles 0, 1 and f of an index page at depth 0:
//
//     bit 0 ─┬─ bit 3 ─┬─ nibble 0     the bit at which the keys below a node differ first
//            │         └─ nibble 1
//            └─ nibble f
//
// A path through the page is then a walk without a hash; making the tree costs a hash for each
// subtree of an index page, two for each key of a bucket. Pages never change, so trees may be kept and
// shared. Pure; a tree may be read from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "ledger/statemap/pages.h"
#include "ledger/statemap/proof.h"

namespace jejak::statemap {

class PageTree final {
 public:
  // Where a walk leaves the page: at a key of a bucket, or at the page of a child.
  struct Exit {
    std::optional<MapItem> item;
    PageRef child;
  };

  // `page` as ParsePage gave it: with at least one subtree.
  PageTree(const PageId& id, Page page);

  // Follows the key's bits; appends the steps, the topmost first.
  Exit Follow(const Digest& key, std::vector<MapStep>& steps) const;

  std::uint64_t count() const { return PageCount(page_); }
  // Of the subtree below the page, made from what the page holds.
  const Digest& hash() const { return nodes_[top_].hash; }

 private:
  struct Node {
    Digest hash;
    unsigned bit = 0;  // of an inner node
    std::size_t left = 0;
    std::size_t right = 0;
  };
  struct Open {  // the left part of a node whose right part is still growing
    std::size_t left;
    unsigned bit;
  };

  void AddSubtree(const Digest& hash, unsigned bit_before, unsigned origin);
  void Join();
  void CloseAll();

  PageId id_;
  Page page_;
  std::vector<Node> nodes_;        // the subtrees from left to right, then the inner nodes
  std::vector<unsigned> origins_;  // of a subtree: its nibble, or its place in the bucket
  std::vector<Open> open_;
  std::size_t top_ = 0;
};

// Where trees come from: a cache, or pages read anew.
class TreeReader {
 public:
  virtual ~TreeReader() = default;

  // The trees of these pages, in order. kInternal: as LoadPages.
  virtual Result<std::vector<std::shared_ptr<const PageTree>>> ReadTrees(
      std::span<const PageRef> refs) = 0;
};

// Reads, parses and hashes every page that is asked for.
class FreshTrees final : public TreeReader {
 public:
  explicit FreshTrees(PageReader& pages) : pages_(pages) {}
  Result<std::vector<std::shared_ptr<const PageTree>>> ReadTrees(
      std::span<const PageRef> refs) override;

 private:
  PageReader& pages_;
};

// As BuildMapPaths of proof.h, one ReadTrees per level.
Result<std::vector<MapPath>> BuildMapPaths(TreeReader& trees, const MapRoot& root,
                                           std::span<const Digest> keys);

}  // namespace jejak::statemap
