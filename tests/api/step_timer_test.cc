// SPDX-License-Identifier: Apache-2.0
#include "api/step_timer.h"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <vector>

namespace jejak::api {
namespace {

using namespace std::chrono_literals;
using Clock = StepTimer::Clock;

TEST(StepTimer, AnswersAreDueWholeStepsAfterTheirRequests) {
  const Clock::time_point start{1h};
  struct Row {
    Clock::duration ready, due;
  };
  for (const Row& row : {Row{0ms, 100ms}, Row{1ns, 100ms}, Row{3ms, 100ms}, Row{100ms, 100ms},
                         Row{100ms + 1ns, 200ms}, Row{950ms, 1000ms}, Row{-5ms, 100ms}}) {
    EXPECT_EQ(StepTimer::DueAt(start, start + row.ready, 100ms), start + row.due);
  }
}

class Seen final : public ResponseSink {
 public:
  void Answer(Response response) override {
    status = response.status;
    at = Clock::now();
    done = true;
    done.notify_all();
  }
  int status = 0;
  Clock::time_point at;
  std::atomic<bool> done = false;
};

TEST(StepTimer, SendsInTheOrderOfTheirTimesAndNeverEarlier) {
  StepTimer timer(40ms);
  std::vector<std::shared_ptr<Seen>> seen;
  const Clock::time_point start = Clock::now();
  for (int i = 0; i < 3; ++i) {
    seen.push_back(std::make_shared<Seen>());
    timer.Answer(start + i * 5ms, Responder(seen.back()), MakeResponse(200 + i, "text/plain", ""));
  }
  for (int i = 0; i < 3; ++i) {
    seen[static_cast<std::size_t>(i)]->done.wait(false);
    EXPECT_EQ(seen[static_cast<std::size_t>(i)]->status, 200 + i);
    EXPECT_GE(seen[static_cast<std::size_t>(i)]->at, start + i * 5ms + 40ms);
  }
}

TEST(StepTimer, EndsWithAnswersWaiting) {
  const auto sink = std::make_shared<Seen>();
  {
    StepTimer timer(10s);
    timer.Answer(Clock::now(), Responder(sink), MakeResponse(200, "text/plain", ""));
  }
  EXPECT_EQ(sink->status, 500) << "a dropped Responder says so";
}

}  // namespace
}  // namespace jejak::api
