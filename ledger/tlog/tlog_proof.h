// SPDX-License-Identifier: Apache-2.0
//
// C2SP tlog-proof: one entry's inclusion in a checkpoint, in a file (`.tlog-proof`). Our receipts
// are these (formats.md section 7).
//
//   c2sp.org/tlog-proof@v1
//   extra amVqYWsvZW50cnkvdjEK…                     only when there is some; base64
//   index 27                                        decimal, below the checkpoint's size
//   wMZ9ghmgOTdUWFftwfdjfLsI6ZKqKuf3FZiCVOhYSrc=    the path, the leaf's sibling first
//   kKcEeoPbrf2Sj3U1rrQT3/6JYH0779OO0kGQt+Q3Yes=
//
//   golden.jejak.example/1                          the checkpoint, verbatim, with its signatures
//   …
//
// The parser judges these lines alone. The checkpoint's text is kept as it is: whether it is a
// note, of which log, signed by whom, and whether the path leads to its root is verification.
// `extra` is authenticated by nothing until it is compared with something signed.
//
// Threads: pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/base/result.h"

namespace jejak::tlog {

// The longest path that a tree can have.
inline constexpr std::size_t kMaxPathHashes = 63;

struct TlogProof {
  std::optional<Bytes> extra;  // absent, or at least one byte
  std::uint64_t index = 0;
  std::vector<Digest> path;
  std::string checkpoint;  // a signed note, not parsed here

  bool operator==(const TlogProof&) const = default;
};

// kMalformed names the line at fault: a wrong first line, base64 or decimal that isn't canonical,
// more than kMaxPathHashes hashes, no blank line, nothing after it.
Result<TlogProof> ParseTlogProof(std::string_view text);

// The file; what ParseTlogProof accepts, byte for byte. Empty extra data is left out.
std::string EncodeTlogProof(const TlogProof& proof);

}  // namespace jejak::tlog
