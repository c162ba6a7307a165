// SPDX-License-Identifier: Apache-2.0
#include "verifier/conformance_json.h"

#include <algorithm>
#include <string>

#include "verifier/report.h"

namespace jejak::verifier {
namespace {

using json::Value;
using procedure::Outcome;

Value Text(std::string_view text) { return Value::String(Displayable(text)); }
Value Integer(std::uint64_t number) { return Value::Integer(static_cast<std::int64_t>(number)); }

Value WordsJson(const procedure::Words& words) {
  Value out = Value::Object();
  out.Add("id", Text(words.id));
  out.Add("en", Text(words.en));
  return out;
}

Value Texts(const std::vector<std::string>& texts) {
  Value out = Value::Array();
  for (const std::string& text : texts) out.Push(Text(text));
  return out;
}

Value Entries(const std::vector<std::uint64_t>& entries) {
  Value out = Value::Array();
  for (const std::uint64_t entry : entries) out.Push(Integer(entry));
  return out;
}

Value DueJson(const std::optional<procedure::Due>& due) { return due ? Text(due->text) : Value(); }

Value RuleJson(const procedure::RuleVerdict& verdict) {
  Value out = Value::Object();
  out.Add("id", Text(verdict.rule));
  out.Add("scope", Text(verdict.scope));
  out.Add("instance", Text(verdict.instance));
  out.Add("verdict", Text(procedure::OutcomeWord(verdict.outcome)));
  out.Add("remedied", Value::Bool(verdict.remedied));
  out.Add("corrected", Value::Bool(verdict.corrected));
  out.Add("kept", Value::Bool(verdict.kept));
  out.Add("entries", Entries(verdict.entries));
  out.Add("due", DueJson(verdict.due));
  out.Add("detail", WordsJson(verdict.detail));
  return out;
}

Value CheckJson(const procedure::CheckVerdict& check) {
  Value out = Value::Object();
  out.Add("id", Text(check.id));
  out.Add("outcome", Text(procedure::OutcomeWord(check.outcome)));
  out.Add("entries", Entries({check.entry}));
  out.Add("due", DueJson(check.due));
  out.Add("kept", Value::Bool(check.kept));
  out.Add("detail", WordsJson(check.detail));
  return out;
}

Value StateJson(const procedure::InstanceState& state) {
  Value out = Value::Object();
  out.Add("track", Text(state.track));
  out.Add("instance", Text(state.instance));
  out.Add("state", state.state ? Text(*state.state) : Value());
  out.Add("since", Integer(state.since));
  return out;
}

void AddTitle(const procedure::Rule& rule, Value& out) {
  out.Add("title", WordsJson(rule.title));
  out.Add("basis", Texts(rule.basis));
  out.Add("severity", Text(rule.severity));
  out.Add("source", Text(rule.source));
}

// A rule that concerns nothing in this case.
procedure::RuleVerdict NotApplicable(const procedure::Rule& rule) {
  procedure::RuleVerdict verdict;
  verdict.rule = rule.id;
  return verdict;
}

Value RulesJson(const evidence::CaseConformance& conformance, Rows rows,
                std::optional<std::uint64_t> input) {
  Value out = Value::Array();
  const auto push = [&](Value row, const procedure::Rule* rule) {
    if (rule != nullptr) AddTitle(*rule, row);
    if (input) row.Add("input", Integer(*input));
    out.Push(std::move(row));
  };
  const std::vector<procedure::RuleVerdict>& verdicts = conformance.judgement.rules;
  if (rows == Rows::kDecided || conformance.judged_by() == nullptr) {
    for (const procedure::RuleVerdict& verdict : verdicts) push(RuleJson(verdict), nullptr);
    return out;
  }
  for (const procedure::Rule& rule : conformance.judged_by()->rules) {
    bool any = false;
    for (const procedure::RuleVerdict& verdict : verdicts) {
      if (verdict.rule != rule.id) continue;
      push(RuleJson(verdict), &rule);
      any = true;
    }
    if (!any) push(RuleJson(NotApplicable(rule)), &rule);
  }
  return out;
}

void AddCounts(const evidence::OutcomeCounts& counts, Value& out) {
  for (const Outcome outcome : {Outcome::kPass, Outcome::kFail, Outcome::kPending,
                                Outcome::kUnknown, Outcome::kNotApplicable}) {
    out.Add(procedure::OutcomeWord(outcome), Integer(counts[outcome]));
  }
  out.Add("remedied", Integer(counts.remedied));
}

Value ProcedureJson(const evidence::PublishedVersion& version,
                    const evidence::LogConformance::Procedure& procedure) {
  Value out = Value::Object();
  out.Add("procedure", Text(version.procedure));
  out.Add("version", Text(version.version));
  out.Add("entry", Integer(version.entry));
  out.Add("cases", Integer(procedure.cases));
  Value rules = Value::Array();
  for (std::size_t i = 0; i < procedure.rules.size(); ++i) {
    const procedure::Rule& rule = procedure.definition->definition->rules[i];
    Value row = Value::Object();
    row.Add("id", Text(rule.id));
    AddTitle(rule, row);
    AddCounts(procedure.rules[i], row);
    rules.Push(std::move(row));
  }
  out.Add("rules", std::move(rules));
  Value checks = Value::Array();
  for (const auto& [id, counts] : procedure.checks) {
    Value row = Value::Object();
    row.Add("id", Text(id));
    for (const Outcome outcome : {Outcome::kFail, Outcome::kPending, Outcome::kUnknown}) {
      row.Add(procedure::OutcomeWord(outcome), Integer(counts[outcome]));
    }
    checks.Push(std::move(row));
  }
  out.Add("checks", std::move(checks));
  return out;
}

}  // namespace

Value CaseConformanceJson(const evidence::CaseConformance& conformance, Rows rows,
                          std::optional<std::uint64_t> input) {
  const procedure::Judgement& judgement = conformance.judgement;
  Value out = Value::Object();
  if (input) out.Add("input", Integer(*input));
  out.Add("stream", Text(conformance.stream));
  out.Add("procedure", Text(judgement.procedure));
  out.Add("version", Text(judgement.version));
  out.Add("entry", Integer(judgement.publish_index));
  out.Add("judged", Value::Bool(judgement.judged));
  out.Add("why_not", judgement.judged ? Value() : WordsJson(judgement.why_not));
  out.Add("rules", RulesJson(conformance, rows, input));
  Value checks = Value::Array();
  for (const procedure::CheckVerdict& check : judgement.checks) {
    Value row = CheckJson(check);
    if (input) row.Add("input", Integer(*input));
    checks.Push(std::move(row));
  }
  out.Add("checks", std::move(checks));
  Value states = Value::Array();
  for (const procedure::InstanceState& state : judgement.states) states.Push(StateJson(state));
  out.Add("states", std::move(states));
  return out;
}

Value LogConformanceJson(const evidence::LogConformance& conformance) {
  Value out = Value::Object();
  out.Add("cases", Integer(conformance.cases()));
  out.Add("unjudged", Integer(conformance.unjudged()));
  out.Add("inconclusive", Integer(conformance.inconclusive()));
  Value procedures = Value::Array();
  for (const auto& [version, procedure] : conformance.procedures()) {
    procedures.Push(ProcedureJson(version, procedure));
  }
  out.Add("procedures", std::move(procedures));
  Value broken = Value::Array();
  for (const evidence::NotedCase& noted : conformance.broken()) {
    Value row = Value::Object();
    row.Add("stream", Text(noted.stream));
    row.Add("rules", Texts(noted.rules));
    row.Add("checks", Texts(noted.checks));
    broken.Push(std::move(row));
  }
  out.Add("broken", std::move(broken));
  Value not_judged = Value::Array();
  for (const evidence::NotedCase& noted : conformance.not_judged()) {
    Value row = Value::Object();
    row.Add("stream", Text(noted.stream));
    row.Add("why_not", WordsJson(noted.why_not));
    not_judged.Push(std::move(row));
  }
  out.Add("not_judged", std::move(not_judged));
  return out;
}

}  // namespace jejak::verifier
