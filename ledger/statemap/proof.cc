// SPDX-License-Identifier: Apache-2.0
#include "ledger/statemap/proof.h"

namespace jejak::statemap {
namespace {

Result<void> CheckBits(std::span<const MapStep> steps) {
  unsigned below = kKeyBits;
  for (const MapStep& step : steps) {
    if (step.bit >= below) return Malformed("the steps' bits do not strictly decrease from 255");
    below = step.bit;
  }
  return {};
}

Digest Climb(const Digest& key, const Digest& value, std::span<const MapStep> steps) {
  Digest node = MapLeafHash(key, value);
  for (const MapStep& step : steps) {
    node = KeyBit(key, step.bit) ? MapInnerHash(step.bit, step.sibling, node)
                                 : MapInnerHash(step.bit, node, step.sibling);
  }
  return node;
}

}  // namespace

Result<Digest> RootFromPresence(const Digest& key, const Digest& value,
                                std::span<const MapStep> steps) {
  JEJAK_CHECKED(CheckBits(steps));
  return Climb(key, value, steps);
}

Result<Digest> RootFromAbsence(const Digest& key, const MapPath& path) {
  if (path.present) return Malformed("the path claims that the stream is in the state map");
  JEJAK_CHECKED(CheckBits(path.steps));
  if (!path.other.has_value()) {
    if (!path.steps.empty()) return Malformed("the empty state map has no steps");
    return EmptyMapRoot();
  }
  const auto& [other, value] = *path.other;
  if (other == key) return Malformed("the leaf shown for the absence is the stream's own");
  for (const MapStep& step : path.steps) {
    if (KeyBit(other, step.bit) != KeyBit(key, step.bit)) {
      return Malformed("the leaf shown for the absence is not where the stream would be");
    }
  }
  return Climb(other, value, path.steps);
}

}  // namespace jejak::statemap
