// SPDX-License-Identifier: Apache-2.0
//
// What an operator and a load balancer ask (docs/api.md, Operators).
//
//   livez     200 while the process answers at all
//   readyz    {"state":"OK","reason":"","size":333,"checkpoint_age_s":4,"queued":0}
//             200 in OK and DEGRADED, 503 in READ_ONLY ROLLBACK CORRUPT FULL
//   metrics   Prometheus text, no label that a client can choose
//
// DEGRADED: everything works, look all the same: half of the queue is used, or the store was opened
// with a torn tail. Any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "api/http_counters.h"
#include "api/ledger.h"

namespace jejak::api {

struct Readiness {
  std::string_view state;
  std::string reason;
  bool ready = false;
};
Readiness ReadinessOf(const Ledger& ledger);

// Feeds that are open (feed.h).
struct OpenFeeds {
  std::uint64_t on_public = 0, on_oversight = 0;
};

Response Livez();
Response Readyz(const Ledger& ledger);
Response Metrics(const Ledger& ledger, const ServerStats& server, const OpenFeeds& feeds);

}  // namespace jejak::api
