// SPDX-License-Identifier: Apache-2.0
#include "api/case_search.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/api/story_server.h"

namespace jejak::api {
namespace {

using nlohmann::json;

UnixSeconds Time(const char* text) { return ParseTime(text).value(); }

class CaseSearchTest : public testing::Test {
 protected:
  json Search(const std::string& query, bool oversight = true) {
    const std::string path = "v1/cases?" + query;
    const ClientResponse answer = oversight ? server_.Oversight(path) : server_.Public(path);
    EXPECT_EQ(answer.status, 200) << path << answer.body;
    return json::parse(answer.body);
  }
  std::vector<std::string> Found(const std::string& query) {
    std::vector<std::string> ids;
    const json answer = Search(query);
    EXPECT_EQ(answer["at_size"], server_->sequencer().head()->size());
    for (const json& row : answer["cases"]) ids.push_back(row["id"]);
    return ids;
  }
  std::string Id(std::size_t told) { return server_.case_id(told); }

  StoryServer server_;
};

using Strings = std::vector<std::string>;

TEST_F(CaseSearchTest, CasesAreFoundByWhereTheyStand) {
  const std::size_t one = server_.Begin(StoryServer::ReadStory("M02"));
  const std::size_t two = server_.Begin(StoryServer::ReadStory("M03"));
  server_.TellUntil(Time("2024-05-13T12:00:00Z"));
  EXPECT_EQ(Found("stage=FOUND"), (Strings{Id(one), Id(two)}));
  EXPECT_EQ(Found("stage=CLEARED"), Strings{});
  server_.TellUntil(Time("2024-05-14T12:00:00Z"));
  EXPECT_EQ(Found("stage=CLEARED"), Strings{Id(one)});
  EXPECT_EQ(Found("stage=CLARIFIED&unit=bkpsdm"), Strings{Id(two)});
  EXPECT_EQ(Found("unit=kecamatan-a"), Strings{});
  EXPECT_EQ(Found("opened_from=2024-05-13"), (Strings{Id(one), Id(two)}));
  EXPECT_EQ(Found("opened_from=2024-05-14"), Strings{});
  EXPECT_EQ(Found("opened_until=2024-05-13"), Strings{});
  EXPECT_EQ(Found("opened_until=2024-05-13T01:00:59Z"), Strings{});
  server_.TellUntil(Time("2024-05-20T12:00:00Z"));
  EXPECT_EQ(Found("open=false"), Strings{Id(one)});
  EXPECT_EQ(Found("open=true"), Strings{Id(two)});
}

// A02 wants the team to have signed by the 15th; nothing is logged after the 13th.
TEST_F(CaseSearchTest, WhatIsLateIsFoundWithoutAReplay) {
  const std::size_t told = server_.Begin(StoryServer::ReadStory("M02"));
  server_.Tell(told, 2);
  json row = Search("stage=FOUND")["cases"][0];
  EXPECT_EQ(row["worst"], "pending");
  EXPECT_EQ(row["deadlines"][0]["rule"], "A02");
  EXPECT_EQ(row["deadlines"][0]["due"], "2024-05-15");
  EXPECT_EQ(row["deadlines"][0]["working_days_late"], 0);
  EXPECT_EQ(row["deadlines"][0]["days_late"], 0);
  EXPECT_EQ(row["units"], json::array({"inspektorat"}));
  server_.PassTo(Time("2024-05-15T16:59:59Z"));
  EXPECT_EQ(Found("overdue=true"), Strings{});
  server_.PassTo(Time("2024-05-15T17:00:00Z"));
  EXPECT_EQ(Found("overdue=true"), Strings{Id(told)});
  EXPECT_EQ(Found("overdue=true&rule=A02"), Strings{Id(told)});
  EXPECT_EQ(Found("overdue=true&rule=A10"), Strings{});
  EXPECT_EQ(Found("rule=A02"), Strings{Id(told)});
  row = Search("overdue=true")["cases"][0];
  EXPECT_EQ(row["worst"], "fail");
  EXPECT_EQ(row["failed"], json::array({"A02"}));
  EXPECT_EQ(row["deadlines"][0]["working_days_late"], 1);
  EXPECT_EQ(row["deadlines"][0]["days_late"], 1);
}

// One measure: what the search says is what the verdict on the same case says.
TEST_F(CaseSearchTest, HowLateIsCountedAsTheVerdictCounts) {
  const std::size_t told = server_.Begin(StoryServer::ReadStory("C04"));
  server_.Tell(told, 2);
  struct Row {
    const char* now;
    int working_days, days;
    const char* says;
  };
  for (const Row& row : {Row{"2024-07-05T12:00:00Z", 1, 1, "1 working day late"},  // a Friday
                         Row{"2024-07-06T12:00:00Z", 1, 2, "1 working day late"},
                         Row{"2024-07-08T12:00:00Z", 2, 4, "2 working days late"}}) {
    server_.PassTo(Time(row.now));
    const json late = Search("overdue=true")["cases"][0]["deadlines"][0];
    EXPECT_EQ(late["due"], "2024-07-04");
    EXPECT_EQ(late["working_days_late"], row.working_days) << row.now;
    EXPECT_EQ(late["days_late"], row.days) << row.now;
    const std::string verdict = server_.Oversight("v1/cases/" + Id(told) + "/conformance").body;
    EXPECT_NE(verdict.find(row.says), std::string::npos) << row.now << verdict;
  }
}

// Late on a day off: by no working day yet. Where the calendar doesn't reach nothing is claimed.
TEST_F(CaseSearchTest, HowLateIsZeroUntilAWorkingDayAndUnknownBeyondTheCalendar) {
  server_.Tell(server_.Begin(StoryServer::BegunOnAWednesday()), 2);
  Search("stage=FOUND");  // judged while the deadline still ran
  server_.PassTo(Time("2024-05-19T12:00:00Z"));
  json late = Search("overdue=true&rule=A02")["cases"][0]["deadlines"][0];
  EXPECT_EQ(late["due"], "2024-05-17");
  EXPECT_EQ(late["working_days_late"], 0);
  EXPECT_EQ(late["days_late"], 2);
  server_.PassTo(Time("2031-01-01T00:00:00Z"));
  late = Search("overdue=true&rule=A02")["cases"][0]["deadlines"][0];
  EXPECT_TRUE(late["working_days_late"].is_null()) << late;
  EXPECT_GT(late["days_late"], 2000);
}

// The same after a restart, when the index knows the verdict only.
TEST_F(CaseSearchTest, AnIndexMadeAnewFindsTheSame) {
  auto story = StoryServer::ReadStory("M03");
  server_.Begin(story);
  server_.Begin(StoryServer::ReadStory("M02"));
  server_.Begin(StoryServer::ReadStory("M01"));
  server_.TellUntil(Time("2024-05-14T12:00:00Z"));
  server_.PassTo(Time("2024-08-01T00:00:00Z"));
  const auto rows = [&](const std::string& query) { return Search(query)["cases"]; };
  const json open = rows("open=true");
  const json late = rows("overdue=true");
  EXPECT_FALSE(late.empty());
  server_.Restart();
  for (int tries = 0; tries < 200; ++tries) {
    const ClientResponse answer = server_.Oversight("v1/cases?open=true");
    if (answer.status == 200) break;
    EXPECT_EQ(answer.status, 503) << answer.body;
    EXPECT_NE(answer.body.find("is being built"), std::string::npos);
  }
  const json late_anew = rows("overdue=true");
  ASSERT_EQ(late_anew.size(), late.size());
  for (std::size_t i = 0; i < late.size(); ++i) {
    EXPECT_EQ(late_anew[i]["id"], late[i]["id"]);
    EXPECT_EQ(late_anew[i]["failed"], late[i]["failed"]);
    EXPECT_EQ(late_anew[i]["deadlines"][0], late[i]["deadlines"][0]);
  }
  ASSERT_EQ(rows("open=true").size(), open.size());
}

TEST_F(CaseSearchTest, ANewActionReplaysItsOwnCaseAlone) {
  const std::size_t one = server_.Begin(StoryServer::ReadStory("M02"));
  const std::size_t two = server_.Begin(StoryServer::ReadStory("M03"));
  server_.Tell(one, 1);
  server_.Tell(two, 1);
  Found("open=true");
  const auto metric = [&] {
    const std::string page = server_.Public("metrics").body;
    const std::size_t at = page.find("\njejak_index_replays_total ");
    return std::stoi(page.substr(at + 27));
  };
  const int before = metric();
  server_.Tell(one, 1);
  Found("open=true");
  EXPECT_EQ(metric(), before + 1);
}

TEST_F(CaseSearchTest, AWalkSeesOneState) {
  std::vector<std::string> ids;
  for (int i = 0; i < 5; ++i) {
    const std::size_t told = server_.Begin(StoryServer::ReadStory("M02"));
    server_.Tell(told, 1);
    ids.push_back(Id(told));
  }
  json page = Search("stage=RECEIVED&limit=2");
  EXPECT_EQ(page["count"], 5);
  const json size = page["at_size"];
  Strings seen;
  server_.Tell(4, 6);
  for (int pages = 0; pages < 5; ++pages) {
    EXPECT_EQ(page["at_size"], size);
    for (const json& row : page["cases"]) seen.push_back(row["id"]);
    if (!page.contains("cursor")) break;
    page = Search("stage=RECEIVED&limit=2&cursor=" + page["cursor"].get<std::string>());
  }
  EXPECT_EQ(seen, ids);
  EXPECT_EQ(Found("stage=RECEIVED").size(), 4u);
}

TEST_F(CaseSearchTest, WrongParametersAreNamedWithTheMend) {
  const std::size_t told = server_.Begin(StoryServer::ReadStory("M02"));
  server_.Tell(told, 1);
  for (const auto& [query, names] : std::map<std::string, std::string>{
           {"overdue=yes", "parameter overdue must be true or false"},
           {"open=1", "parameter open must be true or false"},
           {"stage=", "parameter stage must be a name"},
           {"unit=" + std::string(65, 'x'), "parameter unit must be a name"},
           {"opened_from=13-05-2024", "parameter opened_from must be a day"},
           {"opened_until=2024-02-30", "parameter opened_until must be a day"},
           {"stage=FOUND&limit=201", "parameter limit must be a number"},
           {"stage=FOUND&cursor=1.2", "begin again without it"},
           {"stage=FOUND&cursor=1.2.3", "begin again without it"},
           {"stage=FOUND&at_size=1", "parameter at_size must be"},
           {"stage=FOUND&limt=1", "does not know"}}) {
    const ClientResponse answer = server_.Oversight("v1/cases?" + query);
    EXPECT_EQ(answer.status, 400) << query;
    EXPECT_NE(answer.body.find(names), std::string::npos) << query << answer.body;
  }
}

TEST_F(CaseSearchTest, ThePublicFindsByWhatIsPublicAlone) {
  const std::size_t told = server_.Begin(StoryServer::ReadStory("M02"));
  server_.Tell(told, 2);
  const json rows = Search("open=true", false);
  EXPECT_EQ(rows["contents"], "shown");
  EXPECT_EQ(rows["cases"].size(), 1u);
  EXPECT_EQ(Search("stage=FOUND", false)["count"], 0) << "the state is in a body";
  EXPECT_EQ(Search("stage=FOUND")["count"], 1);
}

}  // namespace
}  // namespace jejak::api
