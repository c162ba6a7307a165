// SPDX-License-Identifier: Apache-2.0
#include "api/status_limiter.h"

#include <gtest/gtest.h>

#include <string>

namespace jejak::api {
namespace {

constexpr StatusRates kUsual{20, 60, 600};

PeerAddress Address(const std::string& text) { return ParseAddress(text).value(); }

PeerAddress V4(unsigned network, unsigned host) {
  return Address("10." + std::to_string(network / 256) + "." + std::to_string(network % 256) + "." +
                 std::to_string(host));
}

PeerAddress V6(unsigned network, unsigned subnet) {
  char text[64];
  std::snprintf(text, sizeof text, "2001:db8:%x:%x::1", network, subnet);
  return Address(text);
}

int Attempts(StatusLimiter& limiter, const PeerAddress& peer, std::uint64_t now_ms) {
  int taken = 0;
  while (taken < 1000 && limiter.Take(peer, now_ms)) ++taken;
  return taken;
}
int Attempts(StatusLimiter& limiter, const std::string& peer, std::uint64_t now_ms) {
  return Attempts(limiter, Address(peer), now_ms);
}

TEST(StatusLimiter, AnAddressHasItsShareAndGetsItBackSlowly) {
  StatusLimiter limiter(kUsual);
  EXPECT_EQ(Attempts(limiter, "203.0.113.7", 0), 20);
  EXPECT_EQ(Attempts(limiter, "203.0.113.8", 0), 20);
  EXPECT_EQ(Attempts(limiter, "203.0.113.7", 3'000), 1);
  EXPECT_EQ(Attempts(limiter, "203.0.113.7", 63'000), 20);
  EXPECT_EQ(limiter.retry_after_s(), 3u);
}

TEST(StatusLimiter, AnIPv6NetworkIsOneAddress) {
  StatusLimiter limiter({20, 0, 0});
  EXPECT_EQ(Attempts(limiter, "2001:db8:1:2::1", 0), 20);
  EXPECT_EQ(Attempts(limiter, "2001:db8:1:2:ffff::9", 0), 0);
  EXPECT_EQ(Attempts(limiter, "2001:db8:1:3::1", 0), 20);
  EXPECT_EQ(Attempts(limiter, "2001:db8::1", 0), 20);
  EXPECT_EQ(Attempts(limiter, "2001:db8:0:0:1:2:3:4", 0), 0);
  EXPECT_EQ(Attempts(limiter, "::1", 0), 20);
  EXPECT_EQ(Attempts(limiter, "::2:0:0:1", 0), 0);
}

TEST(StatusLimiter, WhoSpentTheOwnShareTakesNothingOfTheOthers) {
  StatusLimiter limiter(kUsual);
  EXPECT_EQ(Attempts(limiter, V4(0, 1), 0), 20);
  for (int i = 0; i < 100'000; ++i) ASSERT_FALSE(limiter.Take(V4(0, 1), 0));
  EXPECT_EQ(Attempts(limiter, V4(0, 2), 0), 20) << "a neighbour";
  for (unsigned network = 1; network <= 28; ++network)
    EXPECT_EQ(Attempts(limiter, V4(network, 1), 0), 20) << network;
  EXPECT_EQ(Attempts(limiter, V4(29, 1), 0), 0) << "600 in all";
}

// 254 addresses of a /24, then 65,536 of a /48, more than a table keeps.
TEST(StatusLimiter, ANetworkHasATenthHoweverManyAddressesItHas) {
  StatusLimiter limiter(kUsual);
  int v4 = 0, v6 = 0;
  for (unsigned host = 1; host < 255; ++host) v4 += Attempts(limiter, V4(0, host), 0);
  for (unsigned subnet = 0; subnet < 65536; ++subnet) v6 += limiter.Take(V6(1, subnet), 0);
  for (unsigned subnet = 0; subnet < 65536; ++subnet) v6 += limiter.Take(V6(1, subnet), 0);
  EXPECT_EQ(v4, 60);
  EXPECT_EQ(v6, 60);
  EXPECT_EQ(Attempts(limiter, V4(1, 1), 0), 20) << "480 are left for everybody else";
  EXPECT_EQ(Attempts(limiter, V6(2, 1), 0), 20);
  EXPECT_EQ(Attempts(limiter, V4(0, 9), 1'000), 1) << "a network's come back at 60 a minute";
}

TEST(StatusLimiter, AnAddressHasNoMoreThanItsNetwork) {
  StatusLimiter limiter({0, 60, 600});
  EXPECT_EQ(Attempts(limiter, V4(0, 1), 0), 60);
  EXPECT_EQ(Attempts(limiter, V6(0, 1), 0), 60);
}

// T43: 10,000 addresses of as many networks, of both families, for ten minutes.
TEST(StatusLimiter, ManyAddressesOfManyNetworksAreNoWayRoundIt) {
  StatusLimiter limiter(kUsual);
  std::uint64_t taken = 0;
  for (std::uint64_t second = 0; second <= 600; second += 10) {
    for (unsigned i = 0; i < 10'000; ++i)
      taken += limiter.Take(i % 2 == 0 ? V4(i, 1) : V6(i, i), second * 1000);
    ASSERT_LE(taken, 600 + 10 * second) << "a minute's worth at once, then ten a second";
  }
  EXPECT_EQ(taken, 6600u);
}

TEST(StatusLimiter, ZeroIsNoLimit) {
  StatusLimiter limiter({0, 0, 0});
  EXPECT_EQ(Attempts(limiter, "203.0.113.7", 0), 1000);
}

}  // namespace
}  // namespace jejak::api
