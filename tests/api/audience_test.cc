// SPDX-License-Identifier: Apache-2.0
// Who may see what: entries = oversight keeps cases off the public listener altogether.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "ledger/record/leaf.h"
#include "tests/api/ledger_fixture.h"

namespace jejak::api {
namespace {

const std::string kCaseA = "5MG3Z0FSDG8122AFHMEK5J0EY2";

class AudienceTest : public testing::Test {
 protected:
  ClientResponse Public(std::string_view path) { return Ask(server_->port(), "GET", path); }
  ClientResponse Oversight(std::string_view path) {
    return Ask(server_->oversight_port(), "GET", path);
  }

  GoldenServer server_{QuietConfig(Entries::kOversight)};
};

TEST_F(AudienceTest, RoutesOfCasesAre404InPublicAndServedToOversight) {
  const std::string nothing = Public("/1/v1/nothing").body;
  for (const std::string& path :
       {"/1/v1/cases/" + kCaseA, "/1/v1/cases/" + kCaseA + "/actions",
        "/1/v1/cases/" + kCaseA + "/casefile", std::string("/1/tile/entries/000"),
        std::string("/1/tile/entries/001.p/77"), std::string("/1/v1/entries/27"),
        std::string("/1/v1/entries/27/proof/333"), "/1/v1/streams/proof?stream=case/" + kCaseA,
        std::string("/1/v1/entries/332"), std::string("/metrics"), std::string("/1/metrics")}) {
    const ClientResponse hidden = Public(path);
    EXPECT_EQ(hidden.status, 404) << path;
    EXPECT_EQ(hidden.body, nothing) << path;  // no telling what is there
    EXPECT_EQ(Oversight(path).status, 200) << path;
  }
  EXPECT_EQ(Ask(server_->port(), "POST", "/1/metrics").status, 404);
  EXPECT_EQ(Public("/1/v1/cases/0000000000000000000000000A").body, nothing);
  EXPECT_EQ(Public("/1/v1/streams/proof?stream=case/0000000000000000000000000A").body, nothing);
}

TEST_F(AudienceTest, TheListOfReleasedCasesIsEmptyWhereNoneIs) {
  ClientResponse answer = Public("/1/v1/cases");
  while (answer.status == 503) answer = Public("/1/v1/cases");  // the index is being built
  EXPECT_EQ(answer.body, R"({"at_size":333,"cases":[]})");
  EXPECT_EQ(Public("/1/v1/cases?open=true").status, 200);
}

TEST_F(AudienceTest, TheLogsOwnAffairsStayPublic) {
  for (const char* path :
       {"/1/checkpoint", "/1/tile/0/000", "/1/tile/0/001.p/77", "/1/tile/1/000.p/1",
        "/1/v1/consistency/16/333", "/1/v1/keys", "/1/v1/units", "/1/v1/procedures",
        "/1/v1/calendars", "/1/v1/log", "/1/v1/streams/proof?stream=registry",
        "/1/v1/streams/proof?stream=procedure/golden", "/", "/style.css", "/livez", "/readyz",
        "/openapi.json", "/1/v1/entries/0", "/1/v1/entries/0/proof/333"}) {
    EXPECT_EQ(Public(path).status, 200) << path;
  }
}

TEST_F(AudienceTest, ExactlyTheAdministrationEntriesArePublic) {
  const test::GoldenLog golden = test::LoadGoldenLog();
  std::size_t shown = 0;
  for (std::uint64_t i = 0; i < golden.leaves.size(); ++i) {
    const auto leaf = record::ParseLeaf(golden.leaves[i]).value();
    const auto* logged = std::get_if<record::LoggedAction>(&leaf);
    const bool administration = logged != nullptr && !logged->action.stream.is_case();
    const std::string path = "/1/v1/entries/" + std::to_string(i);
    EXPECT_EQ(Public(path).status, administration ? 200 : 404) << i;
    EXPECT_EQ(Public(path + "/proof/333").status, administration ? 200 : 404) << i;
    shown += administration;
  }
  EXPECT_GT(shown, 20u);
}

TEST_F(AudienceTest, OnlyPublicReadsAreForOtherOrigins) {
  EXPECT_EQ(FieldOf(Public("/1/checkpoint"), "access-control-allow-origin"), "*");
  EXPECT_EQ(FieldOf(Oversight("/1/checkpoint"), "access-control-allow-origin"), "");
  EXPECT_EQ(
      FieldOf(Oversight("/1/v1/cases/" + kCaseA + "/casefile"), "access-control-allow-origin"), "");
}

// What is erased later must not live on in a browser or a proxy.
TEST_F(AudienceTest, WhatOversightReadsIsKeptNowhere) {
  for (const std::string& path : {"/1/v1/cases/" + kCaseA + "/casefile", "/1/v1/cases/" + kCaseA,
                                  std::string("/1/v1/entries/0"), std::string("/1/tile/entries/0")})
    EXPECT_EQ(FieldOf(Oversight(path), "cache-control"), "no-store") << path;
  EXPECT_EQ(FieldOf(Public("/1/v1/entries/0"), "cache-control"),
            "public, max-age=31536000, immutable");
}

TEST_F(AudienceTest, ReceiptsAnswerSubmissionsOnBothListeners) {
  const std::string envelope = test::ReadVector("report.action");
  const ClientResponse answer = Ask(server_->port(), "POST", "/1/v1/actions", {}, envelope);
  EXPECT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(FieldOf(answer, "location"), "");  // would lead to a 404
  const ClientResponse inside =
      Ask(server_->oversight_port(), "POST", "/1/v1/actions", {}, envelope);
  EXPECT_EQ(inside.body, answer.body);
  EXPECT_TRUE(FieldOf(inside, "location").starts_with("/1/v1/entries/"));
}

TEST(PublicEntries, BodiesAndOpeningsAreForOversightAllTheSame) {
  GoldenServer server;
  const std::string path = "/1/v1/cases/" + kCaseA + "/casefile";
  const auto open = nlohmann::json::parse(Ask(server->port(), "GET", path).body);
  const auto inside = nlohmann::json::parse(Ask(server->oversight_port(), "GET", path).body);
  EXPECT_TRUE(open["bodies"].empty() && open["openings"].empty());
  EXPECT_EQ(inside["bodies"].size(), 6u);
  EXPECT_EQ(inside["openings"].size(), 1u);
  EXPECT_EQ(open["documents"], inside["documents"]);
}

TEST(PublicEntries, WithoutAnOversightListenerNobodyGetsBodies) {
  Config config = QuietConfig();
  config.listen_oversight.reset();
  GoldenServer server(config);
  EXPECT_EQ(server->oversight_port(), 0);
  EXPECT_EQ(server->oversight_url(), "");
  EXPECT_EQ(Ask(server->port(), "GET", "/1/v1/entries/27").status, 200);
}

}  // namespace
}  // namespace jejak::api
