// SPDX-License-Identifier: Apache-2.0
#include "api/feed_events.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "api/action_json.h"
#include "api/case_index.h"

namespace jejak::api {
namespace {

using json::Value;

constexpr std::uint64_t kEntriesAtOnce = 64;  // of some 300 octets each

std::string Event(std::uint64_t id, std::string_view kind, const Value& data) {
  std::string text = "id: " + std::to_string(id);
  text.append("\nevent: ").append(kind).append("\ndata: ").append(json::Write(data));
  return text.append("\n\n");
}

std::string EventOf(const record::LoggedAction& logged) {
  Value data = Value::Object();
  data.Add("index", NumberValue(logged.entry.index))
      .Add("seq", NumberValue(logged.entry.seq))
      .Add("time", Value::String(FormatTime(logged.entry.time)))
      .Add("action_id", HashValue(logged.action.id()))
      .Add("type", Value::String(logged.action.type))
      .Add("stream", Value::String(logged.action.stream.text()));
  return Event(logged.entry.index, "action", data);
}

std::string EventOf(const record::Seal& seal) {
  Value data = Value::Object();
  data.Add("index", NumberValue(seal.index))
      .Add("time", Value::String(FormatTime(seal.time)))
      .Add("streams", NumberValue(seal.streams));
  return Event(seal.index, "seal", data);
}

// Where to stop: what is released is known up to there.
std::uint64_t Horizon(const Call& call) {
  if (call.shows_cases()) return call.reader.size();
  const IndexProgress index = call.ledger.cases.progress();
  return index.built ? std::min(index.size, call.reader.size()) : 0;
}

}  // namespace

std::string CheckpointEvent(const sequencer::Head& head) {
  Value data = Value::Object();
  data.Add("size", NumberValue(head.size()))
      .Add("time", Value::String(FormatTime(UnixSeconds{head.log.record.last_time})));
  return Event(head.size() - 1, "checkpoint", data);
}

Result<FeedSlice> ReadSlice(Call& call, std::uint64_t from) {
  FeedSlice slice{from, {}};
  const std::uint64_t end = std::min(from + kEntriesAtOnce, Horizon(call));
  if (from >= end) return slice;
  std::vector<std::uint64_t> indexes;
  for (std::uint64_t index = from; index < end; ++index) indexes.push_back(index);
  JEJAK_TRY(entries, call.reader.Entries(indexes));
  for (const std::string& entry : entries) {
    JEJAK_TRY(leaf, record::ParseLeaf(entry));
    if (call.ShowsEntry(leaf))
      slice.text.append(std::visit([](const auto& kind) { return EventOf(kind); }, leaf));
    ++slice.next;
  }
  if (slice.next == call.reader.size()) slice.text.append(CheckpointEvent(call.reader.head()));
  return slice;
}

}  // namespace jejak::api
