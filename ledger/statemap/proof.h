// SPDX-License-Identifier: Apache-2.0
//
// Proofs about the state map: that a stream has this head, or that it is not there. docs/formats.md
// section 5; as JSON in a case file's `path` (section 6), as `step` lines in a receipt (section 7).
//
//   presence   key, value, steps                       the empty list for a map of one key
//   absence    another leaf's key and value, steps     or nothing at all for the empty map
//
//   step 255 yi/Kx1QnUm5hJg5DqTlJm3FjsDe6…   first the leaf's sibling,
//   step 128 paXEnUFdoF6hXA7nG7RwQRIDZpk…    then upwards: bits strictly decrease
//   step 0   IoM/B8mF0npcRDrVrYSTvDxyx/e…
//
// Absence works because a search for the key that follows its bits at the listed positions ends at
// that leaf: were the key in the map, the search would have ended at it. Pure; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/base/result.h"
#include "ledger/statemap/pages.h"
#include "ledger/statemap/patricia.h"

namespace jejak::statemap {

struct MapStep {
  std::uint16_t bit = 0;
  Digest sibling;

  friend bool operator==(const MapStep&, const MapStep&) = default;
};

struct MapPath {
  bool present = false;
  Digest value;                  // of the key, if present
  std::optional<MapItem> other;  // if absent: the leaf found instead; none in the empty map
  std::vector<MapStep> steps;    // leaf to root

  friend bool operator==(const MapPath&, const MapPath&) = default;
};

// The root of a map in which the key has this value. kMalformed: a bit above 255 or bits that do
// not strictly decrease. The caller compares the root.
Result<Digest> RootFromPresence(const Digest& key, const Digest& value,
                                std::span<const MapStep> steps);

// The root of a map without the key. kMalformed: as above, and a path that claims presence, names
// the key itself, names a leaf that a search for the key does not reach, or has steps in an empty
// map.
Result<Digest> RootFromAbsence(const Digest& key, const MapPath& path);

// The proof for a key, from pages; it has been checked against root.root, so a damaged page never
// becomes a proof (kInternal). One ReadPages per level.
Result<MapPath> BuildMapPath(PageReader& pages, const MapRoot& root, const Digest& key);

// The same for several keys at once (a case file's streams), in their order, one ReadPages per
// level for all.
Result<std::vector<MapPath>> BuildMapPaths(PageReader& pages, const MapRoot& root,
                                           std::span<const Digest> keys);

}  // namespace jejak::statemap
