// SPDX-License-Identifier: Apache-2.0
//
// Actions per key: a token bucket for each public key, in a table of fixed size.
//
//   6000 a minute: 6000 at once, then 100 a second
//
// Only keys under which a signature was verified are counted, so nobody can use up another's
// bucket. A key takes the place of the one in its set that was quiet longest; a fresh key starts
// with a full bucket, and fresh keys cost an enrolment. Clock as a parameter. Any thread; one short
// lock.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <vector>

#include "ledger/crypto/sign.h"

namespace jejak::api {

class KeyLimiter final {
 public:
  // 0: no limit.
  explicit KeyLimiter(std::uint64_t actions_per_minute, std::size_t sets = 1024);

  // Whether this key may submit one more action at `now_ms`. Its bucket pays when it may.
  bool Take(const crypto::PublicKey& key, std::uint64_t now_ms);

  // Seconds until an empty bucket holds one action.
  unsigned retry_after_s() const;

 private:
  static constexpr std::size_t kWays = 4;
  struct Bucket {
    crypto::PublicKey key;
    std::uint64_t seen_ms = 0;
    std::uint64_t units = 0;  // an action costs 60,000; a millisecond brings `rate_`
    bool used = false;
  };

  const std::uint64_t rate_;
  std::mutex mutex_;
  std::vector<std::array<Bucket, kWays>> sets_;
};

}  // namespace jejak::api
