// SPDX-License-Identifier: Apache-2.0
#include "ledger/presentation/timeline_svg.h"

#include <algorithm>
#include <string>
#include <vector>

#include "ledger/base/time.h"
#include "ledger/base/unicode.h"
#include "ledger/presentation/displayable.h"

namespace jejak::presentation {
namespace {

// In CSS pixels.
constexpr std::int64_t kAxisHeight = 22;
constexpr std::int64_t kRowHeight = 48;
constexpr std::int64_t kDeadlineLine = 14;
// What 288 px hold of a title and of a smaller line.
constexpr std::size_t kTitleCharacters = 42;
constexpr std::size_t kLineCharacters = 48;
// Beyond, single days are thinner than a hair.
constexpr std::int64_t kMaxShadedDays = 800;

// The days that a drawing spans: [first, first + count).
struct Range {
  std::int64_t first = 0;
  std::int64_t count = 1;

  std::int64_t end() const { return first + count; }
};

Range RangeOf(const Timeline& timeline) {
  std::int64_t first = timeline.rows.front().day;
  std::int64_t last = first;
  const auto include = [&](std::int64_t day) {
    first = std::min(first, day);
    last = std::max(last, day);
  };
  for (const TimelineRow& row : timeline.rows) {
    include(row.day);
    if (row.allowed) include(row.allowed->first);
    if (row.allowed) include(row.allowed->second);
  }
  return {first - 1, last - first + 3};
}

// "37.50%": a day's start, or with `middle` its middle.
std::string Percent(const Range& range, std::int64_t day, bool middle = false) {
  const std::int64_t halves = 2 * (day - range.first) + (middle ? 1 : 0);
  const std::int64_t hundredths = halves * 5000 / range.count;
  const std::string cents = std::to_string(hundredths % 100);
  return std::to_string(hundredths / 100) + (cents.size() < 2 ? ".0" : ".") + cents + "%";
}

std::string Cut(const std::string& raw, std::size_t characters) {
  std::string text = Displayable(raw);
  if (CountCodePoints(text) <= characters) return text;
  std::string out;
  std::size_t at = 0;
  for (std::size_t i = 0; i + 1 < characters; ++i) AppendUtf8(out, DecodeUtf8(text, at));
  return out + "…";
}

// Free days as one path in units of days, so that a year of weekends is a few hundred bytes.
std::string Shades(const Timeline& timeline, const Range& range) {
  std::string path;
  for (std::int64_t day = range.first; day < range.end(); ++day) {
    if (timeline.may_be_working(day)) continue;
    std::int64_t end = day + 1;
    while (end < range.end() && !timeline.may_be_working(end)) ++end;
    const std::string width = std::to_string(end - day);
    path.append("M").append(std::to_string(day - range.first)).append(" 0h").append(width);
    path.append("v1h-").append(width).append("z");
    day = end;
  }
  return path;
}

bool IsTick(std::int64_t day, std::int64_t days_shown) {
  const CivilDate date = CivilFromDays(day);
  constexpr std::int64_t kMonthsFrom = 70;
  if (days_shown <= kMonthsFrom) {
    const std::int64_t step = std::max<std::int64_t>(1, (days_shown + 3) / 4);
    return day % step == 0;
  }
  const std::int64_t months = std::max<std::int64_t>(1, days_shown / 30 / 4);
  return date.day == 1 && (date.year * 12 + date.month - 1) % months == 0;
}

std::vector<std::int64_t> Ticks(const Range& range) {
  std::vector<std::int64_t> ticks;
  // Over more than a century one tick is enough, lest a forged date costs a walk of 8,000 years.
  constexpr std::int64_t kLong = 40'000;
  if (range.count > kLong) return {range.first + 1};
  for (std::int64_t day = range.first; day < range.end(); ++day) {
    if (IsTick(day, range.count)) ticks.push_back(day);
  }
  return ticks;
}

class Drawing final {
 public:
  Drawing(const Timeline& timeline, const Range& range, std::span<const TimelineRow> rows)
      : timeline_(timeline), range_(range), rows_(rows) {
    for (const TimelineRow& row : rows) height_ += HeightOf(row);
  }

  void Draw(HtmlWriter& out) {
    out.Raw("<svg class=\"time\" role=\"img\" width=\"100%\" height=\"").Number(height_);
    out.Raw("\" aria-label=\"").Text(timeline_.label).Raw("\">\n");
    Background(out);
    for (const std::int64_t tick : Ticks(range_)) Tick(out, tick);
    if (timeline_.today && *timeline_.today >= range_.first && *timeline_.today < range_.end()) {
      Vertical(out, *timeline_.today, "<line class=\"today\"");
    }
    for (const TimelineRow& row : rows_) Row(out, row);
    out.Raw("</svg>\n");
  }

 private:
  static std::int64_t HeightOf(const TimelineRow& row) {
    return kRowHeight + (row.deadline.empty() ? 0 : kDeadlineLine);
  }

  void Background(HtmlWriter& out) const {
    const std::string shades = range_.count > kMaxShadedDays ? "" : Shades(timeline_, range_);
    if (shades.empty()) return;
    out.Raw("<svg y=\"22\" width=\"100%\" height=\"").Number(height_ - kAxisHeight);
    out.Raw("\" preserveAspectRatio=\"none\" viewBox=\"0 0 ").Number(range_.count);
    out.Raw(" 1\"><path class=\"off\" d=\"").Text(shades);
    out.Raw("\"/></svg>\n");
  }

  void Vertical(HtmlWriter& out, std::int64_t day, Literal line) const {
    const std::string x = Percent(range_, day);
    out.Raw(line).Raw(" x1=\"").Text(x).Raw("\" x2=\"").Text(x).Raw("\" y1=\"14\" y2=\"");
    out.Number(height_).Raw("\"/>");
  }

  void Tick(HtmlWriter& out, std::int64_t day) const {
    Vertical(out, day, "<line class=\"tick\"");
    // A label that would be cut at the right edge is left out.
    const bool fits = (day - range_.first) * 100 <= range_.count * 75;
    if (!fits) return;
    out.Raw("<text class=\"axis\" y=\"11\" x=\"").Text(Percent(range_, day)).Raw("\">");
    out.Text(FormatDate(CivilFromDays(day))).Raw("</text>\n");
  }

  void Line(HtmlWriter& out, Literal start, const std::string& text, std::size_t characters) {
    out.Raw(start).Number(y_).Raw("\">").Text(Cut(text, characters)).Raw("</text>");
  }

  void Row(HtmlWriter& out, const TimelineRow& row) {
    out.Raw("<line class=\"rule\" x1=\"0\" x2=\"100%\" y1=\"").Number(y_);
    out.Raw("\" y2=\"").Number(y_).Raw("\"/>");
    y_ += 14;
    Line(out, "<text class=\"title\" x=\"2\" y=\"", (row.flagged ? "⚠ " : "") + row.title,
         kTitleCharacters);
    y_ += 14;
    Line(out, "<text class=\"line\" x=\"2\" y=\"", row.line, kLineCharacters);
    if (!row.deadline.empty()) {
      y_ += kDeadlineLine;
      Line(out,
           row.state == RowState::kMissed ? Literal("<text class=\"line late\" x=\"2\" y=\"")
                                          : Literal("<text class=\"line\" x=\"2\" y=\""),
           row.deadline, kLineCharacters);
    }
    y_ += 12;
    Bar(out, row);
    Mark(out, row);
    out.Raw("\n");
    y_ += 8;
  }

  // What was allowed, the due day, and what went beyond it.
  void Bar(HtmlWriter& out, const TimelineRow& row) const {
    if (!row.allowed) return;
    const auto [from, due] = *row.allowed;
    Span(out, "<line class=\"allowed\"", Percent(range_, from, true), Percent(range_, due + 1));
    if (row.state == RowState::kMissed && row.day > due) {
      Span(out, "<line class=\"over\"", Percent(range_, due + 1), Percent(range_, row.day, true));
    }
    const std::string x = Percent(range_, due + 1);
    out.Raw("<line class=\"due\" x1=\"").Text(x).Raw("\" x2=\"").Text(x);
    out.Raw("\" y1=\"").Number(y_ - 6).Raw("\" y2=\"").Number(y_ + 6).Raw("\"/>");
  }

  void Span(HtmlWriter& out, Literal line, const std::string& from, const std::string& to) const {
    out.Raw(line).Raw(" x1=\"").Text(from).Raw("\" x2=\"").Text(to).Raw("\" y1=\"").Number(y_);
    out.Raw("\" y2=\"").Number(y_).Raw("\"/>");
  }

  // Shapes are drawn around 0,0 of an inner picture that stands at the day.
  void Mark(HtmlWriter& out, const TimelineRow& row) const {
    out.Raw("<svg class=\"mark\" x=\"").Text(Percent(range_, row.day, true));
    out.Raw("\" y=\"").Number(y_).Raw("\">");
    switch (row.state) {
      case RowState::kPlain:
        out.Raw("<circle class=\"plain\" r=\"4\"/>");
        break;
      case RowState::kMet:
        out.Raw("<circle class=\"met\" r=\"5\"/>");
        break;
      case RowState::kMissed:
        out.Raw("<path class=\"missed\" d=\"M-5-5L5 5M-5 5L5-5\"/>");
        break;
      case RowState::kPending:
        out.Raw("<path class=\"pending\" d=\"M-6-5L6-5L0 6z\"/>");
        break;
    }
    out.Raw("</svg>");
  }

  const Timeline& timeline_;
  Range range_;
  std::span<const TimelineRow> rows_;
  std::int64_t height_ = kAxisHeight + 4;
  std::int64_t y_ = kAxisHeight;
};

}  // namespace

HtmlWriter DrawTimeline(const Timeline& timeline) {
  HtmlWriter out;
  if (timeline.rows.empty()) return out;
  const Range range = RangeOf(timeline);
  for (std::size_t begin = 0; begin < timeline.rows.size(); begin += kRowsPerDrawing) {
    const std::size_t count = std::min(kRowsPerDrawing, timeline.rows.size() - begin);
    Drawing(timeline, range, timeline.rows.subspan(begin, count)).Draw(out);
  }
  return out;
}

}  // namespace jejak::presentation
