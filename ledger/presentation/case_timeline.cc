// SPDX-License-Identifier: Apache-2.0
//
// The timeline of a page: actions and open deadlines as a drawing, then every action in a table.
#include <algorithm>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "ledger/base/text.h"
#include "ledger/presentation/case_sheet.h"
#include "ledger/presentation/timeline_svg.h"

namespace jejak::presentation {
namespace {

// Entries with a structural check that fails.
std::set<std::uint64_t> Flagged(const CaseView& view) {
  std::set<std::uint64_t> entries;
  if (!Judged(view)) return entries;
  for (const procedure::CheckVerdict& check : view.judgement->checks) {
    if (check.outcome == procedure::Outcome::kFail) entries.insert(check.entry);
  }
  return entries;
}

std::string Joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : ", ") + part;
  return out;
}

// Who signed, by role, each role once.
std::string Roles(const Sheet& sheet, const procedure::Act& act) {
  std::vector<std::string> roles;
  for (const procedure::SignerLine& line : act.by) {
    std::string role(sheet.In(RoleWording(sheet.view.definition, line.role)));
    if (std::ranges::find(roles, role) == roles.end()) roles.push_back(std::move(role));
  }
  return Joined(roles);
}

}  // namespace

std::string SincePrevious(const Sheet& sheet, const ActDays& days) {
  if (days.before_previous) {
    return std::string(sheet.In(Phrase("case.dated_earlier")));
  }
  if (days.same_day) return std::string(sheet.In(Phrase("case.same_day")));
  if (!days.since_previous) return {};
  return Filled(sheet.In(*days.since_previous == 1 ? Phrase("case.since_working_day")
                                                   : Phrase("case.since_working_days")),
                {std::to_string(*days.since_previous)});
}

std::string DeadlineText(const Sheet& sheet, const ActDeadline& deadline) {
  const std::string due = DayText(deadline.due_day);
  if (deadline.state == DeadlineState::kMet) {
    return Filled(sheet.In(Phrase("case.due_in_time")), {due});
  }
  if (!deadline.late) {
    return Filled(sheet.In(Phrase("case.due_late")), {due});
  }
  const std::string unit(sheet.In(UnitWording(deadline.says->unit)));
  return Filled(sheet.In(Phrase("case.due_late_by")), {due, std::to_string(*deadline.late), unit});
}

bool ToldAsOne(const ActDays& a, const ActDays& b) {
  const auto due = [](const ActDays& days) {
    return days.deadline ? std::pair(days.deadline->from_day, days.deadline->due_day)
                         : std::pair<std::int64_t, std::int64_t>(0, 0);
  };
  return a.act->type == b.act->type && a.day == b.day && due(a) == due(b) &&
         std::ranges::equal(a.act->by, b.act->by, {}, &procedure::SignerLine::role,
                            &procedure::SignerLine::role);
}

namespace {

TimelineRow RowOf(const Sheet& sheet, const ActDays& days, std::size_t count) {
  TimelineRow row;
  row.title = sheet.In(TypeWording(sheet.view.definition, days.act->type));
  if (count > 1) row.title += " × " + std::to_string(count);
  row.line = DayText(days.day);
  const std::string since = SincePrevious(sheet, days);
  if (!since.empty()) row.line += " · " + since;
  row.line += " · " + Roles(sheet, *days.act);
  row.day = days.day;
  if (!days.deadline) return row;
  row.deadline = DeadlineText(sheet, *days.deadline);
  row.allowed = {days.deadline->from_day, days.deadline->due_day};
  row.state = days.deadline->state == DeadlineState::kMissed ? RowState::kMissed : RowState::kMet;
  return row;
}

void AddActs(const Sheet& sheet, std::vector<TimelineRow>& rows) {
  const std::set<std::uint64_t> flagged = Flagged(sheet.view);
  const std::vector<ActDays>& acts = sheet.days.acts();
  for (std::size_t i = 0; i < acts.size() && rows.size() < sheet.view.most_drawn;) {
    std::size_t end = i;
    bool flag = false;
    for (; end < acts.size() && ToldAsOne(acts[i], acts[end]); ++end) {
      flag = flag || flagged.contains(acts[end].act->index);
    }
    rows.push_back(RowOf(sheet, acts[i], end - i));
    rows.back().flagged = flag;
    i = end;
  }
}

std::string TitleOf(const Sheet& sheet, const std::string& id) {
  if (sheet.view.definition != nullptr) {
    for (const procedure::Rule& rule : sheet.view.definition->rules) {
      if (rule.id == id) return RuleTitle(sheet, rule);
    }
  }
  return id;
}

// A deadline that no act has met: it still runs, or has passed. Counted from the last entry that
// the verdict names.
TimelineRow OpenRow(const Sheet& sheet, const procedure::RuleVerdict& verdict,
                    const procedure::Due& due) {
  const bool runs = verdict.outcome == procedure::Outcome::kPending;
  TimelineRow row;
  row.title = TitleOf(sheet, verdict.rule);
  row.day = sheet.days.DayOf(due.last);
  const ActDays* from =
      verdict.entries.empty() ? nullptr : sheet.days.OfEntry(verdict.entries.back());
  row.allowed = {from == nullptr ? row.day : std::min(from->day, row.day), row.day};
  row.line = Filled(sheet.In(runs ? Phrase("case.due_still_open") : Phrase("case.due_passed")),
                    {due.text});
  row.state = runs ? RowState::kPending : RowState::kMissed;
  return row;
}

void AddOpen(const Sheet& sheet, std::vector<TimelineRow>& rows) {
  if (!Judged(sheet.view)) return;
  std::set<std::pair<std::string, std::string>> drawn;
  for (const procedure::RuleVerdict& verdict : sheet.view.judgement->rules) {
    const bool runs = verdict.outcome == procedure::Outcome::kPending;
    const std::optional<procedure::Due>& due = runs ? verdict.due : verdict.missed;
    if (!due || rows.size() >= 2 * sheet.view.most_drawn) continue;
    if (drawn.emplace(verdict.rule, due->text).second) {
      rows.push_back(OpenRow(sheet, verdict, *due));
    }
  }
}

void Key(Sheet& sheet) {
  sheet.Raw("<p class=\"key\"><span><svg><line class=\"allowed\" x1=\"0\" x2=\"20\" y1=\"7\" ")
      .Raw("y2=\"7\"/><line class=\"due\" x1=\"20\" x2=\"20\" y1=\"1\" y2=\"13\"/></svg> ")
      .Say(Phrase("case.key_allowed"))
      .Raw("</span><span><svg><circle class=\"met\" cx=\"9\" cy=\"7\" r=\"5\"/></svg> ")
      .Say(Phrase("case.key_in_time"))
      .Raw("</span><span><svg><path class=\"missed\" d=\"M4 2L14 12M4 12L14 2\"/></svg> ")
      .Say(Phrase("case.key_late"))
      .Raw("</span><span><svg><path class=\"pending\" d=\"M4 2L16 2L10 13z\"/></svg> ")
      .Say(Phrase("case.key_open"))
      .Raw("</span><span><svg><circle class=\"plain\" cx=\"9\" cy=\"7\" r=\"4\"/></svg> ")
      .Say(Phrase("case.key_plain"))
      .Raw("</span><span><svg><path class=\"off\" d=\"M2 0h14v14h-14z\"/></svg> ")
      .Say(Phrase("case.key_not_working"))
      .Raw("</span><span><svg><line class=\"today\" x1=\"9\" x2=\"9\" y1=\"0\" y2=\"14\"/></svg> ")
      .Say(Phrase("case.key_today"))
      .Raw("</span><span>⚠ ")
      .Say(Phrase("case.key_fault"))
      .Raw("</span></p>\n");
}

void Draw(Sheet& sheet) {
  std::vector<TimelineRow> rows;
  AddActs(sheet, rows);
  AddOpen(sheet, rows);
  Timeline timeline;
  timeline.rows = rows;
  timeline.label = sheet.In(Phrase("case.timeline_label"));
  timeline.may_be_working = [&](std::int64_t day) { return sheet.days.MayBeWorking(day); };
  timeline.today = sheet.days.DayOf(sheet.view.now);
  sheet.out.Add(DrawTimeline(timeline));
  if (rows.size() >= sheet.view.most_drawn) {
    sheet.Raw("<p class=\"small\">")
        .Say(Phrase("case.timeline_cut"), {std::to_string(sheet.view.most_drawn)})
        .Raw("</p>\n");
  }
}

// What a correction, void or assent is about, as the entry that it names.
const procedure::Act* TargetOf(const Sheet& sheet, const procedure::Act& act) {
  const json::Value* target = act.body.Find("target");
  if (act.type == procedure::kAssent) {
    for (const ActDays& days : sheet.days.acts()) {
      if (act.position > 0 && days.act->seq == act.position - 1) return days.act;
    }
  }
  if (target == nullptr || !target->is_string()) return nullptr;
  for (const ActDays& days : sheet.days.acts()) {
    if (EncodeHash(days.act->id) == target->as_string()) return days.act;
  }
  return nullptr;
}

bool IsVoided(const CaseView& view, std::uint64_t entry) {
  return Judged(view) && std::ranges::binary_search(view.judgement->voided, entry);
}

void ActionCell(Sheet& sheet, const procedure::Act& act) {
  sheet.Raw("<td><b>").Say(TypeWording(sheet.view.definition, act.type)).Raw("</b>");
  if (procedure::IsUnderstoodEverywhere(act.type)) {
    if (const procedure::Act* target = TargetOf(sheet, act)) {
      sheet.Raw(" ").Say(Phrase("case.of_entry")).Raw(" ").EntryLink(target->index).Raw(")");
    }
  }
  if (!act.about.empty()) {
    sheet.Raw("<br/><span class=\"small muted\">").Say(Phrase("case.about")).Raw(" ");
    sheet.Text(Joined(act.about)).Raw("</span>");
  }
  if (IsVoided(sheet.view, act.index)) {
    sheet.Raw("<br/><span class=\"small\">").Say(Phrase("case.voided")).Raw("</span>");
  }
  sheet.Raw("</td>");
}

void Row(Sheet& sheet, const ActDays& days) {
  sheet.Raw("<tr id=\"").EntryAnchor(days.act->index).Raw("\"><td class=\"n\" data-is=\"");
  sheet.Say(Phrase("case.entry")).Raw("\">").Number(days.act->index);
  sheet.Raw("</td><td class=\"n\" data-is=\"").Say(Phrase("case.date")).Raw("\">");
  sheet.Text(DayText(days.day)).Raw("</td>");
  ActionCell(sheet, *days.act);
  sheet.Cell(Phrase("case.by"), Roles(sheet, *days.act));
  sheet.Cell(Phrase("case.since_previous"), SincePrevious(sheet, days));
  if (days.deadline) {
    sheet.Raw("<td data-is=\"").Say(Phrase("case.due_column_short")).Raw("\">");
    sheet.Text(DeadlineText(sheet, *days.deadline)).Raw("<br/><span class=\"small muted\">");
    sheet
        .Say(Phrase("case.due_after_entry"),
             {std::to_string(days.deadline->says->max),
              std::string(sheet.In(UnitWording(days.deadline->says->unit)))})
        .Raw(" ");
    sheet.EntryLink(days.deadline->from_entry).Raw("; ");
    sheet.Say(SourceWording(days.deadline->says->kind)).Raw("</span></td>");
  } else {
    sheet.Raw("<td></td>");
  }
  sheet.Raw("</tr>\n");
}

void Table(Sheet& sheet) {
  sheet.Raw("<table>\n<thead><tr><th>").Say(Phrase("case.entry")).Raw("</th><th>");
  sheet.Say(Phrase("case.date")).Raw("</th><th>").Say(Phrase("case.action")).Raw("</th><th>");
  sheet.Say(Phrase("case.by_role")).Raw("</th><th>");
  sheet.Say(Phrase("case.since_previous")).Raw("</th><th>");
  sheet.Say(Phrase("case.due_column")).Raw("</th></tr></thead>\n<tbody>\n");
  const std::vector<ActDays>& acts = sheet.days.acts();
  for (std::size_t i = 0; i < acts.size() && i < kMaxListed; ++i) Row(sheet, acts[i]);
  sheet.Raw("</tbody>\n</table>\n");
  if (acts.size() <= kMaxListed) return;
  sheet.Raw("<p>")
      .Say(Phrase("case.more_actions"), {std::to_string(acts.size() - kMaxListed)})
      .Raw("</p>\n");
}

}  // namespace

void WriteDrawing(Sheet& sheet) {
  sheet.Heading(Phrase("case.timeline"));
  if (sheet.days.acts().empty()) {
    sheet.Raw("<p>").Say(Phrase("case.no_actions"));
    sheet.Raw("</p>\n");
    return;
  }
  sheet.Raw("<p class=\"small muted\">").Say(Phrase("case.timeline_note")).Raw("</p>\n");
  Key(sheet);
  Draw(sheet);
}

void WriteTimeline(Sheet& sheet) {
  WriteDrawing(sheet);
  if (!sheet.days.acts().empty()) Table(sheet);
}

}  // namespace jejak::presentation
