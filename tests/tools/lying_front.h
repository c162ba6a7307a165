// SPDX-License-Identifier: Apache-2.0
//
// What stands before a ledger and answers wrongly: it passes on what it is asked, and of an action
// that is sent through it says what it is told to, logged or not.
//
//   const LyingFront front(server_->url(), true, [] { return ProblemOf(500, "internal"); });
//   Run("submit a.action --ledger " + front.url())     the action is logged, the answer says nothing
//
// The lie is told by threads of the server.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "api/http_client.h"
#include "api/http_server.h"

namespace jejak::test {

inline api::Response Answer(int status, const std::string& body,
                            const char* media = "application/json") {
  return api::MakeResponse(status, media, body);
}

inline api::Response ProblemOf(int status, const std::string& code) {
  return Answer(status,
                R"({"type":"about:blank","title":"t","status":)" + std::to_string(status) +
                    R"(,"code":")" + code + R"(","detail":"lost","retryable":false})",
                "application/problem+json");
}

class LyingFront final : public api::Handler {
 public:
  using Lie = std::function<api::Response()>;

  LyingFront(std::string ledger, bool passes_on, Lie lie)
      : ledger_(std::move(ledger)), passes_on_(passes_on), lie_(std::move(lie)) {
    auto server = api::HttpServer::Start({}, *this);
    EXPECT_TRUE(server.ok());
    server_ = std::move(*server);
  }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(server_->port()); }
  void Handle(api::Request request, api::Responder respond) override {
    api::HttpClient client({});
    const bool lies = request.method == "POST" && request.path == "/v1/actions";
    if (lies && !passes_on_) return respond(lie_());
    const std::string target = request.path + (request.query.empty() ? "" : "?" + request.query);
    std::vector<api::Header> headers;
    if (request.method == "POST" && !lies) headers = {{"Content-Type", "application/json"}};
    const auto answer = client.Request(ledger_, request.method, target, headers, request.body);
    if (lies) return respond(lie_());
    if (!answer.ok()) return respond(ProblemOf(500, "internal"));
    respond(Answer(answer->status, answer->body));
  }
  std::size_t BodyLimit(std::string_view, std::string_view) const override { return 1U << 20U; }

 private:
  std::string ledger_;
  bool passes_on_;
  Lie lie_;
  std::unique_ptr<api::HttpServer> server_;
};

}  // namespace jejak::test
