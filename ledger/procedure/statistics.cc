// SPDX-License-Identifier: Apache-2.0
#include "ledger/procedure/statistics.h"

#include <array>

namespace jejak::procedure {
namespace {

constexpr std::string_view kUnknown = "unknown";

std::string Named(const std::string& value) {
  return value.empty() ? std::string(kUnknown) : value;
}

// Written so that names sort as the ages do.
std::string AgeClass(std::int64_t days) {
  static constexpr std::array<std::pair<std::int64_t, std::string_view>, 6> kClasses{
      {{7, "000-007"},
       {30, "008-030"},
       {60, "031-060"},
       {90, "061-090"},
       {180, "091-180"},
       {365, "181-365"}}};
  for (const auto& [most, name] : kClasses) {
    if (days <= most) return std::string(name);
  }
  return "366-";
}

}  // namespace

void Statistics::AddInstances(const CaseFacts& facts, Version& version) {
  for (const InstanceFact& instance : facts.instances) {
    const std::string state = Named(instance.state);
    ++version.stages[instance.track][state];
    ++version.reopened[instance.track][instance.reopened ? "reopened" : "not_reopened"];
    auto& days = instance.final ? version.finishing : version.waiting;
    if (!instance.final) {
      days[{instance.track, state}].push_back(instance.days_in_state);
    } else if (instance.days_to_final) {
      days[{instance.track, state}].push_back(*instance.days_to_final);
    }
    for (const CodeFact& code : instance.began_with) {
      const Breakdown breakdown{instance.track, code.type, code.field};
      const std::string value = Named(code.value);
      ++version.outcomes[breakdown][value][state];
      if (instance.final && instance.days_to_final)
        version.outcome_days[{breakdown, value}].push_back(*instance.days_to_final);
    }
  }
}

void Statistics::Add(const CaseFacts& facts) {
  Version& version = versions_[{facts.publish_index, facts.procedure, facts.version}];
  ++version.cases;
  if (!facts.judged) {
    ++version.unjudged;
    return;
  }
  ++version.opened[facts.month];
  if (facts.open) {
    ++version.open;
    ++version.ages[AgeClass(facts.age_days)];
  }
  for (const auto& [at, count] : facts.acts) version.acts[at.second][at.first] += count;
  for (const auto& [type, count] : facts.subjects) version.subjects[type] += count;
  for (const auto& [type, days] : facts.after_opening) version.after_opening[type].push_back(days);
  for (const CodeFact& code : facts.codes)
    ++version.codes[{code.type, code.field}][Named(code.value)];
  for (const DateFact& date : facts.dates)
    ++version.dates[{date.type, date.field}][Named(date.value)];
  for (const auto& [type, days] : facts.entered_after) version.entered[type].push_back(days);
  for (const SpanFact& span : facts.spans) {
    Span& counted = version.spans[{span.from, span.to}];
    if (span.days) counted.days.push_back(*span.days);
    ++(!span.days ? counted.uncounted : span.within ? counted.within : counted.beyond);
  }
  AddInstances(facts, version);
  bool fails = false;
  for (const auto& [rule, outcome] : facts.rules) {
    ++version.rules[rule][outcome];
    fails |= outcome == "fail";
  }
  for (const auto& [check, outcome] : facts.checks) ++version.checks[check][outcome];
  if (fails) ++(facts.critical_fail ? version.critical : version.failing);
  for (const auto& [rule, unit] : facts.failed_at) ++version.failures[rule][unit];
  for (const auto& [rule, count] : facts.overdue) version.overdue[rule] += count;
}

}  // namespace jejak::procedure
