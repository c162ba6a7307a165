// SPDX-License-Identifier: Apache-2.0
#include "ledger/sequencer/clock.h"

#include <chrono>

namespace jejak::sequencer {

UnixSeconds SystemClock::Wall() const {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::seconds>(now).count()};
}

std::int64_t SystemClock::MonotonicSeconds() const {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::seconds>(now).count();
}

}  // namespace jejak::sequencer
