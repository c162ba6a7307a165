// SPDX-License-Identifier: Apache-2.0
//
// A clock that a test sets. Any thread.
#pragma once

#include <atomic>

#include "ledger/sequencer/clock.h"

namespace jejak::test {

class ManualClock final : public sequencer::Clock {
 public:
  explicit ManualClock(UnixSeconds start) : ahead_(start.value - 1000) {}

  UnixSeconds Wall() const override { return {monotonic_.load() + ahead_.load()}; }
  std::int64_t MonotonicSeconds() const override { return monotonic_.load(); }
  std::int64_t WallMinusMonotonic() const override { return ahead_.load(); }

  // Time passes: both clocks go on.
  void Advance(std::int64_t seconds) { monotonic_ += seconds; }
  // Somebody sets the wall clock.
  void JumpWall(std::int64_t seconds) { ahead_ += seconds; }

 private:
  std::atomic<std::int64_t> monotonic_{1000};
  std::atomic<std::int64_t> ahead_;  // the wall clock, of the other one
};

}  // namespace jejak::test
