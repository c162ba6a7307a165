// SPDX-License-Identifier: Apache-2.0
#include "api/status_limiter.h"

#include <gtest/gtest.h>

#include <string>

namespace jejak::api {
namespace {

int Attempts(StatusLimiter& limiter, const std::string& peer, std::uint64_t now_ms) {
  int taken = 0;
  while (taken < 1000 && limiter.Take(peer, now_ms)) ++taken;
  return taken;
}

TEST(StatusLimiter, AnAddressHasItsShareAndGetsItBackSlowly) {
  StatusLimiter limiter(20, 600);
  EXPECT_EQ(Attempts(limiter, "203.0.113.7", 0), 20);
  EXPECT_EQ(Attempts(limiter, "203.0.113.8", 0), 20);
  EXPECT_EQ(Attempts(limiter, "203.0.113.7", 3'000), 1);
  EXPECT_EQ(Attempts(limiter, "203.0.113.7", 63'000), 20);
  EXPECT_EQ(limiter.retry_after_s(), 3u);
}

TEST(StatusLimiter, ManyAddressesAreNoWayRoundIt) {
  StatusLimiter limiter(20, 50);
  int taken = 0;
  for (int i = 0; i < 200; ++i) taken += Attempts(limiter, "198.51.100." + std::to_string(i), 0);
  EXPECT_EQ(taken, 50);
}

TEST(StatusLimiter, AnIPv6NetworkIsOneAddress) {
  StatusLimiter limiter(20, 0);
  EXPECT_EQ(Attempts(limiter, "2001:db8:1:2::1", 0), 20);
  EXPECT_EQ(Attempts(limiter, "2001:db8:1:2:ffff::9", 0), 0);
  EXPECT_EQ(Attempts(limiter, "2001:db8:1:3::1", 0), 20);
  EXPECT_EQ(Attempts(limiter, "2001:db8::1", 0), 20);
  EXPECT_EQ(Attempts(limiter, "2001:db8:0:0:1:2:3:4", 0), 0);
  EXPECT_EQ(Attempts(limiter, "::1", 0), 20);
  EXPECT_EQ(Attempts(limiter, "::2:0:0:1", 0), 0);
}

TEST(StatusLimiter, ZeroIsNoLimit) {
  StatusLimiter limiter(0, 0);
  EXPECT_EQ(Attempts(limiter, "203.0.113.7", 0), 1000);
}

}  // namespace
}  // namespace jejak::api
