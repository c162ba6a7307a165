// SPDX-License-Identifier: Apache-2.0
//
// Answers that go out at fixed times after their requests, so that the time tells nothing of what
// was done (docs/threat-model.md, T42):
//
//   step 100 ms    ready after 3 ms or after 80: sent at 100;  ready after 130: sent at 200
//
// One thread sends; nobody waits. Any thread may hand over. The destructor drops what is left: a
// server that has stopped sends nothing anyway.
#pragma once

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

#include "api/http_handler.h"

namespace jejak::api {

class StepTimer final {
 public:
  using Clock = std::chrono::steady_clock;

  explicit StepTimer(std::chrono::milliseconds step);  // at least 1 ms
  ~StepTimer();
  StepTimer(const StepTimer&) = delete;
  StepTimer& operator=(const StepTimer&) = delete;

  // Sends `response` a whole number of steps after `start`, one at least.
  void Answer(Clock::time_point start, Responder respond, Response response);

  // The first such time that isn't before `ready`.
  static Clock::time_point DueAt(Clock::time_point start, Clock::time_point ready,
                                 Clock::duration step);

 private:
  void Run();

  const Clock::duration step_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::multimap<Clock::time_point, std::pair<Responder, Response>> waiting_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace jejak::api
