// SPDX-License-Identifier: Apache-2.0
#include "api/cases.h"

#include <algorithm>
#include <utility>

#include "api/action_json.h"
#include "api/caching.h"
#include "api/case_conformance.h"
#include "api/case_index.h"
#include "api/case_record.h"
#include "api/case_search.h"
#include "ledger/base/lexical.h"
#include "ledger/base/text.h"
#include "ledger/sequencer/case_file_builder.h"

namespace jejak::api {
namespace {

using json::Value;
using record::Stream;
using registry::StreamState;

constexpr std::uint64_t kUsuallyListed = 100;

Value MomentValue(const record::LoggedAction& logged) {
  return std::move(Value::Object()
                       .Add("index", NumberValue(logged.entry.index))
                       .Add("time", Value::String(FormatTime(logged.entry.time)))
                       .Add("at", Value::String(logged.action.at_text))
                       .Add("type", Value::String(logged.action.type)));
}

// How many actions the stream had when the log had `size` entries. O(log count) reads.
Result<std::uint64_t> CountAt(sequencer::LogReader& reader, const Stream& stream,
                              const StreamState& state, std::uint64_t size) {
  if (state.head.last_index < size) return state.head.count;
  std::uint64_t low = 0;
  std::uint64_t high = state.head.count;
  while (low < high) {
    const std::uint64_t middle = low + (high - low) / 2;
    JEJAK_TRY(position, reader.Positions(stream, middle, 1));
    if (position.empty()) return Internal("a position of a case is missing from the store");
    if (position[0].index < size) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

struct Walk {
  std::uint64_t at_size = 0;
  std::uint64_t from_index = 0;
  std::uint64_t limit = kUsuallyListed;
  bool pinned = false;  // the request names the size: the answer never changes
};

// A cursor is "<at_size>.<index of the next case's first entry>".
Result<Walk> WalkOf(const Call& call) {
  Walk walk;
  const std::uint64_t size = call.reader.size();
  JEJAK_TRY(limit, NumberOf(call, "limit", 1, kMostListed, kUsuallyListed));
  JEJAK_TRY(at_size, NumberOf(call, "at_size", 1, size, size));
  walk.limit = limit;
  walk.at_size = at_size;
  walk.pinned = call.query.Find("at_size") != nullptr;
  const std::string* cursor = call.query.Find("cursor");
  if (cursor == nullptr) return walk;
  const std::size_t dot = cursor->find('.');
  const auto cursor_size = NumberIn(std::string_view(*cursor).substr(0, dot));
  const auto index =
      dot == cursor->npos ? std::nullopt : NumberIn(std::string_view(*cursor).substr(dot + 1));
  if (!cursor_size || !index || *cursor_size == 0 || *cursor_size > size || *index > *cursor_size ||
      (walk.pinned && *cursor_size != at_size)) {
    return Malformed("parameter cursor is not one that this ledger gave for this walk");
  }
  walk.at_size = *cursor_size;
  walk.from_index = *index;
  walk.pinned = true;
  return walk;
}

// (opening entry, id) of the cases that this listener shows, in the order of opening.
using Opened = std::vector<std::pair<std::uint64_t, std::string>>;
Result<Opened> CasesFrom(Call& call, std::uint64_t from_index, std::uint64_t limit) {
  if (call.shows_cases()) return call.reader.Cases(from_index, limit);
  Opened opened;
  while (opened.size() < limit) {
    JEJAK_TRY(released, call.ledger.cases.Released(from_index, limit));
    if (released.empty()) break;
    from_index = released.back().opened + 1;
    for (ReleasedCase& one : released) {
      if (call.ShowsCase({record::StreamKind::kCase, one.id}))
        opened.emplace_back(one.opened, std::move(one.id));
    }
  }
  return opened;
}

Result<Value> RowValue(Call& call, const std::string& id, std::uint64_t opened,
                       std::uint64_t at_size) {
  const Stream stream{record::StreamKind::kCase, id};
  JEJAK_TRY(state, call.reader.Stream(stream));
  if (!state) return Internal("a case has no record in the store");
  JEJAK_TRY(count, CountAt(call.reader, stream, *state, at_size));
  std::uint64_t last = state->head.last_index;
  if (count != state->head.count) {
    JEJAK_TRY(position, call.reader.Positions(stream, count - 1, 1));
    if (position.empty()) return Internal("a position of a case is missing from the store");
    last = position[0].index;
  }
  const std::uint64_t indexes[] = {opened, last};
  JEJAK_TRY(entries, call.reader.Entries(indexes));
  JEJAK_TRY(first_action, ParseLogged(entries[0]));
  JEJAK_TRY(last_action, ParseLogged(entries[1]));
  return std::move(Value::Object()
                       .Add("id", Value::String(id))
                       .Add("count", NumberValue(count))
                       .Add("opened", MomentValue(first_action))
                       .Add("last", MomentValue(last_action)));
}

Value PartiesValue(const StreamState& state) {
  Value parties = Value::Array();
  for (const auto& party : state.parties) {
    parties.Push(std::move(Value::Object()
                               .Add("role", Value::String(party.role))
                               .Add("key", Value::String(tlog::EncodeVerifierKey(party.key)))));
  }
  return parties;
}

Result<StreamState> StateOf(Call& call, const Stream& stream) {
  JEJAK_TRY(state, call.reader.Stream(stream));
  if (!state) return NotFound("no such case");
  return std::move(*state);
}

Response CaseAnswer(const Call& call, const Value& value) {
  return WithETag(call.request,
                  WithFreshness(JsonAnswer(json::Write(value)), Freshness::kRevalidate));
}

Result<Response> ShowCase(Call& call, const Stream& stream) {
  JEJAK_CHECKED(OnlyParameters(call, {}));
  JEJAK_TRY(state, StateOf(call, stream));
  JEJAK_TRY(first, call.reader.Positions(stream, 0, 1));
  if (first.empty()) return Internal("the first position of a case is missing from the store");
  const std::uint64_t indexes[] = {first[0].index, state.head.last_index};
  JEJAK_TRY(entries, call.reader.Entries(indexes));
  JEJAK_TRY(first_action, ParseLogged(entries[0]));
  JEJAK_TRY(last_action, ParseLogged(entries[1]));
  Value value = Value::Object();
  value.Add("id", Value::String(stream.name))
      .Add("stream", Value::String(stream.text()))
      .Add("procedure", Value::String(state.procedure_id))
      .Add("head", PositionValue(state.head.count, state.head.root))
      .Add("opened", MomentValue(first_action))
      .Add("last", MomentValue(last_action))
      .Add("parties", PartiesValue(state));
  return CaseAnswer(call, value);
}

Result<Response> ListActions(Call& call, const Stream& stream) {
  JEJAK_CHECKED(OnlyParameters(call, {"from", "limit"}));
  JEJAK_TRY(from, NumberOf(call, "from", 0, registry::kMaxCaseActions, 0));
  JEJAK_TRY(limit, NumberOf(call, "limit", 1, kMostListed, kUsuallyListed));
  JEJAK_TRY(state, StateOf(call, stream));
  JEJAK_TRY(positions, call.reader.Positions(stream, from, limit));
  std::vector<std::uint64_t> indexes;
  indexes.reserve(positions.size());
  for (const store::SequenceValue& position : positions) indexes.push_back(position.index);
  JEJAK_TRY(entries, call.reader.Entries(indexes));
  Value actions = Value::Array();
  for (const std::string& entry : entries) {
    JEJAK_TRY(logged, ParseLogged(entry));
    actions.Push(ActionValue(logged));
  }
  Value value = Value::Object();
  value.Add("id", Value::String(stream.name))
      .Add("count", NumberValue(state.head.count))
      .Add("actions", std::move(actions));
  if (from + entries.size() < state.head.count)
    value.Add("next", NumberValue(from + entries.size()));
  return CaseAnswer(call, value);
}

// All of it for oversight, whose file is made without judging what each action is.
Result<sequencer::Disclosure> DisclosureOf(Call& call, const Stream& stream) {
  if (call.shows_bodies()) return sequencer::Disclosure{};
  JEJAK_TRY(published, call.ledger.published.At(call.reader, call.reader.size()));
  JEJAK_TRY(record, ReadCase(call.reader, *published, stream, call.reader.size(), Contents::kHeld));
  return DisclosureTo(call.audience(), record);
}

Result<Response> WriteCaseFile(Call& call, const Stream& stream) {
  JEJAK_CHECKED(OnlyParameters(call, {"from"}));
  const std::uint64_t size = call.reader.size();
  JEJAK_TRY(from, NumberOf(call, "from", 1, size, 0));
  std::vector<std::uint64_t> from_sizes;
  if (from != 0 && from != size) from_sizes.push_back(from);  // equal sizes compare roots
  JEJAK_TRY(disclosure, DisclosureOf(call, stream));
  JEJAK_TRY(file, sequencer::BuildCaseFile(call.reader, stream, from_sizes, disclosure));
  Response response = WithFileName(JsonAnswer(std::move(file)), stream.name + ".casefile.json");
  return WithETag(call.request, WithFreshness(std::move(response), Freshness::kRevalidate));
}

}  // namespace

Result<Response> ListCases(Call& call) {
  if (HasCondition(call)) return SearchCases(call);
  JEJAK_CHECKED(OnlyParameters(call, {"limit", "cursor", "at_size"}));
  JEJAK_TRY(walk, WalkOf(call));
  JEJAK_TRY(found, CasesFrom(call, walk.from_index, walk.limit + 1));
  Value cases = Value::Array();
  Value value = Value::Object();
  value.Add("at_size", NumberValue(walk.at_size));
  std::optional<std::uint64_t> next;
  for (std::size_t i = 0; i < found.size() && found[i].first < walk.at_size; ++i) {
    if (i == walk.limit) {
      next = found[i].first;
      break;
    }
    JEJAK_TRY(row, RowValue(call, found[i].second, found[i].first, walk.at_size));
    cases.Push(std::move(row));
  }
  value.Add("cases", std::move(cases));
  if (next) {
    value.Add("cursor", Value::String(std::to_string(walk.at_size) + "." + std::to_string(*next)));
  }
  if (walk.pinned && call.shows_cases())
    return WithFreshness(JsonAnswer(json::Write(value)), Freshness::kImmutable);
  return CaseAnswer(call, value);
}

Result<Response> ReadCase(Call& call, std::string_view path) {
  const std::vector<std::string_view> segments = SegmentsOf(path);
  if (segments.size() > 2 || !IsCaseId(segments[0])) return NotFound("no such case");
  const Stream stream{record::StreamKind::kCase, std::string(segments[0])};
  const Release shown = call.ShownOf(stream);
  if (!shown.timeline) return NotFound("no such case");
  if (segments.size() == 1) return ShowCase(call, stream);
  if (segments[1] == "actions") return ListActions(call, stream);
  if (segments[1] == "casefile") return WriteCaseFile(call, stream);
  if (segments[1] == "conformance" && shown.verdicts) return ReadConformance(call, stream);
  return NotFound("no such view of a case");
}

}  // namespace jejak::api
