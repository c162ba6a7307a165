// SPDX-License-Identifier: Apache-2.0
//
// The guard: a small file of its own, best on another volume, that holds the last (size, root)
// which may have been signed. It is written and synced after the commit and before the signature,
// so no signature exists that it does not know of. A ledger that finds its store behind its guard
// has lost acknowledged data and must not sign (docs/architecture.md, recovery).
//
//   jejak/guard/v1
//   origin jejak.contohkota.go.id/1
//   turn 57
//   size 333
//   root kKMzSzA0FSGdTWfquUAOdjue46E7tD7QPLG916OFqH0=
//   sum <b64 of SHA-256 over the lines above>
//
// Two such slots, 4,096 bytes each and padded with zeros, are overwritten in turn in place; the
// intact slot with the greater turn counts. A crash in the middle of a write leaves the other slot.
// A read that finds no intact slot is an error, never "nothing was signed". One process at a time
// (the store's lock); not for use by two threads at once.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "ledger/base/bytes.h"
#include "ledger/base/result.h"

namespace jejak::sequencer {

struct GuardState {
  std::uint64_t size = 0;
  Digest root;
  bool operator==(const GuardState&) const = default;
};

class Guard final {
 public:
  // Makes the file for a log that has signed nothing: size 0, the empty root. kConflict when the
  // file is there already.
  static Result<Guard> Create(const std::string& path, const std::string& origin);

  // Opens an existing guard. kNotFound without a file; kRefused when no slot is intact or it is
  // another log's.
  static Result<Guard> Open(const std::string& path, const std::string& origin);

  Guard(Guard&& other) noexcept;
  Guard& operator=(Guard&& other) noexcept;
  Guard(const Guard&) = delete;
  Guard& operator=(const Guard&) = delete;
  ~Guard();

  const GuardState& state() const { return state_; }

  // Writes the next state and syncs it. kRefused when it is smaller than the last, or of the same
  // size with another root: signing it would fork the log. kUnknownOutcome when the write or the
  // sync failed: the caller stops for good.
  Result<void> Advance(const GuardState& next);

 private:
  Guard(int fd, std::string origin) : fd_(fd), origin_(std::move(origin)) {}
  Result<void> WriteSlot(const GuardState& next, std::uint64_t turn);

  int fd_ = -1;
  std::string origin_;
  std::uint64_t turn_ = 0;
  GuardState state_;
};

}  // namespace jejak::sequencer
