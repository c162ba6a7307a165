// SPDX-License-Identifier: Apache-2.0
#include "ledger/presentation/case_days.h"

#include <algorithm>

#include "ledger/base/time.h"

namespace jejak::presentation {
namespace {

using procedure::Act;
using procedure::ActionType;
using procedure::Definition;
using procedure::Unit;

constexpr std::int64_t kSecondsPerHour = 3600;
// Beyond, a hostile case would cost a search through all its actions for each of them.
constexpr std::size_t kMaxLookedBack = 200;

// The instances that an act names: its about lines, or the texts in the key field of its track.
std::vector<std::string> KeysOf(const Act& act, const ActionType& type, const Definition& in) {
  if (!type.track || in.tracks[*type.track].by_about()) return act.about;
  std::vector<std::string> keys;
  const json::Value* field = act.body.Find(in.tracks[*type.track].key_field);
  if (field == nullptr) return keys;
  if (field->is_string()) keys.push_back(field->as_string());
  for (const json::Value& item : field->items()) keys.push_back(item.as_string());
  return keys;
}

bool Overlap(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::ranges::any_of(
      a, [&](const std::string& key) { return std::ranges::find(b, key) != b.end(); });
}

// Whether two actions may be about one instance: of different tracks, or without a key, they may.
bool MayConcernOne(const Act& a, const ActionType& a_type, const Act& b, const ActionType& b_type,
                   const Definition& definition) {
  if (a_type.track != b_type.track) return true;
  const std::vector<std::string> a_keys = KeysOf(a, a_type, definition);
  const std::vector<std::string> b_keys = KeysOf(b, b_type, definition);
  return a_keys.empty() || b_keys.empty() || Overlap(a_keys, b_keys);
}

}  // namespace

CaseDays::CaseDays(std::span<const Act> acts, const Definition* definition,
                   std::span<const procedure::CalendarVersion> calendars)
    : definition_(definition), calendars_(calendars) {
  acts_.reserve(acts.size());
  for (const Act& act : acts) Add(act);
}

CaseDays CaseDays::Newest(std::size_t count) const {
  CaseDays newest = *this;
  newest.by_type_.clear();  // places in the whole list, of use while it was made
  const std::size_t dropped = acts_.size() - std::min(count, acts_.size());
  newest.acts_.erase(newest.acts_.begin(),
                     newest.acts_.begin() + static_cast<std::ptrdiff_t>(dropped));
  return newest;
}

const ActDays* CaseDays::OfEntry(std::uint64_t entry) const {
  const auto found = std::ranges::lower_bound(acts_, entry, {},
                                              [](const ActDays& days) { return days.act->index; });
  return found == acts_.end() || found->act->index != entry ? nullptr : &*found;
}

std::int64_t CaseDays::DayOf(UnixSeconds instant) const {
  if (definition_ != nullptr) return DaysFromCivil(definition_->LocalDate(instant));
  constexpr std::int64_t kSecondsPerDay = 24 * kSecondsPerHour;
  return instant.value / kSecondsPerDay - (instant.value % kSecondsPerDay < 0 ? 1 : 0);
}

std::optional<std::int64_t> CaseDays::WorkingDays(std::int64_t from, std::int64_t to) const {
  const auto all = counters_.find(calendars_.size());
  if (all == counters_.end()) return std::nullopt;
  return all->second.Count(from, to, Unit::kWorkingDays);
}

bool CaseDays::MayBeWorking(std::int64_t day) const {
  const auto all = counters_.find(calendars_.size());
  return all == counters_.end() || all->second.IsWorking(day).value_or(true);
}

const procedure::DayCounter& CaseDays::Counter(std::optional<std::uint64_t> before) {
  std::size_t count = calendars_.size();
  if (before) {
    count = static_cast<std::size_t>(std::ranges::count_if(
        calendars_, [&](const auto& version) { return version.index < *before; }));
    if (count == 0) count = calendars_.size();
  }
  const auto found = counters_.find(count);
  if (found != counters_.end()) return found->second;
  if (count == calendars_.size()) before.reset();
  return counters_.try_emplace(count, calendars_, *definition_, before).first->second;
}

void CaseDays::Add(const Act& act) {
  ActDays days;
  days.act = &act;
  days.day = definition_ != nullptr ? DayOf(act.at.instant) : DaysFromCivil(act.at.local_date);
  if (!acts_.empty()) days.before_previous = days.day < acts_.back().day;
  if (!acts_.empty()) days.same_day = days.day == acts_.back().day;
  if (definition_ != nullptr && !calendars_.empty()) {
    const procedure::DayCounter& counter = Counter(std::nullopt);
    if (!acts_.empty()) {
      days.since_previous = counter.Count(acts_.back().day, days.day, Unit::kWorkingDays);
    }
    const ActionType* type = definition_->FindAction(act.type);
    if (type != nullptr && type->deadline) days.deadline = DeadlineOf(*type, days);
  }
  by_type_[act.type].push_back(acts_.size());
  acts_.push_back(days);
}

const ActDays* CaseDays::StartOf(const ActionType& type, const Act& act) const {
  const auto found = by_type_.find(type.deadline->from);
  const ActionType* from = definition_->FindAction(type.deadline->from);
  if (found == by_type_.end() || from == nullptr) return nullptr;
  std::size_t looked = 0;
  for (auto earlier = found->second.rbegin(); earlier != found->second.rend(); ++earlier) {
    if (++looked > kMaxLookedBack) break;
    const ActDays& start = acts_[*earlier];
    if (MayConcernOne(*start.act, *from, act, type, *definition_)) return &start;
  }
  return nullptr;
}

std::optional<std::int64_t> CaseDays::DueDay(const ActDays& start, std::int64_t max, Unit unit) {
  const procedure::Deadline all = Counter(std::nullopt).Due(start.day, max, unit);
  const procedure::Deadline then = Counter(start.act->index).Due(start.day, max, unit);
  if (all.kind != procedure::Deadline::Kind::kDay || then.kind != all.kind) return std::nullopt;
  return std::max(all.day, then.day);
}

std::optional<ActDeadline> CaseDays::DeadlineOf(const ActionType& type, const ActDays& at) {
  const ActDays* start = StartOf(type, *at.act);
  const std::optional<Unit> unit = procedure::ParseUnit(type.deadline->unit);
  if (start == nullptr || !unit || type.deadline->max < 0) return std::nullopt;
  ActDeadline deadline;
  deadline.from_entry = start->act->index;
  deadline.from_day = start->day;
  deadline.says = &*type.deadline;
  if (*unit == Unit::kHours) {
    constexpr std::int64_t kMaxHours = std::int64_t{24} * 366 * 100;
    if (type.deadline->max > kMaxHours) return std::nullopt;
    const std::int64_t due = start->act->at.instant.value + type.deadline->max * kSecondsPerHour;
    const std::int64_t over = at.act->at.instant.value - due;
    deadline.due_day = DayOf({due});
    if (over > 0) deadline.late = (over + kSecondsPerHour - 1) / kSecondsPerHour;
    deadline.state = over > 0 ? DeadlineState::kMissed : DeadlineState::kMet;
    return deadline;
  }
  const std::optional<std::int64_t> due = DueDay(*start, type.deadline->max, *unit);
  if (!due) return std::nullopt;
  deadline.due_day = *due;
  if (at.day > *due) {
    deadline.state = DeadlineState::kMissed;
    deadline.late = Counter(std::nullopt).Count(*due, at.day, *unit);
  }
  return deadline;
}

std::string DayText(std::int64_t day) { return FormatDate(CivilFromDays(day)); }

}  // namespace jejak::presentation
