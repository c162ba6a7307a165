// SPDX-License-Identifier: Apache-2.0
//
// v1/feed over HTTP: what it tells, to whom, and from where on.
#include "api/feed.h"

#include <gtest/gtest.h>

#include <chrono>
#include <set>
#include <thread>

#include "ledger/record/leaf.h"
#include "tests/api/feed_fixture.h"

namespace jejak::api {
namespace {

using nlohmann::json;
using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;
using Event = FeedReader::Event;

std::string After(std::uint64_t index) { return kFeed + ("?after=" + std::to_string(index)); }
std::string LastEventId(const std::string& id) { return "Last-Event-ID: " + id + "\r\n"; }

std::vector<std::uint64_t> EntriesOf(const std::vector<Event>& events) {
  std::vector<std::uint64_t> ids;
  for (const Event& event : events) {
    if (event.kind != "checkpoint") ids.push_back(event.id);
  }
  return ids;
}

std::vector<std::uint64_t> From(std::uint64_t first, std::uint64_t end) {
  std::vector<std::uint64_t> ids;
  for (; first < end; ++first) ids.push_back(first);
  return ids;
}

std::set<std::string> NamesOf(const json& object) {
  std::set<std::string> names;
  for (const auto& [name, value] : object.items()) names.insert(name);
  return names;
}

TEST_F(FeedTest, TellsWhatIsLoggedAndNothingOlder) {
  FeedReader feed(server_->port(), kFeed);
  EXPECT_EQ(feed.status(), 200);
  for (const char* field :
       {"Content-Type: text/event-stream\r\n", "Cache-Control: no-store\r\n",
        "Access-Control-Allow-Origin: *\r\n", "Transfer-Encoding: chunked\r\n"}) {
    EXPECT_NE(feed.head().find(field), std::string::npos) << field;
  }
  const std::uint64_t before = Size();
  EXPECT_EQ(feed.Next()->kind, "retry");
  const Event here = feed.Next().value();
  EXPECT_EQ(here.kind, "checkpoint");
  EXPECT_EQ(here.id, before - 1);
  EXPECT_EQ(here.data["size"], before);

  OpenCase(1);
  const auto events = feed.Until(Size());
  ASSERT_EQ(events.size(), 3u);
  EXPECT_EQ(EntriesOf(events), From(before, Size()));
  const Event& action = events[0];
  EXPECT_EQ(action.kind, "action");
  const std::string stream = test::SmallLog::CaseStream(1).text();
  const std::string list =
      Ask(server_->port(), "GET", "/1/v1/cases/" + stream.substr(5) + "/actions").body;
  const json shown = json::parse(list)["actions"][0];
  for (const char* name : {"index", "seq", "time", "action_id", "type"})
    EXPECT_EQ(action.data[name], shown[name]) << name;
  EXPECT_EQ(action.data["stream"], stream);
  EXPECT_EQ(NamesOf(action.data),
            (std::set<std::string>{"action_id", "index", "seq", "stream", "time", "type"}));
  EXPECT_EQ(events[1].kind, "seal");
  EXPECT_EQ(NamesOf(events[1].data), (std::set<std::string>{"index", "streams", "time"}));
  EXPECT_EQ(events[2].kind, "checkpoint");
  EXPECT_EQ(events[2].id, Size() - 1);
}

TEST_F(FeedTest, ResumesWithoutAGapOrARepeat) {
  std::vector<std::uint64_t> told;
  std::string last = std::to_string(Size() - 1);
  const std::uint64_t begin = Size();
  for (std::uint64_t round = 1; round <= 4; ++round) {
    FeedReader feed(server_->port(), kFeed, LastEventId(last));
    OpenCase(2 * round);
    // Gone in the middle: the seal of the last action isn't read.
    while (told.empty() || told.back() != Size() - 2) {
      const auto event = feed.Next();
      ASSERT_TRUE(event.has_value());
      if (event->kind == "retry") continue;
      last = std::to_string(event->id);
      if (event->kind != "checkpoint") told.push_back(event->id);
    }
    OpenCase(2 * round + 1);
  }
  FeedReader feed(server_->port(), kFeed, LastEventId(last));
  for (const std::uint64_t id : EntriesOf(feed.Until(Size()))) told.push_back(id);
  EXPECT_EQ(told, From(begin, Size()));
}

// A browser keeps the address that it began with and adds the field.
TEST_F(FeedTest, TheFieldCountsBeforeTheParameter) {
  const std::string last = std::to_string(Size() - 2);
  FeedReader feed(server_->port(), After(0), LastEventId(last));
  EXPECT_EQ(EntriesOf(feed.Until(Size())), From(Size() - 1, Size()));
}

TEST_F(FeedTest, ManyListenersAreToldTheSame) {
  std::vector<std::unique_ptr<FeedReader>> feeds;
  const std::uint64_t begin = Size();
  for (int i = 0; i < 8; ++i)
    feeds.push_back(std::make_unique<FeedReader>(server_->port(), After(begin - 1 - i % 3)));
  for (std::uint64_t n = 1; n <= 20; ++n) OpenCase(n);
  for (int i = 0; i < 8; ++i)
    EXPECT_EQ(EntriesOf(feeds[i]->Until(Size())), From(begin - i % 3, Size())) << i;
}

TEST_F(FeedTest, RefusesPlacesThatAreNotInTheLog) {
  const std::string size = std::to_string(Size());
  const auto expect_named = [&](const std::string& path, const std::string& fields,
                                const std::string& name) {
    FeedReader feed(server_->port(), path, fields + "Connection: close\r\n");
    EXPECT_EQ(feed.status(), 400) << path << fields;
    const json problem = json::parse(feed.Body());
    EXPECT_EQ(problem["code"], "bad_request");
    EXPECT_NE(problem["detail"].get<std::string>().find(name), std::string::npos) << problem;
  };
  for (const std::string& wrong : {size, std::string("x"), std::string("-1"), std::string("01"),
                                   std::string("1.5"), std::string("99999999999999999999")}) {
    expect_named(kFeed, LastEventId(wrong), "Last-Event-ID");
    expect_named(kFeed + ("?after=" + wrong), "", "after");
  }
  expect_named(kFeed, LastEventId(""), "Last-Event-ID");
  expect_named(kFeed, LastEventId("1") + LastEventId("1"), "Last-Event-ID");
  expect_named(kFeed + std::string("?form=1"), "", "parameter");
  EXPECT_TRUE(OpenAre(0, 0));
}

TEST_F(FeedTest, HeadAndPostDoNotListen) {
  const ClientResponse head = Ask(server_->port(), "HEAD", kFeed);
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(FieldOf(head, "content-type"), "text/event-stream");
  EXPECT_TRUE(OpenAre(0, 0));
  const ClientResponse post = Ask(server_->port(), "POST", kFeed);
  EXPECT_EQ(post.status, 405);
  EXPECT_EQ(FieldOf(post, "allow"), "GET, HEAD");
}

TEST_F(FeedTest, EndsInOrderWithTheServerAndGoesOnAfterwards) {
  FeedReader feed(server_->port(), kFeed);
  OpenCase(1);
  const auto before = feed.Until(Size());
  ASSERT_FALSE(before.empty());
  std::thread reader([&] {
    while (feed.Next()) {
    }
  });
  const auto start = Clock::now();
  server_.Restart();
  EXPECT_LT(Clock::now() - start, std::chrono::seconds(10)) << "a grace is 20 seconds";
  reader.join();
  EXPECT_TRUE(feed.ended());
  const std::uint64_t next = Size();
  OpenCase(2);
  FeedReader again(server_->port(), kFeed, LastEventId(std::to_string(before.back().id)));
  EXPECT_EQ(EntriesOf(again.Until(Size())), From(next, Size()));
}

class HastyFeedTest : public FeedTest {
 protected:
  HastyFeedTest() : FeedTest(QuietWith({{"feed_heartbeat_ms", "300"}})) {}
};

TEST_F(HastyFeedTest, ShowsLifeWhenNothingIsLogged) {
  FeedReader feed(server_->port(), kFeed);
  EXPECT_EQ(feed.Next()->kind, "retry");
  EXPECT_EQ(feed.Next()->kind, "checkpoint");
  for (int times = 0; times < 3; ++times) {
    const auto start = Clock::now();
    EXPECT_EQ(feed.Next()->kind, "comment");
    EXPECT_GE(Clock::now() - start, milliseconds(250));
  }
  OpenCase(1);
  EXPECT_EQ(feed.Until(Size()).size(), 3u);
}

TEST(GoldenFeed, ReplaysEveryEntryOfTheLog) {
  GoldenServer server;
  const test::GoldenLog golden = test::LoadGoldenLog();
  const auto events = FeedReader(server->port(), After(0)).Until(333);
  EXPECT_EQ(EntriesOf(events), From(1, 333));
  for (const Event& event : events) {
    if (event.kind == "checkpoint") continue;
    const auto leaf = record::ParseLeaf(golden.leaves[event.id]).value();
    EXPECT_EQ(event.kind, leaf.index() == 0 ? "action" : "seal");
    EXPECT_EQ(event.data["time"], FormatTime(record::LeafTime(leaf)));
  }
  EXPECT_EQ(events[26].data, json::parse(R"({"index":27,"seq":0,"time":"2026-01-05T01:00:49Z",
      "action_id":"yxGWrSvCmHUSjuTQM7F+muGFyo555OfPPbJjVYwLGGU=","type":"report.submit",
      "stream":"case/5MG3Z0FSDG8122AFHMEK5J0EY2"})"));
  EXPECT_EQ(events[27].data,
            json::parse(R"({"index":28,"time":"2026-01-05T01:00:49Z","streams":14})"));
  EXPECT_EQ(events.back().data, json::parse(R"({"size":333,"time":"2026-01-05T01:28:25Z"})"));
}

TEST(GoldenFeed, OfARestrictedLogThePublicHearsOfAdministrationAlone) {
  GoldenServer server(QuietConfig(Entries::kOversight));
  const test::GoldenLog golden = test::LoadGoldenLog();
  std::vector<std::uint64_t> administration;
  for (std::uint64_t i = 1; i < golden.leaves.size(); ++i) {
    const auto leaf = record::ParseLeaf(golden.leaves[i]).value();
    const auto* logged = std::get_if<record::LoggedAction>(&leaf);
    if (logged != nullptr && !logged->action.stream.is_case()) administration.push_back(i);
  }
  FeedReader open(server->port(), After(0));
  FeedReader inside(server->oversight_port(), After(0));
  EXPECT_EQ(inside.head().find("Access-Control"), std::string::npos);
  EXPECT_EQ(EntriesOf(inside.Until(333)), From(1, 333));
  const auto events = open.Until(333);
  EXPECT_EQ(EntriesOf(events), administration);
  EXPECT_EQ(events.back().id, 332u) << "what was passed over isn't looked at again";
}

}  // namespace
}  // namespace jejak::api
