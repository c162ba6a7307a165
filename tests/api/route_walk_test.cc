// SPDX-License-Identifier: Apache-2.0
// Every operation of openapi.json on the public listener of a restricted log.
#include "tests/api/route_walk.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/api/released_story.h"

namespace jejak::api {
namespace {

class RouteWalkTest : public testing::Test {
 protected:
  void SetUp() override {
    hidden_ = server_.Begin(StoryServer::ReadStory("M02"));
    server_.Tell(hidden_);
    released_ = server_.Begin(ReleasedStory());
    server_.Tell(released_);
    AwaitIndex(server_);
    const auto actions = nlohmann::json::parse(
        server_.Oversight("v1/cases/" + server_.case_id(hidden_) + "/actions").body);
    for (const auto& action : actions["actions"]) entries_.push_back(action["index"]);
    entries_.push_back(server_->sequencer().head()->size() - 1);  // a seal
  }
  std::vector<RouteRequest> Walk(std::size_t told) {
    return WalkRoutes({server_.case_id(told)}, entries_, server_->sequencer().head()->size());
  }
  ClientResponse Public(const RouteRequest& request) {
    return Ask(server_->port(), request.method, request.path);
  }
  ClientResponse Oversight(const RouteRequest& request) {
    return Ask(server_->oversight_port(), request.method, request.path);
  }

  StoryServer server_{QuietConfig(Entries::kOversight)};
  std::size_t hidden_ = 0, released_ = 0;
  std::vector<std::uint64_t> entries_;
};

TEST_F(RouteWalkTest, RoutesOfOversightAreNotThere) {
  const std::string nothing = server_.Public("v1/nothing").body;
  const std::string& hidden_id = server_.case_id(hidden_);
  constexpr const char* kNoCase = "00000000000000000000000000";
  std::size_t walked = 0;
  for (const RouteRequest& request : Walk(hidden_)) {
    const bool hidden = request.audience == "case readers" ||
                        (request.audience == "released cases" && request.names_case()) ||
                        request.path.starts_with("/1/v1/entries/") ||
                        request.path.starts_with("/1/tile/entries/");
    if (!hidden) continue;
    const ClientResponse answer = Public(request);
    EXPECT_EQ(answer.status, 404) << request.path;
    // A page says it in its language: as of a case that was never there.
    std::string absent = request.path;
    if (request.names_case()) absent.replace(absent.find(hidden_id), hidden_id.size(), kNoCase);
    const bool page = request.type.starts_with("text/html");
    EXPECT_EQ(answer.body, page ? Ask(server_->port(), "GET", absent).body : nothing)
        << request.path;
    EXPECT_NE(Oversight(request).status, 404) << request.path;
    ++walked;
  }
  EXPECT_GT(walked, 20u);
}

TEST_F(RouteWalkTest, AnAudienceIsOneOfThose) {
  for (const RouteRequest& request : Walk(hidden_)) {
    EXPECT_TRUE(request.audience.empty() || request.audience == "case readers" ||
                request.audience == "released cases")
        << request.path << " " << request.audience;
  }
}

// Whatever a route is for, it doesn't name what isn't public.
TEST_F(RouteWalkTest, NoPublicAnswerNamesAHiddenCase) {
  const std::string& id = server_.case_id(hidden_);
  bool named = false;
  for (const RouteRequest& request : Walk(hidden_)) {
    EXPECT_EQ(Public(request).body.find(id), std::string::npos) << request.path;
    named = named || Oversight(request).body.find(id) != std::string::npos;
  }
  EXPECT_TRUE(named) << "it would have been found";
}

TEST_F(RouteWalkTest, RoutesOfReleasedCasesAreThereForOne) {
  std::size_t walked = 0;
  for (const RouteRequest& request : Walk(released_)) {
    if (request.audience != "released cases" || !request.names_case()) continue;
    if (request.path.find('?') != request.path.npos) continue;  // the examples are of another log
    EXPECT_EQ(Public(request).status, 200) << request.path;
    ++walked;
  }
  EXPECT_GE(walked, 4u);
}

}  // namespace
}  // namespace jejak::api
