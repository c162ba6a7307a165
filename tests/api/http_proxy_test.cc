// SPDX-License-Identifier: Apache-2.0
// The server behind a proxy: whose a request is, and whose limit it is counted by.
#include <gtest/gtest.h>

#include "tests/api/http_server_fixture.h"

namespace jejak::api {
namespace {

std::string GetFor(const std::string& forwarded) {
  return "GET /a HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: " + forwarded + "\r\n\r\n";
}

std::vector<int> StatusesOf(const std::vector<RawAnswer>& answers) {
  std::vector<int> statuses;
  for (const RawAnswer& answer : answers) statuses.push_back(answer.status);
  return statuses;
}

class HttpProxyTest : public HttpServerTest {
 protected:
  explicit HttpProxyTest(const char* trusted = "127.0.0.1") {
    options_.trusted_proxies = {*ParseAddress(trusted)};
    options_.listen_oversight = Endpoint{};
    handler_.answer = [](Request request, Responder respond) {
      respond(MakeResponse(200, "text/plain", FormatAddress(request.peer)));
    };
  }
  std::vector<int> Ask(const std::string& octets) {
    return StatusesOf(Converse(server_->port(), octets));
  }
};

TEST_F(HttpProxyTest, EachRequestOfAConnectionHasItsOwnClient) {
  Start();
  const std::string requests = GetFor("203.0.113.7") + std::string(kGet) +
                               PostHead(2, "X-Forwarded-For: [2001:db8::1]:9\r\n") + "hi" +
                               GetFor("x") + GetFor("192.0.2.1, 203.0.113.9");
  for (const std::uint16_t port : {server_->port(), server_->oversight_port()}) {
    const auto answers = Converse(port, requests);
    ASSERT_EQ(answers.size(), 5u);
    EXPECT_EQ(answers[0].body, "203.0.113.7");
    EXPECT_EQ(answers[1].body, "127.0.0.1");
    EXPECT_EQ(answers[2].body, "2001:db8::1");
    EXPECT_EQ(answers[3].body, "127.0.0.1");
    EXPECT_EQ(answers[4].body, "203.0.113.9");
  }
}

TEST_F(HttpProxyTest, LimitsClientsOneByOne) {
  options_.requests_per_second = 2;
  Start();
  std::string both;
  for (int i = 0; i < 4; ++i) both += GetFor("203.0.113.7") + GetFor("203.0.113.8");
  EXPECT_EQ(Ask(both), std::vector<int>(8, 200));
  EXPECT_EQ(Ask(GetFor("203.0.113.7")), std::vector<int>{429});
  EXPECT_EQ(Ask(PostHead(2, "X-Forwarded-For: 203.0.113.7\r\n") + "hi"), std::vector<int>{429});
  EXPECT_EQ(Ask(GetFor("192.0.2.55, 203.0.113.7")), std::vector<int>{429}) << "no way around it";
  EXPECT_EQ(Ask(GetFor("203.0.113.9")), std::vector<int>{200});
}

TEST_F(HttpProxyTest, ValuesThatSayNothingShareTheProxysOwnLimit) {
  options_.requests_per_second = 2;
  Start();
  EXPECT_EQ(Ask(std::string(kGet) + GetFor("x") + GetFor("") + GetFor("127.0.0.1")),
            std::vector<int>(4, 200));
  for (const std::string& request : {std::string(kGet), GetFor("y"), GetFor("fe80::1%eth0")})
    EXPECT_EQ(Ask(request), std::vector<int>{429}) << request;
  EXPECT_EQ(Ask(GetFor("203.0.113.7")), std::vector<int>{200});
}

class HttpOtherProxyTest : public HttpProxyTest {
 protected:
  HttpOtherProxyTest() : HttpProxyTest("10.0.0.1") {}
};

TEST_F(HttpOtherProxyTest, WhoIsNotTrustedNamesNobody) {
  options_.requests_per_second = 2;
  Start();
  std::string five;
  for (int i = 1; i <= 5; ++i) five += GetFor("203.0.113." + std::to_string(i));
  const auto answers = Converse(server_->port(), five);
  ASSERT_EQ(answers.size(), 5u);
  EXPECT_EQ(answers[3].body, "127.0.0.1");
  EXPECT_EQ(answers[4].status, 429);
}

}  // namespace
}  // namespace jejak::api
