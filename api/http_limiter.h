// SPDX-License-Identifier: Apache-2.0
//
// Requests per address: a token bucket for each IPv4 address and each IPv6 /64, in a table of fixed
// size. An IPv6 customer gets at least a /64, so a bucket per address would limit nobody.
//
//   rate 10: 20 requests at once, then 10 a second
//
// The table is a cache of sets: a new address takes the place of the one in its set that was quiet
// longest. Who owns enough addresses to push others out gains nothing by it: a fresh address starts
// with a full bucket anyway. Clock as a parameter. Any thread; one short lock.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <vector>

#include "api/peer_address.h"

namespace jejak::api {

class AddressLimiter final {
 public:
  // `sets` x 8 buckets of 24 bytes.
  explicit AddressLimiter(unsigned requests_per_second, std::size_t sets = 1024);

  // Whether this address may have one more request at `now_ms`. Its bucket pays when it may.
  bool Take(const PeerAddress& peer, std::uint64_t now_ms);

 private:
  static constexpr std::size_t kWays = 8;
  struct Bucket {
    std::uint64_t prefix = 0;  // AddressKey
    std::uint64_t seen_ms = 0;
    std::uint64_t thousandths = 0;  // of a request
    bool used = false;
  };

  const std::uint64_t rate_;
  std::mutex mutex_;
  std::vector<std::array<Bucket, kWays>> sets_;
};

}  // namespace jejak::api
