// SPDX-License-Identifier: Apache-2.0
// The storage record of a stream: no crash; what is accepted is what the encoder emits.
#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "ledger/registry/stream_state.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const jejak::ByteView bytes(data, size);
  const auto state = jejak::registry::ParseStreamState(bytes);
  if (!state.ok()) {
    if (state.error().code != jejak::Code::kMalformed) std::abort();
    return 0;
  }
  const jejak::Bytes again = jejak::registry::EncodeStreamState(*state);
  if (!std::equal(again.begin(), again.end(), bytes.begin(), bytes.end())) std::abort();
  return 0;
}
