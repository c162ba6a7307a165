// SPDX-License-Identifier: Apache-2.0
// What a code that opens nothing is told: always the same, in the same time, and not too often.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <map>
#include <nlohmann/json.hpp>

#include "api/http_client.h"
#include "tests/api/status_fixture.h"
#include "tests/support/must.h"

namespace jejak::api {
namespace {

using nlohmann::json;

// A log with a report that is open, one of another origin's code, one erased and one archived.
class StatusCodesTest : public testing::Test {
 protected:
  explicit StatusCodesTest(Config config = StatusServer::Quiet()) : server_(std::move(config)) {
    const std::size_t erased = server_.Begin("C10", "r1", CodeOf(3));
    server_.stories().Tell(erased);
    const auto archive = [](nlohmann::ordered_json& story) {
      story["signers"]["arsip.contohkota.go.id/p-80"] = nlohmann::ordered_json::parse(
          R"({"unit":"arsip","holder":"h-80","roles":["arsiparis"]})");
      story["actions"].push_back(nlohmann::ordered_json::parse(
          R"({"type":"archive.transfer","at":"2024-12-25T08:00:00+07:00",
              "by":[["arsip.contohkota.go.id/p-80","arsiparis"]]})"));
    };
    const std::size_t archived = server_.Begin("C04", "r1", CodeOf(4), archive);
    server_.Hold(archived, "P052", CodeOf(5));
    server_.stories().Tell(archived);
    const std::size_t foreign = server_.Begin("M02", "r1", CodeOf(2), {}, "other.example/1");
    server_.stories().Tell(foreign, 2);
    server_.stories().Tell(server_.Begin("M02", "r1", CodeOf(1)), 2);
    std::string wrong = CodeOf(1);
    wrong.back() = wrong.back() == 'A' ? 'B' : 'A';
    wrong_ = {{"empty", ""},
              {"no code", "not a code"},
              {"too long", std::string(200, 'A')},
              {"not of the alphabet", "\"<script>&\xC3\xBC"},
              {"check character", wrong},
              {"unknown", CodeOf(999)},
              {"foreign", CodeOf(2)},
              {"erased", CodeOf(3)},
              {"archived", CodeOf(4)},
              {"archived, examined", CodeOf(5)}};
  }

  StatusServer server_;
  std::map<std::string, std::string> wrong_;
};

// All that a client sees, the server's clock aside.
std::string Seen(const ClientResponse& answer) {
  std::string seen = std::to_string(answer.status);
  for (const Header& header : answer.headers) {
    if (header.name != "date") seen += "\n" + header.name + ": " + header.value;
  }
  return seen + "\n\n" + answer.body;
}

std::string Encoded(const std::string& text) {
  static const char kHex[] = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    const auto octet = static_cast<unsigned char>(c);
    encoded += '%';
    encoded += kHex[octet / 16];
    encoded += kHex[octet % 16];
  }
  return encoded;
}

TEST_F(StatusCodesTest, EveryWrongCodeHasTheSameAnswer) {
  EXPECT_EQ(server_.Post(CodeOf(1)).status, 200);
  for (const char* path : {"v1/status", "v1/status/proof", "v1/status/casefile"}) {
    const std::string first = Seen(server_.Post("x", path));
    EXPECT_TRUE(first.starts_with("404")) << first;
    EXPECT_NE(first.find("unknown_code"), std::string::npos);
    for (const auto& [kind, code] : wrong_) {
      EXPECT_EQ(Seen(server_.Post(code, path)), first) << kind << " " << path;
      EXPECT_EQ(server_.Post(code, path, true).status, 404) << kind << " " << path;
    }
  }
}

TEST_F(StatusCodesTest, EveryWrongCodeHasTheSamePage) {
  for (const char* rest : {"&lang=id", "&lang=en", "&part=proof&lang=id", "&part=casefile"}) {
    const std::string first = Seen(server_.PostPage(std::string("code=x") + rest));
    EXPECT_TRUE(first.starts_with("404")) << first;
    for (const auto& [kind, code] : wrong_)
      EXPECT_EQ(Seen(server_.PostPage("code=" + Encoded(code) + rest)), first) << kind << rest;
  }
  EXPECT_EQ(server_.PostPage("").status, 404);
  EXPECT_EQ(server_.PostPage("code=%zz").status, 404);
  EXPECT_EQ(server_.PostPage("code=" + CodeOf(1)).status, 200);
}

struct Samples {
  double sum = 0, squares = 0, count = 0;
  double mean() const { return sum / count; }
  double variance() const { return (squares - sum * sum / count) / (count - 1); }
};

double Welch(const Samples& a, const Samples& b) {
  return std::abs(a.mean() - b.mean()) / std::sqrt(a.variance() / a.count + b.variance() / b.count);
}

// JEJAK_STATUS_SAMPLES: per kind, 20,000 for the long run. Kinds take turns; what the machine held
// up (the slowest twentieth of all) is left out for all alike.
TEST_F(StatusCodesTest, EveryWrongCodeTakesTheSameTime) {
  const char* wanted = std::getenv("JEJAK_STATUS_SAMPLES");
  const int samples = wanted == nullptr ? 150 : std::atoi(wanted);
  std::map<std::string, std::string> kinds = wrong_;
  kinds.emplace("right", CodeOf(1));
  for (const char* kind : {"empty", "too long", "not of the alphabet"}) kinds.erase(kind);
  HttpClient client({});
  const std::string base = "http://127.0.0.1:" + std::to_string(server_.stories()->port()) + "/1";
  std::map<std::string, std::vector<double>> times;
  std::vector<double> all;
  for (int i = -5; i < samples; ++i) {
    for (const auto& [kind, code] : kinds) {
      const std::string body = json{{"code", code}}.dump();
      const auto start = std::chrono::steady_clock::now();
      test::Must(client.Request(base, "POST", "/v1/status", {}, body));
      const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
      if (i < 0) continue;
      times[kind].push_back(took.count());
      all.push_back(took.count());
    }
  }
  std::sort(all.begin(), all.end());
  EXPECT_GE(all.front(), 0.005) << "before the step";
  const double longest = all[all.size() * 19 / 20];
  std::map<std::string, Samples> sums;
  for (const auto& [kind, list] : times) {
    for (const double took : list) {
      if (took > longest) continue;
      sums[kind].sum += took;
      sums[kind].squares += took * took;
      ++sums[kind].count;
    }
  }
  for (const auto& [kind, sum] : sums) {
    const double t = Welch(sum, sums["unknown"]);
    RecordProperty("t " + kind, std::to_string(t));
    EXPECT_LT(t, 4.5) << kind << ": " << sum.mean() << " s, unknown: " << sums["unknown"].mean();
  }
}

class StatusLimitsTest : public StatusCodesTest {
 protected:
  StatusLimitsTest() : StatusCodesTest(Limited()) {}
  static Config Limited() {
    Config config = StatusServer::Quiet();
    config.status_per_minute = 3;
    return config;
  }
};

TEST_F(StatusLimitsTest, TooManyAttemptsAreRefusedWhateverTheCode) {
  for (int i = 0; i < 3; ++i) EXPECT_EQ(server_.Post(CodeOf(999)).status, 404);
  const ClientResponse wrong = server_.Post(CodeOf(999));
  EXPECT_EQ(wrong.status, 429);
  EXPECT_EQ(FieldOf(wrong, "retry-after"), "20");
  EXPECT_EQ(Seen(server_.Post(CodeOf(1))), Seen(wrong));
  EXPECT_EQ(Seen(server_.Post("x")), Seen(wrong));
  const ClientResponse page = server_.PostPage("code=x&lang=en");
  EXPECT_EQ(page.status, 429);
  EXPECT_EQ(FieldOf(page, "retry-after"), "20");
  EXPECT_EQ(Seen(server_.PostPage("lang=en&code=" + CodeOf(1))), Seen(page));
  server_.stories().clock().Advance(21);
  EXPECT_EQ(server_.Post(CodeOf(1)).status, 200);
}

class StatusTracesTest : public StatusCodesTest {
 protected:
  StatusTracesTest() : StatusCodesTest(Talking()) {}
  static Config Talking() {
    Config config = StatusServer::Quiet();
    config.log_level = LogLevel::kDebug;
    return config;
  }
};

// Neither the code, as written or plain, nor its tag is in what the server says of itself, nor in
// any answer.
TEST_F(StatusTracesTest, NoCodeIsInLogsMetricsOrAnswers) {
  testing::internal::CaptureStderr();
  std::string said;
  std::map<std::string, std::string> codes = wrong_;
  codes.emplace("right", CodeOf(1));
  codes.erase("empty");
  codes.erase("too long");
  for (const auto& [kind, code] : codes) {
    for (const char* path : {"v1/status", "v1/status/proof"})
      said += Seen(server_.Post(code, path));
    for (const char* lang : {"id", "en"})
      said += Seen(server_.PostPage("code=" + Encoded(code) + "&lang=" + lang));
  }
  said += server_.stories().Oversight("metrics").body;
  said += Ask(server_.stories()->oversight_port(), "GET", "/status").body;
  const std::string logged = testing::internal::GetCapturedStderr();
  EXPECT_NE(logged.find("\"path\":\"/status\""), std::string::npos) << "the log is on";
  for (const auto& [kind, code] : codes) {
    std::string plain = code;
    plain.erase(std::remove(plain.begin(), plain.end(), '-'), plain.end());
    for (const std::string& text : {code, plain, Encoded(code)}) {
      EXPECT_EQ(said.find(text), std::string::npos) << kind;
      EXPECT_EQ(logged.find(text), std::string::npos) << kind;
    }
  }
  EXPECT_EQ(logged.find(TagOf(CodeOf(1))), std::string::npos);
}

}  // namespace
}  // namespace jejak::api
