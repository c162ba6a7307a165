// SPDX-License-Identifier: Apache-2.0
//
// Attempts at receipt codes: a token bucket for each address (IPv6: each /64), and one for all
// together, so that many addresses are no way around it (docs/threat-model.md, T43).
//
//   20 and 600 a minute    the 21st of an address within a minute: no; 600 from anywhere: no
//
// It is asked before the code is looked at, so it says the same to the right ones and the wrong
// ones. Whoever has many addresses can use up what is there for all: then everybody waits a moment,
// and nobody learns anything. Addresses are kept as hashes. Clock as a parameter; any thread.
#pragma once

#include <cstdint>
#include <string_view>

#include "api/key_limiter.h"

namespace jejak::api {

class StatusLimiter final {
 public:
  // A minute; 0: no limit.
  StatusLimiter(std::uint64_t per_address, std::uint64_t in_all);

  // Whether `peer` ("203.0.113.7", "2001:db8::1") may try once more at `now_ms`. Both buckets pay
  // when it may; only its own when it alone may.
  bool Take(std::string_view peer, std::uint64_t now_ms);

  // What a refusal says, to everybody the same.
  unsigned retry_after_s() const;

 private:
  KeyLimiter addresses_;
  KeyLimiter all_;
};

}  // namespace jejak::api
