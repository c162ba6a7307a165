// SPDX-License-Identifier: Apache-2.0
//
// What the server says about itself: one JSON object per line, to standard error.
//
//   {"time":"2026-06-19T02:31:07Z","level":"info","event":"started","size":333,"port":8080}
//
// Never a body, a code or a whole address: of a peer only its network is told (CoarseAddress).
// Any thread; a line is written in one piece. Nothing is written below the level asked for.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "api/config.h"
#include "ledger/sequencer/clock.h"

namespace jejak::api {

class EventLog final {
 public:
  using Value = std::variant<std::string, std::int64_t>;
  using Field = std::pair<std::string_view, Value>;

  EventLog(LogLevel level, const sequencer::Clock& clock) : level_(level), clock_(clock) {}

  bool Takes(LogLevel level) const { return level >= level_; }
  void Write(LogLevel level, std::string_view event, std::initializer_list<Field> fields) const;

 private:
  const LogLevel level_;
  const sequencer::Clock& clock_;
};

// "203.0.113.7" -> "203.0.113.0/24"; "2001:db8:1:2::3" -> "2001:db8:1::/48"; else "-".
std::string CoarseAddress(std::string_view peer);

}  // namespace jejak::api
