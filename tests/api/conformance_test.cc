// SPDX-License-Identifier: Apache-2.0
#include "ledger/evidence/conformance.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/api/story_server.h"
#include "verifier/conformance_json.h"

namespace jejak::api {
namespace {

using nlohmann::json;

class ConformanceTest : public testing::Test {
 protected:
  json Conformance(std::size_t told, const std::string& query = "") {
    const ClientResponse answer =
        server_.Oversight("v1/cases/" + server_.case_id(told) + "/conformance" + query);
    EXPECT_EQ(answer.status, 200) << answer.body;
    return json::parse(answer.body);
  }
  // What the verifier makes of the case file that the server gives.
  static json Judged(const std::string& file, const std::string& now) {
    evidence::Verdict verdict;
    evidence::DocumentCache cache;
    const auto held = evidence::ReadHeldCase(evidence::ParseCaseFile(file).value(), verdict);
    const auto conformance = evidence::JudgeCase(held, ParseTime(now).value(), cache);
    return json::parse(
        json_text(verifier::CaseConformanceJson(conformance, verifier::Rows::kDecided)));
  }
  static std::string json_text(const jejak::json::Value& value) {
    return jejak::json::Write(value);
  }
  json Validate(const std::string& envelope, bool oversight = true) {
    const ClientResponse answer = Ask(oversight ? server_->oversight_port() : server_->port(),
                                      "POST", "/1/v1/actions:validate", {}, envelope);
    EXPECT_EQ(answer.status, 200) << answer.body;
    return json::parse(answer.body);
  }

  StoryServer server_;
};

json VerdictOf(const json& conformance, const std::string& rule) {
  for (const json& verdict : conformance["rules"]) {
    if (verdict["id"] == rule) return verdict;
  }
  return {};
}

std::vector<std::string> Ids(const json& list) {
  std::vector<std::string> ids;
  for (const json& one : list) ids.push_back(one["id"]);
  return ids;
}

using Strings = std::vector<std::string>;

// Word for word, whatever the case, after every few acts, with bodies and without.
TEST_F(ConformanceTest, TheServerJudgesAsTheVerifierDoes) {
  for (const char* name : {"M02", "M06", "C06", "C12"}) {
    StoryServer server;
    const std::size_t told = server.Begin(StoryServer::ReadStory(name));
    const std::string path = "v1/cases/" + server.case_id(told);
    while (!server.Ended(told)) {
      server.Tell(told, 7);
      const std::string now = FormatTime(server.clock().Wall());
      EXPECT_EQ(json::parse(server.Oversight(path + "/conformance").body)["conformance"],
                Judged(server.Oversight(path + "/casefile").body, now))
          << name;
      EXPECT_EQ(json::parse(server.Public(path + "/conformance").body)["conformance"],
                Judged(server.Public(path + "/casefile").body, now))
          << name;
    }
  }
}

TEST_F(ConformanceTest, StatesAndVerdictsFollowTheActs) {
  const std::size_t told = server_.Begin(StoryServer::ReadStory("M02"));
  server_.Tell(told, 2);
  json answer = Conformance(told);
  EXPECT_EQ(answer["at_size"], server_->sequencer().head()->size());
  EXPECT_EQ(answer["contents"], "held");
  EXPECT_FALSE(answer.contains("now"));
  EXPECT_EQ(VerdictOf(answer["conformance"], "A02")["due"], "2024-05-15");
  EXPECT_EQ(VerdictOf(answer["conformance"], "A02")["verdict"], "pending");
  EXPECT_EQ(answer["conformance"]["states"][1]["state"], "FOUND");
  answer = Conformance(told, "?now=2024-06-30T00:00:00Z");
  EXPECT_EQ(answer["now"], "2024-06-30T00:00:00Z");
  EXPECT_EQ(VerdictOf(answer["conformance"], "A02")["verdict"], "fail");
  server_.Tell(told);
  answer = Conformance(told, "?now=2024-01-01T00:00:00Z");
  EXPECT_EQ(answer["now"], "2024-05-17T01:01:00Z") << "never before the last entry";
  EXPECT_EQ(VerdictOf(answer["conformance"], "A02")["verdict"], "pass");
}

TEST_F(ConformanceTest, AnAnswerIsRevalidatedUntilItChanges) {
  const std::size_t told = server_.Begin(StoryServer::ReadStory("M02"));
  server_.Tell(told, 2);
  const std::string path = "v1/cases/" + server_.case_id(told) + "/conformance";
  const ClientResponse answer = server_.Oversight(path);
  EXPECT_EQ(FieldOf(answer, "cache-control"), "no-store");
  const std::vector<Header> known{{"If-None-Match", FieldOf(answer, "etag")}};
  EXPECT_EQ(server_.Oversight(path, known).status, 304);
  server_.Tell(told, 1);
  EXPECT_EQ(server_.Oversight(path, known).status, 200);
}

TEST_F(ConformanceTest, WrongParametersAreNamed) {
  const std::size_t told = server_.Begin(StoryServer::ReadStory("M02"));
  server_.Tell(told, 1);
  const std::string path = "v1/cases/" + server_.case_id(told) + "/conformance";
  for (const char* query : {"?now=", "?now=2024-06-30", "?now=1&now=2"})
    EXPECT_EQ(server_.Oversight(path + query).status, 400) << query;
  EXPECT_NE(server_.Oversight(path + "?now=x").body.find("parameter now must be a time"),
            std::string::npos);
  EXPECT_EQ(server_.Oversight(path + "?at=1").status, 400);
  EXPECT_EQ(server_.Oversight("v1/cases/0000000000000000000000000A/conformance").status, 404);
  EXPECT_EQ(server_.Oversight(path + "/x").status, 404);
}

TEST_F(ConformanceTest, WhatIsNotPublicIsNotJudgedByInPublic) {
  const std::size_t told = server_.Begin(StoryServer::ReadStory("M01"));
  server_.Tell(told);
  const std::string path = "v1/cases/" + server_.case_id(told) + "/conformance";
  const json shown = json::parse(server_.Public(path).body);
  EXPECT_EQ(shown["contents"], "shown");
  EXPECT_EQ(VerdictOf(shown["conformance"], "A11")["verdict"], "unknown");
  EXPECT_EQ(VerdictOf(Conformance(told)["conformance"], "A11")["verdict"], "pass");
}

TEST(OversightConformance, ThePublicListenerHasNone) {
  StoryServer server(QuietConfig(Entries::kOversight));
  const std::size_t told = server.Begin(StoryServer::ReadStory("M01"));
  server.Tell(told, 2);
  const std::string path = "v1/cases/" + server.case_id(told);
  EXPECT_EQ(server.Public(path + "/conformance").status, 404);
  EXPECT_EQ(server.Public(path + "/conformance").body, server.Public(path + "/casefile").body);
  EXPECT_EQ(server.Oversight(path + "/conformance").status, 200);
}

// A definition that isn't one judges nothing, and says so.
TEST(UnjudgedConformance, SaysWhyNot) {
  GoldenServer server;
  const json answer = json::parse(
      Ask(server->oversight_port(), "GET", "/1/v1/cases/5MG3Z0FSDG8122AFHMEK5J0EY2/conformance")
          .body);
  EXPECT_EQ(answer["conformance"]["judged"], false);
  EXPECT_EQ(answer["conformance"]["procedure"], "golden");
  EXPECT_TRUE(answer["conformance"]["why_not"]["en"].is_string());
  EXPECT_TRUE(answer["conformance"]["rules"].empty());
}

TEST_F(ConformanceTest, ValidateForeseesNothingWrongInAStoryThatIsInOrder) {
  const std::size_t told = server_.Begin(StoryServer::ReadStory("M03"));
  while (!server_.Ended(told)) {
    const std::string envelope = server_.NextEnvelope(told);
    const json answer = Validate(envelope);
    EXPECT_EQ(answer["admitted"], true);
    EXPECT_EQ(answer["conformance"]["judged"], true);
    EXPECT_EQ(Ids(answer["conformance"]["would_break"]), Strings{});
    EXPECT_EQ(Ids(answer["conformance"]["would_fail_checks"]), Strings{});
    server_.Send(envelope);
    const json again = Validate(envelope);
    EXPECT_EQ(again["duplicate"], true);
    EXPECT_FALSE(again.contains("conformance"));
  }
}

// A sanction without an examination and an evaluation.
TEST_F(ConformanceTest, ValidateNamesTheRulesThatWouldBreak) {
  auto story = StoryServer::ReadStory("M03");
  story["actions"].erase(3);
  story["actions"].erase(3);
  const std::size_t told = server_.Begin(story);
  server_.Tell(told, 3);
  const std::string envelope = server_.NextEnvelope(told);
  const json answer = Validate(envelope);
  ASSERT_FALSE(answer["conformance"]["would_break"].empty());
  const std::string path = "v1/cases/" + server_.case_id(told) + "/conformance";
  const auto fails = [&] {
    Strings ids;
    const json conformance = Conformance(told)["conformance"];
    for (const json& verdict : conformance["rules"]) {
      if (verdict["verdict"] == "fail" && verdict["remedied"] == false)
        ids.push_back(verdict["id"]);
    }
    return ids;
  };
  EXPECT_EQ(fails(), Strings{});
  const json index = server_->sequencer().head()->size();
  server_.Send(envelope);
  EXPECT_EQ(Ids(answer["conformance"]["would_break"]), fails());
  EXPECT_EQ(Ids(answer["conformance"]["would_fail_checks"]),
            Ids(Conformance(told)["conformance"]["checks"]));
  EXPECT_EQ(answer["conformance"]["would_fail_checks"][0]["entries"], json::array({index}));
}

// R16 reads the sealed level and kind of the sanction itself.
TEST_F(ConformanceTest, ValidateReadsWhatIsSealedInTheEnvelope) {
  auto story = StoryServer::ReadStory("C02");
  std::size_t at = 0;
  while (story["actions"][at]["type"] != "decide.sanction") ++at;
  story["actions"][at]["body"]["kind"] = {{"$seal", "tunda_kp_1th"}};
  const std::size_t told = server_.Begin(story);
  server_.Tell(told, at);
  const json answer = Validate(server_.NextEnvelope(told));
  EXPECT_EQ(Ids(answer["conformance"]["would_break"]), Strings{"R16"});
}

TEST_F(ConformanceTest, ValidateForeseesTheOpeningOfACaseAndLeavesAdministrationAlone) {
  auto story = StoryServer::ReadStory("M03");
  story["actions"].erase(0);
  const std::size_t told = server_.Begin(story);
  const std::string envelope = server_.NextEnvelope(told);
  const json answer = Validate(envelope);
  EXPECT_EQ(answer["conformance"]["procedure"], "malang-article-2024");
  EXPECT_FALSE(answer["conformance"]["would_break"].empty());
}

TEST_F(ConformanceTest, ValidateOnThePublicListenerDoesNotTellOfHeldBodies) {
  const std::size_t told = server_.Begin(StoryServer::ReadStory("M02"));
  server_.Tell(told, 4);
  const json answer = Validate(server_.NextEnvelope(told), false);
  EXPECT_EQ(answer["conformance"]["contents"], "none");
}

}  // namespace
}  // namespace jejak::api
