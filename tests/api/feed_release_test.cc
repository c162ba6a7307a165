// SPDX-License-Identifier: Apache-2.0
//
// v1/feed of a restricted log while a case is told, released, and its release voided.
#include <gtest/gtest.h>

#include "tests/api/feed_reader.h"
#include "tests/api/released_story.h"

namespace jejak::api {
namespace {

using nlohmann::json;
using Event = FeedReader::Event;

class FeedReleaseTest : public testing::Test {
 protected:
  std::uint64_t Size() { return server_->sequencer().head()->size(); }
  // Types of the actions that are told of until the feed has caught up.
  std::vector<std::string> Types(FeedReader& feed) {
    std::vector<std::string> types;
    for (const Event& event : feed.Until(Size())) {
      EXPECT_NE(event.kind, "seal");
      if (event.kind == "action") types.push_back(event.data["type"]);
    }
    return types;
  }
  // The same of all that followed an entry.
  std::vector<std::string> Replayed(std::uint64_t entry) {
    FeedReader feed(server_->port(), kFeed + ("?after=" + std::to_string(entry)));
    return Types(feed);
  }

  StoryServer server_{QuietConfig(Entries::kOversight)};
};

TEST_F(FeedReleaseTest, ACaseIsToldOfWhileItIsReleased) {
  const std::size_t told = server_.Begin(VoidedStory());
  AwaitIndex(server_);
  const std::uint64_t begin = Size() - 1;
  FeedReader feed(server_->port(), kFeed);
  server_.Tell(told, ReleasedStory()["actions"].size() - 1);
  EXPECT_EQ(Types(feed), std::vector<std::string>());
  EXPECT_EQ(Replayed(begin), std::vector<std::string>());

  server_.Tell(told, 1);
  EXPECT_EQ(Types(feed), std::vector<std::string>{"case.release"});
  const json actions =
      json::parse(server_.Public("v1/cases/" + server_.case_id(told) + "/actions").body)["actions"];
  std::vector<std::string> all;
  for (const json& action : actions) all.push_back(action["type"]);
  EXPECT_EQ(Replayed(begin), all) << "what came before is told to those who ask from there";

  server_.Tell(told, 1);
  EXPECT_EQ(Types(feed), std::vector<std::string>{"case.assent"});
  server_.Tell(told, 1);
  EXPECT_EQ(Types(feed), std::vector<std::string>());
  EXPECT_EQ(Replayed(begin), std::vector<std::string>());
}

TEST_F(FeedReleaseTest, OversightHearsOfEveryEntry) {
  const std::uint64_t begin = Size();
  FeedReader feed(server_->oversight_port(), kFeed + ("?after=" + std::to_string(begin - 1)));
  const std::size_t told = server_.Begin(VoidedStory());
  server_.Tell(told, 3);
  std::uint64_t next = begin;
  for (const Event& event : feed.Until(Size())) {
    if (event.kind == "checkpoint") continue;
    EXPECT_EQ(event.id, next++);
  }
  EXPECT_EQ(next, Size());
}

}  // namespace
}  // namespace jejak::api
