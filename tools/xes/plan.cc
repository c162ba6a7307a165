// SPDX-License-Identifier: Apache-2.0
#include "tools/xes/plan.h"

#include <utility>

#include "ledger/base/json.h"
#include "ledger/base/lexical.h"
#include "ledger/base/text.h"
#include "ledger/crypto/hash.h"
#include "tools/xes/mapping.h"

namespace jejak::xes {
namespace {

constexpr std::size_t kMaxCaseActions = 10'000;  // row 13 of the admission table
constexpr std::size_t kMaxGrants = 64;           // of one enrolment

Result<std::pair<Document, json::Value>> ReadDocument(std::string text, std::string_view format) {
  JEJAK_TRY(parsed, json::Parse(text, json::Rules::kContainer));
  const auto member = [&parsed](std::string_view name) {
    const json::Value* value = parsed.Find(name);
    return value == nullptr ? std::string() : value->as_string();
  };
  if (member("format") != format) return Malformed("its `format` is not " + std::string(format));
  Document document;
  document.id = member("id");
  document.version = member("version");
  document.sha256 = crypto::Sha256(AsBytes(text));
  document.text = std::move(text);
  if (!IsId(document.id)) return Malformed("its `id` is not one");
  if (!IsVersion(document.version)) return Malformed("its `version` is not one");
  return std::pair(std::move(document), std::move(parsed));
}

Error At(const Error& error, const std::string& where) {
  return {error.code, where + ": " + error.detail};
}

class Planner final {
 public:
  Planner(const std::string& origin, const Document& definition, const std::string& zone)
      : origin_(origin), definition_(definition), zone_(zone) {}

  Result<void> Add(const Trace& trace, std::uint64_t number) {
    const std::string where = "trace " + std::to_string(number);
    const std::string* name = Find(trace.attributes, kName);
    if (name == nullptr || name->empty())
      return Malformed(where + " has no concept:name, from which the case's id is made");
    if (trace.events.empty()) {
      ++plan_.empty_traces;
      return {};
    }
    if (trace.events.size() > kMaxCaseActions)
      return Refused(where + " has more events than the 10000 actions of a case");
    PlannedCase planned{CaseIdOf(origin_, definition_.id, *name), number, {}};
    if (!ids_.insert(planned.id).second)
      return Malformed(where + " has the concept:name of an earlier trace");
    for (const Event& event : trace.events) {
      const bool first = planned.actions.empty();
      Result<PlannedAction> action = PlanEvent(event, first ? &trace.attributes : nullptr);
      if (!action.ok()) {
        return At(action.error(), where + ", event " + std::to_string(planned.actions.size() + 1));
      }
      planned.actions.push_back(*std::move(action));
    }
    plan_.events += planned.actions.size();
    plan_.cases.push_back(std::move(planned));
    return {};
  }

  Result<ImportPlan> Finish() {
    for (const auto& [name, roles] : plan_.signers) {
      if (roles.size() > kMaxGrants)
        return Refused("a resource stands in more than 64 groups, one grant each");
    }
    return std::move(plan_);
  }

 private:
  Result<PlannedAction> PlanEvent(const Event& event, const Attributes* trace) {
    const std::string* name = Find(event.attributes, kName);
    const std::string* stamp = Find(event.attributes, kStamp);
    const std::string* resource = Find(event.attributes, kResource);
    if (name == nullptr) return Malformed("it has no concept:name, from which its type is made");
    if (stamp == nullptr) return Malformed("it has no time:timestamp");
    PlannedAction action;
    JEJAK_TRY(type, TypeOf(*name));
    if (!definition_.types.contains(type))
      return Malformed("its type " + type + " is not in the definition; is it the right one?");
    JEJAK_TRY(at, AtOf(*stamp, zone_));
    JEJAK_TRY(body, BodyOf(event, trace));
    action.type = std::move(type);
    action.at = at;
    action.body = std::move(body);
    action.signer = KeyNameOf(definition_.id, resource == nullptr ? std::string() : *resource);
    std::set<std::string>& roles = plan_.signers[action.signer];
    const std::string* group = Find(event.attributes, kGroup);
    if (resource != nullptr && !resource->empty() && group != nullptr) {
      if (std::optional<std::string> role = RoleOf(*group)) roles.insert(*std::move(role));
    }
    return action;
  }

  const std::string& origin_;
  const Document& definition_;
  const std::string& zone_;
  ImportPlan plan_;
  std::set<std::string> ids_;
};

}  // namespace

Result<Document> ReadDefinition(std::string text) {
  JEJAK_TRY(read, ReadDocument(std::move(text), "jejak/procedure/v1"));
  auto& [document, parsed] = read;
  const json::Value* calendar = parsed.Find("calendar");
  std::string_view id = calendar == nullptr ? std::string_view() : calendar->as_string();
  if (!TakePrefix(id, "calendar/") || !IsId(id))
    return Malformed("its `calendar` does not name a calendar/ID");
  document.calendar = id;
  const json::Value* actions = parsed.Find("actions");
  if (actions == nullptr || !actions->is_array()) return Malformed("it has no `actions`");
  for (const json::Value& action : actions->items()) {
    const json::Value* type = action.Find("type");
    if (type != nullptr) document.types.insert(type->as_string());
  }
  return std::move(document);
}

Result<Document> ReadCalendar(std::string text) {
  JEJAK_TRY(read, ReadDocument(std::move(text), "jejak/calendar/v1"));
  return std::move(read.first);
}

Result<ImportPlan> PlanImport(const EventLog& log, const std::string& origin,
                              const Document& definition, const std::string& zone) {
  if (!zone.empty() && !IsZone(zone)) return Malformed("--zone is not an offset such as +01:00");
  if (log.traces.empty()) return Malformed("the log has no traces");
  Planner planner(origin, definition, zone);
  std::uint64_t number = 0;
  for (const Trace& trace : log.traces) JEJAK_CHECKED(planner.Add(trace, ++number));
  return planner.Finish();
}

}  // namespace jejak::xes
