// SPDX-License-Identifier: Apache-2.0
#include "api/http_framing.h"

#include <gtest/gtest.h>

namespace jejak::api {
namespace {

std::variant<Framing, Refusal> Check(std::string_view method, std::vector<Header> headers,
                                     int version = 11) {
  headers.insert(headers.begin(), {"host", "h"});
  return CheckHead({method, "/a", version, headers});
}

TEST(CheckHead, GivesTheFraming) {
  const auto plain = std::get<Framing>(Check("GET", {}));
  EXPECT_EQ(plain.body, Framing::Body::kNone);
  EXPECT_TRUE(plain.keep_alive);
  const auto length = std::get<Framing>(Check("POST", {{"content-length", "12"}}));
  EXPECT_EQ(length.body, Framing::Body::kLength);
  EXPECT_EQ(length.length, 12u);
  const auto chunked = std::get<Framing>(
      Check("PUT", {{"transfer-encoding", "Chunked"}, {"connection", "a,\t close"}}));
  EXPECT_EQ(chunked.body, Framing::Body::kChunked);
  EXPECT_FALSE(chunked.keep_alive);
  EXPECT_FALSE(std::get<Framing>(Check("GET", {}, 10)).keep_alive);
  EXPECT_TRUE(std::get<Framing>(Check("GET", {{"connection", "closed"}})).keep_alive);
  EXPECT_TRUE(std::get<Framing>(Check("POST", {{"expect", "100-Continue"}})).expects_continue);
  EXPECT_FALSE(std::get<Framing>(Check("POST", {{"expect", "x"}}, 10)).expects_continue);
}

TEST(CheckHead, RefusesVersionsMethodsAndTargets) {
  const std::vector<Header> host = {{"host", "h"}};
  EXPECT_EQ(std::get<Refusal>(CheckHead({"GET", "/a", 12, host})), Refusal::kBadFraming);
  EXPECT_EQ(std::get<Refusal>(CheckHead({"G-T", "/a", 11, host})), Refusal::kBadRequest);
  EXPECT_EQ(std::get<Refusal>(CheckHead({"", "/a", 11, host})), Refusal::kBadRequest);
  EXPECT_EQ(std::get<Refusal>(CheckHead({"AVERYLONGMETHODX", "a", 11, host})),
            Refusal::kBadRequest);
  EXPECT_EQ(std::get<Refusal>(CheckHead({"AVERYLONGMETHODXX", "/a", 11, host})),
            Refusal::kBadRequest);
  EXPECT_EQ(std::get<Refusal>(CheckHead({"GET", "", 11, host})), Refusal::kBadRequest);
}

// Beast refuses these as well; the checks must not lean on it.
TEST(CheckHead, RefusesTwoCodings) {
  const Header chunked{"transfer-encoding", "chunked"};
  EXPECT_EQ(std::get<Refusal>(Check("POST", {chunked, chunked})), Refusal::kUnsupportedTransfer);
  EXPECT_FALSE(CheckAnswer(200, false, 11, {chunked, chunked}).has_value());
}

TEST(HeadScanner, WantsTwoSpacesInTheRequestLine) {
  using State = HeadScanner::Progress::State;
  for (std::string_view line :
       {"GET/aHTTP/1.1", "GET /a", "GET /a HTTP/1.1 ", "GET  /a HTTP/1.1"}) {
    HeadScanner scanner(100, 4);
    EXPECT_EQ(scanner.Scan(std::string(line) + "\r\n\r\n").state, State::kRefused) << line;
  }
  HeadScanner scanner(100, 4);
  const auto progress = scanner.Scan("GET /a HTTP/1.1\r\nA: b\r\n\r\nrest");
  EXPECT_EQ(progress.state, State::kEnd);
  EXPECT_EQ(progress.used, 25u);
}

TEST(RefusalResponse, IsAProblemThatClosesAndIsNotStored) {
  for (std::size_t i = 0; i < kRefusalCount; ++i) {
    const auto why = static_cast<Refusal>(i);
    const Response response = RefusalResponse(why);
    EXPECT_TRUE(response.close);
    EXPECT_GE(response.status, 400);
    const std::string code = "\"code\":\"" + std::string(RefusalCode(why)) + "\"";
    EXPECT_NE(response.body.find(code), std::string::npos);
    EXPECT_TRUE(EncodeResponseHead(response, "D", true).has_value());
    EXPECT_NE(ReasonPhrase(response.status), "Unknown");
  }
  EXPECT_EQ(RefusalResponse(Refusal::kTooManyRequests).body,
            "{\"type\":\"about:blank\",\"title\":\"Too many requests from this address\","
            "\"status\":429,\"code\":\"too_many_requests\",\"retryable\":true}\n");
}

TEST(ParseBaseUrl, TakesHostPortAndPrefix) {
  const auto plain = ParseBaseUrl("http://jejak.example");
  ASSERT_TRUE(plain.ok());
  EXPECT_EQ(plain->host, "jejak.example");
  EXPECT_EQ(plain->port, "80");
  EXPECT_EQ(plain->prefix, "");
  EXPECT_EQ(plain->HostField(), "jejak.example");
  const auto full = ParseBaseUrl("http://[::1]:8080/1/");
  ASSERT_TRUE(full.ok());
  EXPECT_EQ(full->host, "::1");
  EXPECT_EQ(full->port, "8080");
  EXPECT_EQ(full->prefix, "/1");
  EXPECT_EQ(full->HostField(), "[::1]:8080");
}

TEST(ParseBaseUrl, RefusesTheRest) {
  for (std::string_view url : {"",
                               "jejak.example",
                               "https://h",
                               "HTTP://h",
                               "http://",
                               "http:///a",
                               "http://h:",
                               "http://h:0",
                               "http://h:65536",
                               "http://h:8o",
                               "http://h:80:90",
                               "http://u@h",
                               "http://[::1",
                               "http://[]",
                               "http://::1",
                               "http://h]",
                               "http://h/a b",
                               "http://h/a//",
                               "http://h/?q=1",
                               "http://h/../a",
                               "http://h?q",
                               "http://h\r\n"}) {
    EXPECT_FALSE(ParseBaseUrl(url).ok()) << url;
  }
}

}  // namespace
}  // namespace jejak::api
