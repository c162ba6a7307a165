// SPDX-License-Identifier: Apache-2.0
#pragma once

// The lines that entries and seals have in common (docs/formats.md sections 3 and 4); for the
// parsers of this room only.
//
//   jejak/entry/v1
//   index 41
//   time 2026-06-19T02:31:07Z
//   prev FI3pxaekTRnlbNmuGlVL9nhHr7DFj24S+imsfd/KmUA=
//
// Refuses a line that is missing, out of order or not canonical, and names it. Pure.

#include <cstdint>
#include <string>
#include <string_view>

#include "ledger/base/bytes.h"
#include "ledger/base/result.h"
#include "ledger/base/text.h"
#include "ledger/base/time.h"

namespace jejak::record {

struct HeaderLines {
  std::uint64_t index = 0;
  UnixSeconds time;
  Digest prev;
};

// The error of a line's value, with the line's name in front: "at: a date lies in …".
Error InLine(std::string_view line, Error error);

// The value of the next line, which must be `name` SP value. kMalformed when it isn't.
Result<std::string_view> TakeLine(LineReader& lines, std::string_view name);

// A next line with a decimal or a hash.
Result<std::uint64_t> TakeDecimal(LineReader& lines, std::string_view name);
Result<Digest> TakeHash(LineReader& lines, std::string_view name);

// The first four lines; `format` is the first.
Result<HeaderLines> TakeHeader(LineReader& lines, std::string_view format);

// The same four, written.
std::string EncodeHeader(std::string_view format, const HeaderLines& header);

}  // namespace jejak::record
