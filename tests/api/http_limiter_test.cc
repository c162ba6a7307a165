// SPDX-License-Identifier: Apache-2.0
#include "api/http_limiter.h"

#include <gtest/gtest.h>

namespace jejak::api {
namespace {

PeerAddress V4(std::uint8_t a, std::uint8_t b) {
  return {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 203, 0, a, b};
}

PeerAddress V6(std::uint8_t net, std::uint8_t host) {
  return {0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, net, 0, 0, 0, 0, 0, 0, 0, host};
}

int TakeAll(AddressLimiter& limiter, const PeerAddress& peer, std::uint64_t now_ms) {
  int taken = 0;
  while (taken < 1000 && limiter.Take(peer, now_ms)) ++taken;
  return taken;
}

TEST(AddressLimiter, GivesTwoSecondsAtOnceThenTheRate) {
  AddressLimiter limiter(10);
  EXPECT_EQ(TakeAll(limiter, V4(0, 1), 5000), 20);
  EXPECT_EQ(TakeAll(limiter, V4(0, 1), 5099), 0);
  EXPECT_EQ(TakeAll(limiter, V4(0, 1), 5100), 1);
  EXPECT_EQ(TakeAll(limiter, V4(0, 1), 6100), 10);
  EXPECT_EQ(TakeAll(limiter, V4(0, 1), 900000), 20);
}

TEST(AddressLimiter, ZeroIsNoLimit) {
  AddressLimiter limiter(0);
  EXPECT_EQ(TakeAll(limiter, V4(0, 1), 0), 1000);
}

TEST(AddressLimiter, KeepsIpv4AddressesApart) {
  AddressLimiter limiter(1);
  EXPECT_EQ(TakeAll(limiter, V4(0, 1), 0), 2);
  EXPECT_EQ(TakeAll(limiter, V4(0, 2), 0), 2);
}

TEST(AddressLimiter, CountsAnIpv6SubnetAsOne) {
  AddressLimiter limiter(1);
  EXPECT_EQ(TakeAll(limiter, V6(1, 1), 0), 2);
  EXPECT_EQ(TakeAll(limiter, V6(1, 2), 0), 0);
  EXPECT_EQ(TakeAll(limiter, V6(2, 1), 0), 2);
}

TEST(AddressLimiter, AClockThatGoesBackGivesNothing) {
  AddressLimiter limiter(1);
  EXPECT_EQ(TakeAll(limiter, V4(0, 1), 10000), 2);
  EXPECT_EQ(TakeAll(limiter, V4(0, 1), 5000), 0);
  EXPECT_EQ(TakeAll(limiter, V4(0, 1), 11000), 1);
}

TEST(AddressLimiter, ForgetsTheQuietestWhenASetIsFull) {
  AddressLimiter limiter(1, 1);
  EXPECT_EQ(TakeAll(limiter, V4(0, 1), 0), 2);
  for (std::uint8_t i = 2; i < 9; ++i) EXPECT_EQ(TakeAll(limiter, V4(0, i), 10), 2);
  EXPECT_EQ(TakeAll(limiter, V4(0, 2), 20), 0);  // still known
  EXPECT_EQ(TakeAll(limiter, V4(0, 9), 20), 2);  // takes the place of 1
  EXPECT_EQ(TakeAll(limiter, V4(0, 2), 20), 0);
  EXPECT_EQ(TakeAll(limiter, V4(0, 1), 20), 2);
}

}  // namespace
}  // namespace jejak::api
