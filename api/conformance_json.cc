// SPDX-License-Identifier: Apache-2.0
#include "api/conformance_json.h"

#include <string>
#include <utility>

#include "api/action_json.h"

namespace jejak::api {
namespace {

using json::Value;

Value DueValue(const std::optional<procedure::Due>& due) {
  return due ? Value::String(due->text) : Value();
}

Value OutcomeValue(procedure::Outcome outcome) {
  return Value::String(std::string(procedure::OutcomeWord(outcome)));
}

Value StateValue(const procedure::InstanceState& state) {
  return std::move(Value::Object()
                       .Add("track", Value::String(state.track))
                       .Add("instance", Value::String(state.instance))
                       .Add("state", state.state ? Value::String(*state.state) : Value())
                       .Add("since", NumberValue(state.since)));
}

template <class T>
Value ListValue(const std::vector<T>& items, Value (*value_of)(const T&)) {
  Value list = Value::Array();
  for (const T& item : items) list.Push(value_of(item));
  return list;
}

}  // namespace

Value WordsValue(const procedure::Words& words) {
  return std::move(
      Value::Object().Add("id", Value::String(words.id)).Add("en", Value::String(words.en)));
}

Value RuleValue(const procedure::RuleVerdict& verdict) {
  return std::move(
      Value::Object()
          .Add("id", Value::String(verdict.rule))
          .Add("scope", Value::String(verdict.scope))
          .Add("instance", Value::String(verdict.instance))
          .Add("verdict", OutcomeValue(verdict.outcome))
          .Add("remedied", Value::Bool(verdict.remedied))
          .Add("corrected", Value::Bool(verdict.corrected))
          .Add("kept", Value::Bool(verdict.kept))
          .Add("entries",
               ListValue(
                   verdict.entries, +[](const std::uint64_t& entry) { return NumberValue(entry); }))
          .Add("due", DueValue(verdict.due))
          .Add("detail", WordsValue(verdict.detail)));
}

Value CheckValue(const procedure::CheckVerdict& check) {
  Value entries = Value::Array();
  entries.Push(NumberValue(check.entry));
  return std::move(Value::Object()
                       .Add("id", Value::String(check.id))
                       .Add("outcome", OutcomeValue(check.outcome))
                       .Add("entries", std::move(entries))
                       .Add("due", DueValue(check.due))
                       .Add("kept", Value::Bool(check.kept))
                       .Add("detail", WordsValue(check.detail)));
}

Value ConformanceValue(const evidence::CaseConformance& conformance) {
  const procedure::Judgement& judgement = conformance.judgement;
  return std::move(Value::Object()
                       .Add("stream", Value::String(conformance.stream))
                       .Add("procedure", Value::String(judgement.procedure))
                       .Add("version", Value::String(judgement.version))
                       .Add("entry", NumberValue(judgement.publish_index))
                       .Add("judged", Value::Bool(judgement.judged))
                       .Add("why_not", judgement.judged ? Value() : WordsValue(judgement.why_not))
                       .Add("rules", ListValue(judgement.rules, RuleValue))
                       .Add("checks", ListValue(judgement.checks, CheckValue))
                       .Add("states", ListValue(judgement.states, StateValue)));
}

}  // namespace jejak::api
