// SPDX-License-Identifier: Apache-2.0
#pragma once

// A leaf of the log: an action under the ledger's header, or a seal (docs/formats.md sections 3
// and 4). Their first lines differ: "jejak/entry/v1" and "jejak/seal/v1". Values, no thread rule.
//
// Refuses what is neither; doesn't judge whether the leaf stands where it may.

#include <cstdint>
#include <string_view>
#include <variant>

#include "ledger/base/bytes.h"
#include "ledger/base/result.h"
#include "ledger/base/time.h"
#include "ledger/record/action.h"
#include "ledger/record/entry.h"
#include "ledger/record/seal.h"

namespace jejak::record {

// An entry and the action that its note holds.
struct LoggedAction {
  Entry entry;
  Action action;
};

using Leaf = std::variant<LoggedAction, Seal>;

// Reads leaf bytes whole, action included. kMalformed with the line at fault.
Result<Leaf> ParseLeaf(std::string_view text);

// What both kinds of leaf have in their headers.
std::uint64_t LeafIndex(const Leaf& leaf);
UnixSeconds LeafTime(const Leaf& leaf);
const Digest& LeafPrev(const Leaf& leaf);

}  // namespace jejak::record
