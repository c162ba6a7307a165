// SPDX-License-Identifier: Apache-2.0
#pragma once

// The seal: the entry that closes a batch and commits to the state of every stream (docs/formats.md
// section 4). Values, no thread rule.
//
//   jejak/seal/v1
//   index 42
//   time 2026-06-19T02:31:07Z
//   prev wrcQwmOed9vM1sMJY8EJ/Gxq9EDXTrOBKDRubRGliyo=
//   streams 17
//   state BDpxh3TFcr2KJa2+sb/NXAJWrhHOz5+cP5JdDlK+r4k=
//
// Judges the six lines only. Whether a seal stands where it may, and commits to the right map, is
// for those who hold the entries before it.

#include <cstdint>
#include <string>
#include <string_view>

#include "ledger/base/bytes.h"
#include "ledger/base/result.h"
#include "ledger/base/time.h"

namespace jejak::record {

// A seal directly after a seal comes at least this much later.
inline constexpr std::int64_t kHeartbeatSeconds = 600;

struct Seal {
  std::uint64_t index = 0;
  UnixSeconds time;
  Digest prev;                // leaf hash of entry index-1
  std::uint64_t streams = 0;  // how many streams the state map holds
  Digest state;               // root of the state map

  bool operator==(const Seal&) const = default;
};

// Whether leaf bytes claim to be a seal; the first line tells. ParseSeal judges the rest.
bool LooksLikeSeal(std::string_view leaf);

// kMalformed: anything but the six lines, each canonical, and nothing after them.
Result<Seal> ParseSeal(std::string_view text);

// The leaf bytes. Total.
std::string EncodeSeal(const Seal& seal);

}  // namespace jejak::record
