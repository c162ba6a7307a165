// SPDX-License-Identifier: Apache-2.0
// Ed25519 (RFC 8032), with one rule of acceptance everywhere (formats.md, section 1).
//
// The RFC leaves open what to do with odd encodings, and libraries differ: of the 914 CCTV vectors
// one accepts 43, another 208. Two verifiers that differ would disagree about a case, so the rule
// is fixed and kept here whatever the linked library does:
//
//   S < L; A and R are canonical encodings; neither has small order;
//   the encoding of [S]B - [h]A equals R byte for byte (no cofactor), h = SHA-512(R, A, message).
//
// Threads: all functions may be called from any thread; a SecretKey belongs to one at a time.
#pragma once

#include <array>
#include <compare>
#include <cstdint>

#include "ledger/base/bytes.h"
#include "ledger/base/result.h"

namespace jejak::crypto {

struct PublicKey {
  std::array<std::uint8_t, 32> bytes{};
  auto operator<=>(const PublicKey&) const = default;
  ByteView view() const { return bytes; }
};

struct Signature {
  std::array<std::uint8_t, 64> bytes{};
  bool operator==(const Signature&) const = default;
  ByteView view() const { return bytes; }
};

// kMalformed unless exactly 32 or 64 bytes; the values may still be weak or meaningless.
Result<PublicKey> PublicKeyFromBytes(ByteView bytes);
Result<Signature> SignatureFromBytes(ByteView bytes);

// A signing key. Its memory is wiped when it is moved from or destroyed; it is never copied, and
// nothing prints it. A moved-from key signs with zeros: do not use it.
class SecretKey final {
 public:
  // For a seed of this program: 32 bytes, checked; another size aborts.
  static SecretKey FromSeed(ByteView seed);
  // For a seed that was read: kMalformed unless it has exactly 32 bytes.
  static Result<SecretKey> ParseSeed(ByteView seed);

  SecretKey(SecretKey&& other) noexcept;
  SecretKey& operator=(SecretKey&& other) noexcept;
  SecretKey(const SecretKey&) = delete;
  SecretKey& operator=(const SecretKey&) = delete;
  ~SecretKey();

  PublicKey public_key() const;
  // Deterministic, as in RFC 8032.
  Signature Sign(ByteView message) const;
  // The 32 bytes to keep in a keybox; the view dies with the key.
  ByteView seed() const;

 private:
  SecretKey() = default;
  void Wipe();

  std::array<std::uint8_t, 64> bytes_{};  // seed, then public key
};

// The rule above. A false answer says nothing about why; none of the reasons matters to a caller.
bool Verify(const PublicKey& key, ByteView message, const Signature& signature);

// The same rule from the group's operations alone, without the library's own verdict. Verify uses
// it where that verdict is laxer (libsodium from 1.0.19 on lets a cofactor pass); the tests compare
// the two. Up to 300 times slower than Verify for keys outside the prime-order subgroup.
bool VerifyByEquation(const PublicKey& key, ByteView message, const Signature& signature);

// Whether a key may enter the log: canonical, on the curve, not of small order, and in the
// prime-order subgroup ([L]A is the identity).
bool IsStrongKey(const PublicKey& key);

}  // namespace jejak::crypto
