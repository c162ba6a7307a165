// SPDX-License-Identifier: Apache-2.0
#include "api/status_course.h"

#include <algorithm>
#include <utility>

namespace jejak::api {

using procedure::Act;
using procedure::ActionType;

Course::Course(const evidence::CaseRecord& record, const evidence::CaseConformance& conformance,
               UnixSeconds now)
    : record_(record),
      conformance_(conformance),
      definition_(*conformance.judged_by()),
      readings_(record.calendars(), definition_),
      days_(record.calendars(), definition_, std::nullopt),
      today_(readings_.LocalDay(now)) {
  for (const ActionType& type : definition_.actions)
    party_roles_.insert(type.parties.begin(), type.parties.end());
}

bool Course::IsForParties(const ActionType& type) const {
  return std::any_of(type.roles.begin(), type.roles.end(),
                     [this](const std::string& role) { return party_roles_.contains(role); });
}

bool Course::IsVoided(const Act& act) const {
  const auto& voided = conformance_.judgement.voided;
  return std::binary_search(voided.begin(), voided.end(), act.index);
}

bool Course::Counts(const Act& act) const {
  const auto& checks = conformance_.judgement.checks;
  return !IsVoided(act) &&
         std::none_of(checks.begin(), checks.end(), [&](const procedure::CheckVerdict& check) {
           return check.entry == act.index && check.id == "check.role" &&
                  check.outcome != procedure::Outcome::kPass;
         });
}

bool Course::Concerns(const Act& act, const Instance& instance) const {
  const ActionType* type = definition_.FindAction(act.type);
  if (type == nullptr || type->track != instance.track) return false;
  const procedure::Track& track = definition_.tracks[instance.track];
  if (track.by_about()) return procedure::Contains(act.about, instance.key);
  const json::Value* key =
      act.body_state == procedure::BodyState::kPresent ? act.body.Find(track.key_field) : nullptr;
  return key != nullptr && key->is_string() && key->as_string() == instance.key;
}

// Of the instance if the type is of its track, else of the case.
const Act* Course::LastOf(std::string_view name, const Instance& instance) const {
  const ActionType* type = definition_.FindAction(name);
  if (type == nullptr) return nullptr;
  for (auto act = record_.acts.rbegin(); act != record_.acts.rend(); ++act) {
    if (act->type != name || !Counts(*act)) continue;
    if (type->track != instance.track || Concerns(*act, instance)) return &*act;
  }
  return nullptr;
}

DueDay Course::CountTo(std::string text, std::int64_t day, procedure::Unit unit) const {
  DueDay due{std::move(text), day, today_ > day, {}};
  due.days = due.late ? readings_.DaysLate(day, today_, unit) : days_.Count(today_, day, unit);
  return due;
}

DueDay Course::DueOf(const procedure::Due& due) const {
  return CountTo(due.text, readings_.LocalDay(due.last), procedure::Unit::kWorkingDays);
}

std::optional<DueDay> Course::DeadlineOf(const ActionType& type, const Instance& instance) const {
  if (!type.deadline) return std::nullopt;
  const Act* from = LastOf(type.deadline->from, instance);
  const auto unit = procedure::ParseUnit(type.deadline->unit);
  if (from == nullptr || !unit) return std::nullopt;
  if (*unit == procedure::Unit::kHours) {
    const auto end = readings_.AtInstant({from->at.instant.value + 3600 * type.deadline->max});
    return CountTo(end.text, readings_.LocalDay(end.last), procedure::Unit::kCalendarDays);
  }
  const auto last =
      readings_.Due(DaysFromCivil(from->at.local_date), type.deadline->max, *unit, from->index);
  if (last.kind != procedure::Deadline::Kind::kDay) return std::nullopt;
  return CountTo(readings_.EndOfDay(last.day).text, last.day, *unit);
}

// In that state, after what it requires, and not done yet since what its deadline counts from.
bool Course::Allows(const ActionType& type, const Instance& instance) const {
  if (type.track != instance.track || procedure::IsUnderstoodEverywhere(type.type)) return false;
  if (type.from && (!instance.state || !procedure::Contains(*type.from, *instance.state)))
    return false;
  for (const auto& group : type.requires_groups) {
    const auto done = [&](const std::string& name) { return LastOf(name, instance) != nullptr; };
    if (std::none_of(group.begin(), group.end(), done)) return false;
  }
  const Act* last = LastOf(type.type, instance);
  if (last == nullptr || !type.deadline) return true;
  const Act* from = LastOf(type.deadline->from, instance);
  return from != nullptr && from->seq > last->seq;
}

std::vector<NextStep> Course::StepsOf(const Instance& instance) const {
  std::vector<NextStep> steps;
  for (const ActionType& type : definition_.actions) {
    if (Allows(type, instance)) steps.push_back({&type, DeadlineOf(type, instance)});
  }
  std::stable_sort(steps.begin(), steps.end(), [](const NextStep& a, const NextStep& b) {
    if (!a.due || !b.due) return a.due.has_value() && !b.due.has_value();
    return a.due->day < b.due->day;
  });
  return steps;
}

}  // namespace jejak::api
