// SPDX-License-Identifier: Apache-2.0
#include "api/status_limiter.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <string>

#include "ledger/crypto/hash.h"

namespace jejak::api {
namespace {

// The bucket of an address; those of one IPv6 network share theirs.
crypto::PublicKey BucketOf(std::string_view peer) {
  std::string network(peer);
  std::array<char, sizeof(in6_addr)> address{};
  if (inet_pton(AF_INET6, network.c_str(), address.data()) == 1)
    network.assign(address.data(), address.size() / 2);
  crypto::PublicKey bucket;
  const Digest hash = crypto::Sha256(AsBytes(network));
  std::copy_n(hash.view().begin(), bucket.bytes.size(), bucket.bytes.begin());
  return bucket;
}

}  // namespace

StatusLimiter::StatusLimiter(std::uint64_t per_address, std::uint64_t in_all)
    : addresses_(per_address), all_(in_all, 1) {}

bool StatusLimiter::Take(std::string_view peer, std::uint64_t now_ms) {
  return addresses_.Take(BucketOf(peer), now_ms) && all_.Take({}, now_ms);
}

unsigned StatusLimiter::retry_after_s() const {
  return std::max(addresses_.retry_after_s(), all_.retry_after_s());
}

}  // namespace jejak::api
