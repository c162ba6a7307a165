// SPDX-License-Identifier: Apache-2.0
#include "verifier/report_json.h"

#include <set>

#include "ledger/base/json.h"
#include "ledger/base/text.h"
#include "verifier/conformance_json.h"

namespace jejak::verifier {
namespace {

using json::Value;

Value Text(std::string_view text) { return Value::String(Displayable(text)); }

Value Hash(const std::optional<Digest>& digest) {
  return digest ? Value::String(EncodeHash(*digest)) : Value();
}

Value Integer(std::uint64_t number) { return Value::Integer(static_cast<std::int64_t>(number)); }

Value PolicyJson(const std::optional<PolicyUsed>& policy) {
  if (!policy) return {};
  Value out = Value::Object();
  out.Add("name", Text(policy->file.name));
  out.Add("sha256", Hash(policy->file.sha256));
  out.Add("log", Text(policy->log));
  out.Add("quorum", Text(policy->quorum));
  return out;
}

Rows RowsFor(const Report& report) {
  return report.question == Question::kConformance ? Rows::kAll : Rows::kDecided;
}

// Of one report.
Value ConformanceOf(const Report& report) {
  const evidence::Verdict& verdict = report.verdict;
  if (verdict.conformance) return CaseConformanceJson(*verdict.conformance, RowsFor(report));
  if (verdict.log_conformance) return LogConformanceJson(*verdict.log_conformance);
  return {};
}

// Takes the members `rules` and `checks` out of a case's object, each into its list.
Value TakeRows(const Value& object, Value& rules, Value& checks) {
  Value rest = Value::Object();
  for (const json::Member& member : object.members()) {
    if (member.name != "rules" && member.name != "checks") {
      rest.Add(member.name, member.value);
      continue;
    }
    for (const Value& row : member.value.items()) {
      (member.name == "rules" ? rules : checks).Push(row);
    }
  }
  return rest;
}

// Of several: rules and checks of all, each with its input.
Value ConformanceOfAll(std::span<const Report> reports) {
  Value rules = Value::Array(), checks = Value::Array(), cases = Value::Array(),
        logs = Value::Array();
  for (std::size_t i = 0; i < reports.size(); ++i) {
    const evidence::Verdict& verdict = reports[i].verdict;
    if (verdict.conformance) {
      const Value one = CaseConformanceJson(*verdict.conformance, RowsFor(reports[i]), i);
      cases.Push(TakeRows(one, rules, checks));
    } else if (verdict.log_conformance) {
      Value one = LogConformanceJson(*verdict.log_conformance);
      one.Add("input", Integer(i));
      logs.Push(std::move(one));
    }
  }
  if (cases.items().empty() && logs.items().empty()) return {};
  Value out = Value::Object();
  out.Add("rules", std::move(rules));
  out.Add("checks", std::move(checks));
  out.Add("cases", std::move(cases));
  out.Add("logs", std::move(logs));
  return out;
}

// What is gathered over all reports.
class Document {
 public:
  explicit Document(std::size_t reports) : several_(reports > 1) {}

  void Add(const Report& report, std::size_t number) {
    for (const Input& input : report.inputs) {
      Value object = Value::Object();
      object.Add("name", Text(input.name));
      object.Add("sha256", Hash(input.sha256));
      inputs_.Push(std::move(object));
    }
    const evidence::Verdict& verdict = report.verdict;
    const int worse = evidence::WorseExit(exit_code_, verdict.exit_code);
    if (worse != exit_code_ || number == 0) word_ = verdict.word;
    exit_code_ = worse;
    total_ += verdict.coverage.total;
    checked_ += verdict.coverage.checked;
    for (const evidence::CheckLine& line : verdict.checks) AddCheck(line, number);
    AddFacts(verdict.verified, number, verified_);
    AddFacts(verdict.unverified, number, unverified_);
  }

  Value Finish(const Report* first, std::string_view tool, Value conformance) {
    Value out = Value::Object();
    out.Add("schema_version", Value::Integer(kSchemaVersion));
    out.Add("tool", Text(tool));
    out.Add("inputs", std::move(inputs_));
    out.Add("policy", first == nullptr ? Value() : PolicyJson(first->policy));
    out.Add("genesis", first == nullptr ? Value() : Hash(first->genesis));
    out.Add("verdict", Text(word_));
    Value coverage = Value::Object();
    coverage.Add("total", Integer(total_));
    coverage.Add("checked", Integer(checked_));
    out.Add("coverage", std::move(coverage));
    out.Add("checks", std::move(checks_));
    out.Add("conformance", std::move(conformance));
    out.Add("verified", std::move(verified_));
    out.Add("unverified", std::move(unverified_));
    return out;
  }

 private:
  void AddCheck(const evidence::CheckLine& line, std::size_t number) {
    Value object = Value::Object();
    object.Add("id", Text(line.id));
    object.Add("status", Text(evidence::StatusWord(line.status)));
    object.Add("detail", Text(line.detail));
    object.Add("entry_index", line.entry_index ? Integer(*line.entry_index) : Value());
    if (several_) object.Add("input", Integer(number));
    checks_.Push(std::move(object));
  }

  // A JSON name comes once: of several facts of one name the first stays.
  void AddFacts(const std::vector<evidence::Fact>& facts, std::size_t number, Value& out) const {
    std::set<std::string> names;
    for (const evidence::Fact& fact : facts) {
      const std::string prefix = several_ ? std::to_string(number) + "/" : "";
      const std::string name = prefix + Displayable(fact.name);
      if (names.insert(name).second) out.Add(name, Text(fact.detail));
    }
  }

  bool several_;
  Value inputs_ = Value::Array();
  Value checks_ = Value::Array();
  Value verified_ = Value::Object();
  Value unverified_ = Value::Object();
  std::uint64_t total_ = 0;
  std::uint64_t checked_ = 0;
  int exit_code_ = evidence::kExitPass;
  std::string word_ = "fail";
};

}  // namespace

std::string RenderJson(std::span<const Report> reports, std::string_view tool) {
  Document document(reports.size());
  for (std::size_t i = 0; i < reports.size(); ++i) document.Add(reports[i], i);
  Value conformance = reports.size() == 1 ? ConformanceOf(reports[0]) : ConformanceOfAll(reports);
  const Report* first = reports.empty() ? nullptr : reports.data();
  return json::Write(document.Finish(first, tool, std::move(conformance))) + "\n";
}

}  // namespace jejak::verifier
