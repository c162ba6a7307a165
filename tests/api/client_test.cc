// SPDX-License-Identifier: Apache-2.0
#include "api/client.h"

#include <gtest/gtest.h>

#include <atomic>
#include <deque>
#include <mutex>

#include "api/http_server.h"
#include "tests/api/ledger_fixture.h"

namespace jejak::api {
namespace {

using std::chrono::milliseconds;

constexpr RetryOptions kQuick{4, milliseconds(1), milliseconds(3)};

// Answers with what a test has planned, then with 201.
class PlannedHandler final : public Handler {
 public:
  void Handle(Request request, Responder respond) override {
    const std::lock_guard lock(mutex_);
    bodies.push_back(std::move(request.body));
    if (planned.empty())
      return respond(MakeResponse(201, "application/json", R"({"index":5,"receipt":"r"})"));
    Response answer = std::move(planned.front());
    planned.pop_front();
    respond(std::move(answer));
  }
  std::size_t BodyLimit(std::string_view, std::string_view) const override { return 1 << 20; }

  std::deque<Response> planned;
  std::vector<std::string> bodies;

 private:
  std::mutex mutex_;
};

class ClientTest : public testing::Test {
 protected:
  void SetUp() override {
    auto server = HttpServer::Start({}, handler_);
    ASSERT_TRUE(server.ok());
    server_ = std::move(*server);
    client_ = std::make_unique<LedgerClient>(
        "http://127.0.0.1:" + std::to_string(server_->port()) + "/1/", ClientOptions{}, kQuick);
  }
  void Plan(const Problem& problem) { handler_.planned.push_back(ProblemResponse(problem)); }

  PlannedHandler handler_;
  std::unique_ptr<HttpServer> server_;
  std::unique_ptr<LedgerClient> client_;
};

TEST_F(ClientTest, SendsTheSameBytesAgainWhileTheLedgerIsBusy) {
  Plan(ProblemOf(Unavailable("full")));
  Plan({429, "too_many_actions", "wait", "by", true, {}, 1});
  Plan(ProblemOf(UnknownOutcome("unknown")));
  const auto answer = client_->Submit("envelope");
  ASSERT_TRUE(answer.ok()) << answer.error().detail;
  EXPECT_EQ(answer->index, 5u);
  EXPECT_EQ(handler_.bodies, std::vector<std::string>(4, "envelope"));
}

TEST_F(ClientTest, DoesNotRepeatWhatWasRefused) {
  Plan({409, "conflict", "read on", "after", false, registry::Position{7, {}}, 0});
  const auto answer = client_->Submit("envelope");
  ASSERT_TRUE(answer.ok());
  EXPECT_FALSE(answer->logged());
  EXPECT_EQ(answer->status, 409);
  EXPECT_EQ(answer->problem->code, "conflict");
  EXPECT_EQ(answer->problem->where, "after");
  EXPECT_EQ(answer->problem->head->count, 7u);
  EXPECT_EQ(handler_.bodies.size(), 1u);
}

TEST_F(ClientTest, GivesUpAndSaysWhatIsKnown) {
  for (int i = 0; i < 4; ++i) Plan(ProblemOf(Unavailable("full")));
  const auto refused = client_->Submit("envelope");
  EXPECT_EQ(refused.error().code, Code::kUnavailable);
  EXPECT_EQ(refused.error().detail.find("may be logged"), std::string::npos);
  Plan(ProblemOf(UnknownOutcome("unknown")));
  for (int i = 0; i < 3; ++i) Plan(ProblemOf(Unavailable("stopped")));
  EXPECT_EQ(client_->Submit("envelope").error().code, Code::kUnknownOutcome);
}

TEST_F(ClientTest, WhatIsNoLedgerIsSaidToBeNone) {
  handler_.planned.push_back(MakeResponse(200, "text/html", "<p>hello"));
  handler_.planned.push_back(MakeResponse(404, "text/html", "<p>not here"));
  handler_.planned.push_back(MakeResponse(201, "application/json", R"({"index":"5"})"));
  for (int i = 0; i < 3; ++i) EXPECT_EQ(client_->Submit("x").error().code, Code::kMalformed) << i;
  handler_.planned.push_back(MakeResponse(200, "application/json", "[]"));
  EXPECT_EQ(client_->SubmitBatch({"a"}).error().code, Code::kMalformed);
  handler_.planned.push_back(MakeResponse(404, "text/html", "<p>not here"));
  EXPECT_EQ(client_->Get("/checkpoint").error().code, Code::kNotFound);
}

TEST(Client, ConnectionsThatNobodyTakesAreUnavailable) {
  std::uint16_t port = 0;
  {
    PlannedHandler handler;
    port = (*HttpServer::Start({}, handler))->port();
  }
  LedgerClient client("http://127.0.0.1:" + std::to_string(port) + "/1", {}, kQuick);
  const auto answer = client.Submit("x");
  EXPECT_EQ(answer.error().code, Code::kUnavailable);
  EXPECT_NE(answer.error().detail.find("4 tries"), std::string::npos) << answer.error().detail;
}

TEST(Client, TalksToALedger) {
  SmallServer server;
  LedgerClient client(server->url());
  const std::string envelope = TextOf(server.log().Open(1, server.clock().Wall()));
  EXPECT_FALSE(client.Validate(envelope)->problem);
  const auto logged = client.Submit(envelope);
  EXPECT_TRUE(logged->logged() && !logged->duplicate());
  EXPECT_TRUE(client.Submit(envelope)->duplicate());
  EXPECT_TRUE(client.Validate(envelope)->duplicate);
  EXPECT_EQ(client.Validate("x")->problem->code, "malformed");
  const auto batch = client.SubmitBatch({envelope, "x"});
  EXPECT_EQ((*batch)[0].receipt, logged->receipt);
  EXPECT_EQ((*batch)[1].problem->code, "malformed");
  EXPECT_TRUE(client.Get("/checkpoint")->starts_with(test::SmallLog::kOrigin));
  EXPECT_EQ(client.Get("/nothing").error().code, Code::kNotFound);
  EXPECT_EQ(client.Get("/v1/cases?limit=0").error().code, Code::kMalformed);
}

}  // namespace
}  // namespace jejak::api
