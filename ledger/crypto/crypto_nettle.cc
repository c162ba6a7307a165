// SPDX-License-Identifier: Apache-2.0
// hash.h by nettle, whose SHA-256 uses the processor's instructions where it has them.
#include <nettle/hmac.h>
#include <nettle/sha2.h>

#include <new>

#include "ledger/crypto/hash.h"

namespace jejak::crypto {
namespace {

sha256_ctx* ContextIn(std::uint8_t* storage) {
  return std::launder(reinterpret_cast<sha256_ctx*>(storage));
}

}  // namespace

Digest Sha256(ByteView data) {
  sha256_ctx context;
  sha256_init(&context);
  sha256_update(&context, data.size(), data.data());
  Digest digest;
  sha256_digest(&context, digest.bytes.size(), digest.bytes.data());
  return digest;
}

Sha256Stream::Sha256Stream() {
  static_assert(sizeof(sha256_ctx) <= sizeof context_ && alignof(sha256_ctx) <= 8);
  sha256_init(new (context_) sha256_ctx);
}

Sha256Stream& Sha256Stream::Add(ByteView data) {
  sha256_update(ContextIn(context_), data.size(), data.data());
  return *this;
}

Digest Sha256Stream::Finish() {
  Digest digest;
  sha256_digest(ContextIn(context_), digest.bytes.size(), digest.bytes.data());
  return digest;
}

Digest HmacSha256(ByteView key, std::initializer_list<ByteView> parts) {
  hmac_sha256_ctx context;
  hmac_sha256_set_key(&context, key.size(), key.data());
  for (const ByteView part : parts) hmac_sha256_update(&context, part.size(), part.data());
  Digest digest;
  hmac_sha256_digest(&context, digest.bytes.size(), digest.bytes.data());
  return digest;
}

}  // namespace jejak::crypto
