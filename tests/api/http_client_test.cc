// SPDX-License-Identifier: Apache-2.0
#include "api/http_client.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <thread>

#include "api/http_server.h"

namespace jejak::api {
namespace {

using std::chrono::milliseconds;

class EchoHandler final : public Handler {
 public:
  void Handle(Request request, Responder respond) override {
    std::string body =
        request.method + " " + request.path + "?" + request.query + " " + request.body;
    const std::string* thing = request.Find("x-thing");
    if (thing != nullptr) body += " " + *thing;
    Response response = MakeResponse(request.path == "/1/missing" ? 404 : 200, "text/plain", body);
    response.close = request.path == "/1/close";
    respond(std::move(response));
  }
  std::size_t BodyLimit(std::string_view, std::string_view) const override { return 1 << 20; }
};

class HttpClientTest : public testing::Test {
 protected:
  void SetUp() override {
    auto started = HttpServer::Start(options_, handler_);
    ASSERT_TRUE(started.ok());
    server_ = std::move(started).value();
    base_ = "http://127.0.0.1:" + std::to_string(server_->port()) + "/1/";
  }

  ServerOptions options_;
  EchoHandler handler_;
  std::unique_ptr<HttpServer> server_;
  std::string base_;
  HttpClient client_{{}};
};

TEST_F(HttpClientTest, SendsAndReceives) {
  const auto answer = client_.Request(base_, "POST", "/v1/actions?a=b", {{"X-Thing", "t"}}, "body");
  ASSERT_TRUE(answer.ok()) << answer.error().detail;
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(answer->body, "POST /1/v1/actions?a=b body t");
  ASSERT_NE(answer->Find("content-type"), nullptr);
  EXPECT_EQ(*answer->Find("content-type"), "text/plain");
}

TEST_F(HttpClientTest, KeepsItsConnection) {
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(client_.Request(base_, "GET", "/a", {}, "").ok());
  EXPECT_EQ(client_.Request(base_, "HEAD", "/a", {}, "")->body, "");
  EXPECT_EQ(client_.Request(base_, "GET", "/missing", {}, "")->status, 404);
  EXPECT_EQ(server_->stats().accepted, 1u);
  ASSERT_TRUE(client_.Request(base_, "GET", "/close", {}, "").ok());
  ASSERT_TRUE(client_.Request(base_, "GET", "/a", {}, "").ok());
  EXPECT_EQ(server_->stats().accepted, 2u);
}

TEST_F(HttpClientTest, GoesOnAfterTheServerCameBack) {
  ASSERT_TRUE(client_.Request(base_, "GET", "/a", {}, "").ok());
  options_.listen.port = server_->port();
  server_->Stop(milliseconds(0));
  server_.reset();
  EXPECT_EQ(client_.Request(base_, "POST", "/a", {}, "x").error().code, Code::kUnavailable);
  SetUp();
  const auto answer = client_.Request(base_, "POST", "/a", {}, "x");
  ASSERT_TRUE(answer.ok()) << answer.error().detail;
}

TEST_F(HttpClientTest, RefusesWhatCannotBeSent) {
  EXPECT_EQ(client_.Request("https://h", "GET", "/", {}, "").error().code, Code::kMalformed);
  EXPECT_EQ(client_.Request(base_, "GE T", "/", {}, "").error().code, Code::kMalformed);
  EXPECT_EQ(client_.Request(base_, "GET", "a", {}, "").error().code, Code::kMalformed);
  EXPECT_EQ(client_.Request(base_, "GET", "/a b", {}, "").error().code, Code::kMalformed);
  EXPECT_EQ(client_.Request(base_, "GET", "/\r\nX: y", {}, "").error().code, Code::kMalformed);
  EXPECT_EQ(client_.Request(base_, "GET", "/", {{"X", "a\r\nb"}}, "").error().code,
            Code::kMalformed);
  EXPECT_EQ(client_.Request(base_, "GET", "/", {{"Host", "h"}}, "").error().code, Code::kMalformed);
  EXPECT_EQ(server_->stats().accepted, 0u);
}

TEST_F(HttpClientTest, BoundsTheAnswer) {
  HttpClient small({milliseconds(5000), milliseconds(5000), 100});
  EXPECT_TRUE(small.Request(base_, "POST", "/a", {}, std::string(20, 'b')).ok());
  const auto answer = small.Request(base_, "POST", "/a", {}, std::string(200, 'b'));
  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().code, Code::kUnknownOutcome);
  EXPECT_TRUE(small.Request(base_, "POST", "/a", {}, "b").ok());
}

// A server of one connection that reads a request and then says `answer`, or nothing.
class ScriptedServer final {
 public:
  explicit ScriptedServer(std::string answer) : fd_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in place{};
    place.sin_family = AF_INET;
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    bind(fd_, reinterpret_cast<const sockaddr*>(&place), sizeof place);
    socklen_t size = sizeof place;
    getsockname(fd_, reinterpret_cast<sockaddr*>(&place), &size);
    port_ = ntohs(place.sin_port);
    listen(fd_, 8);
    thread_ = std::thread([this, answer = std::move(answer)] {
      for (int peer; (peer = accept(fd_, nullptr, nullptr)) >= 0; close(peer)) {
        std::array<char, 4096> part;
        if (recv(peer, part.data(), part.size(), 0) <= 0) continue;
        ++requests_;
        if (answer == "hang") {
          while (recv(peer, part.data(), part.size(), 0) > 0) continue;
        } else {
          for (char octet : answer) send(peer, &octet, 1, MSG_NOSIGNAL);  // cut everywhere
        }
      }
    });
  }
  ~ScriptedServer() {
    shutdown(fd_, SHUT_RDWR);
    thread_.join();
    close(fd_);
  }
  std::string base() const { return "http://127.0.0.1:" + std::to_string(port_); }
  int requests() const { return requests_; }

 private:
  int fd_;
  std::uint16_t port_ = 0;
  std::atomic<int> requests_{0};
  std::thread thread_;
};

TEST(HttpClientOutcome, IsUnavailableWhenNobodyListens) {
  std::string base;
  {
    ScriptedServer gone("");
    base = gone.base();
  }
  HttpClient client({});
  EXPECT_EQ(client.Request(base, "POST", "/a", {}, "x").error().code, Code::kUnavailable);
  EXPECT_EQ(client.Request("http://no-such-host.invalid", "GET", "/", {}, "").error().code,
            Code::kUnavailable);
}

TEST(HttpClientOutcome, IsUnknownWhenTheAnswerIsMissingOrBroken) {
  for (const std::string& answer :
       {std::string(), std::string("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort"),
        std::string("SMTP ready\r\n\r\n"), std::string("HTTP/1.1 20")}) {
    ScriptedServer server(answer);
    HttpClient client({});
    const auto got = client.Request(server.base(), "POST", "/a", {}, "x");
    ASSERT_FALSE(got.ok()) << answer;
    EXPECT_EQ(got.error().code, Code::kUnknownOutcome) << answer;
    EXPECT_EQ(server.requests(), 1) << answer;
  }
}

TEST(HttpClientOutcome, IsUnknownWhenTheAnswerIsLate) {
  ScriptedServer server("hang");
  HttpClient client({milliseconds(5000), milliseconds(50), 1000});
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(client.Request(server.base(), "POST", "/a", {}, "x").error().code,
            Code::kUnknownOutcome);
  EXPECT_LT(std::chrono::steady_clock::now() - start, milliseconds(3000));
}

TEST(HttpClientOutcome, TakesChunkedAndInterimAnswers) {
  ScriptedServer server(
      "HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n"
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
  HttpClient client({});
  const auto answer = client.Request(server.base(), "GET", "/a", {}, "");
  ASSERT_TRUE(answer.ok()) << answer.error().detail;
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(answer->body, "hello");
  EXPECT_EQ(answer->Find("link"), nullptr);
}

TEST(HttpClientOutcome, IsUnknownWhenTheAnswerIsAmbiguous) {
  std::string interim;
  for (int i = 0; i < 9; ++i) interim += "HTTP/1.1 100 Continue\r\n\r\n";
  for (const std::string& answer :
       {std::string("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nhi"),
        std::string("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nhi"),
        std::string(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;a\r\nhello\r\n0\r\n\r\n"),
        interim + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"}) {
    ScriptedServer server(answer);
    HttpClient client({});
    const auto got = client.Request(server.base(), "POST", "/a", {}, "x");
    ASSERT_FALSE(got.ok()) << answer;
    EXPECT_EQ(got.error().code, Code::kUnknownOutcome) << answer;
  }
}

TEST(HttpClientOutcome, TakesAnAnswerThatEndsWithTheConnection) {
  ScriptedServer server("HTTP/1.0 200 OK\r\n\r\nall of it");
  HttpClient client({});
  EXPECT_EQ(client.Request(server.base(), "GET", "/a", {}, "")->body, "all of it");
}

}  // namespace
}  // namespace jejak::api
