// SPDX-License-Identifier: Apache-2.0
//
// What admission remembers of one stream, and its form in storage.
//
// One record per stream, read before an action of the stream is admitted and written after it. A
// server keeps these in its store, not in memory: there may be a million cases.
//
//   bytes          what
//   1              version, 1
//   81             the stream head (formats.md section 5): 1 ‖ count ‖ last index ‖ leaf ‖ root
//   32 × ones      the right edge of the tree of action ids, largest subtree first; as many
//                  digests as `count` has one bits
//   1 + n          length and text of the procedure's id; empty outside cases
//   2              number of parties, at most 40,000
//   each party:    1 + n role, 1 + n name, 32 key
//
// Integers are big-endian. The parser accepts exactly what the encoder emits and recomputes the
// root from the edge. This is a record of our own store: nothing outside depends on it.
//
// Threads: plain values and pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/base/result.h"
#include "ledger/record/action.h"
#include "ledger/statemap/stream_head.h"
#include "ledger/tlog/merkle.h"

namespace jejak::registry {

// A case holds at most this many actions (row 13), each of at most four `party` lines.
inline constexpr std::uint64_t kMaxCaseActions = 10000;
inline constexpr std::uint64_t kCaseActionsForParties = 9000;
inline constexpr std::size_t kMaxParties = 4 * kMaxCaseActions;

struct StreamState {
  statemap::StreamHead head;
  tlog::CompactRange ids;  // over the action ids; ids.Root() is head.root
  std::vector<record::Action::Party> parties;
  std::string procedure_id;  // of the last `under` line

  // The party of this name in this role; nullptr when there is none.
  const record::Action::Party* FindParty(std::string_view name, std::string_view role) const;

  // Takes the stream's next action into account. O(log count).
  void Append(const record::Action& action, std::uint64_t index, const Digest& leaf_hash);
};

Bytes EncodeStreamState(const StreamState& state);
// kMalformed: anything that EncodeStreamState does not emit.
Result<StreamState> ParseStreamState(ByteView bytes);

}  // namespace jejak::registry
