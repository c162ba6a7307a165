// SPDX-License-Identifier: Apache-2.0
#include "api/address_limits.h"

#include <gtest/gtest.h>

namespace jejak::api {
namespace {

Config Listening(const char* on, const char* oversight, const char* trusted) {
  Config config;
  EXPECT_TRUE(Set(config, "listen", on).ok());
  EXPECT_TRUE(Set(config, "listen_oversight", oversight).ok());
  EXPECT_TRUE(Set(config, "trusted_proxies", trusted).ok());
  return config;
}

std::vector<std::uint64_t> Numbers(const Config& config) {
  const AddressLimits limits = AddressLimitsOf(config);
  return {limits.requests_per_second,
          limits.status.per_address,
          limits.status.per_network,
          limits.status.in_all,
          limits.feeds,
          limits.oversight_feeds};
}

using Row = std::vector<std::uint64_t>;

TEST(AddressLimits, HoldWhereClientsCanBeToldApart) {
  EXPECT_EQ(Numbers(Config()), (Row{0, 0, 0, 600, 0, 0}));
  EXPECT_EQ(Numbers(Listening("[::1]:1", "127.0.0.9:1", "none")), (Row{0, 0, 0, 600, 0, 0}));
  EXPECT_EQ(Numbers(Listening("0.0.0.0:1", "127.0.0.1:1", "none")), (Row{200, 20, 60, 600, 8, 0}));
  EXPECT_EQ(Numbers(Listening("[::]:1", "10.0.0.1:1", "none")), (Row{200, 20, 60, 600, 8, 8}));
  EXPECT_EQ(Numbers(Listening("192.0.2.1:1", "none", "none")), (Row{200, 20, 60, 600, 8, 0}));
}

TEST(AddressLimits, HoldOnLoopbackBehindATrustedProxyThere) {
  const Row usual{200, 20, 60, 600, 8, 8};
  EXPECT_EQ(Numbers(Listening("127.0.0.1:1", "127.0.0.1:2", "127.0.0.1")), usual);
  EXPECT_EQ(Numbers(Listening("[::1]:1", "[::1]:2", "10.0.0.1,::1")), usual);
  EXPECT_EQ(Numbers(Listening("127.0.0.1:1", "127.0.0.1:2", "10.0.0.1")), (Row{0, 0, 0, 600, 0, 0}))
      << "a proxy elsewhere never is the peer";
}

TEST(AddressLimits, NumbersThatAreSetHoldEverywhere) {
  for (const char* trusted : {"none", "127.0.0.1"}) {
    Config config = Listening("127.0.0.1:1", "127.0.0.1:2", trusted);
    config.requests_per_second = 7;
    config.status_per_minute = 5;
    config.max_feeds_per_address = 3;
    config.status_per_minute_in_all = 91;
    const std::uint64_t share = trusted == std::string_view("none") ? 0 : 10;
    EXPECT_EQ(Numbers(config), (Row{7, 5, share, 91, 3, 3})) << trusted;
    config.requests_per_second = config.status_per_minute = config.max_feeds_per_address = 0;
    config.status_per_minute_in_all = 0;
    EXPECT_EQ(Numbers(config), (Row{0, 0, 0, 0, 0, 0})) << trusted;
  }
}

}  // namespace
}  // namespace jejak::api
