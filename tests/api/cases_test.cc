// SPDX-License-Identifier: Apache-2.0
#include "api/cases.h"

#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>

#include "ledger/base/text.h"
#include "ledger/evidence/verify.h"
#include "ledger/record/leaf.h"
#include "tests/api/ledger_fixture.h"

namespace jejak::api {
namespace {

using nlohmann::json;

const std::string kCaseA = "5MG3Z0FSDG8122AFHMEK5J0EY2";

// Cases and their counts as the leaves below `size` tell them.
std::map<std::string, std::uint64_t> CasesIn(const test::GoldenLog& golden, std::uint64_t size) {
  std::map<std::string, std::uint64_t> cases;
  for (std::uint64_t i = 0; i < size; ++i) {
    const auto leaf = record::ParseLeaf(golden.leaves[i]).value();
    const auto* logged = std::get_if<record::LoggedAction>(&leaf);
    if (logged != nullptr && logged->action.stream.is_case()) ++cases[logged->action.stream.name];
  }
  return cases;
}

class CasesTest : public testing::Test {
 protected:
  ClientResponse Get(const std::string& path, const std::vector<Header>& headers = {}) {
    return Ask(server_->port(), "GET", "/1/v1/cases" + path, headers);
  }
  ClientResponse GetOversight(const std::string& path) {
    return Ask(server_->oversight_port(), "GET", "/1/v1/cases" + path);
  }
  // Follows the cursors to the end.
  std::map<std::string, std::uint64_t> Walk(const std::string& query) {
    std::map<std::string, std::uint64_t> cases;
    std::string path = query;
    for (int pages = 0; pages < 1000; ++pages) {
      const ClientResponse answer = Get(path);
      EXPECT_EQ(answer.status, 200) << path << answer.body;
      const json page = json::parse(answer.body);
      for (const json& row : page["cases"]) {
        EXPECT_TRUE(cases.emplace(row["id"], row["count"]).second) << "twice";
      }
      if (!page.contains("cursor")) return cases;
      path = query + "&cursor=" + page["cursor"].get<std::string>();
    }
    ADD_FAILURE() << "the walk does not end";
    return cases;
  }

  test::GoldenLog golden_ = test::LoadGoldenLog();
  GoldenServer server_;
};

TEST_F(CasesTest, AWalkListsEveryCaseOnceWhateverTheLimit) {
  const auto expected = CasesIn(golden_, 333);
  ASSERT_GT(expected.size(), 5u);
  for (const char* query : {"?limit=1", "?limit=2", "?limit=7", "?limit=200"})
    EXPECT_EQ(Walk(query), expected) << query;
}

TEST_F(CasesTest, AWalkSeesOneState) {
  for (const test::GoldenCheckpoint& checkpoint : golden_.checkpoints) {
    EXPECT_EQ(Walk("?limit=3&at_size=" + std::to_string(checkpoint.size)),
              CasesIn(golden_, checkpoint.size))
        << checkpoint.size;
  }
}

TEST_F(CasesTest, OnlyAnswersThatNameASizeAreImmutable) {
  EXPECT_EQ(FieldOf(Get("?at_size=333"), "cache-control"), "public, max-age=31536000, immutable");
  const ClientResponse newest = Get("");
  EXPECT_EQ(FieldOf(newest, "cache-control"), "no-cache");
  EXPECT_EQ(Get("", {{"If-None-Match", FieldOf(newest, "etag")}}).status, 304);
  EXPECT_EQ(Get("", {{"If-None-Match", "\"other\""}}).status, 200);
  EXPECT_EQ(FieldOf(Get("?at_size=999"), "cache-control"), "no-store");
}

TEST_F(CasesTest, WrongParametersAreRefused) {
  for (const char* query :
       {"?limit=0", "?limit=201", "?limit=x", "?at_size=0", "?at_size=334", "?cursor=1",
        "?cursor=333", "?cursor=.1", "?cursor=334.1", "?cursor=0.0", "?cursor=300.301",
        "?at_size=100&cursor=200.1", "?state=open", "?limit=1&limit=2"}) {
    const ClientResponse answer = Get(query);
    EXPECT_EQ(answer.status, 400) << query;
    EXPECT_EQ(ParseProblem(answer.body)->code, "bad_request") << query;
  }
}

TEST_F(CasesTest, ACaseTellsWhereItStands) {
  const ClientResponse answer = Get("/" + kCaseA);
  const json view = json::parse(answer.body);
  EXPECT_EQ(view["head"]["count"], 7);
  const auto state = sequencer::LogReader(server_->sequencer().head(), server_->tiles())
                         .Stream(record::ParseStream("case/" + kCaseA).value())
                         .value();
  EXPECT_EQ(view["head"]["root"], EncodeHash(state->head.root));
  EXPECT_EQ(view["procedure"], "golden");
  EXPECT_EQ(view["opened"]["index"], 27);
  EXPECT_EQ(view["last"]["index"], state->head.last_index);
  EXPECT_EQ(view["parties"].size(), state->parties.size());
  EXPECT_EQ(Get("/" + kCaseA, {{"If-None-Match", FieldOf(answer, "etag")}}).status, 304);
}

TEST_F(CasesTest, TheHistoryComesInPages) {
  std::vector<json> actions;
  std::string from = "0";
  for (int page = 0; page < 10; ++page) {
    const json view = json::parse(Get("/" + kCaseA + "/actions?limit=3&from=" + from).body);
    for (const json& action : view["actions"]) actions.push_back(action);
    if (!view.contains("next")) break;
    from = std::to_string(view["next"].get<int>());
  }
  ASSERT_EQ(actions.size(), 7u);
  for (std::size_t i = 0; i < actions.size(); ++i) {
    EXPECT_EQ(actions[i]["seq"], i);
    const auto leaf = record::ParseLeaf(golden_.leaves[actions[i]["index"]]).value();
    const auto& logged = std::get<record::LoggedAction>(leaf);
    EXPECT_EQ(actions[i]["action_id"], EncodeHash(logged.action.id()));
    EXPECT_EQ(actions[i]["type"], logged.action.type);
    EXPECT_EQ(actions[i]["at"], logged.action.at_text);
    EXPECT_EQ(actions[i]["by"].size(), logged.action.by.size());
  }
  EXPECT_TRUE(json::parse(Get("/" + kCaseA + "/actions?from=7").body)["actions"].empty());
  EXPECT_EQ(Get("/" + kCaseA + "/actions?from=10001").status, 400);
}

TEST_F(CasesTest, WhatIsNoCaseIs404) {
  for (const char* path :
       {"/0000000000000000000000000A", "/x", "/", "/0000000000000000000000000A/actions",
        "/0000000000000000000000000A/casefile"}) {
    EXPECT_EQ(Get(path).status, 404) << path;
  }
  EXPECT_EQ(Get("/" + kCaseA + "/other").status, 404);
  EXPECT_EQ(Get("/" + kCaseA + "/actions/1").status, 404);
  EXPECT_EQ(Get("/" + kCaseA + "?from=1").status, 400);
  EXPECT_EQ(Get("/" + kCaseA + "/casefile?limit=1").status, 400);
}

TEST_F(CasesTest, TheCaseFileIsTheGoldenOneAtTheOversightListener) {
  json expected = json::parse(test::ReadVector("case-A.casefile.json"));
  const ClientResponse answer = GetOversight("/" + kCaseA + "/casefile?from=16");
  json file = json::parse(answer.body);
  EXPECT_EQ(file["consistency"][0], expected["consistency"][0]);
  EXPECT_EQ(file["consistency"].size(), 1u);
  file.erase("consistency");
  expected.erase("consistency");
  EXPECT_EQ(file, expected);
}

TEST_F(CasesTest, ThePublicCaseFileIsTheSkeleton) {
  const ClientResponse answer = Get("/" + kCaseA + "/casefile");
  EXPECT_EQ(json::parse(answer.body),
            json::parse(test::ReadVector("case-A.skeleton.casefile.json")));
  EXPECT_EQ(answer.body.find("scheduled"), std::string::npos);
  EXPECT_EQ(Get("/" + kCaseA + "/casefile", {{"If-None-Match", FieldOf(answer, "etag")}}).status,
            304);
}

TEST_F(CasesTest, CaseFilesVerifyWithAnEarlierCheckpointPinned) {
  for (const auto& [id, count] : CasesIn(golden_, 333)) {
    evidence::Trust trust;
    trust.policy = tlog::ParsePolicy(test::ReadVector("policy")).value();
    trust.now = server_.clock().Wall();
    trust.ignore_conformance = true;
    for (const test::GoldenCheckpoint& pinned :
         {golden_.checkpoints[4], golden_.checkpoints.back()}) {
      trust.pinned_checkpoint = pinned.note;
      const std::string path = "/" + id + "/casefile?from=" + std::to_string(pinned.size);
      const evidence::Verdict verdict = evidence::VerifyCaseFile(GetOversight(path).body, trust);
      EXPECT_EQ(verdict.exit_code, 0) << id;
      EXPECT_EQ(evidence::VerifyCaseFile(Get(path).body, trust).exit_code, 0) << id;
    }
  }
  EXPECT_EQ(Get("/" + kCaseA + "/casefile?from=334").status, 400);
  EXPECT_EQ(Get("/" + kCaseA + "/casefile?from=0").status, 400);
}

}  // namespace
}  // namespace jejak::api
