// SPDX-License-Identifier: Apache-2.0
#include "api/call.h"

#include <algorithm>
#include <utility>

#include "ledger/base/text.h"

namespace jejak::api {

std::vector<std::string_view> SegmentsOf(std::string_view path) {
  std::vector<std::string_view> segments;
  for (;;) {
    const std::size_t slash = path.find('/');
    segments.push_back(path.substr(0, slash));
    if (slash == path.npos) return segments;
    path.remove_prefix(slash + 1);
  }
}

std::optional<std::uint64_t> NumberIn(std::string_view segment) {
  const Result<std::uint64_t> number = ParseDecimal(segment);
  return number.ok() ? std::optional(*number) : std::nullopt;
}

Result<std::uint64_t> NumberOf(const Call& call, std::string_view name, std::uint64_t least,
                               std::uint64_t most, std::uint64_t unset) {
  const std::string* text = call.query.Find(name);
  if (text == nullptr) return unset;
  const Result<std::uint64_t> number = ParseDecimal(*text);
  if (number.ok() && *number >= least && *number <= most) return *number;
  return Malformed("parameter " + std::string(name) + " must be a number from " +
                   std::to_string(least) + " to " + std::to_string(most));
}

Result<void> OnlyParameters(const Call& call, std::initializer_list<std::string_view> names) {
  for (const auto& [name, value] : call.query.pairs()) {
    if (std::find(names.begin(), names.end(), name) == names.end())
      return Malformed("the query has a parameter that this route does not know; see openapi.json");
  }
  return {};
}

Result<int> ZoneMinutes(const sequencer::LogReader& reader) {
  const auto& created = reader.head().administration().created();
  return created ? ParseZone(created->zone) : Result<int>(0);
}

Response AnswerOr(Result<Response> answer) {
  if (answer.ok()) return std::move(answer).value();
  if (answer.error().code == Code::kNotFound) return ProblemResponse(NotHere());
  return ProblemResponse(ProblemOf(answer.error()));
}

}  // namespace jejak::api
