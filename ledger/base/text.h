// SPDX-License-Identifier: Apache-2.0
// Text as the formats write it: UTF-8, hex, base64, decimals and lines (formats.md, section 1).
//
//   i+hx8TeFtMgaFwBFnHasKzriyuu3h2w3biI8at/5jEc=     a hash: 32 bytes in base64, 44 characters
//   8bf871f13785b4c8                                 hex, lower case
//   9007199254740991                                 the largest decimal
//
// Every parser accepts exactly what its encoder emits, so equal values have equal text and a
// signature over text has no second reading: no white space, no missing padding, no set unused
// bits, no upper-case hex, no leading zero, no plus sign. Errors are kMalformed and say the form;
// the caller adds the name of the field. Append… writes what Encode… gives to the end of a text: a
// proof is mostly hashes, and each as a text of its own costs more than its digits. Threads: pure
// functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/base/bytes.h"
#include "ledger/base/result.h"

namespace jejak {

// Well-formed UTF-8 of RFC 3629: shortest form, no surrogates, at most U+10FFFF.
// A byte order mark and U+0000 are well-formed; who refuses them says so.
bool IsUtf8(std::string_view text);

std::string EncodeHex(ByteView bytes);
Result<Bytes> ParseHex(std::string_view text);

// RFC 4648 section 4, padded. The parser refuses a text whose unused bits are not zero.
std::string EncodeBase64(ByteView bytes);
void AppendBase64(std::string& text, ByteView bytes);
Result<Bytes> ParseBase64(std::string_view text);

// `hash` of section 1: base64 of exactly 32 bytes.
std::string EncodeHash(const Digest& digest);
inline void AppendHash(std::string& text, const Digest& digest) {
  AppendBase64(text, digest.view());
}
Result<Digest> ParseHash(std::string_view text);

// 2^53 - 1: what every JSON reader can hold exactly.
inline constexpr std::uint64_t kMaxDecimal = 9007199254740991;

// `decimal` of section 1: "0" or digits without a leading zero, at most kMaxDecimal.
Result<std::uint64_t> ParseDecimal(std::string_view text);

// Reads a text line by line. A line ends with LF and only with LF; CR is a character like others,
// for the grammar of the line to refuse. What stands after the last LF is never taken for a line.
class LineReader final {
 public:
  explicit LineReader(std::string_view text) : rest_(text) {}

  // The next line without its LF; nullopt at the end, or when no LF is left in the rest.
  std::optional<std::string_view> Next() {
    const std::size_t end = rest_.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    return line;
  }

  // What has not been read yet.
  std::string_view rest() const { return rest_; }
  bool done() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

// True, and `text` shortened, iff it begins with `prefix`.
inline bool TakePrefix(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

}  // namespace jejak
