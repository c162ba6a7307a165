// SPDX-License-Identifier: Apache-2.0
//
// Answers that go on: how they are framed, and how they end when the source, the client, the clock
// or the server ends them.
#include "api/http_stream.h"

#include <gtest/gtest.h>

#include <mutex>
#include <vector>

#include "tests/api/http_server_fixture.h"

namespace jejak::api {
namespace {

// What a test knows of a stream that a connection has.
struct Source {
  std::mutex mutex;
  std::weak_ptr<StreamSink> sink;
  int asked = 0;
  bool gone = false;

  int Asked() {
    const std::lock_guard lock(mutex);
    return asked;
  }
  bool Gone() {
    const std::lock_guard lock(mutex);
    return gone;
  }
  void Say(std::string piece) {
    std::shared_ptr<StreamSink> to;
    {
      const std::lock_guard lock(mutex);
      to = sink.lock();
    }
    if (to) to->Continue(std::move(piece));
  }
};

class TestStream final : public AnswerStream {
 public:
  TestStream(std::shared_ptr<Source> source, std::string always)
      : source_(std::move(source)), always_(std::move(always)) {}
  ~TestStream() override {
    const std::lock_guard lock(source_->mutex);
    source_->gone = true;
  }
  void Next(std::weak_ptr<StreamSink> sink) override {
    {
      const std::lock_guard lock(source_->mutex);
      source_->sink = sink;
      ++source_->asked;
    }
    if (!always_.empty()) sink.lock()->Continue(always_);
  }

 private:
  const std::shared_ptr<Source> source_;
  const std::string always_;  // said each time, when there is something
};

class HttpStreamTest : public HttpServerTest {
 protected:
  // Every path but /a is a stream that begins with `opening`.
  void StartStreams(std::string opening, std::string always = {}) {
    handler_.answer = [this, opening, always](Request request, Responder respond) {
      Response response = MakeResponse(200, "text/plain", request.path == "/a" ? "whole" : opening);
      if (request.path != "/a") response.stream = std::make_shared<TestStream>(source_, always);
      respond(std::move(response));
    };
    Start();
  }
  void Say(const std::string& piece) {
    const int before = said_++;
    ASSERT_TRUE(Eventually([&] { return source_->Asked() > before; }));
    source_->Say(piece);
  }
  bool Ended() {
    return Eventually([&] { return source_->Gone() && server_->stats().active == 0; });
  }

  const std::shared_ptr<Source> source_ = std::make_shared<Source>();
  int said_ = 0;
};

std::string AfterHead(const std::string& answer) {
  return answer.substr(answer.find("\r\n\r\n") + 4);
}
bool Has(const std::string& text, std::string_view part) { return text.find(part) != text.npos; }

TEST_F(HttpStreamTest, GoesInChunksAndIsTheLastAnswer) {
  StartStreams("a");
  RawConnection connection(server_->port());
  connection.Send(Get("/s") + std::string(kGet));  // the second is never answered
  Say("0123456789abcdef");
  Say("c");
  Say("");
  const std::string answer = connection.ReadToEnd();
  EXPECT_TRUE(connection.ended());
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 200 OK\r\n"));
  EXPECT_TRUE(Has(answer, "\r\nTransfer-Encoding: chunked\r\n"));
  EXPECT_TRUE(Has(answer, "\r\nConnection: close\r\n"));
  EXPECT_FALSE(Has(answer, "Content-Length"));
  EXPECT_EQ(AfterHead(answer), "1\r\na\r\n10\r\n0123456789abcdef\r\n1\r\nc\r\n0\r\n\r\n");
  EXPECT_EQ(handler_.handled, 1);
  EXPECT_TRUE(Eventually([&] { return source_->Gone(); }));
}

TEST_F(HttpStreamTest, AnEmptyOpeningIsNoChunk) {
  StartStreams("");
  RawConnection connection(server_->port());
  connection.Send(Get("/s"));
  Say("");
  EXPECT_EQ(AfterHead(connection.ReadToEnd()), "0\r\n\r\n");
}

TEST_F(HttpStreamTest, GoesWithoutChunksToHttp10) {
  StartStreams("a");
  RawConnection connection(server_->port());
  connection.Send("GET /s HTTP/1.0\r\nHost: h\r\n\r\n");
  Say("b");
  Say("");
  const std::string answer = connection.ReadToEnd();
  EXPECT_FALSE(Has(answer, "Transfer-Encoding"));
  EXPECT_FALSE(Has(answer, "Content-Length"));
  EXPECT_EQ(AfterHead(answer), "ab");
}

TEST_F(HttpStreamTest, HeadHasTheFieldsAndNoStream) {
  StartStreams("a");
  const auto answers = Converse(
      server_->port(), "HEAD /s HTTP/1.1\r\nHost: h\r\n\r\n" + std::string(kGet), {true, false});
  ASSERT_EQ(answers.size(), 2u);
  EXPECT_EQ(answers[0].status, 200);
  EXPECT_FALSE(Has(answers[0].head, "Content-Length"));
  EXPECT_EQ(answers[1].body, "whole");
  EXPECT_TRUE(source_->Gone());
  EXPECT_EQ(source_->Asked(), 0);
}

TEST_F(HttpStreamTest, NoDeadlineIsForTheTimeBetweenPieces) {
  options_.header_deadline = options_.body_deadline = options_.idle = milliseconds(40);
  StartStreams("a");
  RawConnection connection(server_->port());
  connection.Send(Get("/s"));
  for (int i = 0; i < 3; ++i) {
    std::this_thread::sleep_for(milliseconds(100));
    Say("b");
  }
  Say("");
  EXPECT_EQ(AfterHead(connection.ReadToEnd()), "1\r\na\r\n1\r\nb\r\n1\r\nb\r\n1\r\nb\r\n0\r\n\r\n");
}

TEST_F(HttpStreamTest, EndsWhenTheClientGoes) {
  StartStreams("a");
  {
    RawConnection connection(server_->port());
    connection.Send(Get("/s"));
    ASSERT_TRUE(Eventually([&] { return source_->Asked() == 1; }));
    EXPECT_FALSE(source_->Gone());
  }
  EXPECT_TRUE(Ended());
  source_->Say("late");  // to nobody
  EXPECT_EQ(Converse(server_->port(), kGet).at(0).status, 200);
}

TEST_F(HttpStreamTest, EndsWhenTheClientEndsItsSide) {
  StartStreams("a");
  RawConnection connection(server_->port());
  connection.Send(Get("/s"));
  ASSERT_TRUE(Eventually([&] { return source_->Asked() == 1; }));
  connection.EndSending();
  EXPECT_TRUE(Ended());
}

TEST_F(HttpStreamTest, AClientThatNeverReadsIsCutOffAndHeapsNothingUp) {
  options_.body_deadline = milliseconds(150);
  options_.body_floor_bytes_per_second = 1u << 30;
  StartStreams("a", std::string(64u << 10, 'b'));
  RawConnection connection(server_->port());
  connection.Send(Get("/s"));
  EXPECT_TRUE(Ended());
  EXPECT_GT(source_->Asked(), 1);
  EXPECT_LT(source_->Asked(), 1000) << "what the sockets hold, no more";
}

TEST_F(HttpStreamTest, AClientThatGoesOnSendingIsCutOff) {
  StartStreams("a");
  RawConnection connection(server_->port());
  connection.Send(Get("/s"));
  const std::string junk(4096, 'j');
  for (int i = 0; i < 16; ++i) ASSERT_TRUE(connection.Send(junk));
  EXPECT_FALSE(source_->Gone()) << "a little is dropped";
  for (int i = 0; i < 64 && connection.Send(junk); ++i) {
  }
  EXPECT_TRUE(Ended());
}

TEST_F(HttpStreamTest, StopEndsThemInGoodOrder) {
  StartStreams("a");
  std::vector<std::unique_ptr<RawConnection>> open;
  for (int i = 0; i < 5; ++i) {
    open.push_back(std::make_unique<RawConnection>(server_->port()));
    open.back()->Send(Get("/s"));
  }
  ASSERT_TRUE(Eventually([&] { return source_->Asked() == 5; }));
  std::thread reader([&] {
    for (const auto& connection : open)
      EXPECT_EQ(AfterHead(connection->ReadToEnd()), "1\r\na\r\n0\r\n\r\n");
    open.clear();
  });
  const auto start = Clock::now();
  server_->Stop(milliseconds(20'000));
  EXPECT_LT(Clock::now() - start, milliseconds(5'000));
  reader.join();
  EXPECT_TRUE(source_->Gone());
}

TEST_F(HttpStreamTest, StopDoesNotWaitForOneThatIsNotRead) {
  StartStreams("a", std::string(64u << 10, 'b'));
  RawConnection connection(server_->port());
  connection.Send(Get("/s"));
  int before = 0;  // until the sockets are full
  ASSERT_TRUE(Eventually([&] {
    std::this_thread::sleep_for(milliseconds(50));
    return source_->Asked() > 1 && std::exchange(before, source_->Asked()) == source_->Asked();
  }));
  const auto start = Clock::now();
  server_->Stop(milliseconds(20'000));
  EXPECT_LT(Clock::now() - start, milliseconds(5'000));
  EXPECT_TRUE(source_->Gone());
}

}  // namespace
}  // namespace jejak::api
