// SPDX-License-Identifier: Apache-2.0
#include "ledger/record/receipt_code.h"

#include <algorithm>

#include "ledger/crypto/hash.h"

namespace jejak::record {
namespace {

constexpr std::string_view kUpper = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::string_view kLower = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::size_t kMaxTypedBytes = 64;
constexpr std::size_t kGroup = 4;

// Multiplication by x in GF(32), whose polynomial is x^5 + x^2 + 1 = 0b100101.
std::uint8_t TimesX(std::uint8_t value) {
  const unsigned twice = unsigned{value} << 1;
  return static_cast<std::uint8_t>((twice & 32) != 0 ? twice ^ 0b100101 : twice);
}

// The upper-case symbol that a typed character stands for; 0 where there is none.
char SymbolOf(char typed) {
  const char upper = typed >= 'a' && typed <= 'z' ? static_cast<char>(typed - 'a' + 'A') : typed;
  if (upper == 'O') return '0';
  if (upper == 'I' || upper == 'L') return '1';
  return kUpper.find(upper) == std::string_view::npos ? '\0' : upper;
}

bool SeparatesGroups(char typed) {
  return typed == '-' || typed == ' ' || typed == '\t' || typed == '\r' || typed == '\n';
}

// The sum of x^(n-1-i) * symbol i over n symbols, by Horner's rule.
std::uint8_t WeightedSum(std::string_view symbols) {
  std::uint8_t sum = 0;
  for (const char symbol : symbols)
    sum = static_cast<std::uint8_t>(TimesX(sum) ^ kUpper.find(symbol));
  return sum;
}

Digest Derive(std::string_view domain, const ReceiptCode& code, std::string_view origin) {
  return crypto::Sha256Stream()
      .Add(AsBytes(domain))
      .Add(AsBytes("\n"))
      .Add(AsBytes(origin))
      .Add(AsBytes("\n"))
      .Add(AsBytes(code.canonical()))
      .Finish();
}

}  // namespace

Result<ReceiptCode> ParseReceiptCode(std::string_view text) {
  if (text.size() > kMaxTypedBytes)
    return Malformed("the code is longer than codes are; it has 20 letters and digits");
  std::string symbols;
  for (const char typed : text) {
    if (SeparatesGroups(typed)) continue;
    const char symbol = SymbolOf(typed);
    if (symbol == '\0') {
      return Malformed("letter or digit " + std::to_string(symbols.size() + 1) +
                       " of the code is none that codes have");
    }
    symbols.push_back(symbol);
  }
  if (symbols.size() != kReceiptSymbols) {
    return Malformed("the code has " + std::to_string(symbols.size()) +
                     " letters and digits; codes have 20");
  }
  if (WeightedSum(symbols) != 0)
    return Malformed("a letter or digit of the code is mistyped; compare it with the slip");
  return ReceiptCode(std::move(symbols));
}

ReceiptCode CodeFrom(const std::array<std::uint8_t, kRandomReceiptSymbols>& symbols) {
  std::string text;
  for (const std::uint8_t symbol : symbols) text.push_back(kUpper[symbol & 31]);
  text.push_back(kUpper[TimesX(WeightedSum(text))]);
  return ReceiptCode(std::move(text));
}

std::string Format(const ReceiptCode& code) {
  std::string grouped;
  for (std::size_t at = 0; at < kReceiptSymbols; at += kGroup) {
    if (at != 0) grouped.push_back('-');
    grouped += code.canonical().substr(at, kGroup);
  }
  return grouped;
}

std::string LookupTag(const ReceiptCode& code, std::string_view origin) {
  const Digest hash = Derive("jejak/receipt-tag/v1", code, origin);
  std::string tag;
  unsigned held = 0;
  unsigned bits = 0;
  for (auto byte = hash.bytes.begin(); tag.size() < kReceiptSymbols;) {
    if (bits < 5) {
      held = ((held << 8) | *byte++) & 0xfff;
      bits += 8;
    }
    bits -= 5;
    tag.push_back(kLower[(held >> bits) & 31]);
  }
  return tag;
}

Digest PartySeed(const ReceiptCode& code, std::string_view origin) {
  return Derive("jejak/receipt-key/v1", code, origin);
}

bool IsLookupTag(std::string_view text) {
  return text.size() == kReceiptSymbols && std::all_of(text.begin(), text.end(), [](char symbol) {
           return kLower.find(symbol) != std::string_view::npos;
         });
}

}  // namespace jejak::record
