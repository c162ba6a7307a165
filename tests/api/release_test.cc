// SPDX-License-Identifier: Apache-2.0
// A case that was released, on the public listener of a restricted log.
#include "api/release.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/api/released_story.h"

namespace jejak::api {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

class ReleaseTest : public testing::Test {
 protected:
  // A case that goes with it and is released by nobody, then this one.
  std::size_t Told(const ordered_json& story) {
    other_ = server_.Begin(StoryServer::ReadStory("M02"));
    const std::size_t told = server_.Begin(story);
    server_.TellUntil(ParseTime("2024-06-30T00:00:00Z").value());
    AwaitIndex(server_);
    return told;
  }
  std::string Path(std::size_t told, const std::string& view = "") {
    return "v1/cases/" + server_.case_id(told) + view;
  }
  bool Shown(std::size_t told) { return server_.Public(Path(told)).status == 200; }
  json Public(const std::string& path) {
    const ClientResponse answer = server_.Public(path);
    EXPECT_EQ(answer.status, 200) << path << answer.body;
    return json::parse(answer.body);
  }
  StoryServer server_{QuietConfig(Entries::kOversight)};
  std::size_t other_ = 0;
};

TEST_F(ReleaseTest, IsServedWithWhatItsDefinitionMakesPublic) {
  const std::size_t told = Told(ReleasedStory());
  EXPECT_EQ(Public(Path(told))["id"], server_.case_id(told));
  const json actions = Public(Path(told, "/actions"))["actions"];
  EXPECT_EQ(actions.size(), 9u);
  const ClientResponse file = server_.Public(Path(told, "/casefile"));
  const json casefile = json::parse(file.body);
  ASSERT_EQ(casefile["bodies"].size(), 1u);
  EXPECT_EQ(casefile["bodies"][0]["index"], actions.back()["index"]);
  EXPECT_TRUE(casefile["openings"].empty());
  const Verified verified = Verify(server_, "case", file.body);
  EXPECT_EQ(verified.exit_code, 0) << verified.said << verified.written;
  const json inside = json::parse(server_.Oversight(Path(told, "/casefile")).body);
  EXPECT_EQ(inside["bodies"].size(), 9u);
  EXPECT_GT(inside["openings"].size(), 5u);
  const json conformance = Public(Path(told, "/conformance"));
  EXPECT_EQ(conformance["contents"], "shown");
  EXPECT_EQ(conformance["conformance"]["judged"], true);
  const std::string index = actions[3]["index"].dump();
  const ClientResponse entry = server_.Public("v1/entries/" + index);
  EXPECT_EQ(entry.status, 200);
  EXPECT_EQ(FieldOf(entry, "cache-control"), "no-cache") << "a release may end";
  const std::string size = std::to_string(server_->sequencer().head()->size());
  const ClientResponse proof = server_.Public("v1/entries/" + index + "/proof/" + size);
  EXPECT_EQ(proof.status, 200);
  EXPECT_EQ(FieldOf(proof, "cache-control"), "no-cache");
  EXPECT_EQ(server_.Public("v1/streams/proof?stream=case/" + server_.case_id(told)).status, 200);
}

TEST_F(ReleaseTest, ABreachIsPublicWithIt) {
  ordered_json story = ReleasedStory();
  ASSERT_EQ(story["actions"][3]["type"], "exam.hold");
  story["actions"].erase(3);
  const std::size_t told = Told(story);
  EXPECT_EQ(Verify(server_, "case", server_.Public(Path(told, "/casefile")).body).exit_code, 11);
}

TEST_F(ReleaseTest, IsListedAndFoundAlone) {
  const std::size_t told = Told(ReleasedStory());
  for (const char* query :
       {"v1/cases", "v1/cases?limit=1", "v1/cases?open=false", "v1/cases?opened_from=2024-01-01"}) {
    const json list = Public(query);
    ASSERT_EQ(list["cases"].size(), 1u) << query;
    EXPECT_EQ(list["cases"][0]["id"], server_.case_id(told)) << query;
    EXPECT_FALSE(list.contains("cursor")) << query;
  }
  EXPECT_EQ(json::parse(server_.Oversight("v1/cases").body)["cases"].size(), 2u);
}

TEST_F(ReleaseTest, OfOthersNothingIsSaid) {
  Told(ReleasedStory());
  const std::string nothing = server_.Public("v1/nothing").body;
  const std::string unknown = "0000000000000000000000000A";
  const json first = json::parse(server_.Oversight(Path(other_, "/actions")).body)["actions"][0];
  for (const std::string& id : {server_.case_id(other_), unknown}) {
    for (const char* view :
         {"", "/actions", "/casefile", "/conformance", "/actions?from=x", "/x"}) {
      const ClientResponse answer = server_.Public("v1/cases/" + id + view);
      EXPECT_EQ(answer.status, 404) << id << view;
      EXPECT_EQ(answer.body, nothing) << id << view;
    }
    EXPECT_EQ(server_.Public("v1/streams/proof?stream=case/" + id).body, nothing);
  }
  EXPECT_EQ(server_.Public("v1/entries/" + first["index"].dump()).body, nothing);
  EXPECT_EQ(server_.Public("v1/entries/" + first["index"].dump() + "/proof/9").body, nothing);
}

// Gone with the next request, whatever the index has seen, and for good.
TEST_F(ReleaseTest, AVoidEndsItAtOnce) {
  const std::size_t told = server_.Begin(VoidedStory());
  server_.Tell(told, ReleasedStory()["actions"].size());
  AwaitIndex(server_);
  ASSERT_TRUE(Shown(told));
  const std::string walk = server_.Public("v1/cases?open=false").body;
  server_.Tell(told, 1);
  EXPECT_TRUE(Shown(told)) << "it goes on released";
  server_.Tell(told, 1);
  const std::string nothing = server_.Public("v1/nothing").body;
  for (int times = 0; times < 2; ++times) {
    for (const char* view : {"", "/actions", "/casefile", "/conformance"})
      EXPECT_EQ(server_.Public(Path(told, view)).body, nothing) << view << times;
    EXPECT_TRUE(Public("v1/cases")["cases"].empty());
    EXPECT_TRUE(Public("v1/cases?open=false")["cases"].empty());
    AwaitIndex(server_);
  }
  EXPECT_EQ(json::parse(walk)["cases"].size(), 1u);
  EXPECT_EQ(server_.Oversight(Path(told)).status, 200);
}

// A walk that was begun while it was released: no row, no count, no gap.
TEST_F(ReleaseTest, AWithdrawnReleaseIsNotEvenCounted) {
  const std::size_t ends = server_.Begin(VoidedStory()), stays = server_.Begin(ReleasedStory());
  server_.TellUntil(ParseTime("2024-05-30T12:00:00Z").value());
  AwaitIndex(server_);
  const std::string query = "v1/cases?open=false&limit=1";
  const json begun = Public(query);
  EXPECT_EQ(begun["count"], 2);
  const std::string cursor = begun["cursor"];
  EXPECT_EQ(Public(query + "&cursor=" + cursor)["count"], 2);
  const std::string page = server_.Public("cases?lang=en").body;
  const std::string from = page.substr(page.find("cursor=") + 7);
  const std::string list = "cases?lang=en&cursor=" + from.substr(0, from.find('&'));
  EXPECT_NE(server_.Public(list).body.find("2 cases; rows 1 to 2"), std::string::npos) << page;

  server_.TellUntil(ParseTime("2024-06-02T00:00:00Z").value());
  ASSERT_FALSE(Shown(ends));
  for (int times = 0; times < 2; ++times) {
    const ClientResponse gone = server_.Public(query + "&cursor=" + cursor);
    const ClientResponse never = server_.Public(query + "&cursor=1.2.1");
    EXPECT_EQ(gone.status, 400) << gone.body;
    EXPECT_EQ(gone.body, never.body) << "as of any walk that isn't kept";
    for (const std::string& anew : {list, list + "&format=csv"})
      EXPECT_EQ(server_.Public(anew).status, 400) << anew;
    const json again = Public(query);
    EXPECT_EQ(again["count"], 1);
    EXPECT_EQ(again["cases"][0]["id"], server_.case_id(stays));
    EXPECT_FALSE(again.contains("cursor"));
    EXPECT_NE(server_.Public("cases?lang=en").body.find("1 cases; rows 1 to 1"), std::string::npos);
    AwaitIndex(server_);
  }
  EXPECT_EQ(json::parse(server_.Oversight(query).body)["count"], 2);
}

TEST_F(ReleaseTest, WithoutTheVerdictsTheHistoryAloneIsShown) {
  const std::size_t told = Told(ReleasedStory(ReleaseBody({"timeline"})));
  EXPECT_TRUE(Shown(told));
  EXPECT_EQ(server_.Public(Path(told, "/casefile")).status, 200);
  EXPECT_EQ(server_.Public(Path(told, "/conformance")).body, server_.Public("v1/nothing").body);
  EXPECT_EQ(Public("v1/cases")["cases"].size(), 1u);
  EXPECT_EQ(Public("v1/cases?open=false")["cases"].size(), 0u);
}

struct Edit {
  const char* name;
  void (*make)(ordered_json& story, ordered_json& release);
};

void Correct(ordered_json& story, const ordered_json& release, bool harm_test) {
  story["actions"].push_back({{"type", "record.correct"},
                              {"at", "2024-05-30T09:00:00+07:00"},
                              {"by", release["by"]},
                              {"body",
                               {{"target", {{"$action", story["actions"].size()}}},
                                {"pointer", "/harm_test"},
                                {"value", harm_test},
                                {"reason", "keliru"}}}});
}

const Edit kEdits[] = {
    {"the harm test was not passed", [](auto&, auto& r) { r["body"]["harm_test"] = false; }},
    {"the harm test isn't said", [](auto&, auto& r) { r["body"].erase("harm_test"); }},
    {"the harm test is a text", [](auto&, auto& r) { r["body"]["harm_test"] = "true"; }},
    {"the harm test is sealed",
     [](auto&, auto& r) {
       r["body"]["harm_test"] = {{"$seal", true}};
     }},
    {"no part", [](auto&, auto& r) { r["body"] = ReleaseBody({}); }},
    {"verdicts without the history", [](auto&, auto& r) { r["body"] = ReleaseBody({"verdicts"}); }},
    {"a part that nobody knows", [](auto&, auto& r) { r["body"] = ReleaseBody({"everything"}); }},
    {"a field that isn't declared", [](auto&, auto& r) { r["body"]["note"] = "Budi"; }},
    {"by a role that may not",
     [](auto&, auto& r) { r["by"] = By("bkpsdm.contohkota.go.id/p-20", "bkpsdm"); }},
    {"before anything was found",
     [](auto& s, auto& r) {
       s["actions"] = ordered_json::array({s["actions"][0], r});
     }},
    {"without a body", [](auto&, auto& r) { r.erase("body"); }},
    {"dated long before it was entered",
     [](auto&, auto& r) { r["entered"] = "2024-07-30T08:00:00+07:00"; }},
    {"corrected to have passed",
     [](auto& s, auto& r) {
       r["body"]["harm_test"] = false;
       Correct(s, r, true);
     }},
    {"corrected not to have passed", [](auto& s, auto& r) { Correct(s, r, false); }}};

TEST_F(ReleaseTest, WhatDoesNotCountShowsNothing) {
  std::vector<std::size_t> told;
  for (const Edit& edit : kEdits) {
    ordered_json story = ReleasedStory();
    ordered_json release = story["actions"].back();
    edit.make(story, release);
    for (ordered_json& action : story["actions"]) {
      if (action["type"] == "case.release") action = release;
    }
    told.push_back(server_.Begin(story));
  }
  const std::size_t whole = server_.Begin(ReleasedStory());
  server_.TellUntil(ParseTime("2024-08-30T00:00:00Z").value());
  AwaitIndex(server_);
  for (std::size_t i = 0; i < told.size(); ++i) EXPECT_FALSE(Shown(told[i])) << kEdits[i].name;
  EXPECT_TRUE(Shown(whole)) << "it would have been shown";
  EXPECT_EQ(Public("v1/cases")["cases"].size(), 1u);
}

// What was public before is public again after a restart, and nothing else.
TEST_F(ReleaseTest, OutlivesARestart) {
  const std::size_t told = Told(ReleasedStory());
  server_.Restart();
  AwaitIndex(server_);
  EXPECT_TRUE(Shown(told));
  EXPECT_FALSE(Shown(other_));
}

// Where entries are public, bodies follow the definition alone.
TEST(PublicEntries, GiveTheBodiesThatTheDefinitionMakesPublic) {
  StoryServer server;
  const std::size_t told = server.Begin(ReleasedStory());
  server.Tell(told);
  const std::string path = "v1/cases/" + server.case_id(told);
  const json casefile = json::parse(server.Public(path + "/casefile").body);
  EXPECT_EQ(casefile["bodies"].size(), 1u);
  EXPECT_TRUE(casefile["openings"].empty());
  EXPECT_EQ(json::parse(server.Public(path + "/conformance").body)["contents"], "shown");
}

}  // namespace
}  // namespace jejak::api
