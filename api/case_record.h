// SPDX-License-Identifier: Apache-2.0
//
// A case out of the running log, as the rules judge it: what evidence::ReadCaseRecord makes of the
// same case's file, without the proofs that a server needn't give itself
// (tests/api/conformance_test.cc holds the two against each other).
//
//   ReadCase(reader, published, {kCase, "5K3D…"}, size, Contents::kHeld)
//
// One thread per reader.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "api/published.h"
#include "ledger/evidence/conformance.h"
#include "ledger/record/leaf.h"
#include "ledger/record/stream.h"
#include "ledger/sequencer/log_reader.h"

namespace jejak::api {

// By which contents a case is judged: the skeleton alone, which is all that a mirror has; all
// bodies and openings that the store holds; or what is shown to the public (audience.h).
enum class Contents : std::uint8_t { kNone, kHeld, kShown };
inline constexpr std::size_t kContentsKinds = 3;
std::string_view ContentsWord(Contents contents);  // "none" "held" "shown"

// An entry of a case. kInternal: the store names another.
Result<record::LoggedAction> ParseLogged(std::string_view entry);

// The case's actions below `size` (at most reader.size()). kNotFound: it had none yet. `published`
// as of the same size. O(actions) reads in batches, and with contents two more per action.
// Other audiences: read with kHeld, then Withhold what GivenTo doesn't give.
Result<evidence::CaseRecord> ReadCase(sequencer::LogReader& reader, Published& published,
                                      const record::Stream& stream, std::uint64_t size,
                                      Contents contents);

// The record with one more action, as if it were logged next, with the contents that came along.
// `record` may be of no actions yet.
void AppendAction(const record::Action& action, std::uint64_t index, UnixSeconds entered,
                  const registry::Administration& administration, Published& published,
                  evidence::CaseRecord& record);

}  // namespace jejak::api
