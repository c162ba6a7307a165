// SPDX-License-Identifier: Apache-2.0
#include "ledger/record/leaf.h"

#include <utility>

namespace jejak::record {

Result<Leaf> ParseLeaf(std::string_view text) {
  if (LooksLikeSeal(text)) {
    JEJAK_TRY(seal, ParseSeal(text));
    return Leaf(seal);
  }
  JEJAK_TRY(entry, ParseEntry(text));
  JEJAK_TRY(action, ParseAction(entry.action_note));
  return Leaf(LoggedAction{std::move(entry), std::move(action)});
}

std::uint64_t LeafIndex(const Leaf& leaf) {
  const auto* logged = std::get_if<LoggedAction>(&leaf);
  return logged != nullptr ? logged->entry.index : std::get<Seal>(leaf).index;
}

UnixSeconds LeafTime(const Leaf& leaf) {
  const auto* logged = std::get_if<LoggedAction>(&leaf);
  return logged != nullptr ? logged->entry.time : std::get<Seal>(leaf).time;
}

const Digest& LeafPrev(const Leaf& leaf) {
  const auto* logged = std::get_if<LoggedAction>(&leaf);
  return logged != nullptr ? logged->entry.prev : std::get<Seal>(leaf).prev;
}

}  // namespace jejak::record
