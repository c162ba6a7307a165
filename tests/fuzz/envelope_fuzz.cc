// SPDX-License-Identifier: Apache-2.0
// Envelopes and batches: no crash; what is accepted is what the encoder emits. A first byte 'B'
// stands before a batch.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/record/envelope.h"

namespace {

using namespace jejak::record;

void Require(bool condition) {
  if (!condition) std::abort();
}

void TryEnvelope(std::string_view text) {
  const auto envelope = ParseEnvelope(text);
  if (!envelope.ok()) return;
  const auto again = EncodeEnvelope(*envelope);
  Require(again.ok() && *again == text);
}

void TryBatch(std::string_view text) {
  const auto views = ParseBatch(text);
  if (!views.ok()) return;
  const auto again = EncodeBatch(std::vector<std::string>(views->begin(), views->end()));
  Require(again.ok() && *again == text);
  for (const std::string_view view : *views) TryEnvelope(view);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (text.starts_with('B')) {
    TryBatch(text.substr(1));
  } else {
    TryEnvelope(text);
  }
  return 0;
}
