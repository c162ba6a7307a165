// SPDX-License-Identifier: Apache-2.0
//
// A closed-loop HTTP load: so many connections on loopback, each with one request in flight, each request made beforehand as bytes,
// so that the generator costs as little of the two cores as it can. Measures what clients see: answers per second and latencies.
// Bounded by the number of requests given and by a deadline; only ever connects to 127.0.0.1.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "ledger/base/result.h"

namespace jejak::bench {

// The requests that one connection sends, one after another.
using Script = std::vector<std::string>;

struct LoadResult {
  double seconds = 0;
  std::uint64_t answers = 0;
  std::uint64_t refused = 0;        // answers with a status other than 2xx
  std::vector<float> latencies_ms;  // of each answer, ascending
  std::string first_refusal;        // head and body of the first such answer

  double rate() const { return seconds > 0 ? static_cast<double>(answers) / seconds : 0; }
  // The latency that this share of answers does not exceed; 0 < share <= 1.
  float Percentile(double share) const;
};

// Runs every script on a connection of its own until all are done. kUnavailable: a connection failed, or `deadline_s` passed.
Result<LoadResult> RunLoad(std::uint16_t port, const std::vector<Script>& scripts, int deadline_s);

// The bytes of a request.
std::string GetRequest(const std::string& path);
std::string PostRequest(const std::string& path, const std::string& content_type,
                        const std::string& body);

}  // namespace jejak::bench
