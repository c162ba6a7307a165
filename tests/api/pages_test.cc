// SPDX-License-Identifier: Apache-2.0
#include "api/pages.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/api/ledger_fixture.h"

namespace jejak::api {
namespace {

TEST(Pages, TheStartPageSaysWhatThisIsInBothLanguages) {
  GoldenServer server;
  const ClientResponse indonesian = Ask(server->port(), "GET", "/");
  const ClientResponse english = Ask(server->port(), "GET", "/1/?lang=en");
  EXPECT_EQ(FieldOf(indonesian, "content-type"), "text/html; charset=utf-8");
  EXPECT_NE(indonesian.body.find("<html lang=\"id\">"), std::string::npos);
  EXPECT_NE(english.body.find("<html lang=\"en\">"), std::string::npos);
  EXPECT_NE(indonesian.body.find("Umur checkpoint"), std::string::npos);
  EXPECT_NE(english.body.find("Age of the newest checkpoint"), std::string::npos);
  EXPECT_NE(english.body.find("<code>333</code>"), std::string::npos);
  EXPECT_NE(english.body.find("golden.jejak.example/1"), std::string::npos);
  EXPECT_EQ(english.body.find("DEMONSTRATION"), std::string::npos);
  EXPECT_EQ(Ask(server->port(), "GET", "/?lang=en").body, english.body);
  EXPECT_EQ(Ask(server->port(), "GET", "/?lang=id").body, indonesian.body);
}

TEST(Pages, TellTheAgeOfTheCheckpoint) {
  GoldenServer server;
  const std::int64_t age =
      server.clock().Wall().value - server->sequencer().head()->log.record.last_time;
  server.clock().Advance(100);
  const std::string page = Ask(server->port(), "GET", "/?lang=en").body;
  EXPECT_NE(page.find(std::to_string(age + 100) + " seconds"), std::string::npos) << page;
}

TEST(Pages, ADemonstrationSaysSo) {
  Config config = QuietConfig();
  config.demo = true;
  GoldenServer server(config);
  EXPECT_NE(Ask(server->port(), "GET", "/").body.find("PERAGAAN"), std::string::npos);
  EXPECT_NE(Ask(server->port(), "GET", "/?lang=en").body.find("DEMONSTRATION"), std::string::npos);
}

TEST(Pages, AllowNoScriptAndNoInlineStyle) {
  GoldenServer server;
  const ClientResponse page = Ask(server->port(), "GET", "/");
  EXPECT_EQ(FieldOf(page, "content-security-policy"),
            "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
            "base-uri 'none'; frame-ancestors 'none'");
  EXPECT_EQ(FieldOf(page, "referrer-policy"), "no-referrer");
  EXPECT_EQ(FieldOf(page, "x-content-type-options"), "nosniff");
  for (const char* word : {"<script", "style=", "<style", "onclick", "javascript:", "http://"})
    EXPECT_EQ(page.body.find(word), std::string::npos) << word;
  EXPECT_EQ(FieldOf(Ask(server->port(), "GET", "/style.css"), "content-type"),
            "text/css; charset=utf-8");
}

TEST(Pages, AMistakenAddressIsAPageThatSaysHowToMendIt) {
  GoldenServer server;
  for (const char* path : {"/?lang=fr", "/?lang=", "/?language=en", "/?%22%3E%3Cscript%3E=1"}) {
    const ClientResponse answer = Ask(server->port(), "GET", path);
    EXPECT_EQ(answer.status, 400) << path;
    EXPECT_EQ(FieldOf(answer, "content-type"), "text/html; charset=utf-8");
    EXPECT_NE(answer.body.find("Alamat ini tidak dapat dibaca"), std::string::npos) << path;
    EXPECT_EQ(answer.body.find("<script"), std::string::npos);
  }
  EXPECT_NE(Ask(server->port(), "GET", "/?lang=fr").body.find("lang=id"), std::string::npos);
}

TEST(Pages, StandInOneFrameWithTheWayToTheOthers) {
  GoldenServer server;
  for (const char* path : {"/", "/1/", "/cases", "/1/cases?lang=en"}) {
    const std::string page = Ask(server->port(), "GET", path).body;
    for (const char* word : {"<!doctype html>", "<a class=\"skip\" href=\"#main\">",
                             "<main id=\"main\">", "aria-current", "href=\"style.css\"",
                             "href=\"status", "href=\"cases", "<footer>", "golden.jejak.example/1"})
      EXPECT_NE(page.find(word), std::string::npos) << path << word;
    EXPECT_EQ(page.find("page."), std::string::npos) << "a key without words: " << path;
  }
  const std::string style = Ask(server->port(), "GET", "/style.css").body;
  EXPECT_NE(style.find(".badge.bad"), std::string::npos) << "how a case looks";
  EXPECT_NE(style.find("@media print"), std::string::npos);
}

TEST(Health, OperatorsSeeStateAndNumbers) {
  GoldenServer server;
  const auto ready = nlohmann::json::parse(Ask(server->port(), "GET", "/readyz").body);
  EXPECT_EQ(ready["state"], "OK");
  EXPECT_EQ(ready["size"], 333);
  EXPECT_EQ(ready["queued"], 0);
  const ClientResponse metrics = Ask(server->port(), "GET", "/metrics");
  EXPECT_EQ(FieldOf(metrics, "content-type"), "text/plain; version=0.0.4; charset=utf-8");
  EXPECT_NE(metrics.body.find("\njejak_log_size 333\n"), std::string::npos);
  EXPECT_NE(metrics.body.find("\njejak_state{state=\"OK\"} 1\n"), std::string::npos);
  EXPECT_NE(metrics.body.find("\njejak_state{state=\"FULL\"} 0\n"), std::string::npos);
  EXPECT_NE(metrics.body.find("\njejak_http_answers_total{class=\"2xx\"} 1\n"), std::string::npos);
  // Each family is told once, each sample belongs to one.
  for (const char* line : {"# TYPE jejak_http_refused_total counter\n", "# HELP jejak_queued "}) {
    const std::size_t at = metrics.body.find(line);
    ASSERT_NE(at, std::string::npos) << line;
    EXPECT_EQ(metrics.body.find(line, at + 1), std::string::npos) << line;
  }
}

}  // namespace
}  // namespace jejak::api
