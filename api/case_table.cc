// SPDX-License-Identifier: Apache-2.0
#include "api/case_table.h"

#include <algorithm>

namespace jejak::api {
namespace {

using procedure::CaseSummary;
using procedure::OpenDeadline;

constexpr std::int64_t kDaySeconds = 86400;

bool Contains(const std::vector<std::string>& list, const std::string& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

bool InStage(const CaseSummary& summary, const std::string& state) {
  return std::any_of(summary.stages.begin(), summary.stages.end(),
                     [&](const procedure::Stage& stage) { return stage.state == state; });
}

bool Matches(const CaseSummary& summary, const CaseQuery& query) {
  if (query.stage && !InStage(summary, *query.stage)) return false;
  if (query.unit && !Contains(summary.units, *query.unit)) return false;
  if (query.open && *query.open == summary.closed.has_value()) return false;
  if (query.opened_from && summary.opened_time < *query.opened_from) return false;
  if (query.opened_until && summary.opened_time >= *query.opened_until) return false;
  const bool late = FirstOverdue(summary, query.rule, query.now) != nullptr;
  if (query.overdue) return late;
  return !query.rule || late || Contains(summary.failed, *query.rule);
}

bool OpenedBefore(const RowPointer& row, std::uint64_t opened) {
  return row->summary.opened < opened;
}

}  // namespace

const OpenDeadline* FirstOverdue(const CaseSummary& summary, const std::optional<std::string>& rule,
                                 UnixSeconds now) {
  for (const OpenDeadline& deadline : summary.deadlines) {
    if (deadline.due.last >= now) return nullptr;  // ascending
    if (!rule || deadline.rule == *rule) return &deadline;
  }
  return nullptr;
}

std::int64_t DaysLate(const OpenDeadline& deadline, UnixSeconds now) {
  return (now.value - deadline.due.last.value + kDaySeconds - 1) / kDaySeconds;
}

void CaseTable::List(const CaseRow& row, bool add) {
  const CaseSummary& summary = row.summary;
  const auto list = [&](Places& places, const std::string& name) {
    if (add) {
      places[name].insert(summary.opened);
    } else {
      places[name].erase(summary.opened);
    }
  };
  for (const procedure::Stage& stage : summary.stages) {
    if (stage.state) list(stages_, *stage.state);
  }
  for (const std::string& unit : summary.units) list(units_, unit);
  for (const std::string& rule : summary.failed) list(rules_, rule);
  for (const OpenDeadline& deadline : summary.deadlines) list(rules_, deadline.rule);
  if (summary.deadlines.empty()) return;
  const std::pair due{summary.deadlines.front().due.last.value, summary.opened};
  if (add) {
    dues_.insert(due);
  } else {
    dues_.erase(due);
  }
}

void CaseTable::Put(RowPointer row) {
  const auto at = std::lower_bound(rows_.begin(), rows_.end(), row->summary.opened, OpenedBefore);
  if (at != rows_.end() && (*at)->summary.opened == row->summary.opened) {
    List(**at, false);
    List(*row, true);
    *at = std::move(row);
    return;
  }
  List(*row, true);
  rows_.insert(at, std::move(row));
}

void CaseTable::Remove(std::uint64_t opened) {
  const auto at = std::lower_bound(rows_.begin(), rows_.end(), opened, OpenedBefore);
  if (at == rows_.end() || (*at)->summary.opened != opened) return;
  List(**at, false);
  rows_.erase(at);
}

const RowPointer* CaseTable::At(std::uint64_t opened) const {
  const auto at = std::lower_bound(rows_.begin(), rows_.end(), opened, OpenedBefore);
  return at == rows_.end() || (*at)->summary.opened != opened ? nullptr : &*at;
}

std::vector<RowPointer> CaseTable::FindOverdue(CaseQuery query) const {
  query.overdue = true;
  std::vector<std::pair<std::int64_t, RowPointer>> found;
  for (const auto& [due, opened] : dues_) {
    if (due >= query.now.value) break;
    const RowPointer* row = At(opened);
    if (row == nullptr || !Matches((*row)->summary, query)) continue;
    found.emplace_back(FirstOverdue((*row)->summary, query.rule, query.now)->due.last.value, *row);
  }
  // With a rule, its deadline decides, which need not be the case's first.
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<RowPointer> rows;
  rows.reserve(found.size());
  for (auto& [due, row] : found) rows.push_back(std::move(row));
  return rows;
}

std::vector<RowPointer> CaseTable::Find(const CaseQuery& query) const {
  if (query.overdue) return FindOverdue(query);
  if (!query.late_first) return FindAny(query);
  std::vector<RowPointer> rows = FindOverdue(query);
  for (RowPointer& row : FindAny(query)) {
    if (FirstOverdue(row->summary, query.rule, query.now) == nullptr)
      rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<RowPointer> CaseTable::FindAny(const CaseQuery& query) const {
  const Listed* narrowest = nullptr;
  static const Listed kNothing;
  const auto narrow = [&](const Places& places, const std::optional<std::string>& name) {
    if (!name) return;
    const auto found = places.find(*name);
    const Listed* listed = found == places.end() ? &kNothing : &found->second;
    if (narrowest == nullptr || listed->size() < narrowest->size()) narrowest = listed;
  };
  narrow(stages_, query.stage);
  narrow(units_, query.unit);
  narrow(rules_, query.rule);
  std::vector<RowPointer> rows;
  if (narrowest != nullptr) {
    for (const std::uint64_t opened : *narrowest) {
      const RowPointer* row = At(opened);
      if (row != nullptr && Matches((*row)->summary, query)) rows.push_back(*row);
    }
    return rows;
  }
  // Times never decrease in a log: only the cases opened since are looked at.
  auto row = rows_.begin();
  if (query.opened_from) {
    row = std::lower_bound(
        rows_.begin(), rows_.end(), *query.opened_from,
        [](const RowPointer& one, UnixSeconds from) { return one->summary.opened_time < from; });
  }
  for (; row != rows_.end(); ++row) {
    if (query.opened_until && (*row)->summary.opened_time >= *query.opened_until) break;
    if (Matches((*row)->summary, query)) rows.push_back(*row);
  }
  return rows;
}

}  // namespace jejak::api
