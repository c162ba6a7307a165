// SPDX-License-Identifier: Apache-2.0
#include "api/step_timer.h"

#include <algorithm>

namespace jejak::api {

StepTimer::StepTimer(std::chrono::milliseconds step)
    : step_(std::max(step, std::chrono::milliseconds(1))), thread_([this] { Run(); }) {}

StepTimer::~StepTimer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

StepTimer::Clock::time_point StepTimer::DueAt(Clock::time_point start, Clock::time_point ready,
                                              Clock::duration step) {
  const Clock::duration took = std::max(ready - start, Clock::duration(1));
  return start + step * ((took + step - Clock::duration(1)) / step);
}

void StepTimer::Answer(Clock::time_point start, Responder respond, Response response) {
  {
    const std::lock_guard lock(mutex_);
    waiting_.emplace(DueAt(start, Clock::now(), step_),
                     std::pair(std::move(respond), std::move(response)));
  }
  changed_.notify_all();
}

void StepTimer::Run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    if (waiting_.empty()) {
      changed_.wait(lock);
      continue;
    }
    const Clock::time_point due = waiting_.begin()->first;
    if (Clock::now() < due) {
      changed_.wait_until(lock, due);
      continue;
    }
    auto ready = waiting_.extract(waiting_.begin());
    lock.unlock();
    ready.mapped().first(std::move(ready.mapped().second));
    lock.lock();
  }
}

}  // namespace jejak::api
