// SPDX-License-Identifier: Apache-2.0
#include "api/case_row.h"

#include <algorithm>
#include <set>

#include "ledger/presentation/words.h"

namespace jejak::api {
namespace {

using presentation::Language;
using procedure::CaseSummary;

std::string Joined(const auto& parts, std::string_view by) {
  std::string out;
  for (const auto& part : parts) {
    if (!out.empty()) out += by;
    out += part;
  }
  return out;
}

// States of instances that go on, each once; of a case in which none does, all.
std::string Stages(const CaseSummary& summary, const procedure::Definition* definition,
                   Language language) {
  if (summary.closed) return std::string(presentation::Phrase("page.closed").in(language));
  std::set<std::string> on, all;
  for (const procedure::Stage& stage : summary.stages) {
    if (!stage.state) continue;
    std::string words(
        presentation::StateWording(definition, stage.track, *stage.state).in(language));
    if (!stage.final) on.insert(words);
    all.insert(std::move(words));
  }
  return Joined(on.empty() ? all : on, ", ");
}

std::optional<CaseLine::Late> LateOf(const procedure::OpenDeadline* deadline, UnixSeconds now,
                                     const CaseWords& words, Language language) {
  if (deadline == nullptr) return std::nullopt;
  CaseLine::Late late{DaysLate(*deadline, now), deadline->rule, {}, deadline->due.text};
  const CaseWords::Named* rule = CaseWords::Find(words.rules(), deadline->rule);
  if (rule != nullptr) late.title = rule->words.in(language);
  return late;
}

}  // namespace

CaseLine LineOf(const Call& call, const CaseWalk& walk, const CaseRow& row, const CaseWords& words,
                const LineStyle& style) {
  const CaseSummary& summary = row.summary;
  const std::vector<std::string> failed = FailedBy(summary, walk.now);
  CaseLine line;
  line.id = row.id;
  line.late = LateOf(LateBy(call, walk, row), walk.now, words, style.language);
  line.stages = Stages(summary, words.Of(summary.procedure, summary.version), style.language);
  line.units = Joined(summary.units, ", ");
  line.judged = summary.judged;
  line.outcome = failed.empty() ? summary.worst : procedure::Outcome::kFail;
  line.failed = Joined(failed, " ");
  line.opened = LocalDay(summary.opened_time, style.zone_minutes);
  line.last = LocalDay(summary.last_time, style.zone_minutes);
  return line;
}

std::string LocalDay(UnixSeconds time, int zone_minutes) {
  constexpr std::size_t kDate = 10;
  return FormatAt(time, zone_minutes).substr(0, kDate);
}

}  // namespace jejak::api
