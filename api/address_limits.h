// SPDX-License-Identifier: Apache-2.0
//
// What one address may, at the listeners as they are set up (docs/api.md, Settings).
//
//   listener                       requests a second   codes a minute   of its network   feeds
//   on loopback, no proxy there    any number          any number       any number       any number
//     that is trusted
//   else                           200                 20               a tenth of all   8
//
// On loopback everybody has the address of the proxy in front, unless that proxy is trusted to name
// its clients (forwarded.h): a limit per address would then be one for all. A number that is set
// holds whatever the listener. Receipt codes are counted for both listeners together, as the public
// one is; requests are counted there alone.
//
// Pure.
#pragma once

#include <cstdint>

#include "api/config.h"
#include "api/status_limiter.h"

namespace jejak::api {

// 0: any number.
struct AddressLimits {
  std::uint64_t requests_per_second = 0;
  StatusRates status;
  std::uint64_t feeds = 0, oversight_feeds = 0;
};

AddressLimits AddressLimitsOf(const Config& config);

}  // namespace jejak::api
