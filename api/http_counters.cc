// SPDX-License-Identifier: Apache-2.0
#include "api/http_counters.h"

namespace jejak::api {

bool ServerCounters::Open(bool oversight, std::size_t most) {
  Add(accepted_);
  if (active_[oversight].fetch_add(1, std::memory_order_relaxed) < most) return true;
  Close(oversight);
  return false;
}

std::uint64_t ServerCounters::active() const {
  return active_[0].load(std::memory_order_acquire) + active_[1].load(std::memory_order_acquire);
}

bool ServerCounters::HoldBody(std::size_t bytes, std::size_t most) {
  return body_bytes_.fetch_add(bytes, std::memory_order_relaxed) + bytes <= most;
}

ServerStats ServerCounters::stats() const {
  ServerStats stats;
  stats.accepted = accepted_.load(std::memory_order_relaxed);
  stats.active = active();
  for (std::size_t i = 0; i < by_class_.size(); ++i) {
    stats.by_class[i] = by_class_[i].load(std::memory_order_relaxed);
  }
  for (std::size_t i = 0; i < refused_.size(); ++i) {
    stats.refused.emplace_back(RefusalCode(static_cast<Refusal>(i)),
                               refused_[i].load(std::memory_order_relaxed));
  }
  return stats;
}

}  // namespace jejak::api
