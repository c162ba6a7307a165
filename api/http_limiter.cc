// SPDX-License-Identifier: Apache-2.0
#include "api/http_limiter.h"

#include <algorithm>

namespace jejak::api {

AddressLimiter::AddressLimiter(unsigned requests_per_second, std::size_t sets)
    : rate_(requests_per_second), sets_(std::max<std::size_t>(sets, 1)) {}

bool AddressLimiter::Take(const PeerAddress& peer, std::uint64_t now_ms) {
  if (rate_ == 0) return true;
  const std::uint64_t full = 2000 * rate_;
  const std::uint64_t prefix = AddressKey(peer);
  const std::uint64_t mixed = (prefix ^ (prefix >> 29)) * 0x9e3779b97f4a7c15ULL;
  const std::lock_guard lock(mutex_);
  auto& set = sets_[(mixed >> 32) % sets_.size()];
  Bucket* bucket = &set[0];
  for (Bucket& candidate : set) {
    if (candidate.used && candidate.prefix == prefix) {
      bucket = &candidate;
      break;
    }
    if (!candidate.used || (bucket->used && candidate.seen_ms < bucket->seen_ms)) {
      bucket = &candidate;
    }
  }
  if (!bucket->used || bucket->prefix != prefix) *bucket = {prefix, now_ms, full, true};
  const std::uint64_t passed_ms = now_ms > bucket->seen_ms ? now_ms - bucket->seen_ms : 0;
  bucket->thousandths = std::min(full, bucket->thousandths + std::min(passed_ms, full) * rate_);
  bucket->seen_ms = std::max(bucket->seen_ms, now_ms);
  if (bucket->thousandths < 1000) return false;
  bucket->thousandths -= 1000;
  return true;
}

}  // namespace jejak::api
