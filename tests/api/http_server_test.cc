// SPDX-License-Identifier: Apache-2.0
#include "api/http_server.h"

#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "tests/api/raw_connection.h"

namespace jejak::api {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr std::string_view kGet = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n";

std::string Get(std::string_view path) {
  return "GET " + std::string(path) + " HTTP/1.1\r\nHost: h\r\n\r\n";
}

std::string PostHead(std::size_t length, std::string_view fields = "") {
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

  // Whether `condition` came true within five seconds.
  static bool Eventually(const std::function<bool()>& condition) {
    for (int i = 0; i < 1000; ++i) {
      if (condition()) return true;
      std::this_thread::sleep_for(milliseconds(5));
    }
    return false;
  }

  ServerOptions options_;
  TestHandler handler_;
  std::unique_ptr<HttpServer> server_;
};

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
    respond(MakeResponse(200, "text/plain", request.peer + (request.oversight ? " o" : " p")));
  };
  Start();
  EXPECT_NE(server_->port(), server_->oversight_port());
  EXPECT_EQ(Converse(server_->port(), kGet).at(0).body, "127.0.0.1 p");
  EXPECT_EQ(Converse(server_->oversight_port(), kGet).at(0).body, "127.0.0.1 o");
}

TEST_F(HttpServerTest, NamesIpv4PeersOfAnIpv6SocketAsIpv4) {
  options_.listen.address = "::";
  handler_.answer = [](Request request, Responder respond) {
    respond(MakeResponse(200, "text/plain", request.peer));
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

TEST_F(HttpServerTest, EndsHeadsThatComeTooSlowly) {
  options_.header_deadline = milliseconds(100);
  Start();
  RawConnection connection(server_->port());
  const auto start = Clock::now();
  for (int i = 0; i < 20 && connection.Send("G"); ++i) {
    std::this_thread::sleep_for(milliseconds(10));
  }
  const auto answers = SplitAnswers(connection.ReadToEnd());
  EXPECT_LT(Clock::now() - start, std::chrono::seconds(3));
  ASSERT_EQ(answers.size(), 1u);
  EXPECT_EQ(answers[0].status, 408);
  EXPECT_EQ(Refused("timeout"), 1u);
}

TEST_F(HttpServerTest, EndsQuietConnectionsWithoutAWord) {
  options_.header_deadline = milliseconds(60);
  options_.idle = milliseconds(300);
  Start();
  RawConnection silent(server_->port());
  auto start = Clock::now();
  EXPECT_EQ(silent.ReadToEnd(), "");
  EXPECT_TRUE(silent.ended());
  EXPECT_LT(Clock::now() - start, milliseconds(250));

  RawConnection idle(server_->port());
  idle.Send(kGet);
  start = Clock::now();
  EXPECT_EQ(SplitAnswers(idle.ReadToEnd()).size(), 1u);
  EXPECT_TRUE(idle.ended());
  EXPECT_GE(Clock::now() - start, milliseconds(290));
  EXPECT_EQ(Refused("timeout"), 0u);
}

TEST_F(HttpServerTest, EndsBodiesUnderTheFloorAndTakesThoseOverIt) {
  options_.body_deadline = milliseconds(100);
  options_.body_floor_bytes_per_second = 1000;
  Start();
  RawConnection slow(server_->port());
  slow.Send(PostHead(1000));
  for (int i = 0; i < 40 && slow.Send("b"); ++i) std::this_thread::sleep_for(milliseconds(5));
  const auto refused = SplitAnswers(slow.ReadToEnd());
  ASSERT_EQ(refused.size(), 1u);
  EXPECT_EQ(refused[0].status, 408);

  RawConnection steady(server_->port());  // 20 x 100 octets, one a 20 ms: five times the floor
  steady.Send(PostHead(2000));
  for (int i = 0; i < 20; ++i) {
    steady.Send(std::string(100, 'b'));
    std::this_thread::sleep_for(milliseconds(20));
  }
  steady.EndSending();
  const auto taken = SplitAnswers(steady.ReadToEnd());
  ASSERT_EQ(taken.size(), 1u);
  EXPECT_EQ(taken[0].status, 200);
}

TEST_F(HttpServerTest, EndsClientsThatDoNotReadTheirAnswer) {
  options_.body_deadline = milliseconds(100);
  options_.body_floor_bytes_per_second = 1u << 30;
  const auto body = std::make_shared<const std::string>(64u << 20, 'b');
  handler_.answer = [&](Request, Responder respond) {
    Response response = MakeResponse(200, "text/plain", "");
    response.shared_body = body;
    respond(std::move(response));
  };
  Start();
  RawConnection connection(server_->port());
  connection.Send(kGet);
  EXPECT_TRUE(Eventually([&] { return handler_.handled == 1; }));
  EXPECT_TRUE(Eventually([&] { return server_->stats().active == 0; }));
}

TEST_F(HttpServerTest, RefusesConnectionsOverTheCapOfTheirListener) {
  options_.max_connections = 2;
  options_.listen_oversight = Endpoint{};
  Start();
  auto first = std::make_unique<RawConnection>(server_->port());
  RawConnection second(server_->port());
  EXPECT_TRUE(Eventually([&] { return server_->stats().active == 2; }));
  RawConnection third(server_->port());
  const auto answers = SplitAnswers(third.ReadToEnd());
  ASSERT_EQ(answers.size(), 1u);
  EXPECT_EQ(answers[0].status, 503);
  EXPECT_NE(answers[0].head.find("Retry-After: "), std::string::npos);
  EXPECT_EQ(Refused("too_many_connections"), 1u);
  EXPECT_EQ(Converse(server_->oversight_port(), kGet).size(), 1u);
  first.reset();
  EXPECT_TRUE(Eventually([&] { return server_->stats().active == 1; }));
  EXPECT_EQ(Converse(server_->port(), kGet).at(0).status, 200);
}

TEST_F(HttpServerTest, RefusesBodiesOverTheMemoryOfAll) {
  options_.max_body_bytes = 100000;
  Start();
  RawConnection holder(server_->port());
  holder.Send(PostHead(90001) + std::string(90000, 'b'));
  RawConnection tester(server_->port());
  EXPECT_TRUE(Eventually([&] {  // until the first body has arrived
    const auto answers = Converse(server_->port(), PostHead(20000) + std::string(20000, 'b'));
    return answers.size() == 1 && answers[0].status == 503;
  }));
  EXPECT_GE(Refused("overloaded"), 1u);
  holder.Send("b");
  holder.EndSending();
  EXPECT_EQ(SplitAnswers(holder.ReadToEnd()).at(0).status, 200);
  const auto after = Converse(server_->port(), PostHead(20000) + std::string(20000, 'b'));
  EXPECT_EQ(after.at(0).status, 200);
}

TEST_F(HttpServerTest, LimitsTheRequestsOfAnAddress) {
  options_.requests_per_second = 2;
  options_.listen_oversight = Endpoint{};
  Start();
  std::string six;
  for (int i = 0; i < 6; ++i) six += kGet;
  const auto answers = Converse(server_->port(), six);
  ASSERT_EQ(answers.size(), 5u);  // two seconds' worth, the refusal, the end
  EXPECT_EQ(answers[3].status, 200);
  EXPECT_EQ(answers[4].status, 429);
  EXPECT_NE(answers[4].head.find("Retry-After: 1\r\n"), std::string::npos);
  const auto post = Converse(server_->port(), PostHead(2) + "hi");
  EXPECT_EQ(post.at(0).status, 429);
  EXPECT_EQ(Converse(server_->oversight_port(), six).size(), 6u);
}

TEST_F(HttpServerTest, SaysContinueOnlyToABodyThatItWants) {
  handler_.limit = 10;
  Start();
  RawConnection connection(server_->port());
  connection.Send(PostHead(5, "Expect: 100-continue\r\n"));
  constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
  EXPECT_EQ(connection.Read(kContinue.size()), kContinue);
  connection.Send("hello");
  connection.EndSending();
  EXPECT_EQ(SplitAnswers(connection.ReadToEnd()).at(0).body, "/a 5");
  const auto large = Converse(server_->port(), PostHead(11, "Expect: 100-continue\r\n"));
  ASSERT_EQ(large.size(), 1u);
  EXPECT_EQ(large[0].status, 413);
}

TEST_F(HttpServerTest, LetsARefusedSenderReadItsAnswer) {
  handler_.limit = 10;
  Start();
  RawConnection connection(server_->port());
  connection.Send(PostHead(200000) + std::string(200000, 'b'));
  const auto answers = SplitAnswers(connection.ReadToEnd());
  ASSERT_EQ(answers.size(), 1u);
  EXPECT_EQ(answers[0].status, 413);
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
