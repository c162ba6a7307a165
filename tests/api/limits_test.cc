// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <atomic>

#include "api/caching.h"
#include "api/event_log.h"
#include "api/key_limiter.h"
#include "api/work_queue.h"
#include "tests/support/manual_clock.h"

namespace jejak::api {
namespace {

crypto::PublicKey Key(std::uint8_t n) {
  crypto::PublicKey key;
  key.bytes[0] = n;
  key.bytes[15] = n;
  return key;
}

TEST(KeyLimiter, GivesAMinutesWorthAtOnceAndThenTheRate) {
  KeyLimiter limiter(60);
  for (int i = 0; i < 60; ++i) EXPECT_TRUE(limiter.Take(Key(1), 1000)) << i;
  EXPECT_FALSE(limiter.Take(Key(1), 1000));
  EXPECT_FALSE(limiter.Take(Key(1), 1999));
  EXPECT_TRUE(limiter.Take(Key(1), 2999));
  EXPECT_TRUE(limiter.Take(Key(2), 1000));
  EXPECT_EQ(limiter.retry_after_s(), 1u);
}

TEST(KeyLimiter, AnHourIsWorthNoMoreThanAMinute) {
  KeyLimiter limiter(3);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(limiter.Take(Key(1), 0));
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(limiter.Take(Key(1), 3'600'000));
  EXPECT_FALSE(limiter.Take(Key(1), 3'600'000));
  EXPECT_FALSE(limiter.Take(Key(1), 0)) << "a clock that goes back brings nothing";
  EXPECT_EQ(limiter.retry_after_s(), 20u);
}

TEST(KeyLimiter, TheTableIsBoundedAndForgetsTheQuietest) {
  KeyLimiter limiter(1, 1);
  for (std::uint8_t n = 1; n <= 4; ++n) EXPECT_TRUE(limiter.Take(Key(n), n));
  EXPECT_FALSE(limiter.Take(Key(1), 5));
  EXPECT_TRUE(limiter.Take(Key(5), 6));  // takes the place of key 2
  EXPECT_FALSE(limiter.Take(Key(1), 7));
  EXPECT_TRUE(limiter.Take(Key(2), 8));
}

TEST(KeyLimiter, NoLimitIsNoLimit) {
  KeyLimiter limiter(0);
  for (int i = 0; i < 100000; ++i) ASSERT_TRUE(limiter.Take(Key(1), 0));
}

TEST(WorkQueue, RunsAllAndRefusesWhatIsTooMuch) {
  std::atomic<int> run{0};
  std::atomic<bool> go{false};
  WorkQueue queue(1, 2);
  ASSERT_TRUE(queue.Post([&] {
    while (!go) std::this_thread::yield();
    ++run;
  }));
  int taken = 0;
  while (queue.Post([&] { ++run; }) && taken < 10) ++taken;
  EXPECT_LE(taken, 2);
  go = true;
  queue.Stop();
  EXPECT_EQ(run, taken + 1);
  EXPECT_FALSE(queue.Post([] {}));
}

TEST(Caching, AnETagIsOfTheContentAndAnswers304) {
  Request request;
  const std::string tag = WithETag(request, TextAnswer("a")).headers.back().value;
  EXPECT_NE(WithETag(request, TextAnswer("b")).headers.back().value, tag);
  for (const std::string& field : {tag, "W/" + tag, "\"x\", " + tag, std::string("*")}) {
    request.headers = {{"if-none-match", field}};
    const Response answer = WithETag(request, TextAnswer("a"));
    EXPECT_EQ(answer.status, 304) << field;
    EXPECT_TRUE(answer.content().empty());
  }
  for (const std::string& field : {std::string(), std::string("\"x\""), tag.substr(1), tag + "x"}) {
    request.headers = {{"if-none-match", field}};
    EXPECT_EQ(WithETag(request, TextAnswer("a")).status, 200) << field;
  }
}

TEST(Caching, JsonIsWantedWhenItIsNamed) {
  Request request;
  EXPECT_FALSE(WantsJson(request));
  for (const char* accept :
       {"application/json", "text/html, application/json", "application/json;q=0.5",
        "application/json;charset=utf-8", "text/plain;q=0.1,\tapplication/json ;q=1"}) {
    request.headers = {{"accept", accept}};
    EXPECT_TRUE(WantsJson(request)) << accept;
  }
  for (const char* accept : {"*/*", "text/plain", "application/jsonp", "application/json;q=0",
                             "application/json;q=0.00", "application/problem+json"}) {
    request.headers = {{"accept", accept}};
    EXPECT_FALSE(WantsJson(request)) << accept;
  }
}

TEST(EventLog, WritesOneLineOfJsonAndNoWholeAddress) {
  const test::ManualClock clock(UnixSeconds{0});
  const EventLog log(LogLevel::kInfo, clock);
  testing::internal::CaptureStderr();
  log.Write(LogLevel::kDebug, "unseen", {});
  log.Write(LogLevel::kWarning, "seen",
            {{"text", std::string("a\n\"b\"")}, {"size", std::int64_t{7}}});
  EXPECT_EQ(testing::internal::GetCapturedStderr(),
            "{\"time\":\"1970-01-01T00:00:00Z\",\"level\":\"warning\",\"event\":\"seen\","
            "\"text\":\"a\\n\\\"b\\\"\",\"size\":7}\n");
  EXPECT_EQ(CoarseAddress("203.0.113.7"), "203.0.113.0/24");
  EXPECT_EQ(CoarseAddress("2001:db8:1:2::3"), "2001:db8:1::/48");
  EXPECT_EQ(CoarseAddress("2001:db8::1"), "2001:db8::/48");
  EXPECT_EQ(CoarseAddress("::1"), "::/48");
  EXPECT_EQ(CoarseAddress(""), "-");
}

}  // namespace
}  // namespace jejak::api
