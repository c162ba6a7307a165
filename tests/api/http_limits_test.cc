// SPDX-License-Identifier: Apache-2.0
//
// Slow, silent, greedy and numerous clients (reliability.md T36, T37), with shortened times.
#include <gtest/gtest.h>

#include <thread>

#include "tests/api/http_server_fixture.h"

namespace jejak::api {
namespace {

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

}  // namespace
}  // namespace jejak::api
