// SPDX-License-Identifier: Apache-2.0
// Entries, seals and leaves: no crash; what is accepted is what the encoder emits, and nothing is
// both.
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <variant>

#include "ledger/record/leaf.h"

namespace {

using namespace jejak::record;

void Require(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto entry = ParseEntry(text);
  const auto seal = ParseSeal(text);
  Require(!entry.ok() || EncodeEntry(*entry) == text);
  Require(!entry.ok() || FitsEntry(entry->index, entry->seq, entry->action_note.size()));
  Require(!seal.ok() || EncodeSeal(*seal) == text);
  Require(!(entry.ok() && seal.ok()));
  const auto leaf = ParseLeaf(text);
  if (!leaf.ok()) return 0;
  Require(std::holds_alternative<Seal>(*leaf) == LooksLikeSeal(text));
  Require(std::holds_alternative<Seal>(*leaf) ? seal.ok() : entry.ok());
  Require(LeafIndex(*leaf) == (seal.ok() ? seal->index : entry->index));
  return 0;
}
