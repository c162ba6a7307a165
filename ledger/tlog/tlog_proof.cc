// SPDX-License-Identifier: Apache-2.0
#include "ledger/tlog/tlog_proof.h"

#include <utility>

#include "ledger/base/text.h"

namespace jejak::tlog {
namespace {

constexpr std::string_view kFirstLine = "c2sp.org/tlog-proof@v1";

}  // namespace

Result<TlogProof> ParseTlogProof(std::string_view text) {
  LineReader lines(text);
  std::optional<std::string_view> line = lines.Next();
  if (line != kFirstLine) return Malformed("proof: the first line is c2sp.org/tlog-proof@v1");
  TlogProof proof;
  line = lines.Next();
  if (line && TakePrefix(*line, "extra ")) {
    Result<Bytes> extra = ParseBase64(*line);
    if (!extra.ok()) return Malformed("proof: extra is padded, canonical base64");
    if (extra.value().empty()) return Malformed("proof: leave the extra line out when it is empty");
    proof.extra = std::move(extra).value();
    line = lines.Next();
  }
  if (!line || !TakePrefix(*line, "index ")) return Malformed("proof: has no index line");
  const Result<std::uint64_t> index = ParseDecimal(*line);
  if (!index.ok()) return Malformed("proof: the index is a decimal without leading zeros");
  proof.index = index.value();
  while ((line = lines.Next()) && !line->empty()) {
    if (proof.path.size() == kMaxPathHashes) return Malformed("proof: has more than 63 hashes");
    const Result<Digest> hash = ParseHash(*line);
    if (!hash.ok()) return Malformed("proof: each hash is 44 characters of base64 on its own line");
    proof.path.push_back(hash.value());
  }
  if (!line) return Malformed("proof: has no blank line before the checkpoint");
  if (lines.rest().empty()) return Malformed("proof: has no checkpoint");
  proof.checkpoint = lines.rest();
  return proof;
}

std::string EncodeTlogProof(const TlogProof& proof) {
  constexpr std::size_t kHashLine = 45;
  const std::size_t extra = proof.extra ? proof.extra->size() : 0;
  std::string text(kFirstLine);
  text.reserve(text.size() + 64 + extra / 3 * 4 + kHashLine * proof.path.size() +
               proof.checkpoint.size());
  text += '\n';
  if (extra != 0) {
    AppendBase64(text.append("extra "), *proof.extra);
    text += '\n';
  }
  text.append("index ").append(std::to_string(proof.index)).append("\n");
  for (const Digest& hash : proof.path) {
    AppendHash(text, hash);
    text += '\n';
  }
  text += '\n';
  text += proof.checkpoint;
  return text;
}

}  // namespace jejak::tlog
