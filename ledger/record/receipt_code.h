// SPDX-License-Identifier: Apache-2.0
#pragma once

// The receipt code: what a person who isn't enrolled holds of a case (docs/formats.md section 12).
//
//   7KQ2-M4XD-9HTP-W6ZB-3RN6      as it is printed
//   7KQ2M4XD9HTPW6ZB3RN6          canonical: 20 symbols of Crockford's base32, upper case
//
// 19 symbols are random (95 bits), the last one checks them. From the code two things are derived,
// each for one log alone:
//
//   tag   the report's own id in the log, by which a server finds it     kvh8qj68y39fpmnfj38f
//   seed  the seed of the party key that signs what the holder adds
//
// Neither gives back the code, and the tag doesn't give the key. Whoever holds the code may read
// and sign as this party, so it is a secret like a passphrase: it never stands in a command line, a
// URL that reaches a server, a log or an error; errors of this file count symbols and show none.
//
// The check symbol: symbols are elements of GF(32) = GF(2)[x]/(x^5 + x^2 + 1), a the class of x, of
// order 31; a code is good iff the sum of a^(19-i) * symbol i is 0. Every weight is non-zero, so
// each single substitution is caught; any two of the 20 weights differ, so each swap of two
// symbols, adjacent or not, is caught too. (ISO 7064 mod 37,36 needs symbols that the alphabet
// lacks; Luhn mod 32 misses the swap of 0 and Z.) Values: safe to share between threads that only
// read. Draws no randomness: the 19 symbols are the caller's.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "ledger/base/bytes.h"
#include "ledger/base/result.h"

namespace jejak::record {

inline constexpr std::size_t kReceiptSymbols = 20;
inline constexpr std::size_t kRandomReceiptSymbols = 19;

// A code whose check symbol fits. Made by ParseReceiptCode and CodeFrom only.
class ReceiptCode final {
 public:
  // The 20 symbols in upper case, without hyphens.
  const std::string& canonical() const { return canonical_; }

  bool operator==(const ReceiptCode&) const = default;

 private:
  friend Result<ReceiptCode> ParseReceiptCode(std::string_view text);
  friend ReceiptCode CodeFrom(const std::array<std::uint8_t, kRandomReceiptSymbols>& symbols);

  explicit ReceiptCode(std::string canonical) : canonical_(std::move(canonical)) {}

  std::string canonical_;
};

// Reads what a person typed: either case, O for 0, I and L for 1; hyphens, spaces, tabs and line
// ends anywhere count for nothing. kMalformed: over 64 bytes, a character that codes don't have
// (which one, from 1), not 20 of them, a check symbol that doesn't fit.
Result<ReceiptCode> ParseReceiptCode(std::string_view text);

// The code of 19 symbols, each below 32; higher bits are ignored.
ReceiptCode CodeFrom(const std::array<std::uint8_t, kRandomReceiptSymbols>& symbols);

// Five groups of four, joined by hyphens: what is printed and read aloud.
std::string Format(const ReceiptCode& code);

// The first 100 bits of SHA-256("jejak/receipt-tag/v1" LF origin LF canonical), as 20 symbols in
// lower case: what stands in the body of `report.submit` as `report`.
std::string LookupTag(const ReceiptCode& code, std::string_view origin);

// SHA-256("jejak/receipt-key/v1" LF origin LF canonical): the Ed25519 seed of the party's key.
Digest PartySeed(const ReceiptCode& code, std::string_view origin);

// Whether text has the form of a tag: 20 symbols in lower case, no letter i, l, o or u.
bool IsLookupTag(std::string_view text);

}  // namespace jejak::record
