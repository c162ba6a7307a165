// SPDX-License-Identifier: Apache-2.0
#include "api/stats.h"

#include <optional>
#include <utility>

#include "api/caching.h"
#include "ledger/evidence/case_statistics.h"

namespace jejak::api {
namespace {

using sequencer::LogReader;

constexpr std::size_t kCasesAtOnce = 256;
constexpr std::int64_t kMinuteSeconds = 60;
constexpr std::int64_t kDaySeconds = 86400;

Result<UnixSeconds> TimeOf(LogReader& reader, std::uint64_t index) {
  JEJAK_TRY(entry, reader.Entry(index));
  JEJAK_TRY(leaf, record::ParseLeaf(entry));
  return record::LeafTime(leaf);
}

// Years and months as one number, in the log's zone.
Result<std::int64_t> MonthOf(LogReader& reader, std::uint64_t index) {
  JEJAK_TRY(time, TimeOf(reader, index));
  JEJAK_TRY(zone, ZoneMinutes(reader.head().administration()));
  const std::int64_t local = time.value + zone * kMinuteSeconds;
  const CivilDate date = CivilFromDays(local / kDaySeconds);
  constexpr std::int64_t kMonths = 12;
  return date.year * kMonths + date.month;
}

Result<procedure::Sealing> SealingBelow(LogReader& reader, std::uint64_t at_size) {
  procedure::Sealing sealing;
  for (std::uint64_t next = 0; next < at_size;) {
    JEJAK_TRY(seal, reader.SealFrom(next));
    if (seal >= at_size) break;
    JEJAK_TRY(time, TimeOf(reader, seal));
    sealing.Note(seal, time);
    next = seal + 1;
  }
  return sealing;
}

Result<std::string> Compute(LogReader& reader, PublishedDesk& desk, std::uint64_t at_size,
                            Contents contents) {
  JEJAK_TRY(now, TimeOf(reader, at_size - 1));
  JEJAK_TRY(published, desk.At(reader, at_size));
  JEJAK_TRY(sealing, SealingBelow(reader, at_size));
  procedure::Statistics statistics;
  std::uint64_t from = 0;
  for (bool more = true; more;) {
    JEJAK_TRY(cases, reader.Cases(from, kCasesAtOnce));
    more = cases.size() == kCasesAtOnce;
    for (const auto& [opened, id] : cases) {
      if (opened >= at_size) more = false;
      if (opened >= at_size) break;
      from = opened + 1;
      const record::Stream stream{record::StreamKind::kCase, id};
      JEJAK_TRY(record, ReadCase(reader, *published, stream, at_size, contents));
      statistics.Add(evidence::FactsOf(record, now));
    }
  }
  json::Value value = json::Value::Object();
  value.Add("statistics", statistics.Write(at_size, now, sealing, ContentsWord(contents)));
  return json::Write(value);
}

Result<Contents> ContentsOf(const Call& call) {
  const std::string* text = call.query.Find("contents");
  if (text == nullptr || *text == "none") return Contents::kNone;
  if (*text == "held" && call.shows_bodies()) return Contents::kHeld;
  return Malformed(call.shows_bodies() ? "parameter contents must be none or held"
                                       : "parameter contents must be none here: bodies are judged "
                                         "by on the oversight listener only");
}

// The newest size at or below `size` that ends a month: another month's first entry follows it.
// nullopt: no month has ended yet. O(log size) reads.
Result<std::optional<std::uint64_t>> MonthEndAt(LogReader& reader, std::uint64_t size) {
  // What ends a month is known by what follows it.
  const bool followed = size < reader.size();
  JEJAK_TRY(month, MonthOf(reader, followed ? size : size - 1));
  std::uint64_t low = 0;  // the first entry of that month: times never decrease
  std::uint64_t high = followed ? size : size - 1;
  while (low < high) {
    const std::uint64_t middle = low + (high - low) / 2;
    JEJAK_TRY(there, MonthOf(reader, middle));
    if (there < month) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low == 0 ? std::nullopt : std::optional(low);
}

}  // namespace

Result<std::uint64_t> StatsDesk::SizeOf(Call& call) {
  const std::uint64_t size = call.reader.size();
  JEJAK_TRY(asked, NumberOf(call, "at_size", 1, size, 0));
  if (call.shows_bodies()) return asked == 0 ? size : asked;
  JEJAK_TRY(end, MonthEndAt(call.reader, asked == 0 ? size : asked));
  if (end && (asked == 0 || *end == asked)) return *end;
  const std::string nearest = end ? "; the last one before it is " + std::to_string(*end)
                                  : std::string("; no month has ended in this log before it");
  return Malformed("parameter at_size must be a size at which a month ended in this log" + nearest);
}

Result<std::vector<MonthEnd>> StatsDesk::MonthEnds(Call& call, std::size_t most) {
  std::vector<MonthEnd> ends;
  constexpr std::int64_t kMonths = 12;
  for (std::uint64_t size = call.reader.size(); size != 0 && ends.size() < most;) {
    JEJAK_TRY(end, MonthEndAt(call.reader, size));
    if (!end) break;
    JEJAK_TRY(month, MonthOf(call.reader, *end - 1));
    const std::int64_t number = (month - 1) % kMonths + 1;
    ends.push_back({*end, std::to_string((month - 1) / kMonths) + (number < 10 ? "-0" : "-") +
                              std::to_string(number)});
    size = *end - 1;
  }
  return ends;
}

Result<std::shared_ptr<const std::string>> StatsDesk::Get(Call& call, std::uint64_t at_size,
                                                          Contents contents) {
  const std::string key = std::string(ContentsWord(contents)) + "." + std::to_string(at_size);
  if (auto known = kept_.Find(key)) return known;
  const std::lock_guard one_at_a_time(computing_);
  if (auto known = kept_.Find(key)) return known;
  JEJAK_TRY(text, Compute(call.reader, call.ledger.published, at_size, contents));
  auto json = std::make_shared<const std::string>(std::move(text));
  kept_.Insert(key, json);
  return json;
}

Result<Response> StatsDesk::Read(Call& call) {
  JEJAK_CHECKED(OnlyParameters(call, {"at_size", "contents"}));
  JEJAK_TRY(contents, ContentsOf(call));
  JEJAK_TRY(at_size, SizeOf(call));
  JEJAK_TRY(json, Get(call, at_size, contents));
  Response response = JsonAnswer({});
  response.shared_body = std::move(json);
  // Of a size that was named the answer is the same for ever; bodies may be erased.
  const bool pinned = call.query.Find("at_size") != nullptr && contents == Contents::kNone;
  if (pinned) return WithFreshness(std::move(response), Freshness::kImmutable);
  return WithETag(call.request, WithFreshness(std::move(response), Freshness::kRevalidate));
}

}  // namespace jejak::api
