// SPDX-License-Identifier: Apache-2.0
// A key from a passphrase (Argon2id 1.3, RFC 9106, one lane) and authenticated encryption under it
// (XChaCha20-Poly1305): the two operations that keybox.h is made of.
//
// Callers bound the cost and the sizes first; nothing here does. A nonce is used once per key; 24
// random bytes are enough for that. Threads: may be called from any.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "ledger/base/bytes.h"

namespace jejak::crypto {

inline constexpr std::size_t kSaltBytes = 16, kNonceBytes = 24, kTagBytes = 16;

using AeadKey = std::array<std::uint8_t, 32>;

// False if there is not enough memory. `salt` has kSaltBytes.
bool DeriveKey(std::string_view passphrase, ByteView salt, std::uint32_t memory_kib,
               std::uint32_t passes, AeadKey& key);

// The ciphertext with its tag, kTagBytes longer than `plain`. `nonce` has kNonceBytes.
Bytes Encrypt(const AeadKey& key, ByteView nonce, ByteView associated, ByteView plain);

// nullopt if any of the four is not what Encrypt had.
std::optional<Bytes> Decrypt(const AeadKey& key, ByteView nonce, ByteView associated, ByteView box);

}  // namespace jejak::crypto
