// SPDX-License-Identifier: Apache-2.0
#include "ledger/record/entry.h"

#include <utility>

#include "ledger/record/header_lines.h"

namespace jejak::record {
namespace {

constexpr std::string_view kFormat = "jejak/entry/v1";

std::size_t DecimalBytes(std::uint64_t value) {
  std::size_t digits = 1;
  while (value >= 10) {
    value /= 10;
    ++digits;
  }
  return digits;
}

}  // namespace

bool FitsEntry(std::uint64_t index, std::uint64_t seq, std::size_t note_bytes) {
  const std::size_t header = kMinEntryHeaderBytes - 2 + DecimalBytes(index) + DecimalBytes(seq);
  return note_bytes <= kMaxEntryBytes - header;
}

Result<Entry> ParseEntry(std::string_view text) {
  if (text.size() > kMaxEntryBytes) return Malformed("an entry has at most 48000 bytes");
  LineReader lines(text);
  JEJAK_TRY(header, TakeHeader(lines, kFormat));
  JEJAK_TRY(seq, TakeDecimal(lines, "seq"));
  if (lines.Next() != std::string_view()) {
    return InLine("seq", Malformed("a blank line must follow this one"));
  }
  if (lines.done()) return Malformed("an action note must follow the entry's header");
  return Entry{header.index, header.time, header.prev, seq, std::string(lines.rest())};
}

std::string EncodeEntry(const Entry& entry) {
  std::string text = EncodeHeader(kFormat, {entry.index, entry.time, entry.prev});
  text.reserve(kMinEntryHeaderBytes + 30 + entry.action_note.size());
  text.append("seq ").append(std::to_string(entry.seq)).append("\n\n").append(entry.action_note);
  return text;
}

}  // namespace jejak::record
