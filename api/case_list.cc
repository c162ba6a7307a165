// SPDX-License-Identifier: Apache-2.0
#include "api/case_list.h"

#include <array>
#include <utility>

#include "api/case_index.h"
#include "ledger/presentation/words.h"

namespace jejak::api {
namespace {

using presentation::Filled;
using presentation::Literal;
using procedure::Outcome;

constexpr std::array<std::string_view, 5> kConditions{"stage", "unit", "rule", "overdue", "open"};

Literal Sign(const CaseLine& line) {
  if (!line.judged) return "<span class=\"badge none\">– ";
  switch (line.outcome) {
    case Outcome::kPass:
      return "<span class=\"badge good\">✔ ";
    case Outcome::kFail:
      return "<span class=\"badge bad\">✘ ";
    case Outcome::kPending:
      return "<span class=\"badge open\">… ";
    case Outcome::kUnknown:
      return "<span class=\"badge open\">? ";
    case Outcome::kNotApplicable:
      break;
  }
  return "<span class=\"badge none\">– ";
}

constexpr std::array<std::string_view, 7> kColumns{"page.case", "page.late",    "page.stage",
                                                   "page.unit", "page.outcome", "page.opened",
                                                   "page.last"};

class ListWriter final {
 public:
  ListWriter(Call& call, const CaseWords& words, const CasePart& part, LineStyle style)
      : call_(call), words_(words), part_(part), style_(style), asked_(ConditionsOf(call.query)) {}

  HtmlWriter Write() {
    out_.Raw("<h1>").Text(In("page.cases_title")).Raw("</h1>\n");
    WriteForm();
    WriteCount();
    if (part_.begin < part_.end) WriteTable();
    WriteNext();
    if (!call_.shows_cases() && asked_.empty() && part_.begin == 0) WriteCoursesOnly();
    out_.Raw("<p class=\"small muted\">");
    out_.Text(In(call_.shows_bodies() ? "page.cases_note" : "page.cases_note_public"));
    out_.Raw("</p>\n");
    return std::move(out_);
  }

 private:
  std::string_view In(std::string_view key) const { return Phrase(key).in(style_.language); }
  std::string Say(std::string_view key, std::initializer_list<std::string> values) const {
    return Filled(In(key), values);
  }

  void Option(std::string_view value, std::string_view text, bool chosen) {
    out_.Raw("<option value=\"").Text(value).Raw("\"");
    if (chosen) out_.Raw(" selected");
    out_.Raw(">").Text(text).Raw("</option>\n");
  }

  void Select(std::string_view name, std::string_view key,
              const std::vector<CaseWords::Named>& list, bool with_code) {
    const std::string* chosen = call_.query.Find(name);
    out_.Raw("<p><label for=\"").Text(name).Raw("\">").Text(In(key)).Raw("</label>\n<select id=\"");
    out_.Text(name).Raw("\" name=\"").Text(name).Raw("\">\n");
    Option("", In("page.all"), chosen == nullptr);
    for (const CaseWords::Named& named : list) {
      const std::string title(named.in(style_.language));
      Option(named.code, with_code ? named.code + " " + title : title,
             chosen != nullptr && *chosen == named.code);
    }
    out_.Raw("</select></p>\n");
  }

  void SelectOpen() {
    const std::string* open = call_.query.Find("open");
    out_.Raw("<p><label for=\"open\">").Text(In("page.open_or_closed"));
    out_.Raw("</label>\n<select id=\"open\" name=\"open\">\n");
    Option("", In("page.all"), open == nullptr);
    Option("true", In("page.open_cases"), open != nullptr && *open == "true");
    Option("false", In("page.closed_cases"), open != nullptr && *open == "false");
    out_.Raw("</select></p>\n");
  }

  void WriteForm() {
    const std::string* overdue = call_.query.Find("overdue");
    out_.Raw("<form class=\"filter\" action=\"cases\" method=\"get\">\n");
    if (style_.language == Language::kEnglish)
      out_.Raw("<input type=\"hidden\" name=\"lang\" value=\"en\">\n");
    Select("stage", "page.stage", words_.stages(), false);
    Select("unit", "page.unit", words_.units(), false);
    Select("rule", "page.rule", words_.rules(), style_.rule_ids);
    SelectOpen();
    out_.Raw("<p class=\"check\"><label><input type=\"checkbox\" name=\"overdue\" value=\"true\"");
    if (overdue != nullptr && *overdue == "true") out_.Raw(" checked");
    out_.Raw("> ").Text(In("page.overdue_only")).Raw("</label></p>\n<p><button>");
    out_.Text(In("page.show")).Raw("</button></p>\n</form>\n");
  }

  void WriteCount() {
    const std::size_t count = part_.walk->rows.size();
    out_.Raw("<p role=\"status\"><b>");
    if (count == 0) {
      out_.Text(In("page.no_cases"));
    } else {
      out_.Text(Say("page.count", {std::to_string(count), std::to_string(part_.begin + 1),
                                   std::to_string(part_.end)}));
    }
    out_.Raw("</b> ").Text(Say("page.as_of_size", {std::to_string(part_.walk->at_size)}));
    out_.Raw(", ");
    WriteTime(out_, part_.walk->now, style_.zone_minutes);
    out_.Raw(".</p>\n");
  }

  void Address(std::string_view cursor, bool csv) {
    out_.Raw("cases?").Text(asked_);
    if (!asked_.empty()) out_.Raw("&amp;");
    out_.Raw("cursor=").Text(cursor);
    if (csv) out_.Raw("&amp;format=csv");
    if (style_.language == Language::kEnglish) out_.Raw("&amp;lang=en");
  }

  void Begin(std::string_view key) { out_.Raw("<td data-is=\"").Text(In(key)).Raw("\">"); }
  void Cell(std::string_view key, std::string_view text) {
    Begin(key);
    out_.Text(text).Raw("</td>");
  }

  void LateCell(const CaseLine& line) {
    if (!line.late) return static_cast<void>(out_.Raw("<td></td>"));
    Begin("page.late");
    out_.Raw("<b class=\"late\">⚠ ")
        .Text(presentation::LateText(line.late->days, style_.language))
        .Raw("</b><br>");
    if (style_.rule_ids) out_.Text(line.late->rule).Raw(" ");
    out_.Text(line.late->title).Raw("<br><span class=\"muted\">");
    out_.Text(Say("page.due", {line.late->due})).Raw("</span></td>");
  }

  void Row(const CaseLine& line) {
    out_.Raw("<tr><th scope=\"row\"><a href=\"cases/").Text(line.id);
    out_.Text(LanguageQuery(style_.language)).Raw("\"><code>").Text(line.id);
    out_.Raw("</code></a></th>");
    LateCell(line);
    Cell("page.stage", line.stages);
    Cell("page.unit", line.units);
    Begin("page.outcome");
    out_.Raw(Sign(line)).Text(OutcomeOf(line).in(style_.language)).Raw("</span>");
    if (!line.failed.empty()) out_.Raw(" ").Text(line.failed);
    out_.Raw("</td>");
    Cell("page.opened", line.opened);
    Cell("page.last", line.last);
    out_.Raw("</tr>\n");
  }

  void WriteTable() {
    out_.Raw("<table class=\"cases\">\n<caption class=\"unseen\">").Text(In("page.cases_caption"));
    out_.Raw("</caption>\n<thead><tr>");
    for (const std::string_view key : kColumns) {
      out_.Raw("<th scope=\"col\">").Text(In(key)).Raw("</th>");
    }
    out_.Raw("</tr></thead>\n<tbody>\n");
    for (std::size_t i = part_.begin; i < part_.end; ++i) {
      Row(LineOf(call_, part_, *part_.walk->rows[i], words_, style_));
    }
    out_.Raw("</tbody>\n</table>\n");
  }

  void WriteNext() {
    if (part_.walk->rows.empty()) return;
    const std::string start =
        std::to_string(part_.walk->at_size) + "." + std::to_string(part_.walk->now.value) + ".0";
    out_.Raw("<ul class=\"actions\">\n");
    if (part_.begin > 0) {
      out_.Raw("<li><a href=\"");
      Address(start, false);
      out_.Raw("\">").Text(In("page.first")).Raw("</a></li>\n");
    }
    if (!part_.cursor.empty()) {
      out_.Raw("<li><a rel=\"next\" href=\"");
      Address(part_.cursor, false);
      out_.Raw("\">").Text(In("page.next")).Raw("</a></li>\n");
    }
    out_.Raw("<li><a href=\"");
    Address(start, true);
    out_.Raw("\">").Text(In("page.csv")).Raw("</a></li>\n</ul>\n");
  }

  // Cases of which nothing but the course was released are in no search, which is by verdicts.
  void WriteCoursesOnly() {
    const auto released = call_.ledger.cases.Released(0, kMostCourses);
    if (!released.ok()) return;
    bool begun = false;
    for (const ReleasedCase& one : *released) {
      const Release shown = call_.ShownOf({record::StreamKind::kCase, one.id});
      if (!shown.timeline || shown.verdicts) continue;
      if (!std::exchange(begun, true))
        out_.Raw("<h2>").Text(In("page.courses_only")).Raw("</h2>\n<ul>\n");
      out_.Raw("<li><a href=\"cases/").Text(one.id).Text(LanguageQuery(style_.language));
      out_.Raw("\"><code>").Text(one.id).Raw("</code></a></li>\n");
    }
    if (begun) out_.Raw("</ul>\n");
  }

  static constexpr std::size_t kMostCourses = 1000;

  Call& call_;
  const CaseWords& words_;
  const CasePart& part_;
  const LineStyle style_;
  const std::string asked_;
  HtmlWriter out_;
};

}  // namespace

std::string ConditionsOf(const QueryParameters& query) {
  std::string out;
  for (const std::string_view name : kConditions) {
    const std::string* value = query.Find(name);
    if (value == nullptr) continue;
    if (!out.empty()) out += '&';
    out.append(name).append("=").append(EncodePercent(*value));
  }
  return out;
}

Wording OutcomeOf(const CaseLine& line) {
  return line.judged ? presentation::OutcomeWording(line.outcome) : Phrase("page.not_judged");
}

HtmlWriter WriteCaseList(Call& call, const CaseWords& words, const CasePart& part,
                         const LineStyle& style) {
  return ListWriter(call, words, part, style).Write();
}

}  // namespace jejak::api
