// SPDX-License-Identifier: Apache-2.0
#include "tests/api/http_shapes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <thread>

#include "api/http_server.h"
#include "tests/api/raw_connection.h"

namespace jejak::api {
namespace {

class EchoHandler final : public Handler {
 public:
  void Handle(Request request, Responder respond) override {
    respond(MakeResponse(200, "text/plain", request.method + " " + request.path));
  }
  std::size_t BodyLimit(std::string_view, std::string_view) const override { return 1000; }
};

class HttpShapes : public testing::Test {
 protected:
  void SetUp() override {
    auto started = HttpServer::Start({}, handler_);
    ASSERT_TRUE(started.ok()) << started.error().detail;
    server_ = std::move(started).value();
  }

  static void Expect(const Shape& shape, const std::vector<RawAnswer>& answers) {
    std::vector<int> statuses;
    for (const RawAnswer& answer : answers) {
      statuses.push_back(answer.status);
      EXPECT_EQ(answer.body.find("smuggled"), std::string::npos) << shape.name;
    }
    EXPECT_EQ(statuses, shape.statuses) << shape.name;
    if (shape.code.empty() || answers.empty()) return;
    const RawAnswer& last = answers.back();
    EXPECT_NE(last.head.find("Connection: close\r\n"), std::string::npos) << shape.name;
    EXPECT_NE(last.head.find("application/problem+json"), std::string::npos) << shape.name;
    const std::string code = "\"code\":\"" + std::string(shape.code) + "\"";
    EXPECT_NE(last.body.find(code), std::string::npos) << shape.name << last.body;
  }

  static std::vector<bool> Heads(const Shape& shape) {
    return {shape.bytes.substr(0, 5) == "HEAD "};
  }

  EchoHandler handler_;
  std::unique_ptr<HttpServer> server_;
};

TEST_F(HttpShapes, GetOneAnswerPerRequestAndNoneAfterARefusal) {
  EXPECT_GE(Shapes().size(), 100u);
  for (const Shape& shape : Shapes()) {
    Expect(shape, Converse(server_->port(), shape.bytes, Heads(shape)));
  }
}

TEST_F(HttpShapes, GetTheSameAnswersCutAnywhere) {
  int seen = 0;
  for (const Shape& shape : Shapes()) {
    constexpr std::array<std::string_view, 6> kCut = {"get_keeps_alive",    "chunked_twice",
                                                      "length_then_coding", "chunk_bare_lf",
                                                      "coding_folded",      "length"};
    if (std::find(kCut.begin(), kCut.end(), shape.name) == kCut.end()) continue;
    ++seen;
    const std::string_view bytes = shape.bytes;
    for (std::size_t cut = 1; cut < bytes.size(); ++cut) {
      RawConnection connection(server_->port());
      connection.Send(bytes.substr(0, cut));
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
      connection.Send(bytes.substr(cut));
      connection.EndSending();
      Expect(shape, SplitAnswers(connection.ReadToEnd()));
    }
  }
  EXPECT_EQ(seen, 6);
}

}  // namespace
}  // namespace jejak::api
