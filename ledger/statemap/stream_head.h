// SPDX-License-Identifier: Apache-2.0
//
// The head of a stream: what the state map says about it. docs/formats.md section 5.
//
//   offset  size  field        (big-endian)
//   0       1     1            version of this layout
//   1       8     count        actions in the stream, at least 1
//   9       8     last_index   log index of the last of them, at least count - 1
//   17      32    leaf         RFC 6962 leaf hash of that entry
//   49      32    root         RFC 6962 root over the stream's action ids, in order
//
// The map's key is SHA-256("jejak/stream/v1" LF stream), its value SHA-256 of these 81 bytes:
// neither a case id nor the length of a case can be read from a proof about another case. Pure; any
// thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "ledger/base/bytes.h"
#include "ledger/base/result.h"
#include "ledger/record/stream.h"

namespace jejak::statemap {

inline constexpr std::size_t kStreamHeadBytes = 81;

struct StreamHead {
  std::uint64_t count = 0;
  std::uint64_t last_index = 0;
  Digest leaf;
  Digest root;

  friend bool operator==(const StreamHead&, const StreamHead&) = default;
};

// The 81 bytes above.
std::array<std::uint8_t, kStreamHeadBytes> EncodeStreamHead(const StreamHead& head);

// kMalformed: another length or version, a count of 0, a number above kMaxDecimal, or more actions
// than the log had entries.
Result<StreamHead> ParseStreamHead(ByteView bytes);

// The map's value for a stream with this head.
Digest HeadValue(const StreamHead& head);

// The map's key of a stream.
Digest StreamKey(const record::Stream& stream);

}  // namespace jejak::statemap
