// SPDX-License-Identifier: Apache-2.0
#pragma once

// Streams: the ordered actions about one thing (docs/formats.md sections 1 and 8).
//
//   registry                              the log, its roots and units
//   case/5K3D7Q2M8ZP4XK3V9T5R6W1Y0B       one case
//   key/bkpsdm.contohkota.go.id/p-07      one person's key
//   procedure/reports                     the versions of one procedure
//   calendar/id-asn                       the versions of one calendar of working days
//
// Every kind but `case` is an administration stream. Plain values: safe to share between threads
// that only read. Refuses any other spelling, so that a stream has one text and one map key.

#include <compare>
#include <string>
#include <string_view>

#include "ledger/base/result.h"

namespace jejak::record {

enum class StreamKind { kRegistry, kCase, kKey, kProcedure, kCalendar };

// The name of a stream. Made by ParseStream, or from parts that were lexically checked elsewhere.
struct Stream {
  StreamKind kind = StreamKind::kRegistry;
  std::string name;  // after the slash; empty for the registry

  // The text of the `stream` line, e.g. "case/5K3D7Q2M8ZP4XK3V9T5R6W1Y0B".
  std::string text() const;
  bool is_case() const { return kind == StreamKind::kCase; }

  auto operator<=>(const Stream&) const = default;
};

// Reads the text of a `stream` line. kMalformed: an unknown kind, or a name that isn't a case-id,
// keyname or id as its kind asks.
Result<Stream> ParseStream(std::string_view text);

// Whether an action of `type` may stand in a stream of `kind`: the exact pairs of section 8 for
// administration, and for a case any type whose first word isn't one of section 8's.
bool TypeFitsStream(std::string_view type, StreamKind kind);

}  // namespace jejak::record
