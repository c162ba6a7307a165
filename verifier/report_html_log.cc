// SPDX-License-Identifier: Apache-2.0
#include "verifier/report_html_log.h"

#include <algorithm>
#include <map>
#include <utility>

#include "verifier/report_html_sections.h"

namespace jejak::verifier {
namespace {

using presentation::Conformance;
using presentation::DayText;
using presentation::Phrase;
using presentation::WordingOf;
using Cases = std::vector<CaseLine>;

// The most that one list shows of open and broken cases before the rest.
constexpr std::size_t kMaxCases = 20'000;

struct Figures {
  std::size_t open = 0, overdue = 0, broken = 0, unjudged = 0;
};

Figures Sum(const Cases& cases) {
  Figures figures;
  for (const CaseLine& line : cases) {
    figures.open += line.conformance && !line.closed ? 1 : 0;
    figures.overdue += line.overdue ? 1 : 0;
    figures.broken += line.conformance && *line.conformance >= Conformance::kRemedied ? 1 : 0;
    figures.unjudged += line.conformance ? 0 : 1;
  }
  return figures;
}

void CaseLink(Sheet& sheet, const CaseLine& line) {
  sheet.Raw("<a href=\"").Text(line.address).Raw("\"><code>");
  sheet.Text(line.stream.substr(line.stream.find('/') + 1)).Raw("</code></a>");
}

void Figure(Sheet& sheet, Wording term, std::size_t count) {
  sheet.Term(term).Raw("<dd>").Number(count).Raw("</dd>\n");
}

void WriteFigures(Sheet& sheet, const Cases& cases) {
  const Figures figures = Sum(cases);
  sheet.Heading(Phrase("report.summary")).Raw("<dl>\n");
  Figure(sheet, Phrase("report.cases"), cases.size());
  Figure(sheet, Phrase("report.still_open"), figures.open);
  Figure(sheet, Phrase("report.of_which_overdue"), figures.overdue);
  Figure(sheet, Phrase("report.broken_count"), figures.broken);
  Figure(sheet, Phrase("report.unjudged_count"), figures.unjudged);
  sheet.Raw("</dl>\n");
  if (figures.unjudged == 0) return;
  sheet.Raw("<p><b>").Say(Phrase("report.unjudged_note")).Raw("</b></p>\n");
}

std::string Joined(const std::set<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : ", ") + part;
  return out;
}

std::string Stages(const Sheet& sheet, const CaseLine& line) {
  if (line.closed) return std::string(sheet.In(Phrase("report.closed")));
  std::string out;
  for (const procedure::Words& stage : line.stages) {
    out += (out.empty() ? "" : ", ") + std::string(sheet.In(WordingOf(stage)));
  }
  return out;
}

void WriteOverdue(Sheet& sheet, const Cases& cases) {
  std::vector<const CaseLine*> overdue;
  for (const CaseLine& line : cases) {
    if (line.overdue) overdue.push_back(&line);
  }
  std::ranges::stable_sort(overdue, std::ranges::greater{},
                           [](const CaseLine* line) { return line->overdue->days_late; });
  sheet.Heading(Phrase("report.overdue"));
  if (overdue.empty()) {
    sheet.Raw("<p>").Say(Phrase("report.none")).Raw("</p>\n");
    return;
  }
  sheet.Raw("<table>\n<thead><tr><th>").Say(Phrase("report.case")).Raw("</th><th>");
  sheet.Say(Phrase("report.late_working_days")).Raw("</th><th>");
  sheet.Say(Phrase("report.rule")).Raw("</th><th>").Say(Phrase("report.due")).Raw("</th><th>");
  sheet.Say(Phrase("report.stage")).Raw("</th><th>").Say(Phrase("report.unit"));
  sheet.Raw("</th></tr></thead>\n<tbody>\n");
  for (const CaseLine* line : overdue) {
    sheet.Raw("<tr><td>");
    CaseLink(sheet, *line);
    sheet.Raw("</td>");
    sheet.Cell(Phrase("report.late_working_days"),
               line->overdue->days_late ? std::to_string(*line->overdue->days_late) : "?");
    sheet.Cell(Phrase("report.rule"),
               line->overdue->rule + " " + std::string(sheet.In(WordingOf(line->overdue->title))));
    sheet.Cell(Phrase("report.due"), line->overdue->due);
    sheet.Cell(Phrase("report.stage"), Stages(sheet, *line));
    sheet.Cell(Phrase("report.unit"), Joined(line->units));
    sheet.Raw("</tr>\n");
  }
  sheet.Raw("</tbody>\n</table>\n");
}

// A bar whose length is its share of the largest.
void Bar(Sheet& sheet, std::size_t count, std::size_t most) {
  sheet.Raw("<svg width=\"100%\" height=\"12\" role=\"presentation\"><line class=\"allowed\" ")
      .Raw("x1=\"0\" y1=\"6\" y2=\"6\" x2=\"")
      .Number(100 * count / std::max<std::size_t>(1, most))
      .Raw("%\"/></svg>");
}

void WriteStages(Sheet& sheet, const Cases& cases) {
  std::map<std::string, std::size_t> counts;
  for (const CaseLine& line : cases) {
    if (line.closed) continue;
    for (const procedure::Words& stage : line.stages) {
      ++counts[std::string(sheet.In(WordingOf(stage)))];
    }
  }
  if (counts.empty()) return;
  std::size_t most = 0;
  for (const auto& [stage, count] : counts) most = std::max(most, count);
  sheet.Heading(Phrase("report.open_cases_by_stage"));
  sheet.Raw("<p class=\"small muted\">")
      .Say(Phrase("report.stages_note"))
      .Raw("</p>\n<table>\n<thead><tr><th>")
      .Say(Phrase("report.stage"))
      .Raw("</th><th>")
      .Say(Phrase("report.cases"))
      .Raw("</th><th></th></tr></thead>\n<tbody>\n");
  for (const auto& [stage, count] : counts) {
    sheet.Raw("<tr><td>").Text(stage).Raw("</td><td class=\"n\">").Number(count);
    sheet.Raw("</td><td class=\"bar\">");
    Bar(sheet, count, most);
    sheet.Raw("</td></tr>\n");
  }
  sheet.Raw("</tbody>\n</table>\n");
}

// Rule and its words -> unit -> cases.
using Grid = std::map<std::string, std::pair<procedure::Words, std::map<std::string, std::size_t>>>;

Grid GridOf(const Cases& cases) {
  Grid grid;
  for (const CaseLine& line : cases) {
    for (const CaseLine::Breach& breach : line.breaches) {
      auto& [title, units] = grid[breach.rule];
      title = breach.title;
      for (const std::string& unit : breach.units) ++units[unit];
    }
  }
  return grid;
}

// One row per rule and unit, for a table that is legible on a telephone too.
void WriteGrid(Sheet& sheet, const Cases& cases) {
  const Grid grid = GridOf(cases);
  if (grid.empty()) return;
  sheet.Heading(Phrase("report.breaches_by_rule_and_unit"));
  sheet.Raw("<p class=\"small muted\">")
      .Say(Phrase("report.breaches_note"))
      .Raw("</p>\n<table>\n<thead><tr><th>")
      .Say(Phrase("report.rule"))
      .Raw("</th><th>")
      .Say(Phrase("report.unit_cases"))
      .Raw("</th></tr></thead>\n<tbody>\n");
  for (const auto& [rule, row] : grid) {
    sheet.Raw("<tr><td><b>").Text(rule).Raw("</b> ").Say(WordingOf(row.first)).Raw("</td><td>");
    bool first = true;
    for (const auto& [unit, count] : row.second) {
      if (!std::exchange(first, false)) sheet.Raw("; ");
      sheet.Text(unit).Raw(": <b>").Number(count).Raw("</b>");
    }
    sheet.Raw("</td></tr>\n");
  }
  sheet.Raw("</tbody>\n</table>\n");
}

Wording ConformanceWording(const std::optional<Conformance>& conformance) {
  if (!conformance) return Phrase("report.case_unjudged");
  switch (*conformance) {
    case Conformance::kBroken:
      return Phrase("report.case_broken");
    case Conformance::kRemedied:
      return Phrase("report.case_remedied");
    case Conformance::kUncertain:
      return Phrase("report.case_uncertain");
    case Conformance::kInPart:
      return Phrase("report.case_in_part");
    case Conformance::kOpen:
      return Phrase("report.case_open");
    case Conformance::kKept:
      break;
  }
  return Phrase("report.case_kept");
}

void CaseRow(Sheet& sheet, const CaseLine& line) {
  sheet.Raw("<tr><td>");
  CaseLink(sheet, line);
  sheet.Raw("</td>");
  sheet.Cell(Phrase("case.procedure"), sheet.In(ConformanceWording(line.conformance)));
  sheet.Cell(Phrase("report.opened"), DayText(line.opened_day));
  sheet.Cell(Phrase("report.last_action"), DayText(line.last_day));
  sheet.Cell(Phrase("report.stage"), Stages(sheet, line));
  std::string rules;
  for (const CaseLine::Breach& breach : line.breaches) {
    rules += (rules.empty() ? "" : "; ") + breach.rule + " " +
             std::string(sheet.In(WordingOf(breach.title)));
  }
  sheet.Cell(Phrase("report.broken"), rules);
  sheet.Raw("</tr>\n");
}

// Those that weren't judged, then by what is said of them; alike ones as they are in the log.
std::vector<const CaseLine*> WorstFirst(const Cases& cases) {
  std::vector<const CaseLine*> sorted;
  for (const CaseLine& line : cases) sorted.push_back(&line);
  std::ranges::stable_sort(sorted, [](const CaseLine* a, const CaseLine* b) {
    return a->conformance.has_value() != b->conformance.has_value()
               ? !a->conformance.has_value()
               : a->conformance > b->conformance;
  });
  return sorted;
}

void WriteCases(Sheet& sheet, const Cases& cases) {
  if (cases.empty()) return;
  sheet.Heading(Phrase("report.all_cases"));
  sheet.Raw("<table>\n<thead><tr><th>").Say(Phrase("report.case")).Raw("</th><th>");
  sheet.Say(Phrase("case.procedure")).Raw("</th><th>").Say(Phrase("report.opened"));
  sheet.Raw("</th><th>").Say(Phrase("report.last_action")).Raw("</th><th>");
  sheet.Say(Phrase("report.stage")).Raw("</th><th>").Say(Phrase("report.broken"));
  sheet.Raw("</th></tr></thead>\n<tbody>\n");
  const std::vector<const CaseLine*> sorted = WorstFirst(cases);
  for (std::size_t i = 0; i < sorted.size() && i < kMaxCases; ++i) CaseRow(sheet, *sorted[i]);
  sheet.Raw("</tbody>\n</table>\n");
  if (cases.size() <= kMaxCases) return;
  sheet.Raw("<p>")
      .Say(Phrase("report.more_cases"), {std::to_string(cases.size() - kMaxCases)})
      .Raw("</p>\n");
}

void WriteLog(Sheet& sheet, const CasePage& page, const Cases& cases) {
  sheet.Raw("<h1>").Say(Phrase("report.title_log")).Raw("</h1>\n");
  WriteIntegrityBox(sheet, page);
  WriteChecked(sheet, page);
  WriteFigures(sheet, cases);
  WriteOverdue(sheet, cases);
  WriteStages(sheet, cases);
  WriteGrid(sheet, cases);
  WriteCases(sheet, cases);
  WriteEvidence(sheet, page);
}

}  // namespace

std::string RenderLogHtml(const Report& report, const std::vector<CaseLine>& cases,
                          const ReportSetting& setting) {
  CasePage page;
  page.report = report;
  page.now = setting.now;
  page.tool = setting.tool;
  page.command = setting.command;
  return RenderPage("Jejak", setting.language, page, CaseDays({}, nullptr, {}),
                    [&](Sheet& sheet) { WriteLog(sheet, page, cases); });
}

}  // namespace jejak::verifier
