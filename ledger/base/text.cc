// SPDX-License-Identifier: Apache-2.0
#include "ledger/base/text.h"

#include <array>
#include <cstring>

namespace jejak {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";
constexpr std::string_view kBase64Digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t kNoDigit = 0xFF;

constexpr std::array<std::uint8_t, 256> ValuesOf(std::string_view digits) {
  std::array<std::uint8_t, 256> values{};
  for (auto& value : values) value = kNoDigit;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    values[static_cast<std::uint8_t>(digits[i])] = static_cast<std::uint8_t>(i);
  }
  return values;
}

constexpr auto kHexValues = ValuesOf(kHexDigits);
constexpr auto kBase64Values = ValuesOf(kBase64Digits);

// Bytes of the sequence that starts at `at`, 0 if it is not well-formed.
std::size_t Utf8Length(const std::uint8_t* at, std::size_t left) {
  const std::uint8_t lead = at[0];
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (left < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((at[i] & 0xC0) != 0x80) return 0;
  }
  // The second byte decides overlong forms, surrogates and what lies above U+10FFFF.
  if (lead == 0xE0 && at[1] < 0xA0) return 0;
  if (lead == 0xED && at[1] > 0x9F) return 0;
  if (lead == 0xF0 && at[1] < 0x90) return 0;
  if (lead == 0xF4 && at[1] > 0x8F) return 0;
  return length;
}

// Decodes complete groups of four without padding; false at a character that is no digit.
bool DecodeGroups(std::string_view text, std::uint8_t* out) {
  for (std::size_t i = 0; i < text.size(); i += 4, out += 3) {
    std::uint32_t group = 0;
    std::uint8_t seen = 0;
    for (std::size_t k = 0; k < 4; ++k) {
      const std::uint8_t value = kBase64Values[static_cast<std::uint8_t>(text[i + k])];
      seen |= value;
      group = group << 6 | value;
    }
    if (seen > 63) return false;
    out[0] = static_cast<std::uint8_t>(group >> 16);
    out[1] = static_cast<std::uint8_t>(group >> 8);
    out[2] = static_cast<std::uint8_t>(group);
  }
  return true;
}

// A short last group is decoded as if padded with zero bits; a set unused bit gives another text.
bool DecodeBase64(std::string_view text, std::size_t padding, std::uint8_t* out) {
  const std::size_t whole = padding == 0 ? text.size() : text.size() - 4;
  if (!DecodeGroups(text.substr(0, whole), out)) return false;
  if (padding == 0) return true;
  std::array<char, 4> last{'A', 'A', 'A', 'A'};
  std::memcpy(last.data(), text.data() + whole, 4 - padding);
  std::array<std::uint8_t, 3> decoded{};
  if (!DecodeGroups({last.data(), last.size()}, decoded.data())) return false;
  for (std::size_t i = 3 - padding; i < 3; ++i) {
    if (decoded[i] != 0) return false;
  }
  std::memcpy(out + whole / 4 * 3, decoded.data(), 3 - padding);
  return true;
}

}  // namespace

bool IsUtf8(std::string_view text) {
  const ByteView bytes = AsBytes(text);
  std::size_t at = 0;
  while (at < bytes.size()) {
    std::uint64_t word = 0;
    while (bytes.size() - at >= sizeof word) {
      std::memcpy(&word, bytes.data() + at, sizeof word);
      if ((word & 0x8080808080808080u) != 0) break;
      at += sizeof word;
    }
    if (at == bytes.size()) break;
    const std::size_t length = Utf8Length(bytes.data() + at, bytes.size() - at);
    if (length == 0) return false;
    at += length;
  }
  return true;
}

std::string EncodeHex(ByteView bytes) {
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const std::uint8_t byte : bytes) {
    text.push_back(kHexDigits[byte >> 4]);
    text.push_back(kHexDigits[byte & 15]);
  }
  return text;
}

Result<Bytes> ParseHex(std::string_view text) {
  if (text.size() % 2 != 0) return Malformed("hex has two digits per byte");
  Bytes bytes(text.size() / 2);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const std::uint8_t high = kHexValues[static_cast<std::uint8_t>(text[2 * i])];
    const std::uint8_t low = kHexValues[static_cast<std::uint8_t>(text[2 * i + 1])];
    if ((high | low) > 15) return Malformed("hex has the digits 0-9 and a-f only");
    bytes[i] = static_cast<std::uint8_t>(high << 4 | low);
  }
  return bytes;
}

void AppendBase64(std::string& text, ByteView bytes) {
  const std::size_t begin = text.size();
  text.resize(begin + (bytes.size() + 2) / 3 * 4, '=');
  char* out = text.data() + begin;
  std::size_t i = 0;
  for (; i + 3 <= bytes.size(); i += 3, out += 4) {
    const std::uint32_t group = std::uint32_t{bytes[i]} << 16 | std::uint32_t{bytes[i + 1]} << 8 |
                                std::uint32_t{bytes[i + 2]};
    out[0] = kBase64Digits[group >> 18];
    out[1] = kBase64Digits[group >> 12 & 63];
    out[2] = kBase64Digits[group >> 6 & 63];
    out[3] = kBase64Digits[group & 63];
  }
  const std::size_t left = bytes.size() - i;
  if (left == 0) return;
  const std::uint32_t second = left == 2 ? bytes[i + 1] : 0u;
  const std::uint32_t group = std::uint32_t{bytes[i]} << 16 | second << 8;
  out[0] = kBase64Digits[group >> 18];
  out[1] = kBase64Digits[group >> 12 & 63];
  if (left == 2) out[2] = kBase64Digits[group >> 6 & 63];
}

std::string EncodeBase64(ByteView bytes) {
  std::string text;
  AppendBase64(text, bytes);
  return text;
}

Result<Bytes> ParseBase64(std::string_view text) {
  if (text.size() % 4 != 0) return Malformed("base64 comes in groups of four, padded with =");
  std::size_t padding = 0;
  while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=') ++padding;
  Bytes bytes(text.size() / 4 * 3 - padding);
  if (!DecodeBase64(text, padding, bytes.data())) {
    return Malformed("base64 has its 64 digits only and zero in unused bits");
  }
  return bytes;
}

std::string EncodeHash(const Digest& digest) { return EncodeBase64(digest.view()); }

Result<Digest> ParseHash(std::string_view text) {
  Digest digest;
  if (text.size() != 44 || text[43] != '=' || !DecodeBase64(text, 1, digest.bytes.data())) {
    return Malformed("a hash is the padded, canonical base64 of 32 bytes");
  }
  return digest;
}

Result<std::uint64_t> ParseDecimal(std::string_view text) {
  if (text.empty() || text.size() > 16 || (text[0] == '0' && text.size() > 1)) {
    return Malformed("a number is 0, or digits without a leading zero, at most 9007199254740991");
  }
  std::uint64_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return Malformed("a number has the digits 0-9 only");
    value = value * 10 + static_cast<std::uint64_t>(c - '0');
  }
  if (value > kMaxDecimal) return Malformed("a number is at most 9007199254740991");
  return value;
}

}  // namespace jejak
