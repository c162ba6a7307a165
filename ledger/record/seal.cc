// SPDX-License-Identifier: Apache-2.0
#include "ledger/record/seal.h"

#include <utility>

#include "ledger/record/header_lines.h"

namespace jejak::record {
namespace {

constexpr std::string_view kFormat = "jejak/seal/v1";

}  // namespace

bool LooksLikeSeal(std::string_view leaf) {
  return TakePrefix(leaf, kFormat) && leaf.starts_with('\n');
}

Result<Seal> ParseSeal(std::string_view text) {
  LineReader lines(text);
  JEJAK_TRY(header, TakeHeader(lines, kFormat));
  JEJAK_TRY(streams, TakeDecimal(lines, "streams"));
  JEJAK_TRY(state, TakeHash(lines, "state"));
  if (!lines.done()) return InLine("state", Malformed("nothing may follow this line"));
  return Seal{header.index, header.time, header.prev, streams, state};
}

std::string EncodeSeal(const Seal& seal) {
  std::string text = EncodeHeader(kFormat, {seal.index, seal.time, seal.prev});
  text.append("streams ").append(std::to_string(seal.streams));
  text.append("\nstate ").append(EncodeHash(seal.state)).append("\n");
  return text;
}

}  // namespace jejak::record
