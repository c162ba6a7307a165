// SPDX-License-Identifier: Apache-2.0
#include "api/address_limits.h"

#include <algorithm>
#include <optional>

namespace jejak::api {
namespace {

constexpr std::uint64_t kUsualRequests = 200;
constexpr std::uint64_t kUsualAttempts = 20;
constexpr std::uint64_t kUsualFeeds = 8;
constexpr std::uint64_t kNetworksForAll = 10;  // that it takes at least to use up everybody's codes

// A trusted proxy elsewhere never is the peer of a listener on loopback.
bool TellsClientsApart(const Config& config, const Endpoint& listener) {
  const std::optional<PeerAddress> address = ParseAddress(listener.address);
  return !address || !IsLoopback(*address) ||
         std::any_of(config.trusted_proxies.begin(), config.trusted_proxies.end(), IsLoopback);
}

}  // namespace

AddressLimits AddressLimitsOf(const Config& config) {
  const bool apart = TellsClientsApart(config, config.listen);
  const bool oversight_apart =
      config.listen_oversight && TellsClientsApart(config, *config.listen_oversight);
  const auto usual = [](const std::optional<std::uint64_t>& set, bool holds, std::uint64_t limit) {
    return set.value_or(holds ? limit : 0);
  };
  const std::uint64_t in_all = config.status_per_minute_in_all;
  const std::uint64_t share = (in_all + kNetworksForAll - 1) / kNetworksForAll;
  return {usual(config.requests_per_second, apart, kUsualRequests),
          {usual(config.status_per_minute, apart, kUsualAttempts), apart ? share : 0, in_all},
          usual(config.max_feeds_per_address, apart, kUsualFeeds),
          usual(config.max_feeds_per_address, oversight_apart, kUsualFeeds)};
}

}  // namespace jejak::api
