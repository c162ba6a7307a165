// SPDX-License-Identifier: Apache-2.0
//
// What the server counts: for /metrics, and to keep its own limits. Any thread, no lock; the
// numbers are read one by one, so that sums may be a request apart.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "api/http_framing.h"

namespace jejak::api {

// Since the start.
struct ServerStats {
  std::uint64_t accepted = 0;               // connections
  std::uint64_t active = 0;                 // connections now
  std::array<std::uint64_t, 6> by_class{};  // answers sent by hundreds: [2] is 2xx; ours included
  // Requests and connections that the server refused by itself, by `code`; every code is listed.
  std::vector<std::pair<std::string_view, std::uint64_t>> refused;
};

class ServerCounters final {
 public:
  void CountRefusal(Refusal why) { Add(refused_[static_cast<std::size_t>(why)]); }
  void CountAnswer(int status) { Add(by_class_[static_cast<std::size_t>(status / 100) % 6]); }

  // Counts a connection in, unless its listener has `most` already.
  bool Open(bool oversight, std::size_t most);
  void Close(bool oversight) { active_[oversight].fetch_sub(1, std::memory_order_release); }
  std::uint64_t active() const;

  // Bodies held in memory, over all connections. False when they are now over `most`.
  bool HoldBody(std::size_t bytes, std::size_t most);
  void ReleaseBody(std::size_t bytes) { body_bytes_.fetch_sub(bytes, std::memory_order_relaxed); }

  ServerStats stats() const;

 private:
  using Count = std::atomic<std::uint64_t>;
  static void Add(Count& count) { count.fetch_add(1, std::memory_order_relaxed); }

  Count accepted_{0};
  std::array<Count, 2> active_{};  // public, oversight
  std::array<Count, 6> by_class_{};
  std::array<Count, kRefusalCount> refused_{};
  std::atomic<std::size_t> body_bytes_{0};
};

}  // namespace jejak::api
