// SPDX-License-Identifier: Apache-2.0
#pragma once

// The entry: the leaf bytes of an action, its note under the ledger's header (docs/formats.md
// section 3). Values, no thread rule.
//
//   jejak/entry/v1
//   index 41
//   time 2026-06-19T02:31:07Z
//   prev FI3pxaekTRnlbNmuGlVL9nhHr7DFj24S+imsfd/KmUA=
//   seq 4
//
//   <the action note, verbatim>
//
// Judges header and size only; what the note says is ParseAction's, whether index, time, prev and
// seq fit the log is admission's and the verifier's.
//
// Size: an entry is at most 48,000 bytes, header included. The header's two decimals make it 106 to
// 136 bytes long, so a note's length alone decides only outside that band: ParseAction refuses a
// note above kMaxNoteBytes, which fits no entry; between the two, admission asks FitsEntry with the
// index and seq at hand. That is exact at both ends: no legal entry is refused, none is too long.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "ledger/base/bytes.h"
#include "ledger/base/result.h"
#include "ledger/base/time.h"

namespace jejak::record {

inline constexpr std::size_t kMaxEntryBytes = 48000;
inline constexpr std::size_t kMinEntryHeaderBytes = 106;  // index and seq of one digit each
inline constexpr std::size_t kMaxNoteBytes = kMaxEntryBytes - kMinEntryHeaderBytes;

struct Entry {
  std::uint64_t index = 0;  // position in the log
  UnixSeconds time;         // the ledger's clock
  Digest prev;              // leaf hash of entry index-1; SHA-256 of nothing for index 0
  std::uint64_t seq = 0;    // position in the stream
  std::string action_note;  // verbatim
};

// Whether an action note of `note_bytes` at this place makes an entry of legal size.
bool FitsEntry(std::uint64_t index, std::uint64_t seq, std::size_t note_bytes);

// kMalformed: longer than kMaxEntryBytes, a header line missing, out of order or not canonical, or
// nothing after it.
Result<Entry> ParseEntry(std::string_view text);

// The leaf bytes. Total; the caller has asked FitsEntry.
std::string EncodeEntry(const Entry& entry);

}  // namespace jejak::record
