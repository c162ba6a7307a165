// SPDX-License-Identifier: Apache-2.0
//
// A clock that a test sets. Any thread.
#pragma once

#include <atomic>

#include "ledger/sequencer/clock.h"

namespace jejak::test {

class ManualClock final : public sequencer::Clock {
 public:
  explicit ManualClock(UnixSeconds start) : wall_(start.value) {}

  UnixSeconds Wall() const override { return {wall_.load()}; }
  std::int64_t MonotonicSeconds() const override { return monotonic_.load(); }

  // Time passes: both clocks go on.
  void Advance(std::int64_t seconds) {
    wall_ += seconds;
    monotonic_ += seconds;
  }
  // Somebody sets the wall clock.
  void JumpWall(std::int64_t seconds) { wall_ += seconds; }

 private:
  std::atomic<std::int64_t> wall_;
  std::atomic<std::int64_t> monotonic_{1000};
};

}  // namespace jejak::test
