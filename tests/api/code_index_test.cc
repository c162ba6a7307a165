// SPDX-License-Identifier: Apache-2.0
#include "api/code_index.h"

#include <gtest/gtest.h>

#include "ledger/record/receipt_code.h"
#include "tests/api/status_fixture.h"
#include "tests/support/must.h"

namespace jejak::api {
namespace {

class CodeIndexTest : public testing::Test {
 protected:
  sequencer::LogReader Reader() {
    return {server_.stories()->sequencer().head(), server_.stories()->tiles()};
  }
  const crypto::PublicKey none_{};
  StatusServer server_;
  EventLog events_{LogLevel::kError, server_.stories().clock()};
};

TEST_F(CodeIndexTest, FindsWhatWasLoggedAMomentAgo) {
  CodeIndex index(server_.stories()->sequencer(), server_.stories()->tiles(), events_);
  const std::size_t told = server_.Begin("M02", "r1", CodeOf(1));
  const std::string tag = TagOf(CodeOf(1));
  sequencer::LogReader before = Reader();
  EXPECT_FALSE(test::Must(index.Find(tag, none_, before)).by_tag);
  server_.stories().Tell(told, 1);
  sequencer::LogReader after = Reader();
  const CodeIndex::Place place = test::Must(index.Find(tag, none_, after));
  ASSERT_TRUE(place.by_tag);
  EXPECT_EQ(*place.by_tag, before.size());
  EXPECT_EQ(index.size(), after.size());
  EXPECT_FALSE(test::Must(index.Find(TagOf(CodeOf(2)), none_, after)).by_tag);
}

TEST_F(CodeIndexTest, FindsAPartyByItsKeyAndAfterARestart) {
  const std::size_t told = server_.Begin("C04", "P052", CodeOf(5));
  server_.stories().Tell(told);
  const auto seed =
      record::PartySeed(test::Must(record::ParseReceiptCode(CodeOf(5))), StoryServer::kOrigin);
  const crypto::PublicKey key = crypto::SecretKey::FromSeed(seed.view()).public_key();
  CodeIndex index(server_.stories()->sequencer(), server_.stories()->tiles(), events_);
  sequencer::LogReader reader = Reader();
  const CodeIndex::Place place = test::Must(index.Find(TagOf(CodeOf(5)), key, reader));
  ASSERT_TRUE(place.by_key);
  EXPECT_FALSE(place.by_tag);
  EXPECT_NE(test::Must(reader.Entry(*place.by_key)).find("\nparty terperiksa "), std::string::npos);
}

// Whoever sees a tag can put it into another body: it stays the first one's.
TEST_F(CodeIndexTest, ATagCantBeTakenOver) {
  CodeIndex index(server_.stories()->sequencer(), server_.stories()->tiles(), events_);
  const std::size_t first = server_.Begin("M02", "r1", CodeOf(1));
  server_.stories().Tell(first, 1);
  sequencer::LogReader reader = Reader();
  const auto place = test::Must(index.Find(TagOf(CodeOf(1)), none_, reader));
  const std::size_t second = server_.Begin("M02", "r1", CodeOf(1));
  server_.stories().Tell(second, 1);
  sequencer::LogReader later = Reader();
  EXPECT_EQ(test::Must(index.Find(TagOf(CodeOf(1)), none_, later)).by_tag, place.by_tag);
}

// Only what brings in a report or a party names one: here a tag in the body of a later act.
TEST_F(CodeIndexTest, OtherStringsOfBodiesAreNotKept) {
  const auto change = [](nlohmann::ordered_json& story) {
    story["actions"][0]["body"]["channel"] = TagOf(CodeOf(3));
    for (auto& action : story["actions"]) {
      if (action["type"] == "report.answer") action["body"]["report"] = TagOf(CodeOf(4));
    }
  };
  const std::size_t told = server_.Begin("M02", "r1", CodeOf(1), change);
  server_.stories().Tell(told);
  CodeIndex index(server_.stories()->sequencer(), server_.stories()->tiles(), events_);
  sequencer::LogReader reader = Reader();
  EXPECT_TRUE(test::Must(index.Find(TagOf(CodeOf(1)), none_, reader)).by_tag);
  EXPECT_FALSE(test::Must(index.Find(TagOf(CodeOf(3)), none_, reader)).by_tag);
  EXPECT_FALSE(test::Must(index.Find(TagOf(CodeOf(4)), none_, reader)).by_tag);
}

}  // namespace
}  // namespace jejak::api
