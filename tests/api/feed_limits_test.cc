// SPDX-License-Identifier: Apache-2.0
// How many may listen to v1/feed: of a listener, and of one address.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "tests/api/feed_fixture.h"

namespace jejak::api {
namespace {

using nlohmann::json;

class FewFeedsTest : public FeedTest {
 protected:
  FewFeedsTest() : FeedTest(QuietWith({{"max_feeds", "2"}})) {}
};

TEST_F(FewFeedsTest, RefusesMoreAndTakesOneForEachThatGoes) {
  auto first = std::make_unique<FeedReader>(server_->port(), kFeed);
  FeedReader second(server_->port(), kFeed);
  FeedReader third(server_->port(), kFeed, "Connection: close\r\n");
  ASSERT_EQ(third.status(), 503);
  EXPECT_EQ(json::parse(third.Body())["code"], "unavailable");
  EXPECT_NE(third.head().find("\r\nRetry-After: "), std::string::npos);
  FeedReader inside(server_->oversight_port(), kFeed);
  EXPECT_EQ(inside.status(), 200) << "a full public listener leaves oversight open";
  EXPECT_TRUE(OpenAre(2, 1));
  first.reset();
  EXPECT_TRUE(OpenAre(1, 1));
  EXPECT_EQ(FeedReader(server_->port(), kFeed).status(), 200);
}

std::string For(const std::string& client) { return "X-Forwarded-For: " + client + "\r\n"; }

// Clients that say who they are, in the field of a proxy, and go on listening.
class ClientsFeedTest : public FeedTest {
 protected:
  using FeedTest::FeedTest;

  int Listen(const std::string& client, bool oversight = false) {
    const std::uint16_t port = oversight ? server_->oversight_port() : server_->port();
    auto feed = std::make_unique<FeedReader>(port, kFeed, For(client));
    const int status = feed->status();
    if (status == 200) feeds_.push_back(std::move(feed));
    return status;
  }

  std::vector<std::unique_ptr<FeedReader>> feeds_;
};

// Behind a trusted proxy, with the usual limit of an address.
class ProxiedFeedTest : public ClientsFeedTest {
 protected:
  ProxiedFeedTest()
      : ClientsFeedTest(QuietWith({{"max_feeds", "10"}, {"trusted_proxies", "127.0.0.1"}})) {}
};

TEST_F(ProxiedFeedTest, OneAddressDoesNotTakeAllThereAre) {
  for (int i = 0; i < 8; ++i) EXPECT_EQ(Listen("203.0.113.7"), 200) << i;
  FeedReader ninth(server_->port(), kFeed, For("203.0.113.7") + "Connection: close\r\n");
  EXPECT_EQ(ninth.status(), 429);
  EXPECT_NE(ninth.head().find("Content-Type: application/problem+json\r\n"), std::string::npos);
  EXPECT_NE(ninth.head().find("Retry-After: 20\r\n"), std::string::npos);
  const json problem = json::parse(ninth.Body());
  EXPECT_EQ(problem["code"], "too_many_feeds");
  EXPECT_EQ(problem["status"], 429);
  EXPECT_EQ(problem["retryable"], true);
  EXPECT_EQ(Listen("198.51.100.1, 203.0.113.7"), 429) << "its own word";
  EXPECT_EQ(Listen("203.0.113.8"), 200);
  EXPECT_EQ(Listen("203.0.113.9"), 200);
  EXPECT_EQ(Listen("203.0.113.10"), 503) << "ten in all";
  EXPECT_TRUE(OpenAre(10, 0));
}

TEST_F(ProxiedFeedTest, OneThatGoesMakesRoomForOneOfItsAddress) {
  for (int i = 0; i < 8; ++i) EXPECT_EQ(Listen("203.0.113.7"), 200) << i;
  feeds_.pop_back();
  EXPECT_TRUE(OpenAre(7, 0));
  const ClientResponse head =
      Ask(server_->port(), "HEAD", kFeed, {{"X-Forwarded-For", "203.0.113.7"}});
  EXPECT_EQ(head.status, 200);
  EXPECT_TRUE(OpenAre(7, 0));
  EXPECT_EQ(Listen("203.0.113.7"), 200);
  EXPECT_EQ(Listen("203.0.113.7"), 429);
  feeds_.clear();
  EXPECT_TRUE(OpenAre(0, 0));
  for (int i = 0; i < 8; ++i) EXPECT_EQ(Listen("203.0.113.7"), 200) << i;
}

TEST_F(ProxiedFeedTest, AnIPv6SubnetIsOneAddress) {
  for (int i = 0; i < 8; ++i) EXPECT_EQ(Listen("2001:db8:0:1::" + std::to_string(i)), 200) << i;
  EXPECT_EQ(Listen("[2001:db8:0:1:ffff::1]:9"), 429);
  EXPECT_EQ(Listen("2001:db8:0:2::1"), 200);
}

TEST_F(ProxiedFeedTest, EachListenerCountsItsOwn) {
  for (int i = 0; i < 8; ++i) EXPECT_EQ(Listen("203.0.113.7", true), 200) << i;
  EXPECT_EQ(Listen("203.0.113.7", true), 429);
  EXPECT_EQ(Listen("203.0.113.7"), 200);
  EXPECT_TRUE(OpenAre(1, 8));
}

TEST_F(ProxiedFeedTest, MetricsAreNoMoreForManyAddresses) {
  const auto lines = [this] {
    const std::string text = Metrics();
    return std::count(text.begin(), text.end(), '\n');
  };
  const auto before = lines();
  for (int i = 1; i <= 10; ++i) EXPECT_EQ(Listen("203.0.113." + std::to_string(i)), 200) << i;
  EXPECT_EQ(lines(), before);
}

// Without a trusted proxy everybody on loopback is one address: only a number that is set holds.
class UnproxiedFeedTest : public ClientsFeedTest {
 protected:
  UnproxiedFeedTest() : ClientsFeedTest(QuietWith({{"max_feeds", "10"}})) {}
};

TEST_F(UnproxiedFeedTest, OnLoopbackAnAddressHasNoLimitOfItsOwn) {
  for (int i = 0; i < 10; ++i) EXPECT_EQ(Listen("203.0.113.7"), 200) << i;
  EXPECT_EQ(Listen("203.0.113.8"), 503);
}

class LimitedFeedTest : public ClientsFeedTest {
 protected:
  LimitedFeedTest()
      : ClientsFeedTest(QuietWith({{"max_feeds", "10"}, {"max_feeds_per_address", "2"}})) {}
};

TEST_F(LimitedFeedTest, ANumberThatIsSetHoldsOnLoopbackToo) {
  for (const bool oversight : {false, true}) {
    EXPECT_EQ(Listen("203.0.113.7", oversight), 200);
    EXPECT_EQ(Listen("203.0.113.8", oversight), 200);
    EXPECT_EQ(Listen("203.0.113.9", oversight), 429);
  }
}

}  // namespace
}  // namespace jejak::api
