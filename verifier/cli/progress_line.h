// SPDX-License-Identifier: Apache-2.0
//
// One line of progress on standard error, only if that is a terminal; gone when the result comes.
//
//   1,228,800 / 10,000,000 entries  38,214/s  3:49 left
//
// Threads: as Progress.
#pragma once

#include <chrono>

#include "verifier/cli/options.h"
#include "verifier/log_audit.h"

namespace jejak::verifier {

class ProgressLine final : public Progress {
 public:
  explicit ProgressLine(When when);
  ~ProgressLine() override;

  void Report(std::uint64_t count, std::uint64_t total) override;

 private:
  using Clock = std::chrono::steady_clock;

  bool shown_ = false;
  bool on_;
  Clock::time_point start_ = Clock::now();
  Clock::time_point last_;
};

}  // namespace jejak::verifier
