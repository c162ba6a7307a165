// SPDX-License-Identifier: Apache-2.0
#include "ledger/evidence/receipt.h"

#include <utility>

#include "ledger/base/text.h"
#include "ledger/tlog/tlog_proof.h"

namespace jejak::evidence {
namespace {

constexpr std::string_view kFirstLine = "jejak/head/v1";

Result<statemap::MapItem> ParseAbsent(std::string_view line) {
  const std::size_t space = line.find(' ');
  if (space == std::string_view::npos) return Malformed("`absent` needs a key and a value");
  JEJAK_TRY(key, ParseHash(line.substr(0, space)));
  JEJAK_TRY(value, ParseHash(line.substr(space + 1)));
  return statemap::MapItem{key, value};
}

Result<statemap::MapStep> ParseStep(std::string_view line) {
  const std::size_t space = line.find(' ');
  if (space == std::string_view::npos) return Malformed("`step` needs a bit and a hash");
  JEJAK_TRY(bit, ParseDecimal(line.substr(0, space)));
  if (bit >= statemap::kKeyBits) return Malformed("the bit of a `step` is at most 255");
  JEJAK_TRY(sibling, ParseHash(line.substr(space + 1)));
  return statemap::MapStep{static_cast<std::uint16_t>(bit), sibling};
}

// The line that says what the map holds: `head`, `absent`, or none.
Result<bool> TakeHead(std::string_view line, StateExtra& out) {
  if (TakePrefix(line, "head ")) {
    JEJAK_TRY(bytes, ParseBase64(line));
    JEJAK_TRY(head, statemap::ParseStreamHead(bytes));
    out.head = head;
    out.path.present = true;
    out.path.value = statemap::HeadValue(head);
    return true;
  }
  if (TakePrefix(line, "absent ")) {
    JEJAK_TRY(other, ParseAbsent(line));
    out.path.other = other;
    return true;
  }
  return false;
}

std::string Build(std::string_view extra, std::uint64_t index, std::span<const Digest> path,
                  std::string_view checkpoint) {
  tlog::TlogProof proof;
  const ByteView bytes = AsBytes(extra);
  proof.extra = Bytes(bytes.begin(), bytes.end());
  proof.index = index;
  proof.path.assign(path.begin(), path.end());
  proof.checkpoint = checkpoint;
  return tlog::EncodeTlogProof(proof);
}

}  // namespace

Result<StateExtra> ParseStateExtra(std::string_view extra) {
  LineReader lines(extra);
  if (lines.Next() != kFirstLine) return Malformed("`extra` must begin with jejak/head/v1");
  std::optional<std::string_view> line = lines.Next();
  if (!line || !TakePrefix(*line, "stream ")) return Malformed("`stream` is missing");
  JEJAK_TRY(stream, record::ParseStream(*line));
  StateExtra out;
  out.stream = stream;
  line = lines.Next();
  if (!line) return Malformed("the blank line before the seal is missing");
  JEJAK_TRY(taken, TakeHead(*line, out));
  if (taken) line = lines.Next();
  for (; line && !line->empty(); line = lines.Next()) {
    if (!TakePrefix(*line, "step ")) return Malformed("only `step` lines stand before the seal");
    if (!taken) return Malformed("an empty map has no steps");
    JEJAK_TRY(step, ParseStep(*line));
    if (!out.path.steps.empty() && step.bit >= out.path.steps.back().bit) {
      return Malformed("the bits of the `step` lines must decrease");
    }
    out.path.steps.push_back(step);
  }
  if (!line) return Malformed("the blank line before the seal is missing");
  out.seal = lines.rest();
  return out;
}

std::string EncodeStateExtra(const StateExtra& state) {
  constexpr std::size_t kStepLine = 54;
  std::string out(kFirstLine);
  out.reserve(512 + kStepLine * state.path.steps.size() + state.seal.size());
  out.append("\nstream ").append(state.stream.text()).append("\n");
  if (state.head) {
    out.append("head ").append(EncodeBase64(statemap::EncodeStreamHead(*state.head))).append("\n");
  } else if (state.path.other) {
    out.append("absent ").append(EncodeHash(state.path.other->first)).append(" ");
    out.append(EncodeHash(state.path.other->second)).append("\n");
  }
  for (const statemap::MapStep& step : state.path.steps) {
    out.append("step ").append(std::to_string(step.bit)).append(" ");
    out.append(EncodeHash(step.sibling)).append("\n");
  }
  return out.append("\n").append(state.seal);
}

std::string BuildActionReceipt(std::string_view entry, std::uint64_t index,
                               std::span<const Digest> path, std::string_view checkpoint) {
  return Build(entry, index, path, checkpoint);
}

std::string BuildStateReceipt(const StateExtra& state, std::uint64_t seal_index,
                              std::span<const Digest> path, std::string_view checkpoint) {
  return Build(EncodeStateExtra(state), seal_index, path, checkpoint);
}

}  // namespace jejak::evidence
