// SPDX-License-Identifier: Apache-2.0
#include "api/call.h"

#include <algorithm>
#include <utility>

#include "api/case_index.h"
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

Result<int> ZoneMinutes(const registry::Administration& administration) {
  const auto& created = administration.created();
  return created ? ParseZone(created->zone) : Result<int>(0);
}

Release Call::ShownOf(const record::Stream& stream) {
  if (shows_cases()) return {true, true};
  const std::optional<ReleasedCase> known = ledger.cases.FindReleased(stream.name);
  if (!known || !stream.is_case()) return {};
  const Result<std::optional<registry::StreamState>> state = reader.Stream(stream);
  if (!state.ok() || !*state) return {};
  if ((*state)->head.last_index == known->last_seen) return known->release;
  // The case has gone on since the index looked: what it says now counts, a void above all.
  const auto published = ledger.published.At(reader, reader.size());
  if (!published.ok()) return {};
  const auto record = ReadCase(reader, **published, stream, reader.size(), Contents::kHeld);
  if (!record.ok()) return {};
  return ReleaseOf(*record, evidence::JudgeRecord(*record, ledger.clock.Wall()));
}

bool Call::ShowsEntry(const record::Leaf& leaf) {
  if (shows_cases()) return true;
  const auto* logged = std::get_if<record::LoggedAction>(&leaf);
  if (logged == nullptr) return false;
  return !logged->action.stream.is_case() || ShowsCase(logged->action.stream);
}

Response AnswerOr(Result<Response> answer) {
  if (answer.ok()) return std::move(answer).value();
  if (answer.error().code == Code::kNotFound) return ProblemResponse(NotHere());
  return ProblemResponse(ProblemOf(answer.error()));
}

}  // namespace jejak::api
