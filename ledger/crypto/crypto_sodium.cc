// SPDX-License-Identifier: Apache-2.0
// sign.h, random.h, aead.h and the wiping of keybox.h by libsodium (1.0.18 or later).
#include <sodium.h>

#include <algorithm>
#include <cstdlib>

#include "ledger/crypto/aead.h"
#include "ledger/crypto/keybox.h"
#include "ledger/crypto/random.h"
#include "ledger/crypto/sign.h"

namespace jejak::crypto {
namespace {

using Encoding = std::array<std::uint8_t, 32>;  // a point or a scalar, little-endian

constexpr Encoding kOrder{0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7,
                          0xa2, 0xde, 0xf9, 0xde, 0x14, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
                          0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x10};
constexpr Encoding kOrderAndOne = [] {
  Encoding next = kOrder;
  ++next[0];
  return next;
}();
constexpr Encoding kIdentity{1};

// The y coordinates of the eight points of small order; the sign of x makes eight of these five.
constexpr std::array<Encoding, 5> kSmallOrderY{{
    {0},
    {1},
    {0xec, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
     0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
     0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f},
    {0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4,
     0x89, 0xf2, 0xef, 0x98, 0xf0, 0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6,
     0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53, 0xfc, 0x05},
    {0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b,
     0x76, 0x0d, 0x10, 0x67, 0x0f, 0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39,
     0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac, 0x03, 0x7a},
}};

// A signature of the empty message whose R carries a point of order 8: [8]([S]B - [h]A - R) is the
// identity, [S]B - [h]A - R is not. A library that accepts it multiplies by the cofactor.
constexpr PublicKey kCofactorKey{{0xcf, 0x8b, 0x49, 0xf8, 0x12, 0x5c, 0x81, 0x05, 0x66, 0x14, 0xd1,
                                  0xce, 0x37, 0xa9, 0x40, 0x1c, 0xd1, 0x73, 0x4b, 0x1a, 0x25, 0xd9,
                                  0xf3, 0x68, 0x1d, 0x8e, 0x54, 0xf2, 0x5e, 0x38, 0x46, 0x29}};
constexpr Signature kCofactorSignature{
    {0xa4, 0xe6, 0xe2, 0xd9, 0x94, 0x47, 0x19, 0x8f, 0xbd, 0xf8, 0x33, 0x1b, 0x68,
     0x24, 0xe6, 0x8b, 0x14, 0x5f, 0x80, 0x54, 0x25, 0x03, 0x4d, 0x01, 0xa7, 0x39,
     0xbc, 0x60, 0x3e, 0x0a, 0x5e, 0xee, 0xb9, 0x2f, 0x81, 0x77, 0xd4, 0xa6, 0x57,
     0x41, 0xae, 0xa7, 0xa5, 0x0f, 0x4c, 0x21, 0xb3, 0xd4, 0x06, 0xf7, 0x65, 0x84,
     0x8f, 0x10, 0x9b, 0xd2, 0xd4, 0xa5, 0xca, 0xf3, 0x0b, 0x5e, 0x80, 0x0b}};

// Initialises the library once, in whichever thread comes first.
void Initialise() {
  static const bool ready = sodium_init() >= 0;
  if (!ready) std::abort();
}

bool IsLess(const std::uint8_t* value, const Encoding& bound) {
  return std::lexicographical_compare(std::make_reverse_iterator(value + 32),
                                      std::make_reverse_iterator(value), bound.rbegin(),
                                      bound.rend());
}

// Whether a point's encoding has y below 2^255 - 19 and the point is not of small order. The one
// other non-canonical encoding, a set sign with x = 0, occurs at small order only.
bool IsAcceptableEncoding(const std::uint8_t* point) {
  Encoding y;
  std::copy_n(point, 32, y.begin());
  y[31] &= 0x7f;
  const bool reduced = y[31] != 0x7f || y[0] < 0xed ||
                       !std::all_of(y.begin() + 1, y.end() - 1, [](auto b) { return b == 0xff; });
  return reduced && std::find(kSmallOrderY.begin(), kSmallOrderY.end(), y) == kSmallOrderY.end();
}

// Everything of the rule but the equation.
bool HasAcceptableForm(const PublicKey& key, const Signature& signature) {
  return IsAcceptableEncoding(key.bytes.data()) && IsAcceptableEncoding(signature.bytes.data()) &&
         IsLess(signature.bytes.data() + 32, kOrder);
}

bool LibraryAccepts(const PublicKey& key, ByteView message, const Signature& signature) {
  return crypto_sign_verify_detached(signature.bytes.data(), message.data(), message.size(),
                                     key.bytes.data()) == 0;
}

// [scalar]point; false if `point` is none. The library multiplies only points of the prime-order
// subgroup and refuses to return the identity; the rest is doubled and added here, in variable time
// over public values.
bool Multiply(const Encoding& scalar, const Encoding& point, Encoding& product) {
  if (crypto_scalarmult_ed25519_noclamp(product.data(), scalar.data(), point.data()) == 0) {
    return true;
  }
  product = kIdentity;
  for (std::size_t bit = 256; bit-- > 0;) {
    if (crypto_core_ed25519_add(product.data(), product.data(), product.data()) != 0) return false;
    if ((scalar[bit / 8] >> (bit % 8) & 1) == 0) continue;
    if (crypto_core_ed25519_add(product.data(), product.data(), point.data()) != 0) return false;
  }
  return true;
}

// h of the rule, reduced modulo the order.
Encoding Challenge(const PublicKey& key, ByteView message, const Signature& signature) {
  crypto_hash_sha512_state state;
  std::array<std::uint8_t, 64> hash{};
  crypto_hash_sha512_init(&state);
  crypto_hash_sha512_update(&state, signature.bytes.data(), 32);
  crypto_hash_sha512_update(&state, key.bytes.data(), 32);
  crypto_hash_sha512_update(&state, message.data(), message.size());
  crypto_hash_sha512_final(&state, hash.data());
  Encoding reduced{};
  crypto_core_ed25519_scalar_reduce(reduced.data(), hash.data());
  return reduced;
}

}  // namespace

Result<PublicKey> PublicKeyFromBytes(ByteView bytes) {
  PublicKey key;
  if (bytes.size() != key.bytes.size()) return Malformed("an ed25519 key has exactly 32 bytes");
  std::copy(bytes.begin(), bytes.end(), key.bytes.begin());
  return key;
}

Result<Signature> SignatureFromBytes(ByteView bytes) {
  Signature signature;
  if (bytes.size() != signature.bytes.size()) {
    return Malformed("an ed25519 signature has exactly 64 bytes");
  }
  std::copy(bytes.begin(), bytes.end(), signature.bytes.begin());
  return signature;
}

SecretKey SecretKey::FromSeed(ByteView seed) {
  if (seed.size() != 32) std::abort();
  SecretKey key;
  PublicKey unused;
  crypto_sign_seed_keypair(unused.bytes.data(), key.bytes_.data(), seed.data());
  return key;
}

Result<SecretKey> SecretKey::ParseSeed(ByteView seed) {
  if (seed.size() != 32) return Malformed("a seed has exactly 32 bytes");
  return FromSeed(seed);
}

SecretKey::SecretKey(SecretKey&& other) noexcept : bytes_(other.bytes_) { other.Wipe(); }

SecretKey& SecretKey::operator=(SecretKey&& other) noexcept {
  if (this != &other) {
    bytes_ = other.bytes_;
    other.Wipe();
  }
  return *this;
}

SecretKey::~SecretKey() { Wipe(); }

void SecretKey::Wipe() { sodium_memzero(bytes_.data(), bytes_.size()); }

PublicKey SecretKey::public_key() const {
  PublicKey key;
  std::copy_n(bytes_.begin() + 32, 32, key.bytes.begin());
  return key;
}

Signature SecretKey::Sign(ByteView message) const {
  Signature signature;
  crypto_sign_detached(signature.bytes.data(), nullptr, message.data(), message.size(),
                       bytes_.data());
  return signature;
}

ByteView SecretKey::seed() const { return ByteView(bytes_).first(32); }

// libsodium 1.0.18 keeps the whole rule by itself; the form is checked and the cofactor asked for
// so that another release gives the same answers.
bool Verify(const PublicKey& key, ByteView message, const Signature& signature) {
  static const bool library_is_exact = !LibraryAccepts(kCofactorKey, {}, kCofactorSignature);
  return HasAcceptableForm(key, signature) && LibraryAccepts(key, message, signature) &&
         (library_is_exact || VerifyByEquation(key, message, signature));
}

bool VerifyByEquation(const PublicKey& key, ByteView message, const Signature& signature) {
  if (!HasAcceptableForm(key, signature)) return false;
  Encoding s, r, product, from_key, expected;
  std::copy_n(signature.bytes.begin(), 32, r.begin());
  std::copy_n(signature.bytes.begin() + 32, 32, s.begin());
  // The library refuses to return the identity, which is [0]B.
  if (crypto_scalarmult_ed25519_base_noclamp(product.data(), s.data()) != 0) product = kIdentity;
  if (!Multiply(Challenge(key, message, signature), key.bytes, from_key)) return false;
  if (crypto_core_ed25519_sub(expected.data(), product.data(), from_key.data()) != 0) return false;
  return expected == r;
}

// [L + 1]A equals A when [L]A is the identity, and only then. The library refuses some points by
// its own test of the subgroup, which in some releases lets a part of order 2 pass (CVE-2025-69277)
// but turns no strong key away; the product decides.
bool IsStrongKey(const PublicKey& key) {
  Encoding product;
  return IsAcceptableEncoding(key.bytes.data()) &&
         crypto_scalarmult_ed25519_noclamp(product.data(), kOrderAndOne.data(), key.bytes.data()) ==
             0 &&
         product == key.bytes;
}

Bytes RandomBytes(std::size_t count) {
  Initialise();
  Bytes bytes(count);
  if (count > 0) randombytes_buf(bytes.data(), count);  // an empty vector has no address
  return bytes;
}

Digest RandomDigest() {
  Initialise();
  Digest digest;
  randombytes_buf(digest.bytes.data(), digest.bytes.size());
  return digest;
}

void Wipe(std::span<std::uint8_t> secret) { sodium_memzero(secret.data(), secret.size()); }

static_assert(kSaltBytes == crypto_pwhash_SALTBYTES);
static_assert(kNonceBytes == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
static_assert(kTagBytes == crypto_aead_xchacha20poly1305_ietf_ABYTES);
static_assert(sizeof(AeadKey) == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

bool DeriveKey(std::string_view passphrase, ByteView salt, std::uint32_t memory_kib,
               std::uint32_t passes, AeadKey& key) {
  Initialise();
  if (salt.size() != kSaltBytes) std::abort();
  return crypto_pwhash(key.data(), key.size(), passphrase.data(), passphrase.size(), salt.data(),
                       passes, std::size_t{memory_kib} * 1024, crypto_pwhash_ALG_ARGON2ID13) == 0;
}

Bytes Encrypt(const AeadKey& key, ByteView nonce, ByteView associated, ByteView plain) {
  if (nonce.size() != kNonceBytes) std::abort();
  Bytes box(plain.size() + kTagBytes);
  crypto_aead_xchacha20poly1305_ietf_encrypt(box.data(), nullptr, plain.data(), plain.size(),
                                             associated.data(), associated.size(), nullptr,
                                             nonce.data(), key.data());
  return box;
}

std::optional<Bytes> Decrypt(const AeadKey& key, ByteView nonce, ByteView associated,
                             ByteView box) {
  if (nonce.size() != kNonceBytes) std::abort();
  if (box.size() < kTagBytes) return std::nullopt;
  Bytes plain(box.size() - kTagBytes);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(plain.data(), nullptr, nullptr, box.data(),
                                                 box.size(), associated.data(), associated.size(),
                                                 nonce.data(), key.data()) != 0) {
    return std::nullopt;
  }
  return plain;
}

}  // namespace jejak::crypto
