// SPDX-License-Identifier: Apache-2.0
#include "api/status_limiter.h"

#include <algorithm>
#include <string>
#include <vector>

#include "ledger/crypto/hash.h"

namespace jejak::api {
namespace {

std::vector<std::string_view> GroupsOf(std::string_view text) {
  std::vector<std::string_view> groups;
  while (!text.empty()) {
    const std::size_t colon = std::min(text.find(':'), text.size());
    groups.push_back(text.substr(0, colon));
    text.remove_prefix(std::min(colon + 1, text.size()));
  }
  return groups;
}

// The first four groups of an IPv6 address as the server writes it; an IPv4 address whole.
std::string NetworkOf(std::string_view peer) {
  if (peer.find(':') == peer.npos) return std::string(peer);
  const std::size_t gap = peer.find("::");
  std::vector<std::string_view> groups = GroupsOf(peer.substr(0, gap));
  if (gap != peer.npos) {
    const std::vector<std::string_view> after = GroupsOf(peer.substr(gap + 2));
    groups.resize(8 - std::min<std::size_t>(after.size(), 8), "0");
    groups.insert(groups.end(), after.begin(), after.end());
  }
  groups.resize(4, "0");
  std::string network;
  for (const std::string_view group : groups) network.append(group).append(":");
  return network;
}

crypto::PublicKey BucketOf(std::string_view peer) {
  crypto::PublicKey bucket;
  const Digest hash = crypto::Sha256(AsBytes(NetworkOf(peer)));
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
