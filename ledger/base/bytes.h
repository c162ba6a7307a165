// SPDX-License-Identifier: Apache-2.0
// Bytes, views of bytes, 32-byte digests and big-endian integers.
//
// `std::string` is text and `Bytes` is everything else, so a compiler error separates them; AsBytes
// and AsText are the only crossings, and both copy nothing. Views are parameters, never members of
// something that outlives the call. Threads: values, no shared state.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

#include "ledger/base/result.h"

namespace jejak {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

// A SHA-256 or HMAC-SHA-256 value, or a 32-byte key of a commitment. Ordered as unsigned bytes, the
// order of the state map. Not for secrets whose comparison must take constant time.
struct Digest {
  std::array<std::uint8_t, 32> bytes{};

  auto operator<=>(const Digest&) const = default;
  ByteView view() const { return bytes; }
};

// For hash tables keyed by digests: the first eight bytes are already uniformly distributed. An
// adversary can grind a common prefix of eight bytes only with 2^64 work per bucket.
struct DigestHash {
  std::size_t operator()(const Digest& digest) const {
    std::size_t hash = 0;
    std::memcpy(&hash, digest.bytes.data(), sizeof hash);
    return hash;
  }
};

inline ByteView AsBytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view AsText(ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// Big-endian, as everywhere in the formats. The loads read exactly 2 and 8 bytes; whether they are
// there is the caller's to check.
void AppendU16(Bytes& out, std::uint16_t value);
void AppendU64(Bytes& out, std::uint64_t value);
std::uint16_t LoadU16(const std::uint8_t* from);
std::uint64_t LoadU64(const std::uint8_t* from);

// kMalformed unless `bytes` are exactly 32.
Result<Digest> DigestFromBytes(ByteView bytes);

}  // namespace jejak
