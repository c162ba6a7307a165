// SPDX-License-Identifier: Apache-2.0
#include "ledger/presentation/displayable.h"

#include "ledger/base/text.h"
#include "ledger/base/unicode.h"

namespace jejak::presentation {
namespace {

std::string Hex(std::uint32_t value) {
  std::string digits;
  for (; value != 0 || digits.empty(); value >>= 4) {
    digits.insert(digits.begin(), "0123456789abcdef"[value & 15]);
  }
  return digits;
}

// The bytes of the UTF-8 character at the front; 0 when there is none.
std::size_t CharacterBytes(std::string_view text) {
  for (std::size_t bytes = 1; bytes <= 4 && bytes <= text.size(); ++bytes) {
    if (IsUtf8(text.substr(0, bytes))) return bytes;
  }
  return 0;
}

}  // namespace

std::string Displayable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t bytes = CharacterBytes(text);
    if (bytes == 0) {
      const auto byte = static_cast<std::uint8_t>(text.front());
      out += "\\x" + std::string(byte < 16 ? "0" : "") + Hex(byte);
      text.remove_prefix(1);
      continue;
    }
    std::size_t at = 0;
    const char32_t character = DecodeUtf8(text.substr(0, bytes), at);
    if (character < 0x20 || FakesScreen(character) || IsNoncharacter(character)) {
      out += "\\u{" + Hex(static_cast<std::uint32_t>(character)) + "}";
    } else {
      out += text.substr(0, bytes);
    }
    text.remove_prefix(bytes);
  }
  return out;
}

}  // namespace jejak::presentation
