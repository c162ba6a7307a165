// SPDX-License-Identifier: Apache-2.0
// Receipt codes behind a proxy on loopback, as docs/operations.md sets it up: one client can't use
// up the attempts of the others, and nothing says who they are.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/api/status_fixture.h"

namespace jejak::api {
namespace {

class StatusProxyTest : public testing::Test {
 protected:
  explicit StatusProxyTest(Config config = Proxied()) : server_(std::move(config)) {
    server_.stories().Tell(server_.Begin("M02", "r1", CodeOf(1)), 2);
  }

  // The usual limits: none of them is set.
  static Config Proxied() {
    Config config = StatusServer::Quiet();
    config.status_per_minute_in_all = Config().status_per_minute_in_all;
    EXPECT_TRUE(Set(config, "trusted_proxies", "127.0.0.1,::1").ok());
    return config;
  }

  ClientResponse PostFor(const std::string& client, const std::string& code) {
    return Ask(server_.stories()->port(), "POST", "/1/v1/status",
               {{"Content-Type", "application/json"}, {"X-Forwarded-For", client}},
               nlohmann::json{{"code", code}}.dump());
  }
  // How often an address may try until it is told to wait.
  int Spend(const std::string& client) {
    for (int tried = 0;; ++tried) {
      const int status = PostFor(client, CodeOf(999)).status;
      if (status == 429 || tried == 100) return tried;
      EXPECT_EQ(status, 404);
    }
  }

  StatusServer server_;
};

TEST_F(StatusProxyTest, OneAddressThatSpendsItsLimitLeavesTheOthersTheirs) {
  EXPECT_EQ(Spend("203.0.113.7"), 20);
  EXPECT_EQ(PostFor("203.0.113.7", CodeOf(1)).status, 429);
  EXPECT_EQ(PostFor("198.51.100.1, 203.0.113.7", CodeOf(1)).status, 429) << "its own word";
  EXPECT_EQ(PostFor("203.0.113.8", CodeOf(1)).status, 200);
  EXPECT_EQ(PostFor("2001:db8::1", CodeOf(1)).status, 200);
  EXPECT_EQ(server_.Post(CodeOf(1)).status, 200) << "the proxy itself";
}

TEST_F(StatusProxyTest, ANetworkHasItsShareAndNoMore) {
  EXPECT_EQ(Spend("203.0.113.7") + Spend("203.0.113.8") + Spend("203.0.113.9"), 60);
  const ClientResponse refused = PostFor("203.0.113.10", CodeOf(1));
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(FieldOf(refused, "retry-after"), "3");
  EXPECT_EQ(PostFor("203.0.112.10", CodeOf(1)).status, 200);
  EXPECT_EQ(Spend("2001:db8:1:1::1") + Spend("2001:db8:1:2::1") + Spend("2001:db8:1:3::1"), 60);
  EXPECT_EQ(PostFor("2001:db8:1:4::1", CodeOf(1)).status, 429);
  EXPECT_EQ(PostFor("2001:db8:2:1::1", CodeOf(1)).status, 200);
}

class StatusProxyTracesTest : public StatusProxyTest {
 protected:
  StatusProxyTracesTest() : StatusProxyTest(Talking()) {}
  static Config Talking() {
    Config config = Proxied();
    config.log_level = LogLevel::kDebug;
    return config;
  }
};

TEST_F(StatusProxyTracesTest, NoAddressOfAClientIsInLogsMetricsOrAnswers) {
  const std::vector<std::string> clients = {"203.0.113.77", "[2001:db8:a:b:c::d]:4711"};
  testing::internal::CaptureStderr();
  std::string said;
  for (const std::string& client : clients) {
    Spend(client);
    const std::vector<Header> field = {{"X-Forwarded-For", "198.51.100.66, " + client}};
    for (const char* path : {"/1/v1/log", "/1/v1/feed?after=x", "/1/none", "/status"})
      said += Ask(server_.stories()->port(), "GET", path, field).body;
    said += PostFor(client, CodeOf(999)).body;
  }
  said += server_.stories().Oversight("metrics").body;
  const std::string logged = testing::internal::GetCapturedStderr();
  EXPECT_NE(logged.find("203.0.113.0/24"), std::string::npos) << "what is said at debug";
  for (const char* part : {"203.0.113.77", "2001:db8:a:b", "c::d", "4711", "198.51.100"}) {
    EXPECT_EQ(logged.find(part), std::string::npos) << part;
    EXPECT_EQ(said.find(part), std::string::npos) << part;
  }
  EXPECT_EQ(said.find("203.0.113"), std::string::npos);
}

}  // namespace
}  // namespace jejak::api
