// SPDX-License-Identifier: Apache-2.0
//
// Receipt (formats.md section 7): a C2SP `.tlog-proof` that an action, or the state of a stream, is
// in the log.
//
//   c2sp.org/tlog-proof@v1
//   extra amVqYWsvZW50cnkvdjEK…        for an action: the entry itself
//   index 27
//   wMZ9ghmgOTdUWFftwfdjfLsI6ZKqKuf3FZiCVOhYSrc=
//   …
//
//   golden.jejak.example/1              the checkpoint, verbatim
//   …
//
// For a stream's state the proof is about the seal at size-1 and `extra` is
//
//   jejak/head/v1
//   stream case/5MG3Z0FSDG8122AFHMEK5J0EY2
//   head AQAAAAAAAAAH…                  81 bytes; or `absent KEYHASH VALUEHASH`; or no line
//   step 4 OnOBNokGbUvVrFBWdaP0F8nz9/iq885OAlorP/3POYU=
//
//   jejak/seal/v1
//   …
//
// Here are the bytes; what they prove is judged in verify.h. Pure values, any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/base/result.h"
#include "ledger/record/stream.h"
#include "ledger/statemap/proof.h"
#include "ledger/statemap/stream_head.h"

namespace jejak::evidence {

// `extra` of a state receipt. Exactly one of: `head` (present), `path.other` (another leaf stands
// where the stream would), neither (the map is empty).
struct StateExtra {
  record::Stream stream;
  std::optional<statemap::StreamHead> head;
  statemap::MapPath path;
  std::string seal;  // the seal's text
};

// kMalformed: lines, numbers, base64 or the head's 81 bytes are not what the encoder writes, or
// bits don't decrease. The seal's text is not parsed here.
Result<StateExtra> ParseStateExtra(std::string_view extra);
std::string EncodeStateExtra(const StateExtra& state);

// The receipt of the action at `index`: the entry's exact text, its inclusion path and a signed
// checkpoint.
std::string BuildActionReceipt(std::string_view entry, std::uint64_t index,
                               std::span<const Digest> path, std::string_view checkpoint);

// The receipt of a stream's state, or absence, under the seal that is the last entry of the
// checkpoint's tree.
std::string BuildStateReceipt(const StateExtra& state, std::uint64_t seal_index,
                              std::span<const Digest> path, std::string_view checkpoint);

}  // namespace jejak::evidence
