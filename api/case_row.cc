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

std::string TitleOf(const std::string& rule, const CaseWords& words, Language language) {
  const CaseWords::Named* named = CaseWords::Find(words.rules(), rule);
  return named == nullptr ? std::string() : std::string(named->words.in(language));
}

std::string FailedText(const std::vector<std::string>& failed, const CaseWords& words,
                       const LineStyle& style) {
  if (style.rule_ids) return Joined(failed, " ");
  std::set<std::string> titles;
  for (const std::string& rule : failed) titles.insert(TitleOf(rule, words, style.language));
  titles.erase("");
  return Joined(titles, "; ");
}

}  // namespace

CaseLine LineOf(const Call& call, const CasePart& part, const CaseRow& row, const CaseWords& words,
                const LineStyle& style) {
  const CaseWalk& walk = *part.walk;
  const CaseSummary& summary = row.summary;
  const std::vector<std::string> failed = FailedBy(summary, walk.now);
  CaseLine line;
  line.id = row.id;
  if (const procedure::OpenDeadline* deadline = LateBy(call, walk, row)) {
    line.late = {part.late->Count(summary, deadline->due), deadline->rule,
                 TitleOf(deadline->rule, words, style.language), deadline->due.text};
  }
  line.stages = Stages(summary, words.Of(summary.procedure, summary.version), style.language);
  line.units = Joined(summary.units, ", ");
  line.judged = summary.judged;
  line.outcome = failed.empty() ? summary.worst : procedure::Outcome::kFail;
  line.failed = FailedText(failed, words, style);
  line.opened = LocalDay(summary.opened_time, style.zone_minutes);
  line.last = LocalDay(summary.last_time, style.zone_minutes);
  return line;
}

std::string LocalDay(UnixSeconds time, int zone_minutes) {
  constexpr std::size_t kDate = 10;
  return FormatAt(time, zone_minutes).substr(0, kDate);
}

}  // namespace jejak::api
