// SPDX-License-Identifier: Apache-2.0
#include "tools/intake/outlook.h"

#include <algorithm>

namespace jejak::intake {
namespace {

using procedure::ActionType;

bool Requires(const ActionType& type, std::string_view reported) {
  return std::any_of(type.requires_groups.begin(), type.requires_groups.end(),
                     [&](const auto& group) { return procedure::Contains(group, reported); });
}

// Whether it is the office's turn: no role of it is one whose key comes in with a case.
bool IsForOffice(const procedure::Definition& definition, const ActionType& type) {
  return std::none_of(definition.actions.begin(), definition.actions.end(), [&](const auto& other) {
    return std::any_of(other.parties.begin(), other.parties.end(), [&](const std::string& party) {
      return procedure::Contains(type.roles, party);
    });
  });
}

void AddDated(const ActionType& type, std::int64_t day, std::vector<DatedStep>& dated) {
  const auto at =
      std::lower_bound(dated.begin(), dated.end(), day,
                       [](const DatedStep& step, std::int64_t d) { return step.day < d; });
  if (at != dated.end() && at->day == day) {
    at->titles.push_back(type.title);
  } else {
    dated.insert(at, {day, {type.title}});
  }
}

}  // namespace

Outlook LookAhead(const Published& published, std::string_view reported, std::int64_t day) {
  const procedure::Definition& definition = published.definition;
  const procedure::DayCounter days(published.calendars, definition, std::nullopt);
  Outlook outlook;
  for (const ActionType& type : definition.actions) {
    if (!type.deadline || type.deadline->from != reported) continue;
    const auto unit = procedure::ParseUnit(type.deadline->unit);
    if (!unit) continue;
    const procedure::Deadline due = days.Due(day, type.deadline->max, *unit);
    if (due.kind == procedure::Deadline::Kind::kDay) AddDated(type, due.day, outlook.dated);
  }
  if (outlook.dated.empty()) {
    const auto& actions = definition.actions;
    const auto next = std::find_if(actions.begin(), actions.end(), [&](const ActionType& type) {
      return Requires(type, reported) && IsForOffice(definition, type);
    });
    if (next != actions.end()) outlook.next.push_back(next->title);
  }
  for (const procedure::Rule& rule : definition.rules) {
    for (const procedure::Duty& duty : rule.duties) {
      if (!duty.each) continue;
      const procedure::Closed& selector = definition.selectors[duty.each->closed];
      if (procedure::Contains(selector.types, reported)) outlook.promises.push_back(duty.says);
    }
  }
  return outlook;
}

}  // namespace jejak::intake
