// SPDX-License-Identifier: Apache-2.0
// Signed notes, checkpoints, verifier keys and signature lines: no crash; what is accepted is what
// the encoder emits.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "ledger/tlog/checkpoint.h"
#include "ledger/tlog/note.h"

namespace {

using namespace jejak::tlog;

void Require(bool condition) {
  if (!condition) std::abort();
}

void CheckCheckpoint(std::string_view text) {
  const auto checkpoint = ParseCheckpoint(text);
  Require(!checkpoint.ok() || EncodeCheckpoint(*checkpoint) == text);
}

void CheckKey(std::string_view text, std::uint8_t type) {
  const auto key = ParseVerifierKey(text, type);
  Require(!key.ok() || EncodeVerifierKey(*key) == text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto note = ParseNote(text);
  if (note.ok()) {
    Require(EncodeNote(*note) == text);
    Require(!note->signatures.empty() && note->signatures.size() <= kMaxSignatureLines);
    CheckCheckpoint(note->text);
  }
  CheckCheckpoint(text);
  const auto line = ParseSignatureLine(text);
  Require(!line.ok() || EncodeSignatureLine(*line) == text);
  CheckKey(text, kEd25519Key);
  CheckKey(text, kCosignatureKey);
  return 0;
}
