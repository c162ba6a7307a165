// SPDX-License-Identifier: Apache-2.0
#include "api/figures_page.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "api/caching.h"
#include "api/case_words.h"
#include "api/csv.h"
#include "api/figure_table.h"
#include "api/page_frame.h"

namespace jejak::api {
namespace {

using json::Value;

// A wider table scrolls in its own box, which the keyboard reaches.
constexpr std::size_t kColumnsThatFit = 7;

// One version of a procedure, as its statistics name it.
struct Counted {
  std::uint64_t entry = 0;
  std::string id, version;
  std::int64_t cases = 0;  // 1 of a hidden count
  const Value* numbers = nullptr;
};

std::vector<Counted> CountedIn(const Value& statistics) {
  std::vector<Counted> counted;
  const Value* procedures = statistics.Find("procedures");
  if (procedures == nullptr) return counted;
  for (const Value& one : procedures->items()) {
    Counted& version = counted.emplace_back();
    version.numbers = &one;
    if (const Value* entry = one.Find("entry"))
      version.entry = static_cast<std::uint64_t>(entry->as_integer());
    if (const Value* id = one.Find("procedure")) version.id = id->as_string();
    if (const Value* name = one.Find("version")) version.version = name->as_string();
    const Value* cases = one.Find("cases");
    const Value* total = cases == nullptr ? nullptr : cases->Find("total");
    version.cases = total != nullptr && total->is_integer() ? total->as_integer() : 1;
  }
  return counted;
}

// All that the page is about.
struct View {
  Language language = Language::kIndonesian;
  bool every_size = false;  // may be asked about, not months' ends alone
  std::uint64_t at_size = 0, log_size = 0;
  UnixSeconds now;
  int zone_minutes = 0;
  std::vector<MonthEnd> ends;
  std::vector<Counted> procedures;
  const Counted* chosen = nullptr;
  std::vector<Figure> figures;
  std::string table;  // "" = the page of all
};

class FiguresWriter final {
 public:
  FiguresWriter(const View& view, const CaseWords& words) : view_(view), words_(words) {}

  HtmlWriter Write() {
    out_.Raw("<h1>").Text(In("figures.title")).Raw("</h1>\n<p>").Text(In("figures.intro"));
    out_.Raw("</p>\n");
    if (view_.at_size == 0) {
      out_.Raw("<p class=\"notice\">").Text(In("figures.no_month")).Raw("</p>\n");
      return std::move(out_);
    }
    Form();
    AsOf();
    if (view_.chosen == nullptr) out_.Raw("<p>").Text(In("figures.no_cases")).Raw("</p>\n");
    for (const Figure& figure : view_.figures) {
      if (view_.table.empty() ? !figure.detail : figure.table == view_.table) Table(figure);
    }
    view_.table.empty() ? More() : Back();
    Repeat();
    return std::move(out_);
  }

 private:
  std::string_view In(std::string_view key) const { return Phrase(key).in(view_.language); }

  // The address of this view with another table; relative, so it is the same under every path.
  std::string Address(std::string_view table) const {
    std::string address = "?at_size=" + std::to_string(view_.at_size);
    if (view_.chosen != nullptr) address += "&procedure=" + std::to_string(view_.chosen->entry);
    if (!table.empty()) address += "&table=" + std::string(table);
    return address + (view_.language == Language::kEnglish ? "&lang=en" : "&lang=id");
  }

  void Option(std::uint64_t value, bool selected, const std::string& text) {
    out_.Raw("<option value=\"").Number(static_cast<std::int64_t>(value)).Raw("\"");
    out_.Raw(selected ? presentation::Literal(" selected=\"selected\">")
                      : presentation::Literal(">"));
    out_.Text(text).Raw("</option>\n");
  }

  void Form() {
    out_.Raw("<form class=\"filter\" method=\"get\" action=\"\">\n");
    out_.Raw("<input type=\"hidden\" name=\"lang\" value=\"");
    out_.Text(view_.language == Language::kEnglish ? "en" : "id");
    out_.Raw("\"/>\n<p><label for=\"at_size\">").Text(In("figures.month_end"));
    out_.Raw("</label><select id=\"at_size\" name=\"at_size\">\n");
    Sizes();
    out_.Raw("</select></p>\n<p><label for=\"procedure\">").Text(In("case.procedure"));
    out_.Raw("</label><select id=\"procedure\" name=\"procedure\">\n");
    for (const Counted& one : view_.procedures) {
      const procedure::Definition* definition = words_.Of(one.id, one.version);
      const std::string title =
          definition == nullptr
              ? one.id
              : std::string(presentation::WordingOf(definition->title).in(view_.language));
      Option(one.entry, &one == view_.chosen, title + " (" + one.version + ")");
    }
    out_.Raw("</select></p>\n<p><button>").Text(In("page.show")).Raw("</button></p>\n</form>\n");
  }

  void Sizes() {
    const bool listed = std::ranges::any_of(
        view_.ends, [this](const MonthEnd& end) { return end.size == view_.at_size; });
    if (view_.every_size)
      Option(view_.log_size, view_.at_size == view_.log_size, std::string(In("figures.today")));
    for (const MonthEnd& end : view_.ends)
      Option(end.size, end.size == view_.at_size && view_.at_size != view_.log_size, end.month);
    if (!listed && view_.at_size != view_.log_size)
      Option(view_.at_size, true,
             presentation::Filled(In("page.as_of_size"), {std::to_string(view_.at_size)}));
  }

  void AsOf() {
    out_.Raw("<p>").Text(
        presentation::Filled(In("page.as_of_size"), {std::to_string(view_.at_size)}));
    out_.Raw(", ");
    WriteTime(out_, view_.now, view_.zone_minutes);
    out_.Raw(". ").Text(In("figures.hidden_note")).Raw("</p>\n");
  }

  void Table(const Figure& figure) {
    out_.Raw("<section aria-labelledby=\"").Text(figure.table).Raw("\">\n<h2 id=\"");
    out_.Text(figure.table).Raw("\">").Text(figure.title).Raw("</h2>\n<p class=\"small\">");
    out_.Text(figure.says).Raw("</p>\n");
    if (figure.rows.empty()) {
      out_.Raw("<p>").Text(In("figures.none")).Raw("</p>\n</section>\n");
      return;
    }
    const bool wide = figure.columns.size() > kColumnsThatFit;
    if (wide) {
      out_.Raw("<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-labelledby=\"");
      out_.Text(figure.table).Raw("\">");
    }
    out_.Raw("<table class=\"figure\">\n<thead><tr>");
    for (const std::string& column : figure.columns)
      out_.Raw("<th scope=\"col\">").Text(column).Raw("</th>");
    out_.Raw("<td></td></tr></thead>\n<tbody>\n");
    std::int64_t most = 1;
    for (const FigureRow& row : figure.rows) {
      if (figure.bar < row.cells.size()) most = std::max(most, row.cells[figure.bar].value_or(0));
    }
    for (const FigureRow& row : figure.rows) Row(figure, row, most);
    out_.Raw("</tbody>\n</table>")
        .Raw(wide ? presentation::Literal("</div>\n") : presentation::Literal("\n"));
    out_.Raw("<p class=\"small\"><a href=\"").Text(Address(figure.table));
    out_.Raw("&amp;format=csv\">").Text(In("figures.csv")).Text(": ").Text(figure.title);
    out_.Raw("</a></p>\n</section>\n");
  }

  void Row(const Figure& figure, const FigureRow& row, std::int64_t most) {
    out_.Raw("<tr><th scope=\"row\">").Text(row.name).Raw("</th>");
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      out_.Raw("<td class=\"n\" data-is=\"").Text(figure.columns[i + 1]).Raw("\">");
      row.cells[i] ? out_.Number(*row.cells[i]) : out_.Text(In("figures.hidden"));
      out_.Raw("</td>");
    }
    out_.Raw("<td class=\"bar\">");
    if (figure.bar < row.cells.size()) Bar(row.cells[figure.bar], most);
    out_.Raw("</td></tr>\n");
  }

  // Its share of the largest; nothing is drawn of what is hidden.
  void Bar(const std::optional<std::int64_t>& count, std::int64_t most) {
    if (!count || *count <= 0) return;
    out_.Raw("<svg width=\"100%\" height=\"12\" aria-hidden=\"true\"><line class=\"allowed\" ");
    out_.Raw("x1=\"0\" y1=\"6\" y2=\"6\" x2=\"").Number(100 * *count / most).Raw("%\"/></svg>");
  }

  void More() {
    out_.Raw("<h2>").Text(In("figures.more")).Raw("</h2>\n<ul>\n");
    for (const Figure& figure : view_.figures) {
      if (!figure.detail) continue;
      out_.Raw("<li><a href=\"").Text(Address(figure.table)).Raw("\">").Text(figure.title);
      out_.Raw("</a></li>\n");
    }
    out_.Raw("</ul>\n");
  }

  void Back() {
    out_.Raw("<p><a href=\"").Text(Address("")).Raw("\">← ").Text(In("figures.all"));
    out_.Raw("</a></p>\n");
  }

  void Repeat() {
    out_.Raw("<h2>").Text(In("figures.repeat")).Raw("</h2>\n<p>").Text(In("figures.repeat_how"));
    out_.Raw("</p>\n<pre><code>jejak mirror URL DIR --policy FILE --documents\n");
    out_.Raw("jejak-verify stats DIR --policy FILE --at-size ");
    out_.Number(static_cast<std::int64_t>(view_.at_size)).Raw("</code></pre>\n");
  }

  const View& view_;
  const CaseWords& words_;
  HtmlWriter out_;
};

Response CsvOf(const View& view, const Figure& figure) {
  Csv csv;
  for (const std::string& column : figure.columns) csv.Add(column);
  csv.EndRow();
  for (const FigureRow& row : figure.rows) {
    csv.Add(row.name);
    for (const auto& cell : row.cells)
      cell ? csv.AddNumber(*cell) : csv.Add(Phrase("figures.hidden").in(view.language));
    csv.EndRow();
  }
  return WithFreshness(WithFileName(MakeResponse(200, "text/csv; charset=utf-8", csv.Take()),
                                    "figures-" + std::to_string(view.at_size) + ".csv"),
                       Freshness::kRevalidate);
}

PageFrame FrameOf(const Call& call, Language language) {
  PageFrame frame;
  frame.language = language;
  frame.title = Phrase("figures.title").in(language);
  frame.place = Place::kFigures;
  for (const std::string_view name : {"at_size", "procedure", "table"}) {
    const std::string* value = call.query.Find(name);
    // A number or a name of ours, else it isn't answered for at all.
    if (value == nullptr) continue;
    frame.query += (frame.query.empty() ? "" : "&") + std::string(name) + "=" + *value;
  }
  return frame;
}

std::optional<Mistake> FindWrongFormat(const QueryParameters& query) {
  const std::string* format = query.Find("format");
  if (format != nullptr && (*format != "csv" || query.Find("table") == nullptr))
    return Mistake{"format", Phrase("figures.mend_format")};
  return std::nullopt;
}

// Chooses the procedure and the table. nullopt: both are there.
std::optional<Mistake> Choose(const Call& call, const CaseWords& words, View& view) {
  const std::string* asked = call.query.Find("procedure");
  for (const Counted& one : view.procedures) {
    if (asked != nullptr ? std::to_string(one.entry) == *asked
                         : view.chosen == nullptr || one.cases > view.chosen->cases)
      view.chosen = &one;
  }
  if (asked != nullptr && view.chosen == nullptr)
    return Mistake{"procedure", Phrase("page.mend_choose")};
  const FigureNames names{
      view.chosen == nullptr ? nullptr : words.Of(view.chosen->id, view.chosen->version),
      [&](const std::string& unit) {
        const CaseWords::Named* named = CaseWords::Find(words.units(), unit);
        return named == nullptr ? unit : std::string(named->in(view.language));
      },
      view.language, call.request.oversight};
  if (view.chosen != nullptr) view.figures = FiguresOf(*view.chosen->numbers, names);
  const std::string* table = call.query.Find("table");
  if (table == nullptr) return std::nullopt;
  view.table = *table;
  if (std::ranges::find(view.figures, *table, &Figure::table) == view.figures.end())
    return Mistake{"table", Phrase("page.mend_choose")};
  return std::nullopt;
}

Result<Response> Render(Call& call, StatsDesk& desk, View view) {
  const auto framed = [&](const HtmlWriter& main) {
    return WithETag(call.request, WithFreshness(FramedPage(call.ledger, call.request.oversight,
                                                           FrameOf(call, view.language), main),
                                                Freshness::kRevalidate));
  };
  JEJAK_TRY(words, CaseWords::Read(call));
  if (view.at_size == 0) return framed(FiguresWriter(view, words).Write());
  JEJAK_TRY(text, desk.Text(call, view.at_size));
  JEJAK_TRY(parsed, json::Parse(*text, json::Rules::kContainer));
  const Value* statistics = parsed.Find("statistics");
  if (statistics == nullptr) return Internal("statistics without their member");
  const Value* now = statistics->Find("now");
  JEJAK_TRY(time, ParseTime(now == nullptr ? "" : now->as_string()));
  JEJAK_TRY(zone, ZoneMinutes(call.reader.head().administration()));
  view.now = time;
  view.zone_minutes = zone;
  view.procedures = CountedIn(*statistics);
  if (const auto mistake = Choose(call, words, view))
    return MistakenAddress(call, FrameOf(call, view.language), *mistake);
  if (call.query.Find("format") != nullptr)
    return CsvOf(view, *std::ranges::find(view.figures, view.table, &Figure::table));
  return framed(FiguresWriter(view, words).Write());
}

}  // namespace

Result<Response> FiguresPage(Call& call, StatsDesk& desk) {
  call.query.DropEmpty();  // of a form that was sent unfilled
  View view;
  view.language = LanguageOf(call.query);
  const PageFrame frame = FrameOf(call, view.language);
  auto mistake = FindMistake(call.query, {"at_size", "procedure", "table", "format", "lang"});
  if (!mistake) mistake = FindWrongFormat(call.query);
  if (mistake) return MistakenAddress(call, frame, *mistake);
  view.every_size = call.shows_bodies();
  view.log_size = call.reader.size();
  Result<std::vector<MonthEnd>> ends = StatsDesk::MonthEnds(call, kMonthsOffered);
  if (!ends.ok()) return FailedPage(call, frame, ends.error());
  view.ends = std::move(*ends);
  if (view.every_size || !view.ends.empty()) {
    const Result<std::uint64_t> size = StatsDesk::SizeOf(call);
    if (!size.ok() && size.error().code == Code::kMalformed)
      return MistakenAddress(call, frame, {"at_size", Phrase("figures.mend_size")});
    if (!size.ok()) return FailedPage(call, frame, size.error());
    view.at_size = *size;
  }
  Result<Response> page = Render(call, desk, std::move(view));
  return page.ok() ? std::move(page) : FailedPage(call, frame, page.error());
}

}  // namespace jejak::api
