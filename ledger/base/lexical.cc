// SPDX-License-Identifier: Apache-2.0
#include "ledger/base/lexical.h"

#include <algorithm>

#include "ledger/base/text.h"
#include "ledger/base/time.h"

namespace jejak {
namespace {

constexpr std::size_t kMaxWord = 64, kMaxType = 64, kMaxId = 64, kMaxLabel = 32, kMaxKeyName = 200;
constexpr std::uint64_t kMaxVersionPart = 999999;

bool IsLower(char c) { return c >= 'a' && c <= 'z'; }
bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsAlnum(char c) { return IsLower(c) || IsUpper(c) || IsDigit(c); }

bool IsSegment(std::string_view text) {
  if (text.empty() || text == "." || text == "..") return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return IsAlnum(c) || c == '-' || c == '.' || c == '_' || c == '~' || c == ':';
  });
}

// Whether every part between separators passes; `parts` counts them.
template <class Test>
bool EveryPart(std::string_view text, char separator, std::size_t& parts, Test test) {
  for (parts = 1;; ++parts) {
    const std::size_t end = text.find(separator);
    if (!test(text.substr(0, end))) return false;
    if (end == std::string_view::npos) return true;
    text.remove_prefix(end + 1);
  }
}

}  // namespace

bool IsWord(std::string_view text) {
  if (text.empty() || text.size() > kMaxWord || !IsLower(text[0])) return false;
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return IsLower(c) || IsDigit(c) || c == '_'; });
}

bool IsType(std::string_view text) {
  std::size_t words = 0;
  return text.size() <= kMaxType && EveryPart(text, '.', words, IsWord) && words >= 2;
}

bool IsRole(std::string_view text) { return text == "-" || IsWord(text); }

bool IsId(std::string_view text) {
  if (text.empty() || text.size() > kMaxId || text[0] == '-') return false;
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return IsLower(c) || IsDigit(c) || c == '-'; });
}

bool IsLabel(std::string_view text) {
  if (text.empty() || text.size() > kMaxLabel) return false;
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return IsAlnum(c) || c == '_' || c == '-'; });
}

bool IsKeyName(std::string_view text) {
  std::size_t segments = 0;
  return text.size() <= kMaxKeyName && EveryPart(text, '/', segments, IsSegment);
}

bool IsCaseId(std::string_view text) {
  if (text.size() != 26 || text[0] > '7') return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return IsDigit(c) || (IsUpper(c) && c != 'I' && c != 'L' && c != 'O' && c != 'U');
  });
}

bool IsVersion(std::string_view text) {
  std::size_t parts = 0;
  return EveryPart(text, '.', parts,
                   [](std::string_view part) {
                     const auto value = ParseDecimal(part);
                     return value.ok() && *value <= kMaxVersionPart;
                   }) &&
         parts <= 3;
}

bool IsZone(std::string_view text) { return ParseZone(text).ok(); }

}  // namespace jejak
