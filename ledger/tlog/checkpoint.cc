// SPDX-License-Identifier: Apache-2.0
#include "ledger/tlog/checkpoint.h"

#include <optional>

#include "ledger/base/lexical.h"
#include "ledger/base/text.h"
#include "ledger/tlog/merkle.h"
#include "ledger/tlog/note.h"

namespace jejak::tlog {

Result<Checkpoint> ParseCheckpoint(std::string_view text) {
  if (!IsNoteText(text)) {
    return Malformed("checkpoint: is UTF-8 without control characters and ends with a line feed");
  }
  LineReader lines(text);
  const std::optional<std::string_view> origin = lines.Next();
  const std::optional<std::string_view> size = lines.Next();
  const std::optional<std::string_view> root = lines.Next();
  if (!origin || !size || !root) return Malformed("checkpoint: has an origin, a size and a root");
  if (!IsKeyName(*origin)) return Malformed("checkpoint: the origin is not a key name");
  Checkpoint checkpoint;
  checkpoint.origin = *origin;
  const Result<std::uint64_t> number = ParseDecimal(*size);
  if (!number.ok()) {
    return Malformed("checkpoint: the size is a decimal without leading zeros, at most 2^53 - 1");
  }
  checkpoint.size = number.value();
  const Result<Digest> hash = ParseHash(*root);
  if (!hash.ok()) return Malformed("checkpoint: the root is 44 characters of base64");
  checkpoint.root = hash.value();
  if (checkpoint.size == 0 && checkpoint.root != EmptyRoot()) {
    return Malformed("checkpoint: the root of size 0 is the hash of nothing");
  }
  while (const std::optional<std::string_view> line = lines.Next()) {
    if (line->empty()) return Malformed("checkpoint: an extension line is empty");
    checkpoint.extensions.emplace_back(*line);
  }
  return checkpoint;
}

std::string EncodeCheckpoint(const Checkpoint& checkpoint) {
  std::string text = checkpoint.origin + "\n" + std::to_string(checkpoint.size) + "\n" +
                     EncodeHash(checkpoint.root) + "\n";
  for (const std::string& line : checkpoint.extensions) text += line + "\n";
  return text;
}

}  // namespace jejak::tlog
