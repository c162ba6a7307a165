// SPDX-License-Identifier: Apache-2.0
#include "tools/xes/ocel.h"

#include <algorithm>

#include "ledger/base/text.h"

namespace jejak::xes {
namespace {

using json::Value;

// From the beginning, as OCEL says it.
constexpr const char* kAlways = "1970-01-01T00:00:00Z";

Value Text(std::string_view text) { return Value::String(std::string(text)); }

std::string TypeOf(const Value& value) {
  if (value.is_integer()) return "integer";
  return value.is_bool() ? "boolean" : "string";
}

Value AsText(const Value& value) {
  return value.is_string() ? value : Value::String(json::Write(value));
}

// The definition that the case is bound to last; null when it isn't at hand.
const procedure::Definition* DefinitionOf(const evidence::CaseRecord& record) {
  if (record.bindings.empty() || record.bindings.back().second == nullptr) return nullptr;
  const auto& parsed = record.bindings.back().second->definition;
  return parsed != nullptr && parsed->definition ? &*parsed->definition : nullptr;
}

using Instance = std::pair<std::string, std::string>;  // track, key

// The ways through a case that an act is about: its labels, and what its type's track is told by.
std::vector<Instance> InstancesOf(const procedure::Act& act,
                                  const procedure::Definition* definition) {
  std::vector<Instance> instances;
  if (definition == nullptr) return instances;
  for (const procedure::Track& track : definition->tracks) {
    if (!track.by_about()) continue;
    for (const std::string& label : act.about) instances.emplace_back(track.name, label);
  }
  const procedure::ActionType* type = definition->FindAction(act.type);
  if (type == nullptr || !type->track) return instances;
  const procedure::Track& track = definition->tracks[*type->track];
  const Value* key = track.by_about() ? nullptr : act.body.Find(track.key_field);
  if (key != nullptr && key->is_string()) instances.emplace_back(track.name, key->as_string());
  return instances;
}

std::string ObjectId(const std::string& stream, const Instance& instance) {
  return stream + "/" + instance.first + "/" + instance.second;
}

Value RelationsJson(const std::vector<std::pair<std::string, std::string>>& related) {
  Value relations = Value::Array();
  for (const auto& [id, qualifier] : related) {
    Value relation = Value::Object();
    relation.Add("objectId", Text(id)).Add("qualifier", Text(qualifier));
    relations.Push(std::move(relation));
  }
  return relations;
}

}  // namespace

void OcelLog::Add(const JudgedCase& judged) {
  AddCase(judged);
  AddInstances(judged);
  AddEvents(judged);
}

void OcelLog::Keep(Item item, std::vector<Item>& items, Types& types) {
  std::map<std::string, std::string>& declared = types[item.type];
  for (const Attribute& attribute : item.attributes) {
    const std::string type = TypeOf(attribute.value);
    const auto [at, added] = declared.emplace(attribute.name, type);
    if (!added && at->second != type) at->second = "string";
  }
  items.push_back(std::move(item));
}

void OcelLog::AddVerdictsTo(Item& object, const RuleOutcomes& outcomes) const {
  for (const auto& [rule, outcome] : outcomes)
    object.attributes.push_back({"verdict:" + rule, Text(procedure::OutcomeWord(outcome)), now_});
}

void OcelLog::AddCase(const JudgedCase& judged) {
  Item object{judged.record.stream, "case", "", {}, {}};
  if (!judged.record.bindings.empty() && judged.record.bindings.back().second != nullptr) {
    const evidence::BoundVersion& bound = *judged.record.bindings.back().second;
    object.attributes.push_back({"procedure", Text(bound.procedure), kAlways});
    object.attributes.push_back({"version", Text(bound.version), kAlways});
  }
  if (judged.conformance) {
    const procedure::Judgement& judgement = judged.conformance->judgement;
    object.attributes.push_back({"judged", Value::Bool(judgement.judged), now_});
    if (!judgement.judged)
      object.attributes.push_back({"why_not", Text(judgement.why_not.en), now_});
    AddVerdictsTo(object, WorstByRule(*judged.conformance));
  }
  Keep(std::move(object), objects_, object_types_);
}

void OcelLog::AddInstances(const JudgedCase& judged) {
  const procedure::Definition* definition = DefinitionOf(judged.record);
  std::vector<Instance> known;  // in the order in which they come up
  for (const procedure::Act& act : judged.record.acts) {
    for (Instance& instance : InstancesOf(act, definition)) {
      if (std::find(known.begin(), known.end(), instance) == known.end())
        known.push_back(std::move(instance));
    }
  }
  for (const Instance& instance : known) {
    Item object{ObjectId(judged.record.stream, instance),
                instance.first,
                "",
                {},
                {{judged.record.stream, "case"}}};
    if (judged.conformance) {
      for (const procedure::InstanceState& state : judged.conformance->judgement.states) {
        if (state.track == instance.first && state.instance == instance.second && state.state)
          object.attributes.push_back({"state", Text(*state.state), now_});
      }
      AddVerdictsTo(object, OutcomesOf(*judged.conformance, instance.first, instance.second));
    }
    Keep(std::move(object), objects_, object_types_);
  }
}

void OcelLog::AddEvents(const JudgedCase& judged) {
  const procedure::Definition* definition = DefinitionOf(judged.record);
  std::map<std::uint64_t, std::string> failed;
  if (judged.conformance) failed = FailedChecks(judged.conformance->judgement);
  for (const procedure::Act& act : judged.record.acts) {
    Item event{EncodeHash(act.id),
               act.type,
               FormatAt(act.at.instant, act.at.offset_minutes),
               {},
               {{judged.record.stream, "case"}}};
    const auto add = [&event](std::string name, Value value) {
      event.attributes.push_back({std::move(name), std::move(value), ""});
    };
    add("entry", Value::Integer(static_cast<std::int64_t>(act.index)));
    add("entered", Text(FormatTime(act.entered)));
    if (!act.by.empty()) add("resource", Text(act.by[0].name));
    if (!act.by.empty() && act.by[0].role != "-") add("role", Text(act.by[0].role));
    for (const json::Member& member : act.body.members()) {
      const Value& value = member.value;
      if (value.is_string() || value.is_integer() || value.is_bool())
        add("body." + member.name, value);
    }
    const auto found = failed.find(act.index);
    if (found != failed.end()) add("failed_checks", Text(found->second));
    for (const Instance& instance : InstancesOf(act, definition))
      event.related.emplace_back(ObjectId(judged.record.stream, instance), instance.first);
    Keep(std::move(event), events_, event_types_);
  }
}

Value OcelLog::TypesJson(const Types& types) {
  Value list = Value::Array();
  for (const auto& [name, declared] : types) {
    Value attributes = Value::Array();
    for (const auto& [attribute, type] : declared) {
      Value one = Value::Object();
      one.Add("name", Text(attribute)).Add("type", Text(type));
      attributes.Push(std::move(one));
    }
    Value one = Value::Object();
    one.Add("name", Text(name)).Add("attributes", std::move(attributes));
    list.Push(std::move(one));
  }
  return list;
}

Value OcelLog::ItemJson(const Item& item, const Types& types) {
  const std::map<std::string, std::string>& declared = types.at(item.type);
  Value attributes = Value::Array();
  for (const Attribute& attribute : item.attributes) {
    const bool text = declared.at(attribute.name) == "string";
    Value one = Value::Object();
    one.Add("name", Text(attribute.name));
    if (!attribute.time.empty()) one.Add("time", Text(attribute.time));
    one.Add("value", text ? AsText(attribute.value) : attribute.value);
    attributes.Push(std::move(one));
  }
  Value value = Value::Object();
  value.Add("id", Text(item.id)).Add("type", Text(item.type));
  if (!item.time.empty()) value.Add("time", Text(item.time));
  value.Add("attributes", std::move(attributes)).Add("relationships", RelationsJson(item.related));
  return value;
}

std::string OcelLog::Write() const {
  Value objects = Value::Array(), events = Value::Array();
  for (const Item& item : objects_) objects.Push(ItemJson(item, object_types_));
  for (const Item& item : events_) events.Push(ItemJson(item, event_types_));
  Value log = Value::Object();
  log.Add("objectTypes", TypesJson(object_types_))
      .Add("eventTypes", TypesJson(event_types_))
      .Add("objects", std::move(objects))
      .Add("events", std::move(events));
  return json::Write(log) + "\n";
}

}  // namespace jejak::xes
