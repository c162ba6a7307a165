// SPDX-License-Identifier: Apache-2.0
#include "api/status_limiter.h"

#include <algorithm>

#include "ledger/base/bytes.h"
#include "ledger/crypto/hash.h"

namespace jejak::api {
namespace {

crypto::PublicKey BucketOf(std::uint64_t key) {
  Bytes octets;
  AppendU64(octets, key);
  crypto::PublicKey bucket;
  const Digest hash = crypto::Sha256(octets);
  std::copy_n(hash.view().begin(), bucket.bytes.size(), bucket.bytes.begin());
  return bucket;
}

}  // namespace

StatusLimiter::StatusLimiter(const StatusRates& rates)
    : addresses_(rates.per_address), networks_(rates.per_network), all_(rates.in_all, 1) {}

bool StatusLimiter::Take(const PeerAddress& peer, std::uint64_t now_ms) {
  return addresses_.Take(BucketOf(AddressKey(peer)), now_ms) &&
         networks_.Take(BucketOf(NetworkKey(peer)), now_ms) && all_.Take({}, now_ms);
}

unsigned StatusLimiter::retry_after_s() const {
  return std::max({addresses_.retry_after_s(), networks_.retry_after_s(), all_.retry_after_s()});
}

}  // namespace jejak::api
