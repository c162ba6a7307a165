// SPDX-License-Identifier: Apache-2.0
#include "api/http_server.h"

#include <gtest/gtest.h>

#include <mutex>
#include <stdexcept>
#include <thread>
#include <vector>

#include "tests/api/http_server_fixture.h"

namespace jejak::api {
namespace {

TEST_F(HttpServerTest, KeepsTheOrderOfAThousandPipelinedRequests) {
  Start();
  std::string requests;
  for (int i = 0; i < 1000; ++i) requests += Get("/" + std::to_string(i));
  const auto answers = Converse(server_->port(), requests);
  ASSERT_EQ(answers.size(), 1000u);
  for (std::size_t i = 0; i < 1000; ++i) {
    EXPECT_EQ(answers[i].status, 200);
    EXPECT_EQ(answers[i].body, "/" + std::to_string(i) + " 0");
  }
  EXPECT_EQ(server_->stats().by_class[2], 1000u);
}

TEST_F(HttpServerTest, TakesAnswersFromOtherThreads) {
  options_.io_threads = 2;
  std::vector<std::thread> threads;
  std::mutex mutex;
  handler_.answer = [&](Request request, Responder respond) {
    const std::lock_guard lock(mutex);
    threads.emplace_back([path = request.path, r = std::move(respond)]() mutable {
      std::this_thread::sleep_for(milliseconds(2));
      r(MakeResponse(200, "text/plain", path));
    });
  };
  Start();
  const auto answers = Converse(server_->port(), Get("/1") + Get("/2") + Get("/3"));
  ASSERT_EQ(answers.size(), 3u);
  EXPECT_EQ(answers[0].body, "/1");
  EXPECT_EQ(answers[2].body, "/3");
  for (std::thread& thread : threads) thread.join();
}

TEST_F(HttpServerTest, ServesManyConnectionsOnTwoThreads) {
  options_.io_threads = 2;
  Start();
  std::vector<std::unique_ptr<RawConnection>> connections;
  for (int i = 0; i < 100; ++i) {
    connections.push_back(std::make_unique<RawConnection>(server_->port()));
    ASSERT_TRUE(connections.back()->Send(Get("/" + std::to_string(i))));
  }
  for (int i = 0; i < 100; ++i) {
    auto& connection = connections[static_cast<std::size_t>(i)];
    connection->EndSending();
    const auto answers = SplitAnswers(connection->ReadToEnd());
    ASSERT_EQ(answers.size(), 1u);
    EXPECT_EQ(answers[0].body, "/" + std::to_string(i) + " 0");
  }
  EXPECT_TRUE(Eventually([&] { return server_->stats().active == 0; }));
  EXPECT_EQ(server_->stats().accepted, 100u);
}

TEST_F(HttpServerTest, AnswersForAHandlerThatDoesNot) {
  handler_.answer = [](Request request, Responder respond) {
    if (request.path == "/throw") throw std::runtime_error("no");
    if (request.path == "/split") respond(MakeResponse(200, "text/plain\r\nX: y", ""));
    if (request.path == "/status") respond(MakeResponse(99, "text/plain", ""));
  };
  Start();
  for (std::string_view path : {"/drop", "/throw", "/split", "/status"}) {
    const auto answers = Converse(server_->port(), Get(path) + Get(path));
    ASSERT_EQ(answers.size(), 1u) << path;
    EXPECT_EQ(answers[0].status, 500) << path;
    EXPECT_NE(answers[0].body.find("\"code\":\"internal\""), std::string::npos);
  }
}

TEST_F(HttpServerTest, TakesOneAnswerPerRequest) {
  handler_.answer = [](Request request, Responder respond) {
    respond(MakeResponse(200, "text/plain", request.path));
    respond(MakeResponse(200, "text/plain", "again"));
  };
  Start();
  const auto answers = Converse(server_->port(), Get("/1") + Get("/2"));
  ASSERT_EQ(answers.size(), 2u);
  EXPECT_EQ(answers[0].body, "/1");
  EXPECT_EQ(answers[1].body, "/2");
}

TEST_F(HttpServerTest, SendsLargeSharedBodiesWholeAndToHeadOnlyTheirLength) {
  const auto body = std::make_shared<const std::string>(3u << 20, 'b');
  handler_.answer = [&](Request, Responder respond) {
    Response response = MakeResponse(200, "text/plain", "");
    response.shared_body = body;
    respond(std::move(response));
  };
  Start();
  const auto answers = Converse(
      server_->port(), "HEAD /a HTTP/1.1\r\nHost: h\r\n\r\n" + Get("/a") + Get("/a"), {true});
  ASSERT_EQ(answers.size(), 3u);
  EXPECT_NE(answers[0].head.find("Content-Length: 3145728\r\n"), std::string::npos);
  EXPECT_EQ(answers[0].body, "");
  EXPECT_EQ(answers[1].body, *body);
  EXPECT_EQ(answers[2].body, *body);
}

TEST_F(HttpServerTest, SendsNoContentWithStatusesThatHaveNone) {
  handler_.answer = [](Request request, Responder respond) {
    respond(MakeResponse(request.path == "/204" ? 204 : 304, "text/plain", "never"));
  };
  Start();
  const auto answers = Converse(server_->port(), Get("/204") + Get("/304"));
  ASSERT_EQ(answers.size(), 2u);
  EXPECT_EQ(answers[0].status, 204);
  EXPECT_EQ(answers[1].status, 304);
}

TEST_F(HttpServerTest, MarksTheOversightListener) {
  options_.listen_oversight = Endpoint{};
  handler_.answer = [](Request request, Responder respond) {
    respond(MakeResponse(200, "text/plain",
                         FormatAddress(request.peer) + (request.oversight ? " o" : " p")));
  };
  Start();
  EXPECT_NE(server_->port(), server_->oversight_port());
  EXPECT_EQ(Converse(server_->port(), kGet).at(0).body, "127.0.0.1 p");
  EXPECT_EQ(Converse(server_->oversight_port(), kGet).at(0).body, "127.0.0.1 o");
}

TEST_F(HttpServerTest, NamesIpv4PeersOfAnIpv6SocketAsIpv4) {
  options_.listen.address = "::";
  handler_.answer = [](Request request, Responder respond) {
    respond(MakeResponse(200, "text/plain", FormatAddress(request.peer)));
  };
  auto started = HttpServer::Start(options_, handler_);
  if (!started.ok()) GTEST_SKIP() << "no IPv6 here: " << started.error().detail;
  const auto answers = Converse((*started)->port(), kGet);
  ASSERT_EQ(answers.size(), 1u);
  EXPECT_EQ(answers[0].body, "127.0.0.1");
}

TEST_F(HttpServerTest, ReportsWhyItCannotStart) {
  Start();
  options_.listen.port = server_->port();
  EXPECT_EQ(HttpServer::Start(options_, handler_).error().code, Code::kUnavailable);
  options_.listen = {"localhost", 0};
  EXPECT_EQ(HttpServer::Start(options_, handler_).error().code, Code::kMalformed);
  options_.listen = {};
  options_.io_threads = 0;
  EXPECT_EQ(HttpServer::Start(options_, handler_).error().code, Code::kMalformed);
}

// Keeps the Responders it gets until it is told.
class HttpServerStop : public HttpServerTest {
 protected:
  void SetUp() override {
    handler_.answer = [this](Request, Responder respond) {
      const std::lock_guard lock(mutex_);
      held_.push_back(std::make_unique<Responder>(std::move(respond)));
    };
    Start();
  }
  bool Holds() {
    const std::lock_guard lock(mutex_);
    return !held_.empty();
  }
  void AnswerFirst(const std::string& body) {
    const std::lock_guard lock(mutex_);
    (*held_.at(0))(MakeResponse(200, "text/plain", body));
  }

  std::mutex mutex_;
  std::vector<std::unique_ptr<Responder>> held_;
};

TEST_F(HttpServerStop, FinishesWhatIsInFlightAndClosesWhatIsIdle) {
  RawConnection idle(server_->port());
  RawConnection busy(server_->port());
  busy.Send(kGet);
  ASSERT_TRUE(Eventually([&] { return Holds(); }));
  std::thread answerer([&] {
    std::this_thread::sleep_for(milliseconds(50));
    AnswerFirst("late");
  });
  const auto start = Clock::now();
  std::thread stopper([&] { server_->Stop(milliseconds(8000)); });
  EXPECT_EQ(idle.ReadToEnd(), "");
  EXPECT_TRUE(idle.ended());
  const auto answers = SplitAnswers(busy.ReadToEnd());
  busy.EndSending();
  answerer.join();
  stopper.join();
  EXPECT_LT(Clock::now() - start, milliseconds(5000));
  ASSERT_EQ(answers.size(), 1u);
  EXPECT_EQ(answers[0].body, "late");
  EXPECT_NE(answers[0].head.find("Connection: close\r\n"), std::string::npos);
  RawConnection refused(server_->port());
  EXPECT_FALSE(refused.Send(kGet));
}

TEST_F(HttpServerStop, GivesUpAfterTheGraceAndForgivesLateAnswers) {
  RawConnection busy(server_->port());
  busy.Send(kGet);
  ASSERT_TRUE(Eventually([&] { return Holds(); }));
  server_->Stop(milliseconds(30));
  EXPECT_EQ(busy.ReadToEnd(), "");
  EXPECT_EQ(server_->stats().active, 0u);
  server_->Stop(milliseconds(30));
  server_.reset();
  AnswerFirst("too late");
  held_.clear();
}

}  // namespace
}  // namespace jejak::api
