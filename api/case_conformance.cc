// SPDX-License-Identifier: Apache-2.0
#include "api/case_conformance.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "api/action_json.h"
#include "api/caching.h"
#include "api/case_record.h"
#include "api/conformance_json.h"
#include "ledger/evidence/case_acts.h"

namespace jejak::api {
namespace {

using json::Value;
using procedure::CheckVerdict;
using procedure::Judgement;
using procedure::Outcome;
using procedure::RuleVerdict;

Result<UnixSeconds> NowOf(const Call& call) {
  const std::string* text = call.query.Find("now");
  if (text == nullptr) return call.ledger.clock.Wall();
  const Result<UnixSeconds> now = ParseTime(*text);
  if (now.ok()) return *now;
  return Malformed("parameter now must be a time as in 2026-06-19T02:31:07Z");
}

// nullopt: not a fail that stands.
using Place = std::tuple<std::string, std::string, std::string>;
std::optional<Place> FailsAt(const RuleVerdict& verdict) {
  if (verdict.outcome != Outcome::kFail || verdict.remedied) return std::nullopt;
  return Place{verdict.rule, verdict.scope, verdict.instance};
}

Value NewFails(const Judgement& before, const Judgement& after) {
  std::set<Place> known;
  for (const RuleVerdict& verdict : before.rules) {
    if (auto place = FailsAt(verdict)) known.insert(std::move(*place));
  }
  Value fails = Value::Array();
  for (const RuleVerdict& verdict : after.rules) {
    const auto place = FailsAt(verdict);
    if (place && !known.contains(*place)) fails.Push(RuleValue(verdict));
  }
  return fails;
}

Value NewFailedChecks(const Judgement& before, const Judgement& after) {
  std::set<std::pair<std::string, std::uint64_t>> known;
  for (const CheckVerdict& check : before.checks) {
    if (check.outcome == Outcome::kFail) known.emplace(check.id, check.entry);
  }
  Value fails = Value::Array();
  for (const CheckVerdict& check : after.checks) {
    if (check.outcome == Outcome::kFail && !known.contains({check.id, check.entry}))
      fails.Push(CheckValue(check));
  }
  return fails;
}

// The case as it is; of no actions when the submission would open it.
Result<evidence::CaseRecord> ReadOrBegin(sequencer::LogReader& reader, Published& published,
                                         const record::Stream& stream, Contents contents) {
  Result<evidence::CaseRecord> record =
      ReadCase(reader, published, stream, reader.size(), contents);
  if (record.ok() || record.error().code != Code::kNotFound) return record;
  return evidence::CaseRecord{stream.text(), {}, {}};
}

}  // namespace

Result<Response> ReadConformance(Call& call, const record::Stream& stream) {
  JEJAK_CHECKED(OnlyParameters(call, {"now"}));
  JEJAK_TRY(now, NowOf(call));
  const Contents contents = call.contents();
  const std::uint64_t size = call.reader.size();
  JEJAK_TRY(published, call.ledger.published.At(call.reader, size));
  JEJAK_TRY(record, ReadCase(call.reader, *published, stream, size, contents));
  Value value = Value::Object();
  value.Add("at_size", NumberValue(size));
  // The clock's own time would make every answer another one: it is told where it was asked for.
  if (call.query.Find("now") != nullptr)
    value.Add("now", Value::String(FormatTime(std::max(now, record.acts.back().entered))));
  value.Add("contents", Value::String(std::string(ContentsWord(contents))))
      .Add("conformance", ConformanceValue(evidence::JudgeRecord(record, now)));
  return WithETag(call.request,
                  WithFreshness(JsonAnswer(json::Write(value)), Freshness::kRevalidate));
}

Result<Value> ForeseeConformance(sequencer::LogReader& reader, Published& published,
                                 const sequencer::Submission& submission, UnixSeconds now,
                                 bool shows_bodies) {
  const record::Action& action = submission.candidate.action;
  const Contents contents = shows_bodies ? Contents::kHeld : Contents::kNone;
  JEJAK_TRY(record, ReadOrBegin(reader, published, action.stream, contents));
  const UnixSeconds entered = record.acts.empty() ? now : std::max(now, record.acts.back().entered);
  Judgement before;
  if (!record.acts.empty()) before = evidence::JudgeRecord(record, entered).judgement;
  AppendAction(action, reader.size(), entered, reader.head().administration(), published, record);
  if (submission.body)
    evidence::AddContents(action, *submission.body, submission.openings, record.acts.back());
  const evidence::CaseConformance after = evidence::JudgeRecord(record, entered);
  return std::move(
      Value::Object()
          .Add("contents", Value::String(std::string(ContentsWord(contents))))
          .Add("procedure", Value::String(after.judgement.procedure))
          .Add("version", Value::String(after.judgement.version))
          .Add("judged", Value::Bool(after.judgement.judged))
          .Add("why_not", after.judgement.judged ? Value() : WordsValue(after.judgement.why_not))
          .Add("would_break", NewFails(before, after.judgement))
          .Add("would_fail_checks", NewFailedChecks(before, after.judgement)));
}

}  // namespace jejak::api
