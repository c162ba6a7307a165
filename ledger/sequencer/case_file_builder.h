// SPDX-License-Identifier: Apache-2.0
//
// Puts together the case file of docs/formats.md section 6 from one published head: the closure of
// streams, one multiproof, one map path a stream, and as much of the contents as the receiver may
// have. One thread.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "ledger/base/result.h"
#include "ledger/record/stream.h"
#include "ledger/sequencer/log_reader.h"

namespace jejak::sequencer {

// Which contents go along beside the proofs. Leaving any out breaks no proof.
struct Disclosure {
  bool bodies = true;
  bool openings = true;
  bool documents = true;
  // Of the case's own contents, where not all of a kind go along: whether the body of the entry
  // does (pointer ""), or the opening at the pointer. Unset: all. No opening goes without its body.
  std::function<bool(std::uint64_t index, std::string_view pointer)> gives;
};

// The file's bytes, with consistency proofs from the given earlier sizes (each >= 1 and below the
// head's; repeated ones count once). kNotFound: the log has no such case, or a size is out of
// range. O(entries held * log size).
Result<std::string> BuildCaseFile(LogReader& reader, const record::Stream& case_stream,
                                  std::span<const std::uint64_t> from_sizes,
                                  const Disclosure& disclosure);

}  // namespace jejak::sequencer
