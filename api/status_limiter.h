// SPDX-License-Identifier: Apache-2.0
//
// Attempts at receipt codes (docs/threat-model.md, T43): a token bucket for each address (IPv6: each
// /64), one for each network (IPv4: /24, IPv6: /48), and one for all together, so that many
// addresses are no way around it.
//
//   20, 60 and 600 a minute    the 21st of an address within a minute: no
//                              the 61st of a network, from whichever of its addresses: no
//                              the 601st from anywhere: no
//
// An attempt is taken from the narrowest bucket first and goes no further than one that is empty:
// who has spent the own share takes nothing of the network's, and a network that has spent its share
// nothing of what is there for all. So one address costs the others at most 20 of their 600, one
// network a tenth; to use up all of it takes ten networks at once. Then everybody waits a moment,
// and nobody learns anything.
//
// The buckets are tables of fixed size (key_limiter.h). Who turns through more addresses or networks
// than a table keeps begins each time with a full bucket, and is stopped by the next wider one: this
// is why there are three.
//
// It is asked before the code is looked at, so it says the same to the right ones and the wrong
// ones. Addresses are those of clients where they are known (address_limits.h), kept as hashes, and
// told to nobody. Clock as a parameter; any thread.
#pragma once

#include <cstdint>

#include "api/key_limiter.h"
#include "api/peer_address.h"

namespace jejak::api {

// Attempts a minute; 0: any number.
struct StatusRates {
  std::uint64_t per_address = 0;
  std::uint64_t per_network = 0;
  std::uint64_t in_all = 0;
};

class StatusLimiter final {
 public:
  explicit StatusLimiter(const StatusRates& rates);

  // Whether `peer` may try once more at `now_ms`. All three buckets pay when it may; when not, those
  // that are narrower than the one that was empty.
  bool Take(const PeerAddress& peer, std::uint64_t now_ms);

  // What a refusal says, to everybody the same.
  unsigned retry_after_s() const;

 private:
  KeyLimiter addresses_;
  KeyLimiter networks_;
  KeyLimiter all_;
};

}  // namespace jejak::api
