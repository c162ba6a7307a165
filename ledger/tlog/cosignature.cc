// SPDX-License-Identifier: Apache-2.0
#include "ledger/tlog/cosignature.h"

#include <cstring>
#include <limits>
#include <string>
#include <utility>

namespace jejak::tlog {
namespace {

constexpr std::uint64_t kMaxTime = std::numeric_limits<std::int64_t>::max();

std::string CosignedText(std::string_view note_text, std::uint64_t time) {
  std::string message = "cosignature/v1\ntime " + std::to_string(time) + "\n";
  message += note_text;
  return message;
}

}  // namespace

SignatureLine Cosign(std::string_view note_text, UnixSeconds time, const VerifierKey& witness,
                     const crypto::SecretKey& key) {
  const auto seconds = static_cast<std::uint64_t>(time.value);
  const crypto::Signature signature = key.Sign(AsBytes(CosignedText(note_text, seconds)));
  Bytes blob;
  blob.reserve(kCosignatureBytes);
  AppendU64(blob, seconds);
  blob.insert(blob.end(), signature.bytes.begin(), signature.bytes.end());
  return {witness.name, witness.id(), std::move(blob)};
}

bool VerifyCosignature(std::string_view note_text, const VerifierKey& witness, ByteView blob) {
  const std::uint64_t time = CosignatureTime(blob);
  if (witness.type != kCosignatureKey || time == 0 || time > kMaxTime) return false;
  crypto::Signature signature;
  std::memcpy(signature.bytes.data(), blob.data() + sizeof time, signature.bytes.size());
  return crypto::Verify(witness.key, AsBytes(CosignedText(note_text, time)), signature);
}

std::uint64_t CosignatureTime(ByteView blob) {
  return blob.size() == kCosignatureBytes ? LoadU64(blob.data()) : 0;
}

}  // namespace jejak::tlog
