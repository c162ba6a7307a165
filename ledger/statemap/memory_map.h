// SPDX-License-Identifier: Apache-2.0
//
// The state map in memory: what an audit of a log replays and what tests compare the pages with.
// Same roots and paths as pages.h, docs/formats.md section 5.
//
// A Patricia tree in two pools, 64 bytes per leaf and 48 per inner node: a million streams take
// about 110 MB. Set marks the nodes on its path; Root hashes what was marked, each node once, so a
// batch of sets between two seals shares the hashing of the upper levels. Not thread-safe. At most
// 2^31 - 1 keys.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/statemap/patricia.h"
#include "ledger/statemap/proof.h"

namespace jejak::statemap {

class MemoryMap final {
 public:
  // Inserts the key or replaces its value. O(depth), no hashing.
  void Set(const Digest& key, const Digest& value);

  std::optional<Digest> Find(const Digest& key) const;
  std::size_t size() const { return leaves_.size(); }

  // Hashes what changed since the last call.
  Digest Root();

  // Presence of the key, or its absence; verifies against Root().
  MapPath Path(const Digest& key);

 private:
  using Ref = std::uint32_t;  // index into inners_, or into leaves_ with the top bit set
  struct Inner {
    Ref child[2];
    std::uint16_t bit;
    bool stale;
    Digest hash;
  };

  Ref NearestLeaf(const Digest& key) const;
  Ref AddLeaf(const Digest& key, const Digest& value);
  Digest HashOf(Ref ref) const;
  void Refresh(Ref top);

  std::vector<Inner> inners_;
  std::vector<MapItem> leaves_;
  Ref root_ = 0;  // meaningful if leaves_ is not empty
};

}  // namespace jejak::statemap
