// SPDX-License-Identifier: Apache-2.0
//
// Sealing: how steadily a log was closed by seals (formats.md section 4), as the statistics say it:
// what can be known of "days since the last published head" and of the "unanchored gap" (reference
// section 7) from entries alone.
//
//   {"seals":120,"newest_seal":{"index":40959,"time":"2024-12-31T16:02:11Z"},
//    "unsealed_entries":0,"unsealed_s":0,"longest_between_seals_s":600}
//
// A head is published by the batch that a seal closes, so what is behind the newest seal could not
// be known by anybody yet. A long time between two seals is a time in which nothing was published,
// heartbeats included. Whether witnesses saw a head is not in here: cosignatures are not entries
// (decision 0007).
// Plain value, one owner; seals are told in log order.
#pragma once

#include <cstdint>
#include <optional>

#include "ledger/base/json.h"
#include "ledger/base/time.h"

namespace jejak::procedure {

class Sealing final {
 public:
  void Note(std::uint64_t index, UnixSeconds time);

  // Of the first `at_size` entries, the last of which has the time `now`. null for what there is
  // not: a newest seal, a time since it, two seals.
  json::Value Write(std::uint64_t at_size, UnixSeconds now) const;

 private:
  struct Newest {
    std::uint64_t index = 0;
    UnixSeconds time;
  };
  std::uint64_t seals_ = 0;
  std::optional<Newest> newest_;
  std::optional<std::int64_t> longest_s_;
};

}  // namespace jejak::procedure
