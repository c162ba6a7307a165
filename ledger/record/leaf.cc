// SPDX-License-Identifier: Apache-2.0
#include "ledger/record/leaf.h"

#include <utility>

namespace jejak::record {

Result<Leaf> ParseLeaf(std::string_view text) {
  if (LooksLikeSeal(text)) {
    JEJAK_TRY(seal, ParseSeal(text));
    return Leaf(std::move(seal));
  }
  JEJAK_TRY(entry, ParseEntry(text));
  JEJAK_TRY(action, ParseAction(entry.action_note));
  return Leaf(LoggedAction{std::move(entry), std::move(action)});
}

std::uint64_t LeafIndex(const Leaf& leaf) {
  const auto* seal = std::get_if<Seal>(&leaf);
  return seal != nullptr ? seal->index : std::get_if<LoggedAction>(&leaf)->entry.index;
}

UnixSeconds LeafTime(const Leaf& leaf) {
  const auto* seal = std::get_if<Seal>(&leaf);
  return seal != nullptr ? seal->time : std::get_if<LoggedAction>(&leaf)->entry.time;
}

const Digest& LeafPrev(const Leaf& leaf) {
  const auto* seal = std::get_if<Seal>(&leaf);
  return seal != nullptr ? seal->prev : std::get_if<LoggedAction>(&leaf)->entry.prev;
}

}  // namespace jejak::record
