// SPDX-License-Identifier: Apache-2.0
//
// C2SP tlog-checkpoint: what a log says about itself, the text of a signed note.
//
//   jejak.contohkota.go.id/1                        origin: the log's name, for ever
//   42                                              size: entries, decimal
//   BDpxh3TFcr2KJa2+sb/NXAJWrhHOz5+cP5JdDlK+r4k=    root: base64 of 32 bytes
//
// A log must never sign two checkpoints that are not consistent: that is the sequencer's guard, not
// this file's. Strict: the origin is a keyname (formats.md section 1), the size has no leading zero
// and is at most 2^53 - 1, the root is 44 characters, size 0 has the empty root. Extension lines of
// others are tolerated and exposed; we emit none, for witnesses refuse them.
//
// Threads: pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/base/result.h"

namespace jejak::tlog {

struct Checkpoint {
  std::string origin;
  std::uint64_t size = 0;
  Digest root;
  std::vector<std::string> extensions;  // without line feeds, none empty

  bool operator==(const Checkpoint&) const = default;
};

// Parses a note's text (without blank line and signatures). kMalformed names the line at fault.
Result<Checkpoint> ParseCheckpoint(std::string_view text);

// The text; what ParseCheckpoint accepts, byte for byte.
std::string EncodeCheckpoint(const Checkpoint& checkpoint);

}  // namespace jejak::tlog
