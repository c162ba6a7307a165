// SPDX-License-Identifier: Apache-2.0
//
// A server on loopback with a handler that each test tells what to answer, and requests to send it.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include "api/http_server.h"
#include "tests/api/raw_connection.h"
#include "tests/support/eventually.h"

namespace jejak::api {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;
using test::Eventually;

inline constexpr std::string_view kGet = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n";

inline std::string Get(std::string_view path) {
  return "GET " + std::string(path) + " HTTP/1.1\r\nHost: h\r\n\r\n";
}

inline std::string PostHead(std::size_t length, std::string_view fields = "") {
  return "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: " + std::to_string(length) + "\r\n" +
         std::string(fields) + "\r\n";
}

// Answers as each test likes.
class TestHandler final : public Handler {
 public:
  void Handle(Request request, Responder respond) override {
    ++handled;
    answer(std::move(request), std::move(respond));
  }
  std::size_t BodyLimit(std::string_view, std::string_view) const override { return limit; }

  std::function<void(Request, Responder)> answer = [](Request request, Responder respond) {
    respond(
        MakeResponse(200, "text/plain", request.path + " " + std::to_string(request.body.size())));
  };
  std::size_t limit = 1 << 20;
  std::atomic<int> handled{0};
};

class HttpServerTest : public testing::Test {
 protected:
  void Start() {
    auto started = HttpServer::Start(options_, handler_);
    ASSERT_TRUE(started.ok()) << started.error().detail;
    server_ = std::move(started).value();
  }

  std::uint64_t Refused(std::string_view code) {
    for (const auto& [name, count] : server_->stats().refused) {
      if (name == code) return count;
    }
    return 9999;
  }

  ServerOptions options_;
  TestHandler handler_;
  std::unique_ptr<HttpServer> server_;
};

}  // namespace jejak::api
