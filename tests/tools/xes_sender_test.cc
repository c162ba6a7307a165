// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <deque>
#include <map>
#include <set>

#include "ledger/record/envelope.h"
#include "tests/api/http_server_fixture.h"
#include "tools/xes/batch_sender.h"

namespace jejak::xes {
namespace {

using std::chrono::milliseconds;

const api::Problem kTooMany{429, "too_many_actions", "not now", "by", true, std::nullopt, 0};
const api::Problem kConflict{409, "conflict", "moved on", "after", true, std::nullopt, 0};
const api::Problem kAuthority{403, "authority", "not now", "by", false, std::nullopt, 0};

// A ledger that takes everything, but for what a test plans: per batch, the envelopes that get a problem.
class XesSender : public api::HttpServerTest {
 protected:
  using Planned = std::map<std::string, api::Problem>;

  void SetUp() override {
    handler_.answer = [this](api::Request request, api::Responder respond) {
      respond(api::MakeResponse(200, "application/json", Answer(request.body)));
    };
    Start();
    client_ =
        std::make_unique<api::LedgerClient>("http://127.0.0.1:" + std::to_string(server_->port()));
  }

  std::string Answer(const std::string& batch) {
    Planned plan;
    if (!plans_.empty()) {
      plan = plans_.front();
      plans_.pop_front();
    }
    std::string answers;
    batches_.emplace_back();
    const auto envelopes = record::ParseBatch(batch);
    for (const std::string_view envelope : *envelopes) {
      batches_.back().emplace_back(envelope);
      if (!answers.empty()) answers += ",";
      const auto problem = plan.find(std::string(envelope));
      if (problem == plan.end()) {
        const bool known = !logged_.insert(std::string(envelope)).second;
        answers +=
            std::string(R"({"index":1,"receipt":"r")") + (known ? ",\"duplicate\":true}" : "}");
        continue;
      }
      answers += R"({"problem":)" + json::Write(api::ProblemValue(problem->second)) + "}";
    }
    return "[" + answers + "]";
  }

  BatchLimits limits_{3, 1000, 3, milliseconds(1), milliseconds(2)};
  std::unique_ptr<api::LedgerClient> client_;
  std::deque<Planned> plans_;
  std::vector<std::vector<std::string>> batches_;
  std::set<std::string> logged_;
};

using Batches = std::vector<std::vector<std::string>>;

TEST_F(XesSender, FillsBatchesInOrder) {
  std::uint64_t told = 0;
  BatchSender sender(*client_, limits_, [&told](std::uint64_t answered) { told = answered; });
  for (const char* envelope : {"a", "b", "c", "d"}) ASSERT_TRUE(sender.Add("s", envelope).ok());
  EXPECT_EQ(batches_.size(), 1u);
  ASSERT_TRUE(sender.Flush().ok());
  ASSERT_TRUE(sender.Flush().ok());  // nothing is waiting
  EXPECT_EQ(batches_, (Batches{{"a", "b", "c"}, {"d"}}));
  EXPECT_EQ(sender.logged(), 4u);
  EXPECT_EQ(sender.duplicates(), 0u);
  EXPECT_EQ(told, 4u);
}

TEST_F(XesSender, KeepsWithinTheBytesOfABatch) {
  BatchSender sender(*client_, limits_);
  ASSERT_TRUE(sender.Add("s", std::string(600, 'a')).ok());
  ASSERT_TRUE(sender.Add("s", std::string(600, 'b')).ok());
  EXPECT_EQ(batches_.size(), 1u);
  EXPECT_EQ(sender.Add("s", std::string(1000, 'c')).error().code, Code::kMalformed);
}

TEST_F(XesSender, CountsWhatWasLoggedBefore) {
  logged_ = {"a"};
  BatchSender sender(*client_, limits_);
  ASSERT_TRUE(sender.Add("s", "a").ok());
  ASSERT_TRUE(sender.Add("s", "b").ok());
  ASSERT_TRUE(sender.Flush().ok());
  EXPECT_EQ(sender.logged(), 1u);
  EXPECT_EQ(sender.duplicates(), 1u);
}

// `b` was turned away; `c` of the same stream, whose place is after it, was a conflict then; `d` is another stream's.
TEST_F(XesSender, SendsAgainWhatWasTurnedAwayAndWhatFollowsItInItsStream) {
  plans_.push_back({{"b", kTooMany}, {"c", kConflict}});
  limits_.envelopes = 4;
  BatchSender sender(*client_, limits_);
  ASSERT_TRUE(sender.Add("s", "a").ok());
  ASSERT_TRUE(sender.Add("s", "b").ok());
  ASSERT_TRUE(sender.Add("s", "c").ok());
  ASSERT_TRUE(sender.Add("t", "d").ok());
  ASSERT_TRUE(sender.Flush().ok());
  EXPECT_EQ(batches_, (Batches{{"a", "b", "c", "d"}, {"b", "c"}}));
  EXPECT_EQ(sender.logged(), 4u);
}

TEST_F(XesSender, AConflictOfItsOwnIsARefusal) {
  plans_.push_back({{"a", kTooMany}, {"b", kConflict}});
  BatchSender sender(*client_, limits_);
  ASSERT_TRUE(sender.Add("s", "a").ok());
  ASSERT_TRUE(sender.Add("t", "b").ok());
  EXPECT_EQ(sender.Flush().error().code, Code::kRefused);
}

TEST_F(XesSender, ARefusalEndsItWithItsSentence) {
  plans_.push_back({{"b", kAuthority}});
  BatchSender sender(*client_, limits_);
  ASSERT_TRUE(sender.Add("s", "a").ok());
  ASSERT_TRUE(sender.Add("t", "b").ok());
  const auto sent = sender.Flush();
  ASSERT_FALSE(sent.ok());
  EXPECT_EQ(sent.error().code, Code::kRefused);
  EXPECT_NE(sent.error().detail.find("an action of t: authority: not now (by)"), std::string::npos)
      << sent.error().detail;
  EXPECT_EQ(batches_.size(), 1u);
}

TEST_F(XesSender, GivesUpWhenNothingIsTakenAnyMore) {
  for (int i = 0; i < 3; ++i) plans_.push_back({{"a", kTooMany}});
  BatchSender sender(*client_, limits_);
  ASSERT_TRUE(sender.Add("s", "a").ok());
  EXPECT_EQ(sender.Flush().error().code, Code::kUnavailable);
  EXPECT_EQ(batches_.size(), 3u);
}

}  // namespace
}  // namespace jejak::xes
