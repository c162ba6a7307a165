// SPDX-License-Identifier: Apache-2.0
#include "ledger/procedure/case_facts.h"

#include <algorithm>
#include <set>

#include "ledger/procedure/field_lookup.h"
#include "ledger/procedure/pointer.h"
#include "ledger/procedure/readings.h"
#include "ledger/procedure/replay.h"
#include "ledger/procedure/seen_act.h"
#include "ledger/procedure/tracks.h"

namespace jejak::procedure {
namespace {

constexpr std::size_t kMonthChars = 7;  // "2024-05"

std::string MonthOf(std::int64_t day) {
  return FormatDate(CivilFromDays(day)).substr(0, kMonthChars);
}

// Codes and booleans as text; sealed, absent and others are unknown.
std::string ValueOf(const SeenAct& act, const std::string& field) {
  if (act.body_state() != BodyState::kPresent) return {};
  const json::Value* value = act.body().Find(field);
  if (value == nullptr) return {};
  if (value->is_bool()) return value->as_bool() ? "true" : "false";
  return value->as_string();
}

bool IsCoded(const Declaration& declaration) {
  return declaration.type == FieldType::kCode || declaration.type == FieldType::kBoolean;
}

void AddCodes(const SeenAct& act, std::vector<CodeFact>& codes) {
  for (const auto& [field, declaration] : act.type->fields) {
    if (IsCoded(declaration)) codes.push_back({act.type->type, field, ValueOf(act, field)});
  }
}

using Path = std::vector<std::string>;

// The fields of dates of a type, through objects.
std::vector<Path> DatePaths(const ActionType& type) {
  std::vector<Path> found;
  std::vector<std::pair<const std::map<std::string, Declaration>*, Path>> open{{&type.fields, {}}};
  while (!open.empty()) {
    const auto [fields, above] = std::move(open.back());
    open.pop_back();
    for (const auto& [name, declaration] : *fields) {
      Path path = above;
      path.push_back(name);
      if (declaration.type == FieldType::kDate) {
        found.push_back(std::move(path));
      } else if (declaration.type == FieldType::kObject) {
        open.emplace_back(&declaration.fields, std::move(path));
      }
    }
  }
  return found;
}

std::string PointerOf(const Path& path) {
  std::string pointer;
  for (const std::string& name : path) pointer = PointerBelow(pointer, name);
  return pointer;
}

// What may come in the initial state of its track.
bool Begins(const ActionType& type, const Definition& definition) {
  return type.track && type.from && Contains(*type.from, definition.tracks[*type.track].initial);
}

class Collector final {
 public:
  Collector(std::span<const Act> acts, const Binding& binding, const Judgement& judgement,
            UnixSeconds now)
      : definition_(*binding.definition),
        judgement_(judgement),
        now_(now),
        readings_(binding.calendars, definition_),
        record_(SeeRecord(acts, definition_, readings_, now, Corrections::kAll)),
        summary_(Summarize(acts, &definition_, judgement)) {
    for (std::size_t i = 0; i < definition_.tracks.size(); ++i)
      views_.emplace_back(record_, definition_, i, kMaxActivations);
  }

  CaseFacts Collect() {
    facts_.judged = true;
    const std::int64_t today = readings_.LocalDay(now_);
    const std::int64_t opened = readings_.LocalDay(summary_.opened_time);
    facts_.month = MonthOf(opened);
    facts_.open = !summary_.closed;
    if (facts_.open) facts_.age_days = std::max<std::int64_t>(0, today - opened);
    CountActs();
    FindSpans();
    for (std::size_t i = 0; i < views_.size(); ++i) AddInstances(i, today);
    AddVerdicts();
    return std::move(facts_);
  }

 private:
  std::optional<std::int64_t> WorkingDays(std::int64_t from, std::int64_t to) const {
    return readings_.DaysLate(from, to, Unit::kWorkingDays);
  }

  void CountActs() {
    const std::int64_t first = record_.acts.empty() ? 0 : record_.acts.front().day;
    for (std::size_t i = 0; i < record_.acts.size(); ++i) {
      const SeenAct& act = record_.acts[i];
      if (act.type == nullptr) continue;
      const std::string& type = act.type->type;
      ++facts_.acts[{MonthOf(act.entered_day), type}];
      AddCodes(act, facts_.codes);
      AddDates(i);
      facts_.entered_after.emplace_back(type, std::max<std::int64_t>(0, act.entered_day - act.day));
      if (act.type->track) {
        const Keys& keys = views_[*act.type->track].keys(i);
        if (keys.kind == Keys::Kind::kKeyed) facts_.subjects[type] += keys.instances.size();
      }
      const auto days = WorkingDays(first, act.day);
      if (days) facts_.after_opening.emplace(type, *days);
    }
  }

  // nullopt: what the act concerns can't be read.
  std::optional<std::int64_t> EventDay(std::size_t at) const {
    const ActionType& type = *record_.acts[at].type;
    std::size_t first = 0;
    if (type.track) {
      const TrackView& view = views_[*type.track];
      const Keys& keys = view.keys(at);
      if (keys.kind == Keys::Kind::kUnreadable) return std::nullopt;
      if (keys.kind == Keys::Kind::kKeyed) first = at;
      for (const std::size_t key : keys.instances)
        first = std::min(first, view.instances()[key].first);
    }
    return record_.acts[first].day;
  }

  void AddDates(std::size_t at) {
    const SeenAct& act = record_.acts[at];
    const auto [paths, fresh] = date_paths_.try_emplace(act.type);
    if (fresh) paths->second = DatePaths(*act.type);
    for (const Path& path : paths->second) {
      const Looked looked = LookUp(act, path, definition_);
      if (looked.has == Truth::kFalse) continue;
      const std::optional<std::int64_t> event = EventDay(at);
      DateFact fact{act.type->type, PointerOf(path), {}};
      if (looked.value && event)
        fact.value = DaysFromCivil(looked.value->date) > *event ? "after" : "not_after";
      facts_.dates.push_back(std::move(fact));
    }
  }

  // Both of one track whose keys can be read and have one in common; else nothing speaks against.
  bool Related(std::size_t earlier, std::size_t later) const {
    const ActionType& a = *record_.acts[earlier].type;
    const ActionType& b = *record_.acts[later].type;
    if (!a.track || a.track != b.track) return true;
    const Keys& first = views_[*a.track].keys(earlier);
    const Keys& second = views_[*a.track].keys(later);
    if (first.kind != Keys::Kind::kKeyed || second.kind != Keys::Kind::kKeyed) return true;
    return std::any_of(first.instances.begin(), first.instances.end(), [&](std::size_t key) {
      return std::find(second.instances.begin(), second.instances.end(), key) !=
             second.instances.end();
    });
  }

  // Each act of a type with a deadline is held against the newest earlier one that it counts from,
  // and each of those is used once: what comes again is not late again.
  void FindSpans() {
    std::set<std::pair<std::size_t, const ActionType*>> used;
    for (std::size_t to = 0; to < record_.acts.size(); ++to) {
      const ActionType* type = record_.acts[to].type;
      if (type == nullptr || !type->deadline) continue;
      for (std::size_t from = to; from-- > 0;) {
        const ActionType* earlier = record_.acts[from].type;
        if (earlier == nullptr || earlier->type != type->deadline->from) continue;
        if (!Related(from, to)) continue;
        if (used.emplace(from, type).second) AddSpan(from, to);
        break;
      }
    }
  }

  void AddSpan(std::size_t from, std::size_t to) {
    const SeenAct& a = record_.acts[from];
    const SeenAct& b = record_.acts[to];
    const ActionType::Deadline& deadline = *b.type->deadline;
    SpanFact span{deadline.from, b.type->type, std::nullopt, false};
    const std::optional<Unit> unit = ParseUnit(deadline.unit);
    if (unit == Unit::kHours) {
      constexpr std::int64_t kHourSeconds = 3600;
      const std::int64_t seconds = b.act->at.instant.value - a.act->at.instant.value;
      if (seconds >= 0) span.days = (seconds + kHourSeconds - 1) / kHourSeconds;
    } else if (unit) {
      span.days = readings_.DaysLate(a.day, b.day, *unit);
    }
    span.within = span.days && *span.days <= deadline.max;
    facts_.spans.push_back(std::move(span));
  }

  void AddInstances(std::size_t number, std::int64_t today) {
    const TrackView& view = views_[number];
    const Track& track = definition_.tracks[number];
    for (std::size_t k = 0; k < view.instances().size(); ++k) {
      const Instance& instance = view.instances()[k];
      InstanceFact fact;
      fact.track = track.name;
      fact.state = view.StateBefore(k, record_.acts.size()).name.value_or("");
      fact.final = Contains(track.final_states, fact.state);
      fact.reopened = !instance.opens.empty();
      const std::size_t moved =
          instance.moves.empty() ? instance.first : instance.moves.back().first;
      const std::int64_t first = record_.acts[instance.first].day;
      const std::int64_t since = record_.acts[moved].day;
      if (fact.final) fact.days_to_final = WorkingDays(first, since);
      fact.days_in_state = std::max<std::int64_t>(0, today - since);
      const SeenAct& began = record_.acts[instance.first];
      if (began.type != nullptr && Begins(*began.type, definition_))
        AddCodes(began, fact.began_with);
      facts_.instances.push_back(std::move(fact));
    }
  }

  void AddVerdicts() {
    std::map<std::string, int> worst;
    for (const RuleVerdict& verdict : judgement_.rules) {
      const bool fails = verdict.outcome == Outcome::kFail && !verdict.remedied;
      const int rank = 2 * static_cast<int>(verdict.outcome) + (fails ? 1 : 0);
      const auto [at, fresh] = worst.emplace(verdict.rule, rank);
      if (fresh || rank > at->second) {
        at->second = rank;
        const bool remedied = verdict.outcome == Outcome::kFail && !fails;
        facts_.rules[verdict.rule] = remedied ? "remedied" : OutcomeWord(verdict.outcome);
      }
      if (fails) AddFail(verdict);
    }
    for (const CheckVerdict& check : judgement_.checks) {
      std::string& outcome = facts_.checks[check.id];
      if (outcome != "fail") outcome = OutcomeWord(check.outcome);
    }
    for (const OpenDeadline& deadline : summary_.deadlines) {
      if (deadline.due.last < now_) ++facts_.overdue[deadline.rule];
    }
  }

  void AddFail(const RuleVerdict& verdict) {
    for (const Rule& rule : definition_.rules) {
      if (rule.id == verdict.rule && rule.severity == "C") facts_.critical_fail = true;
    }
    for (const SeenAct& act : record_.acts) {
      if (!std::binary_search(verdict.entries.begin(), verdict.entries.end(), act.act->index))
        continue;
      for (const SignerLine* signer : act.signers) {
        const std::pair at{verdict.rule, signer->unit};
        if (signer->unit.empty() || std::find(facts_.failed_at.begin(), facts_.failed_at.end(),
                                              at) != facts_.failed_at.end())
          continue;
        facts_.failed_at.push_back(at);
      }
    }
  }

  const Definition& definition_;
  const Judgement& judgement_;
  UnixSeconds now_;
  Readings readings_;
  SeenRecord record_;
  CaseSummary summary_;
  std::vector<TrackView> views_;
  std::map<const ActionType*, std::vector<Path>> date_paths_;  // looked up, not walked through
  CaseFacts facts_;
};

}  // namespace

CaseFacts CollectFacts(std::span<const Act> acts, const Binding& binding,
                       const Judgement& judgement, UnixSeconds now) {
  CaseFacts facts;
  if (judgement.judged) facts = Collector(acts, binding, judgement, now).Collect();
  facts.procedure = judgement.procedure;
  facts.version = judgement.version;
  facts.publish_index = judgement.publish_index;
  return facts;
}

}  // namespace jejak::procedure
