// SPDX-License-Identifier: Apache-2.0
#include "ledger/evidence/closure.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_set>

#include "ledger/base/json.h"
#include "ledger/base/lexical.h"

namespace jejak::evidence {
namespace {

// The calendar that a `procedure.publish` counts by, from its inline body.
std::string CalendarOf(const record::Action& publish) {
  const Result<json::Value> body = json::Parse(publish.body_json, json::Rules::kBody);
  if (!body.ok()) return {};
  const json::Value* calendar = body->Find("calendar");
  if (calendar == nullptr || calendar->kind() != json::Kind::kString) return {};
  return IsId(calendar->as_string()) ? calendar->as_string() : std::string();
}

}  // namespace

Closure::Closure(const record::Stream& case_stream) {
  Need(case_stream.kind, case_stream.name);
  Need(record::StreamKind::kRegistry, {});
}

void Closure::Need(record::StreamKind kind, std::string_view name) {
  const auto [at, fresh] = known_.insert(record::Stream{kind, std::string(name)});
  if (fresh) order_.push_back(*at);
}

std::optional<record::Stream> Closure::Next() {
  if (next_ == order_.size()) return std::nullopt;
  return order_[next_++];
}

void Closure::Add(std::span<const record::Action* const> actions) {
  std::unordered_set<std::string_view> parties;
  for (const record::Action* action : actions) {
    for (const record::Action::Party& party : action->parties) parties.insert(party.key.name);
  }
  for (const record::Action* action : actions) {
    if (action->under) Need(record::StreamKind::kProcedure, action->under->id);
    if (action->type == "procedure.publish") {
      const std::string calendar = CalendarOf(*action);
      if (!calendar.empty()) Need(record::StreamKind::kCalendar, calendar);
    }
    for (const record::Action::By& by : action->by) {
      if (by.role == "root" || by.role == "self" || parties.contains(by.name)) continue;
      Need(record::StreamKind::kKey, by.name);
    }
  }
}

}  // namespace jejak::evidence
