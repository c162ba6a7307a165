// SPDX-License-Identifier: Apache-2.0
#include "api/key_limiter.h"

#include <algorithm>

#include "ledger/base/bytes.h"

namespace jejak::api {
namespace {

constexpr std::uint64_t kActionUnits = 60'000;

}  // namespace

KeyLimiter::KeyLimiter(std::uint64_t actions_per_minute, std::size_t sets)
    : rate_(actions_per_minute), sets_(actions_per_minute == 0 ? 0 : sets) {}

bool KeyLimiter::Take(const crypto::PublicKey& key, std::uint64_t now_ms) {
  if (rate_ == 0) return true;
  const std::uint64_t full = rate_ * kActionUnits;
  const std::lock_guard lock(mutex_);
  auto& set = sets_[LoadU64(key.bytes.data() + 8) % sets_.size()];
  auto bucket = std::find_if(set.begin(), set.end(),
                             [&key](const Bucket& b) { return b.used && b.key == key; });
  if (bucket == set.end()) {
    bucket = std::min_element(set.begin(), set.end(), [](const Bucket& a, const Bucket& b) {
      return a.used != b.used ? !a.used : a.seen_ms < b.seen_ms;
    });
    *bucket = {key, now_ms, full, true};
  }
  // A minute fills any bucket; more time than that must not overflow the product.
  const std::uint64_t passed = now_ms > bucket->seen_ms ? now_ms - bucket->seen_ms : 0;
  bucket->units = std::min(full, bucket->units + std::min<std::uint64_t>(passed, 60'000) * rate_);
  bucket->seen_ms = std::max(bucket->seen_ms, now_ms);
  if (bucket->units < kActionUnits) return false;
  bucket->units -= kActionUnits;
  return true;
}

unsigned KeyLimiter::retry_after_s() const {
  return rate_ == 0 ? 1 : static_cast<unsigned>((60 + rate_ - 1) / rate_);
}

}  // namespace jejak::api
