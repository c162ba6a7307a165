// SPDX-License-Identifier: Apache-2.0
#include "api/status_json.h"

#include <utility>

#include "api/action_json.h"
#include "api/conformance_json.h"

namespace jejak::api {
namespace {

using json::Value;
using procedure::Words;

Value Text(std::string text) { return Value::String(std::move(text)); }

Value RoleList(const StatusView& view, const std::vector<std::string>& roles) {
  Value list = Value::Array();
  for (const std::string& role : roles) {
    const auto words = view.definition->roles.find(role);
    if (words == view.definition->roles.end()) continue;
    list.Push(std::move(Value::Object()
                            .Add("role", Text(role))
                            .Add("id", Text(words->second.id))
                            .Add("en", Text(words->second.en))));
  }
  return list;
}

// {"date":"2024-05-17","late":false,"days":2}
Value DueValue(const DueDay& due) {
  return std::move(Value::Object()
                       .Add("date", Text(due.text))
                       .Add("late", Value::Bool(due.late))
                       .Add("days", due.days ? Value::Integer(*due.days) : Value()));
}

Value StageValue(const std::string& state, const Words& words) {
  return std::move(Value::Object()
                       .Add("state", state.empty() ? Value() : Text(state))
                       .Add("id", Text(words.id))
                       .Add("en", Text(words.en)));
}

Value OutcomeList(const StatusView& view) {
  Value list = Value::Array();
  for (const auto& [state, words] : view.outcome) list.Push(StageValue(state, words));
  return list;
}

Value DueList(const StatusView& view) {
  Value list = Value::Array();
  for (const StatusDue& due : view.due) {
    list.Push(std::move(Value::Object()
                            .Add("what", WordsValue(due.what))
                            .Add("by", RoleList(view, due.roles))
                            .Add("due", DueValue(due.due))));
  }
  return list;
}

Value MayList(const StatusView& view) {
  Value list = Value::Array();
  for (const NextStep& step : view.may) {
    list.Push(std::move(Value::Object()
                            .Add("type", Text(step.type->type))
                            .Add("title", WordsValue(step.type->title))
                            .Add("due", step.due ? DueValue(*step.due) : Value())));
  }
  return list;
}

Value EventList(const StatusView& view) {
  Value list = Value::Array();
  for (const StatusEvent& event : view.events) {
    list.Push(std::move(Value::Object()
                            .Add("date", Text(event.date))
                            .Add("title", WordsValue(event.type->title))
                            .Add("by", RoleList(view, event.roles))
                            .Add("own", Value::Bool(event.own))));
  }
  return list;
}

Value RuleList(const StatusView& view) {
  Value list = Value::Array();
  for (const StatusRule& rule : view.rules) {
    list.Push(std::move(Value::Object()
                            .Add("title", WordsValue(rule.title))
                            .Add("verdict", Text(std::string(OutcomeWord(rule.outcome))))
                            .Add("remedied", Value::Bool(rule.remedied))
                            .Add("detail", WordsValue(rule.detail))));
  }
  return list;
}

Value PaperList(const StatusView& view) {
  Value list = Value::Array();
  for (const StatusPaper& paper : view.papers) {
    Value fields = Value::Object();
    for (const auto& [name, value] : paper.fields) fields.Add(name, value);
    list.Push(std::move(Value::Object()
                            .Add("date", Text(paper.date))
                            .Add("title", WordsValue(paper.type->title))
                            .Add("fields", std::move(fields))));
  }
  return list;
}

Value PartyValue(const StatusView& view, const StatusPlace& place) {
  const CodeHolder& holder = view.holder;
  if (holder.label.empty()) return {};
  return std::move(Value::Object()
                       .Add("name", Text(place.stream.name + "/" + holder.label))
                       .Add("role", Text(holder.role)));
}

}  // namespace

std::string StatusJson(const StatusView& view, const StatusPlace& place, bool has_casefile) {
  const statemap::StreamHead& head = place.state.head;
  Value files = Value::Array();
  files.Push(Text("v1/status/proof"));
  if (has_casefile) files.Push(Text("v1/status/casefile"));
  Value value = Value::Object();
  value.Add("at_size", NumberValue(place.size))
      .Add("log", Text(place.origin))
      .Add("stream", Text(place.stream.text()))
      .Add("head", PositionValue(head.count, head.root))
      .Add("party", PartyValue(view, place))
      .Add("of", Text(view.holder.examined ? "officer" : "report"))
      .Add("instance", Text(view.holder.instance.key))
      .Add("procedure", Text(view.definition->id))
      .Add("version", Text(view.definition->version))
      .Add("stage", StageValue(view.stage, view.stage_words))
      .Add("since", Text(view.since))
      .Add("closed", Value::Bool(view.closed))
      .Add("outcome", OutcomeList(view))
      .Add("held_by", RoleList(view, view.held_by))
      .Add("due", DueList(view))
      .Add("may", MayList(view))
      .Add("events", EventList(view))
      .Add("rules", RuleList(view))
      .Add("papers", PaperList(view))
      .Add("files", std::move(files));
  return json::Write(value);
}

}  // namespace jejak::api
