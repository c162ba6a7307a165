// SPDX-License-Identifier: Apache-2.0
#include "tests/support/sought.h"

#include "ledger/base/text.h"

namespace jejak::test {
namespace {

std::string Utf16(std::string_view text, bool big) {
  std::string wide;
  for (const char c : text) wide.append(big ? std::string{'\0', c} : std::string{c, '\0'});
  return wide;
}

// The characters that no neighbour changes when `shift` bytes stand before the text in its group.
std::string Base64Middle(std::string_view text, std::size_t shift) {
  const std::string padded = std::string(shift, 'x') + std::string(text);
  const std::size_t whole = padded.size() / 3 * 4;
  const std::string encoded = EncodeBase64(AsBytes(padded)).substr(0, whole);
  return encoded.substr(shift == 0 ? 0 : 4);
}

std::string Printable(std::string_view bytes) {
  std::string text(bytes);
  for (char& c : text) c = c >= ' ' && c <= '~' ? c : '.';
  return text;
}

}  // namespace

Sought::Sought(const std::vector<std::string>& words) {
  for (const std::string& word : words) {
    const std::string hex = EncodeHex(AsBytes(word));
    std::string upper = hex;
    for (char& c : upper) c = static_cast<char>(c >= 'a' && c <= 'f' ? c - 'a' + 'A' : c);
    patterns_.emplace_back("raw", word);
    patterns_.emplace_back("UTF-16 big-endian", Utf16(word, true));
    patterns_.emplace_back("UTF-16 little-endian", Utf16(word, false));
    patterns_.emplace_back("hexadecimal", hex);
    patterns_.emplace_back("hexadecimal", upper);
    for (std::size_t shift = 0; shift < 3; ++shift) {
      std::string middle = Base64Middle(word, shift);
      patterns_.emplace_back("base64 at " + std::to_string(shift), middle);
      for (char& c : middle) c = c == '+' ? '-' : c == '/' ? '_' : c;
      patterns_.emplace_back("base64url at " + std::to_string(shift), middle);
    }
  }
}

std::string Sought::Seen(std::string_view bytes) const {
  for (const auto& [how, pattern] : patterns_) {
    const std::size_t at = bytes.find(pattern);
    if (at == bytes.npos) continue;
    const std::size_t from = at < 60 ? 0 : at - 60;
    return how + " at " + std::to_string(at) + ": " + Printable(bytes.substr(from, 160));
  }
  return {};
}

}  // namespace jejak::test
