// SPDX-License-Identifier: Apache-2.0
#include "tools/operation/row_check.h"

#include <utility>

namespace jejak::operation {
namespace {

constexpr std::size_t kReadAtOnce = 1024;

}  // namespace

std::string_view RowKind(char letter) {
  switch (letter) {
    case 'A':
      return "the index of action ids";
    case 'B':
      return "the bodies";
    case 'C':
      return "the signed checkpoints";
    case 'D':
      return "the documents";
    case 'E':
      return "the entries";
    case 'I':
      return "the list of administration entries";
    case 'K':
      return "the list of party keys";
    case 'L':
      return "the list of opened cases";
    case 'M':
      return "the pages of the state map";
    case 'O':
      return "the openings of sealed fields";
    case 'Q':
      return "the positions of streams";
    case 'S':
      return "the states of streams";
    case 'T':
      return "the hash tiles";
    case 'X':
      return "the lists of replaced pages";
    case 'Z':
      return "the roots of seals";
    default:
      return {};
  }
}

Result<void> RowCheck::Expect(char letter, std::string key, std::string value,
                              std::uint64_t entry) {
  Count(letter);
  keys_.push_back(std::move(key));
  wanted_.push_back({letter, std::move(value), entry});
  return keys_.size() < kReadAtOnce ? Result<void>() : Flush();
}

void RowCheck::Add(char letter, const std::string& sentence) {
  Kind& kind = Of(letter);
  if (kind.findings++ == 0) kind.first = sentence;
}

Result<void> RowCheck::Flush() {
  JEJAK_TRY(values, view_.Read(keys_));
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] == wanted_[i].value) continue;
    Add(wanted_[i].letter, "what entry " + std::to_string(wanted_[i].entry) + " has in " +
                               std::string(RowKind(wanted_[i].letter)) +
                               (values[i] ? " is not what the log gives" : " is missing"));
  }
  keys_.clear();
  wanted_.clear();
  return {};
}

Result<void> RowCheck::Finish(std::string_view letters) {
  JEJAK_CHECKED(Flush());
  for (const char letter : letters) {
    std::uint64_t found = 0;
    JEJAK_CHECKED(ForEachRow(view_, letter, [&](const auto&, const auto&) { ++found; }));
    const Kind& kind = Of(letter);
    // Missing rows have their own findings; more rows than expected means that some belong nowhere.
    if (found > kind.expected || (found != kind.expected && kind.findings == 0)) {
      Add(letter, std::string(RowKind(letter)) + " have " + std::to_string(found) +
                      " rows where the log gives " + std::to_string(kind.expected));
    }
  }
  return {};
}

std::optional<std::string> RowCheck::Finding(char letter) const {
  const Kind& kind = of_[static_cast<unsigned char>(letter)];
  if (kind.findings == 0) return std::nullopt;
  if (kind.findings == 1) return kind.first;
  return kind.first + "; and " + std::to_string(kind.findings - 1) + " more";
}

}  // namespace jejak::operation
