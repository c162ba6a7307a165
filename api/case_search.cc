// SPDX-License-Identifier: Apache-2.0
#include "api/case_search.h"

#include <algorithm>
#include <array>
#include <utility>

#include "api/action_json.h"
#include "api/caching.h"
#include "api/cases.h"

namespace jejak::api {
namespace {

using json::Value;
using procedure::CaseSummary;

constexpr std::uint64_t kUsuallyListed = 100;
constexpr std::int64_t kMinuteSeconds = 60;
constexpr std::array<std::string_view, 8> kConditions{
    "stage", "unit", "rule", "overdue", "due_until", "open", "opened_from", "opened_until"};

Result<std::optional<bool>> BoolOf(const Call& call, std::string_view name) {
  const std::string* text = call.query.Find(name);
  if (text == nullptr) return std::optional<bool>();
  if (*text == "true") return std::optional(true);
  if (*text == "false") return std::optional(false);
  return Malformed("parameter " + std::string(name) + " must be true or false");
}

// A day begins at midnight in the log's zone.
Result<std::optional<UnixSeconds>> MomentOf(const Call& call, std::string_view name) {
  const std::string* text = call.query.Find(name);
  if (text == nullptr) return std::optional<UnixSeconds>();
  if (const Result<UnixSeconds> time = ParseTime(*text); time.ok()) return std::optional(*time);
  const Result<CivilDate> date = ParseDate(*text);
  const Result<int> zone = ZoneMinutes(call.reader.head().administration());
  if (!date.ok() || !zone.ok()) {
    return Malformed("parameter " + std::string(name) +
                     " must be a day as in 2026-06-19 or a time as in 2026-06-19T02:31:07Z");
  }
  constexpr std::int64_t kDaySeconds = 86400;
  return std::optional(UnixSeconds{DaysFromCivil(*date) * kDaySeconds - *zone * kMinuteSeconds});
}

// A name that isn't one would only find nothing; an empty one is a form that was sent unfilled.
Result<std::optional<std::string>> NameOf(const Call& call, std::string_view name) {
  const std::string* text = call.query.Find(name);
  if (text == nullptr) return std::optional<std::string>();
  constexpr std::size_t kLongest = 64;
  if (text->empty() || text->size() > kLongest) {
    return Malformed("parameter " + std::string(name) +
                     " must be a name of 1 to 64 characters; leave it out to ask about all");
  }
  return std::optional(*text);
}

Result<CaseQuery> QueryOf(const Call& call, CaseOrder order) {
  CaseQuery query;
  JEJAK_TRY(stage, NameOf(call, "stage"));
  JEJAK_TRY(unit, NameOf(call, "unit"));
  JEJAK_TRY(rule, NameOf(call, "rule"));
  JEJAK_TRY(overdue, BoolOf(call, "overdue"));
  JEJAK_TRY(due_until, MomentOf(call, "due_until"));
  JEJAK_TRY(open, BoolOf(call, "open"));
  JEJAK_TRY(from, MomentOf(call, "opened_from"));
  JEJAK_TRY(until, MomentOf(call, "opened_until"));
  query.stage = std::move(stage);
  query.unit = std::move(unit);
  query.rule = std::move(rule);
  // What will be overdue at that moment if nothing happens.
  query.overdue = overdue.value_or(false) || due_until.has_value();
  query.now = due_until.value_or(call.ledger.clock.Wall());
  query.late_first = order == CaseOrder::kLateFirst;
  query.open = open;
  query.opened_from = from;
  query.opened_until = until;
  return query;
}

// "<at_size>.<now>.<rows before>".
struct Cursor {
  std::uint64_t at_size = 0, now = 0, offset = 0;
};

std::optional<Cursor> ParseCursor(std::string_view text) {
  const std::size_t first = text.find('.');
  const std::size_t second = first == text.npos ? first : text.find('.', first + 1);
  if (second == text.npos) return std::nullopt;
  const auto at_size = NumberIn(text.substr(0, first));
  const auto now = NumberIn(text.substr(first + 1, second - first - 1));
  const auto offset = NumberIn(text.substr(second + 1));
  if (!at_size || !now || !offset) return std::nullopt;
  return Cursor{*at_size, *now, *offset};
}

std::string KeyOf(const Call& call, CaseOrder order, std::uint64_t at_size, UnixSeconds now) {
  std::string key(ContentsWord(call.contents()));
  if (order == CaseOrder::kLateFirst) key += "-late";
  key += "." + std::to_string(at_size) + "." + std::to_string(now.value);
  for (const std::string_view name : kConditions) {
    const std::string* text = call.query.Find(name);
    if (text != nullptr) key.append("&").append(name).append("=").append(*text);
  }
  return key;
}

// Of a log that hasn't grown since, the index has said it.
bool MayHide(const Call& call, std::uint64_t at_size) {
  return !call.shows_cases() && at_size != call.reader.size();
}

bool IsShown(Call& call, const RowPointer& row) {
  return call.ShownOf({record::StreamKind::kCase, row->id}).verdicts;
}

// O(rows) look-ups, for the public of a restricted log alone.
bool IsShown(Call& call, const CaseWalk& walk) {
  if (!MayHide(call, walk.at_size)) return true;
  return std::all_of(walk.rows.begin(), walk.rows.end(),
                     [&call](const RowPointer& row) { return IsShown(call, row); });
}

Result<std::shared_ptr<const CaseWalk>> GoOn(Call& call, CaseOrder order, const Cursor& cursor) {
  const UnixSeconds now{static_cast<std::int64_t>(cursor.now)};
  auto walk = call.ledger.walks.Find(KeyOf(call, order, cursor.at_size, now));
  if (walk != nullptr && cursor.offset <= walk->rows.size() && IsShown(call, *walk)) return walk;
  return Malformed(
      "parameter cursor is not one that this ledger gave for these conditions, or no longer kept; "
      "begin again without it");
}

Result<std::shared_ptr<const CaseWalk>> Begin(Call& call, CaseOrder order) {
  JEJAK_TRY(query, QueryOf(call, order));
  const UnixSeconds now = call.ledger.clock.Wall();
  JEJAK_TRY(found, call.ledger.cases.Find(query, call.contents(), call.reader.size()));
  const std::string key = KeyOf(call, order, found.at_size, now);
  if (auto known = call.ledger.walks.Find(key); known && IsShown(call, *known)) return known;
  if (MayHide(call, found.at_size))
    std::erase_if(found.rows, [&call](const RowPointer& row) { return !IsShown(call, row); });
  auto walk = std::make_shared<const CaseWalk>(CaseWalk{found.at_size, now, std::move(found.rows)});
  call.ledger.walks.Insert(key, walk);
  return walk;
}

// Only a walk that was begun at a size can be asked for by it.
Result<void> CheckSize(const Call& call, const CaseWalk& walk) {
  const std::string* text = call.query.Find("at_size");
  if (text == nullptr || NumberIn(*text) == walk.at_size) return {};
  return Malformed("parameter at_size must be " + std::to_string(walk.at_size) +
                   ", the size that the index is at, or be left out: conditions are answered at "
                   "the newest state");
}

Value PlaceValue(std::uint64_t index, UnixSeconds time) {
  return std::move(Value::Object()
                       .Add("index", NumberValue(index))
                       .Add("time", Value::String(FormatTime(time))));
}

Value NamesValue(const std::vector<std::string>& names) {
  Value list = Value::Array();
  for (const std::string& name : names) list.Push(Value::String(name));
  return list;
}

Value StagesValue(const CaseSummary& summary) {
  Value list = Value::Array();
  for (const procedure::Stage& stage : summary.stages) {
    list.Push(std::move(Value::Object()
                            .Add("track", Value::String(stage.track))
                            .Add("instance", Value::String(stage.instance))
                            .Add("state", stage.state ? Value::String(*stage.state) : Value())
                            .Add("final", Value::Bool(stage.final))
                            .Add("since", NumberValue(stage.since))));
  }
  return list;
}

Value DeadlinesValue(const CaseSummary& summary, UnixSeconds now, LateDays& late) {
  Value list = Value::Array();
  for (const procedure::OpenDeadline& deadline : summary.deadlines) {
    const std::int64_t begun = std::max<std::int64_t>(0, DaysLate(deadline, now));
    const std::optional<std::int64_t> working = late.Count(summary, deadline.due);
    list.Push(std::move(Value::Object()
                            .Add("rule", Value::String(deadline.rule))
                            .Add("scope", Value::String(deadline.scope))
                            .Add("instance", Value::String(deadline.instance))
                            .Add("due", Value::String(deadline.due.text))
                            .Add("working_days_late", working ? Value::Integer(*working) : Value())
                            .Add("days_late", Value::Integer(begun))));
  }
  return list;
}

Value RowValue(const CaseRow& row, UnixSeconds now, LateDays& late) {
  const CaseSummary& summary = row.summary;
  const std::vector<std::string> failed = FailedBy(summary, now);
  const procedure::Outcome worst = failed.empty() ? summary.worst : procedure::Outcome::kFail;
  return std::move(Value::Object()
                       .Add("id", Value::String(row.id))
                       .Add("procedure", Value::String(summary.procedure))
                       .Add("version", Value::String(summary.version))
                       .Add("actions", NumberValue(summary.actions))
                       .Add("opened", PlaceValue(summary.opened, summary.opened_time))
                       .Add("last", PlaceValue(summary.last, summary.last_time))
                       .Add("closed", summary.closed
                                          ? PlaceValue(*summary.closed, *summary.closed_time)
                                          : Value())
                       .Add("judged", Value::Bool(summary.judged))
                       .Add("stages", StagesValue(summary))
                       .Add("units", NamesValue(summary.units))
                       .Add("worst", Value::String(std::string(procedure::OutcomeWord(worst))))
                       .Add("failed", NamesValue(failed))
                       .Add("failed_checks", NamesValue(summary.failed_checks))
                       .Add("deadlines", DeadlinesValue(summary, now, late)));
}

}  // namespace

bool HasCondition(const Call& call) {
  return std::any_of(kConditions.begin(), kConditions.end(),
                     [&](std::string_view name) { return call.query.Find(name) != nullptr; });
}

Result<CasePart> FindPart(Call& call, std::uint64_t limit, CaseOrder order) {
  const std::string* text = call.query.Find("cursor");
  const std::optional<Cursor> cursor = text == nullptr ? std::nullopt : ParseCursor(*text);
  if (text != nullptr && !cursor)
    return Malformed("parameter cursor is not one that this ledger gave; begin again without it");
  JEJAK_TRY(walk, cursor ? GoOn(call, order, *cursor) : Begin(call, order));
  JEJAK_TRY(late, LateDays::At(call, walk->at_size, walk->now));
  CasePart part{
      walk, cursor ? static_cast<std::size_t>(cursor->offset) : 0, 0, {}, std::move(late)};
  part.end = std::min(walk->rows.size(), part.begin + static_cast<std::size_t>(limit));
  if (part.end < walk->rows.size()) {
    part.cursor = std::to_string(walk->at_size) + "." + std::to_string(walk->now.value) + "." +
                  std::to_string(part.end);
  }
  return part;
}

const procedure::OpenDeadline* LateBy(const Call& call, const CaseWalk& walk, const CaseRow& row) {
  const std::string* rule = call.query.Find("rule");
  return FirstOverdue(row.summary, rule == nullptr ? std::nullopt : std::optional(*rule), walk.now);
}

std::vector<std::string> FailedBy(const CaseSummary& summary, UnixSeconds now) {
  std::vector<std::string> failed = summary.failed;
  for (const procedure::OpenDeadline& deadline : summary.deadlines) {
    if (deadline.due.last < now) failed.push_back(deadline.rule);
  }
  std::sort(failed.begin(), failed.end());
  failed.erase(std::unique(failed.begin(), failed.end()), failed.end());
  return failed;
}

Result<Response> SearchCases(Call& call) {
  JEJAK_CHECKED(
      OnlyParameters(call, {"stage", "unit", "rule", "overdue", "due_until", "open", "opened_from",
                            "opened_until", "limit", "cursor", "at_size"}));
  JEJAK_TRY(limit, NumberOf(call, "limit", 1, kMostListed, kUsuallyListed));
  JEJAK_TRY(part, FindPart(call, limit, CaseOrder::kAsked));
  const std::shared_ptr<const CaseWalk>& walk = part.walk;
  JEJAK_CHECKED(CheckSize(call, *walk));
  Value cases = Value::Array();
  for (std::size_t i = part.begin; i < part.end; ++i)
    cases.Push(RowValue(*walk->rows[i], walk->now, *part.late));
  Value value = Value::Object();
  value.Add("at_size", NumberValue(walk->at_size))
      .Add("now", Value::String(FormatTime(walk->now)))
      .Add("contents", Value::String(std::string(ContentsWord(call.contents()))))
      .Add("count", NumberValue(walk->rows.size()))
      .Add("cases", std::move(cases));
  if (!part.cursor.empty()) value.Add("cursor", Value::String(std::move(part.cursor)));
  return WithETag(call.request,
                  WithFreshness(JsonAnswer(json::Write(value)), Freshness::kRevalidate));
}

}  // namespace jejak::api
