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
  sheet.Term(term).Raw("<dd>");
  sheet.out.Number(static_cast<std::int64_t>(count));
  sheet.Raw("</dd>\n");
}

void WriteFigures(Sheet& sheet, const Cases& cases) {
  const Figures figures = Sum(cases);
  sheet.Heading({"Ringkasan", "Summary"}).Raw("<dl>\n");
  Figure(sheet, {"Perkara", "Cases"}, cases.size());
  Figure(sheet, {"Masih terbuka", "Still open"}, figures.open);
  Figure(sheet, {"Di antaranya lewat batas waktu", "Of which overdue"}, figures.overdue);
  Figure(sheet, {"Dengan pelanggaran prosedur", "With a breach of procedure"}, figures.broken);
  Figure(sheet, {"Tidak dapat dinilai", "Not to be judged"}, figures.unjudged);
  sheet.Raw("</dl>\n");
  if (figures.unjudged == 0) return;
  sheet.Raw("<p><b>")
      .Say({"Perkara yang tidak dapat dinilai tidak termasuk dalam daftar keterlambatan, tahap dan "
            "pelanggaran; halamannya menyebut sebabnya.",
            "Cases that could not be judged are in none of the lists of delays, stages and "
            "breaches; their pages say why."})
      .Raw("</b></p>\n");
}

std::string Joined(const std::set<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : ", ") + part;
  return out;
}

std::string Stages(const Sheet& sheet, const CaseLine& line) {
  if (line.closed) return std::string(sheet.In({"ditutup", "closed"}));
  std::string out;
  for (const procedure::Words& stage : line.stages) {
    out += (out.empty() ? "" : ", ") + std::string(sheet.In(WordingOf(stage)));
  }
  return out;
}

void Cell(Sheet& sheet, Wording name, std::string_view value) {
  sheet.Raw("<td data-is=\"").Say(name).Raw("\">").Text(value).Raw("</td>");
}

void WriteOverdue(Sheet& sheet, const Cases& cases) {
  std::vector<const CaseLine*> overdue;
  for (const CaseLine& line : cases) {
    if (line.overdue) overdue.push_back(&line);
  }
  std::ranges::stable_sort(overdue, std::ranges::greater{},
                           [](const CaseLine* line) { return line->overdue->days_late; });
  sheet.Heading({"Lewat batas waktu", "Overdue"});
  if (overdue.empty()) {
    sheet.Raw("<p>").Say({"Tidak ada.", "None."}).Raw("</p>\n");
    return;
  }
  sheet.Raw("<table>\n<thead><tr><th>").Say({"Perkara", "Case"}).Raw("</th><th>");
  sheet.Say({"Terlambat (hari kerja)", "Late (working days)"}).Raw("</th><th>");
  sheet.Say({"Aturan", "Rule"}).Raw("</th><th>").Say({"Batas", "Due"}).Raw("</th><th>");
  sheet.Say({"Tahap", "Stage"}).Raw("</th><th>").Say({"Unit", "Unit"});
  sheet.Raw("</th></tr></thead>\n<tbody>\n");
  for (const CaseLine* line : overdue) {
    sheet.Raw("<tr><td>");
    CaseLink(sheet, *line);
    sheet.Raw("</td>");
    Cell(sheet, {"Terlambat (hari kerja)", "Late (working days)"},
         line->overdue->days_late ? std::to_string(*line->overdue->days_late) : "?");
    Cell(sheet, {"Aturan", "Rule"},
         line->overdue->rule + " " + std::string(sheet.In(WordingOf(line->overdue->title))));
    Cell(sheet, {"Batas", "Due"}, line->overdue->due);
    Cell(sheet, {"Tahap", "Stage"}, Stages(sheet, *line));
    Cell(sheet, {"Unit", "Unit"}, Joined(line->units));
    sheet.Raw("</tr>\n");
  }
  sheet.Raw("</tbody>\n</table>\n");
}

// A bar whose length is its share of the largest.
void Bar(Sheet& sheet, std::size_t count, std::size_t most) {
  sheet.Raw("<svg width=\"100%\" height=\"12\" role=\"presentation\"><line class=\"allowed\" ")
      .Raw("x1=\"0\" y1=\"6\" y2=\"6\" x2=\"");
  sheet.out.Number(static_cast<std::int64_t>(100 * count / std::max<std::size_t>(1, most)));
  sheet.Raw("%\"/></svg>");
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
  sheet.Heading({"Perkara terbuka menurut tahap", "Open cases by stage"});
  sheet.Raw("<p class=\"small muted\">")
      .Say({"Perkara dengan beberapa pegawai dihitung pada setiap tahap yang ada di dalamnya.",
            "A case about several officers counts at each stage that is in it."})
      .Raw("</p>\n<table>\n<thead><tr><th>")
      .Say({"Tahap", "Stage"})
      .Raw("</th><th>")
      .Say({"Perkara", "Cases"})
      .Raw("</th><th></th></tr></thead>\n<tbody>\n");
  for (const auto& [stage, count] : counts) {
    sheet.Raw("<tr><td>").Text(stage).Raw("</td><td class=\"n\">");
    sheet.out.Number(static_cast<std::int64_t>(count));
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
  sheet.Heading({"Pelanggaran menurut aturan dan unit", "Breaches by rule and unit"});
  sheet.Raw("<p class=\"small muted\">")
      .Say({"Perkara yang dihitung untuk setiap unit yang menandatangani catatan yang menentukan.",
            "Cases, counted for each unit that signed an entry which decided."})
      .Raw("</p>\n<table>\n<thead><tr><th>")
      .Say({"Aturan", "Rule"})
      .Raw("</th><th>")
      .Say({"Unit: perkara", "Unit: cases"})
      .Raw("</th></tr></thead>\n<tbody>\n");
  for (const auto& [rule, row] : grid) {
    sheet.Raw("<tr><td><b>").Text(rule).Raw("</b> ").Say(WordingOf(row.first)).Raw("</td><td>");
    bool first = true;
    for (const auto& [unit, count] : row.second) {
      if (!std::exchange(first, false)) sheet.Raw("; ");
      sheet.Text(unit).Raw(": <b>");
      sheet.out.Number(static_cast<std::int64_t>(count));
      sheet.Raw("</b>");
    }
    sheet.Raw("</td></tr>\n");
  }
  sheet.Raw("</tbody>\n</table>\n");
}

Wording ConformanceWording(const std::optional<Conformance>& conformance) {
  if (!conformance) return {"tidak dapat dinilai", "not to be judged"};
  switch (*conformance) {
    case Conformance::kBroken:
      return {"✘ prosedur dilanggar", "✘ procedure broken"};
    case Conformance::kRemedied:
      return {"✘ dilanggar, lalu diperbaiki", "✘ broken, then remedied"};
    case Conformance::kUncertain:
      return {"? tidak dapat dipastikan", "? can't be told"};
    case Conformance::kInPart:
      return {"? tidak ada pelanggaran yang terlihat; sebagian belum dapat dinilai",
              "? no breach seen; some can't be judged"};
    case Conformance::kOpen:
      return {"… diikuti sejauh ini", "… followed so far"};
    case Conformance::kKept:
      break;
  }
  return {"✔ prosedur diikuti", "✔ procedure followed"};
}

void CaseRow(Sheet& sheet, const CaseLine& line) {
  sheet.Raw("<tr><td>");
  CaseLink(sheet, line);
  sheet.Raw("</td>");
  Cell(sheet, {"Prosedur", "Procedure"}, sheet.In(ConformanceWording(line.conformance)));
  Cell(sheet, {"Dibuka", "Opened"}, DayText(line.opened_day));
  Cell(sheet, {"Tindakan terakhir", "Last action"}, DayText(line.last_day));
  Cell(sheet, {"Tahap", "Stage"}, Stages(sheet, line));
  std::string rules;
  for (const CaseLine::Breach& breach : line.breaches) {
    rules += (rules.empty() ? "" : "; ") + breach.rule + " " +
             std::string(sheet.In(WordingOf(breach.title)));
  }
  Cell(sheet, {"Dilanggar", "Broken"}, rules);
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
  sheet.Heading({"Semua perkara", "All cases"});
  sheet.Raw("<table>\n<thead><tr><th>").Say({"Perkara", "Case"}).Raw("</th><th>");
  sheet.Say({"Prosedur", "Procedure"}).Raw("</th><th>").Say({"Dibuka", "Opened"});
  sheet.Raw("</th><th>").Say({"Tindakan terakhir", "Last action"}).Raw("</th><th>");
  sheet.Say({"Tahap", "Stage"}).Raw("</th><th>").Say({"Dilanggar", "Broken"});
  sheet.Raw("</th></tr></thead>\n<tbody>\n");
  const std::vector<const CaseLine*> sorted = WorstFirst(cases);
  for (std::size_t i = 0; i < sorted.size() && i < kMaxCases; ++i) CaseRow(sheet, *sorted[i]);
  sheet.Raw("</tbody>\n</table>\n");
  if (cases.size() <= kMaxCases) return;
  sheet.Raw("<p>")
      .Say({"{0} perkara lagi hanya ada sebagai halaman sendiri.",
            "{0} more cases have pages of their own only."},
           {std::to_string(cases.size() - kMaxCases)})
      .Raw("</p>\n");
}

void WriteSheet(const CasePage& page, const Cases& cases, Language language, HtmlWriter& out) {
  const CaseDays none({}, nullptr, {});
  Sheet sheet{page, none, language, {}};
  sheet.Raw("<h1>").Say({"Laporan pemeriksaan log", "Report on a log"}).Raw("</h1>\n");
  WriteIntegrityBox(sheet, page);
  WriteChecked(sheet, page);
  WriteFigures(sheet, cases);
  WriteOverdue(sheet, cases);
  WriteStages(sheet, cases);
  WriteGrid(sheet, cases);
  WriteCases(sheet, cases);
  WriteEvidence(sheet, page);
  out.Raw(language == Language::kIndonesian ? Literal("<section id=\"id\" lang=\"id\">\n")
                                            : Literal("<section id=\"en\" lang=\"en\">\n"));
  out.Add(sheet.out).Raw("</section>\n");
}

}  // namespace

std::string RenderLogHtml(const Report& report, const std::vector<CaseLine>& cases,
                          const ReportSetting& setting) {
  CasePage page;
  page.report = report;
  page.now = setting.now;
  page.tool = setting.tool;
  page.command = setting.command;
  HtmlWriter out;
  BeginPage("Jejak", setting.language, out);
  WriteSheet(page, cases, Language::kIndonesian, out);
  WriteSheet(page, cases, Language::kEnglish, out);
  EndPage(out);
  return out.Take();
}

}  // namespace jejak::verifier
