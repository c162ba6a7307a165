// SPDX-License-Identifier: Apache-2.0
// SHA-256 (FIPS 180-4) and HMAC-SHA-256 (RFC 2104), the only hashes of the formats.
//
// Not for passphrases: see keybox.h. Threads: values; one stream belongs to one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>

#include "ledger/base/bytes.h"

namespace jejak::crypto {

Digest Sha256(ByteView data);

// SHA-256 over data that comes in pieces, so that a prefix byte never costs a copy of what follows:
//
//   Digest leaf = Sha256Stream().Add(zero_byte).Add(entry).Finish();
//
// After Finish() the stream is empty again and can be used for the next hash.
class Sha256Stream final {
 public:
  Sha256Stream();
  Sha256Stream& Add(ByteView data);
  Digest Finish();

 private:
  // The library's context, which no header of ours names; its size is checked where it is used.
  alignas(std::uint64_t) std::uint8_t context_[128];
};

// The parts are concatenated; nothing marks where one ends, so the caller's message must.
Digest HmacSha256(ByteView key, std::initializer_list<ByteView> parts);

}  // namespace jejak::crypto
