// SPDX-License-Identifier: Apache-2.0
#include "tools/xes/verdicts.h"

#include <algorithm>

#include "ledger/evidence/held_case.h"

namespace jejak::xes {
namespace {

using procedure::Outcome;

Attribute Derived(const char* type, const std::string& name, std::string value) {
  return {type, std::string(kDerived) + name, std::move(value), 0};
}

}  // namespace

Result<JudgedCase> JudgeFile(std::string_view case_file, std::optional<UnixSeconds> now,
                             evidence::DocumentCache& documents) {
  JEJAK_TRY(file, evidence::ParseCaseFile(case_file));
  evidence::Verdict reading;  // what can't be read there is left out, and missed by the judgement
  const evidence::HeldCase held = evidence::ReadHeldCase(std::move(file), reading);
  JudgedCase judged{evidence::ReadCaseRecord(held, documents), std::nullopt};
  if (judged.record.acts.empty())
    return Malformed("the case file holds no actions of its own case");
  if (now) judged.conformance = evidence::JudgeCase(held, *now, documents);
  return judged;
}

RuleOutcomes WorstByRule(const evidence::CaseConformance& conformance) {
  RuleOutcomes outcomes;
  if (!conformance.judgement.judged) return outcomes;
  for (const procedure::Rule& rule : conformance.definition->definition->rules) {
    Outcome worst = Outcome::kNotApplicable;
    for (const procedure::RuleVerdict& verdict : conformance.judgement.rules) {
      if (verdict.rule == rule.id) worst = std::max(worst, verdict.outcome);
    }
    outcomes.emplace_back(rule.id, worst);
  }
  return outcomes;
}

RuleOutcomes OutcomesOf(const evidence::CaseConformance& conformance, std::string_view scope,
                        std::string_view instance) {
  RuleOutcomes outcomes;
  for (const procedure::RuleVerdict& verdict : conformance.judgement.rules) {
    if (verdict.scope == scope && verdict.instance == instance)
      outcomes.emplace_back(verdict.rule, verdict.outcome);
  }
  return outcomes;
}

std::map<std::uint64_t, std::string> FailedChecks(const procedure::Judgement& judgement) {
  std::map<std::uint64_t, std::vector<std::string>> ids;
  for (const procedure::CheckVerdict& check : judgement.checks) {
    std::vector<std::string>& of_entry = ids[check.entry];
    const bool listed = std::find(of_entry.begin(), of_entry.end(), check.id) != of_entry.end();
    if (check.outcome == Outcome::kFail && !listed) of_entry.push_back(check.id);
  }
  std::map<std::uint64_t, std::string> joined;
  for (const auto& [entry, of_entry] : ids) {
    for (const std::string& id : of_entry) {
      std::string& text = joined[entry];
      text += (text.empty() ? "" : " ") + id;
    }
  }
  return joined;
}

void AddVerdicts(const evidence::CaseConformance& conformance, ExportedCase& exported) {
  const procedure::Judgement& judgement = conformance.judgement;
  Attributes& trace = exported.trace.attributes;
  trace = WithoutVerdicts(trace);
  if (!judgement.procedure.empty()) {
    trace.push_back(Derived("string", "procedure", judgement.procedure + " " + judgement.version));
  }
  trace.push_back(Derived("boolean", "judged", judgement.judged ? "true" : "false"));
  if (!judgement.judged) trace.push_back(Derived("string", "why_not", judgement.why_not.en));
  for (const auto& [rule, outcome] : WorstByRule(conformance)) {
    trace.push_back(
        Derived("string", "verdict:" + rule, std::string(procedure::OutcomeWord(outcome))));
  }
  const std::map<std::uint64_t, std::string> failed = FailedChecks(judgement);
  for (std::size_t i = 0; i < exported.trace.events.size(); ++i) {
    Attributes& event = exported.trace.events[i].attributes;
    event = WithoutVerdicts(event);
    const auto found = failed.find(exported.entries[i]);
    if (found != failed.end()) event.push_back(Derived("string", "failed_checks", found->second));
  }
}

Attributes WithoutVerdicts(const Attributes& attributes) {
  Attributes kept;
  bool derived = false;
  for (const Attribute& attribute : attributes) {
    if (attribute.level == 0) derived = attribute.key.starts_with(kDerived);
    if (!derived) kept.push_back(attribute);
  }
  return kept;
}

}  // namespace jejak::xes
