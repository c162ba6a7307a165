// SPDX-License-Identifier: Apache-2.0
#include "api/case_page.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "api/caching.h"
#include "api/case_acts_list.h"
#include "api/case_next_steps.h"
#include "api/case_record.h"
#include "api/page_frame.h"
#include "ledger/base/lexical.h"
#include "ledger/presentation/case_sheet.h"
#include "ledger/procedure/case_summary.h"

namespace jejak::api {
namespace {

using presentation::CaseDays;
using presentation::CaseView;
using presentation::Sheet;

PageFrame FrameOf(Language language) {
  PageFrame frame;
  frame.language = language;
  frame.title = Phrase("case.page_name").in(language);
  frame.place = Place::kCases;
  frame.up = "../";
  return frame;
}

// The case as this listener shows it, and what is made of it.
struct ShownCase {
  std::string id;
  Release shown;
  evidence::CaseRecord record;
  evidence::CaseConformance conformance;
  UnixSeconds now;
};

Result<ShownCase> ReadShown(Call& call, std::string_view id) {
  if (!IsCaseId(id)) return NotFound("no such case");
  const record::Stream stream{record::StreamKind::kCase, std::string(id)};
  ShownCase one;
  one.id = stream.name;
  one.shown = call.ShownOf(stream);
  if (!one.shown.timeline) return NotFound("no such case");
  const std::uint64_t size = call.reader.size();
  JEJAK_TRY(published, call.ledger.published.At(call.reader, size));
  JEJAK_TRY(record, ReadCase(call.reader, *published, stream, size, call.contents()));
  one.record = std::move(record);
  one.now = std::max(call.ledger.clock.Wall(), one.record.acts.back().entered);
  one.conformance = evidence::JudgeRecord(one.record, one.now);
  return one;
}

CaseView ViewOf(const ShownCase& one, bool rule_ids) {
  CaseView view;
  view.stream = one.record.stream;
  view.acts = one.record.acts;
  view.definition = one.conformance.judged_by();
  view.now = one.now;
  view.rule_ids = rule_ids;
  view.most_drawn = kActsDrawn;
  view.most_entries = kEntriesNamed;
  if (!one.shown.verdicts) return view;
  view.calendars = one.record.calendars();
  view.judgement = &one.conformance.judgement;
  return view;
}

void Fact(Sheet& sheet, std::string_view key, std::string_view value) {
  sheet.Term(Phrase(key)).Raw("<dd>").Text(value).Raw("</dd>\n");
}

void Date(Sheet& sheet, std::string_view key, std::int64_t day) {
  const std::string text = presentation::DayText(day);
  sheet.Term(Phrase(key)).Raw("<dd><time datetime=\"").Text(text).Raw("\">").Text(text);
  sheet.Raw("</time></dd>\n");
}

void WriteFacts(Sheet& sheet, const ShownCase& one) {
  sheet.Raw("<h1>").Say(Phrase("case.page_name")).Raw(" <code>").Text(one.id);
  sheet.Raw("</code></h1>\n<dl>\n");
  const procedure::Judgement& judgement = one.conformance.judgement;
  const procedure::Definition* definition = sheet.view.definition;
  const std::string procedure =
      definition == nullptr ? judgement.procedure
                            : std::string(sheet.In(presentation::WordingOf(definition->title)));
  Fact(sheet, "case.procedure", procedure + " (" + judgement.version + ")");
  Date(sheet, "case.opened", sheet.days.acts().front().day);
  Date(sheet, "case.last_action", sheet.days.acts().back().day);
  Fact(sheet, "case.how_many", std::to_string(one.record.acts.size()));
  sheet.Raw("</dl>\n");
}

void WriteStanding(Sheet& sheet, const ShownCase& one) {
  sheet.Heading(Phrase("case.how_it_went"));
  if (!one.shown.verdicts) {
    sheet.Raw("<p>").Say(Phrase("case.timeline_alone")).Raw("</p>\n");
    return;
  }
  WriteConformanceBox(sheet);
  WriteBroken(sheet);
  WriteStandings(sheet);
}

void WriteActs(Sheet& sheet, const Call& call, const ShownCase& one) {
  const std::string root = call.ledger.prefix();
  sheet.Heading(Phrase("case.actions"));
  if (one.record.acts.size() > kActsListed) {
    sheet.Raw("<p>").Say(Phrase("case.newest_alone"),
                         {std::to_string(kActsListed), std::to_string(one.record.acts.size())});
    sheet.Raw(" <a href=\"").Text(root).Raw("/v1/cases/").Text(one.id).Raw("/actions\">");
    sheet.Say(Phrase("case.all_actions")).Raw("</a></p>\n");
  }
  sheet.Raw("<p class=\"small muted\">").Say(Phrase("case.actions_note")).Raw("</p>\n");
  WriteActsList(sheet, {call.reader.head().administration(), root, call.reader.size(),
                        call.audience().kind == Audience::Kind::kOversight});
}

void WriteChecking(Sheet& sheet, const Call& call, const ShownCase& one) {
  const std::string base = call.ledger.prefix() + "/v1/cases/" + one.id;
  sheet.Heading(Phrase("case.check_it"));
  sheet.Raw("<p>").Say(Phrase("case.check_how")).Raw("</p>\n<ul>\n<li><a href=\"").Text(base);
  sheet.Raw("/casefile\">").Say(Phrase("case.file")).Raw("</a></li>\n");
  if (one.shown.verdicts) {
    sheet.Raw("<li><a href=\"").Text(base).Raw("/conformance\">");
    sheet.Say(Phrase("case.verdicts_for_programs")).Raw("</a></li>\n");
  }
  sheet.Raw("</ul>\n<pre><code>jejak-verify case ").Text(one.id);
  sheet.Raw(".casefile.json --policy FILE</code></pre>\n<p class=\"small\">");
  sheet.Say(Phrase("case.policy_is")).Raw("</p>\n");
}

// Structural checks that fail or still run. What can't be made for want of contents isn't listed
// one by one: it is of every action whose contents aren't shown here.
void WriteFailedChecks(Sheet& page) {
  if (!presentation::Judged(page.view)) return;
  procedure::Judgement judgement = *page.view.judgement;
  const std::size_t dropped = std::erase_if(judgement.checks, [](const auto& check) {
    return check.outcome == procedure::Outcome::kUnknown;
  });
  const std::size_t more =
      judgement.checks.size() - std::min(kChecksListed, judgement.checks.size());
  judgement.checks.resize(judgement.checks.size() - more);
  CaseView view = page.view;
  view.judgement = &judgement;
  Sheet checks{view, page.days, page.language, {}};
  if (dropped == 0 || !judgement.checks.empty()) {
    WriteChecks(checks);
  } else {
    checks.Heading(Phrase("case.checks_of_each_action"));
    checks.Raw("<p>").Say(Phrase("case.no_check_fails")).Raw("</p>\n");
  }
  if (more != 0) {
    checks.Raw("<p>").Say(Phrase("case.more_checks"), {std::to_string(more)}).Raw("</p>\n");
  }
  if (dropped != 0) {
    checks.Raw("<p>").Say(Phrase("case.checks_unknown"), {std::to_string(dropped)});
    checks.Raw("</p>\n");
  }
  page.out.Add(checks.out);
}

// Counted among all acts, listed and drawn the newest ones.
HtmlWriter WriteMain(Language language, const Call& call, const ShownCase& one) {
  const CaseView view = ViewOf(one, call.request.oversight);
  const CaseDays all(view.acts, view.definition, view.calendars);
  const CaseDays listed = all.Newest(kActsListed), drawn = all.Newest(kActsDrawn);
  Sheet head{view, all, language, {}};
  WriteFacts(head, one);
  Sheet sheet{view, listed, language, {}};
  WriteStanding(sheet, one);
  WriteNextSteps(sheet, one.record, one.conformance);
  Sheet drawing{view, drawn, language, {}};
  WriteDrawing(drawing);
  sheet.out.Add(drawing.out);
  WriteActs(sheet, call, one);
  WriteRules(sheet);
  WriteFailedChecks(sheet);
  WriteChecking(sheet, call, one);
  return std::move(head.out.Add(sheet.out));
}

}  // namespace

Result<Response> CasePage(Call& call, std::string_view id) {
  if (id.find('/') != id.npos) return NotFound("no such page");
  JEJAK_CHECKED(OnlyParameters(call, {"lang"}));
  const Language language = LanguageOf(call.query);
  const PageFrame frame = FrameOf(language);
  if (const auto mistake = FindMistake(call.query, {"lang"}))
    return MistakenAddress(call, frame, *mistake);
  const Result<ShownCase> one = ReadShown(call, id);
  if (!one.ok()) return FailedPage(call, frame, one.error());
  Response page =
      FramedPage(call.ledger, call.request.oversight, frame, WriteMain(language, call, *one));
  return WithETag(call.request, WithFreshness(std::move(page), Freshness::kRevalidate));
}

}  // namespace jejak::api
