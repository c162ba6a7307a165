// SPDX-License-Identifier: Apache-2.0
#include "api/http_reader.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "tests/api/http_shapes.h"

namespace jejak::api {
namespace {

class LimitedHandler final : public Handler {
 public:
  void Handle(Request, Responder) override {}
  std::size_t BodyLimit(std::string_view, std::string_view) const override { return 1000; }
};

// Requests as text, then the refusal if there was one: "GET /a ;POST /a hello;!bad_framing".
// Stops, as the server does, at a refusal or a request that ends the connection.
std::string Outcome(const std::vector<std::string_view>& pieces) {
  LimitedHandler handler;
  RequestReader reader({8192, 64}, handler);
  std::string buffered;
  std::string outcome;
  for (std::string_view piece : pieces) {
    buffered.append(piece);
    for (;;) {
      const RequestReader::Step step = reader.Read(buffered);
      buffered.erase(0, step.used);
      if (step.state == RequestReader::State::kRefused) {
        return outcome.append("!").append(RefusalCode(reader.refusal()));
      }
      if (step.state == RequestReader::State::kMore) break;
      if (step.state == RequestReader::State::kBodyAhead) continue;
      const bool more = reader.framing().keep_alive;
      const Request request = reader.TakeRequest();
      outcome += request.method + " " + request.path + "?" + request.query + " " + request.body;
      outcome += "#" + std::to_string(request.headers.size()) + ";";
      if (!more) return outcome;
    }
  }
  return outcome;
}

std::string Outcome(std::string_view whole) {
  return Outcome(std::vector<std::string_view>{whole});
}

TEST(RequestReader, TellsGoodShapesFromBad) {
  for (const Shape& shape : Shapes()) {
    const std::string outcome = Outcome(shape.bytes);
    const auto good = static_cast<std::ptrdiff_t>(shape.statuses.size()) - !shape.code.empty();
    EXPECT_EQ(std::count(outcome.begin(), outcome.end(), ';'), good) << shape.name << outcome;
    const std::size_t mark = outcome.find('!');
    const std::string code = mark == std::string::npos ? "" : outcome.substr(mark + 1);
    EXPECT_EQ(code, shape.code) << shape.name;
    EXPECT_EQ(outcome.find("smuggled"), std::string::npos) << shape.name;
  }
}

TEST(RequestReader, DoesNotDependOnWhereTheOctetsAreCut) {
  for (const Shape& shape : Shapes()) {
    const std::string_view bytes = shape.bytes;
    const std::string whole = Outcome(bytes);
    for (std::size_t cut = 1; cut < std::min<std::size_t>(bytes.size(), 400); ++cut) {
      EXPECT_EQ(Outcome({bytes.substr(0, cut), bytes.substr(cut)}), whole) << shape.name << cut;
    }
    std::vector<std::string_view> octets;
    for (std::size_t i = 0; i < bytes.size(); ++i) octets.push_back(bytes.substr(i, 1));
    EXPECT_EQ(Outcome(octets), whole) << shape.name;
  }
}

TEST(RequestReader, GivesThePartsOfARequest) {
  LimitedHandler handler;
  RequestReader reader({8192, 64}, handler);
  const std::string bytes =
      "POST /1/v1/cases/%41b?x=%2F&y HTTP/1.1\r\nHOST: h\r\nX-Thing: \t a b \r\n"
      "Content-Length: 3\r\n\r\nabcGET";
  const auto head = reader.Read(bytes);
  ASSERT_EQ(head.state, RequestReader::State::kBodyAhead);
  const auto body = reader.Read(std::string_view(bytes).substr(head.used));
  ASSERT_EQ(body.state, RequestReader::State::kRequest);
  EXPECT_EQ(head.used + body.used, bytes.size() - 3);
  const Request request = reader.TakeRequest();
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.path, "/1/v1/cases/Ab");
  EXPECT_EQ(request.query, "x=%2F&y");
  EXPECT_EQ(request.body, "abc");
  ASSERT_NE(request.Find("x-thing"), nullptr);
  EXPECT_EQ(*request.Find("x-thing"), "a b");
  EXPECT_EQ(request.Find("x-other"), nullptr);
}

TEST(RequestReader, TakesAHeadOfExactlyTheLimit) {
  const std::string start = "GET /a HTTP/1.1\r\nHost: h\r\nX-A: ";
  const std::string end = "\r\n\r\n";
  const std::string fill(8192 - start.size() - end.size(), 'v');
  EXPECT_EQ(Outcome(start + fill + end), "GET /a? #2;");
  EXPECT_EQ(Outcome(start + fill + "v" + end), "!header_too_large");
}

TEST(RequestReader, TakesABodyOfExactlyTheLimit) {
  const std::string head = "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\n";
  const std::string body(1000, 'b');
  EXPECT_EQ(Outcome(head + body), "POST /a? " + body + "#2;");
}

// Seeded damage to good requests: whatever happens, the request behind is never reached through a
// refusal, and cutting makes no difference.
TEST(RequestReader, SurvivesDamagedRequests) {
  using namespace std::string_view_literals;
  std::mt19937 random(20240517);
  const std::string good =
      "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"
      "POST /b HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nabcd";
  constexpr std::string_view kOctets = "\r\n \t:;,0159aAfFxX\0\x7f\xff-+/%"sv;
  std::size_t refused = 0;
  for (int round = 0; round < 20000; ++round) {
    std::string damaged = good;
    for (std::uint32_t n = 1 + random() % 2; n > 0; --n) {
      const std::size_t place = random() % damaged.size();
      const char octet = kOctets[random() % kOctets.size()];
      switch (random() % 3) {
        case 0:
          damaged[place] = octet;
          break;
        case 1:
          damaged.insert(place, 1, octet);
          break;
        default:
          damaged.erase(place, 1);
      }
    }
    const std::string outcome = Outcome(damaged);
    const std::size_t cut = random() % damaged.size();
    const std::string_view view = damaged;
    ASSERT_EQ(Outcome({view.substr(0, cut), view.substr(cut)}), outcome) << damaged;
    refused += outcome.find('!') != std::string::npos;
  }
  EXPECT_GT(refused, 5000u);
}

}  // namespace
}  // namespace jejak::api
