// SPDX-License-Identifier: Apache-2.0
//
// Time as the ledger's threads see it. A parameter, so that tests and the demo run under a clock of
// their own. Any thread.
#pragma once

#include <cstdint>

#include "ledger/base/time.h"

namespace jejak::sequencer {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual UnixSeconds Wall() const = 0;               // what entries carry
  virtual std::int64_t MonotonicSeconds() const = 0;  // never set back; its zero means nothing
  // The one less the other: it changes when somebody sets the wall clock. A clock that leaps ahead
  // overrides it, lest a leap between the two readings look like that.
  virtual std::int64_t WallMinusMonotonic() const { return Wall().value - MonotonicSeconds(); }
};

// The machine's clocks.
class SystemClock final : public Clock {
 public:
  UnixSeconds Wall() const override;
  std::int64_t MonotonicSeconds() const override;
};

}  // namespace jejak::sequencer
