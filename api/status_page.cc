// SPDX-License-Identifier: Apache-2.0
#include "api/status_page.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "api/caching.h"
#include "api/page_frame.h"
#include "ledger/presentation/words.h"

namespace jejak::api {
namespace {

using procedure::Outcome;

// Fields of papers that say something to whoever a paper is about; the rest are for programs.
constexpr std::array<std::string_view, 14> kOfPapers{
    "letter", "scheduled", "number", "statement", "decree", "decision", "plan",
    "level",  "kind",      "result", "norm",      "proof",  "minutes",  "bap"};

// One page in the making, in one language.
class Page final {
 public:
  explicit Page(Language language) : language_(language) {}

  HtmlWriter& html() { return html_; }
  Language language() const { return language_; }
  std::string_view Say(std::string_view key) const { return In(Phrase(key)); }
  // Empty: the glossary has no such key.
  std::string_view Find(const std::string& key) const {
    const auto phrase = presentation::FindPhrase(key);
    return phrase ? In(*phrase) : std::string_view();
  }
  std::string Count(std::string_view key, std::int64_t count) const {
    return presentation::Filled(Say(key), {std::to_string(count)});
  }
  std::string_view In(const Wording& wording) const { return wording.in(language_); }
  std::string_view In(const procedure::Words& words) const {
    return In(presentation::WordingOf(words));
  }
  // A state in plain words: the glossary's, or else the definition's.
  std::string_view State(const std::string& state, const procedure::Words& words) const {
    const std::string_view told = Find("status.state." + state);
    if (!told.empty()) return told;
    return In(words).empty() ? Say("status.at_work") : In(words);
  }

  void Heading(std::string_view key) { html_.Raw("<h2>").Text(Say(key)).Raw("</h2>\n"); }
  void Line(std::string_view key) { html_.Raw("<p>").Text(Say(key)).Raw("</p>\n"); }
  void Time(const std::string& text) {
    html_.Raw("<time datetime=\"").Text(text).Raw("\">").Text(text).Raw("</time>");
  }
  // An item of a list: what was done, and when.
  void BeginAct(const std::string& date, const procedure::ActionType& type) {
    html_.Raw("<li>");
    Time(date);
    html_.Text(" ").Text(In(type.title));
  }
  std::string Roles(const StatusView& view, const std::vector<std::string>& roles) const {
    std::string list;
    for (const std::string& role : roles) {
      const auto words = view.definition->roles.find(role);
      if (words == view.definition->roles.end()) continue;
      list.append(list.empty() ? "" : ", ").append(In(words->second));
    }
    return list;
  }

 private:
  HtmlWriter html_;
  const Language language_;
};

void AddLeave(Page& page) {
  page.html()
      .Raw(
          "<p class=\"leave\"><a class=\"button\" rel=\"noreferrer\" "
          "href=\"https://www.wikipedia.org/\">")
      .Text(page.Say("status.leave"))
      .Raw("</a></p>\n");
}

void BeginForm(Page& page) {
  page.html()
      .Raw(
          "<form method=\"post\" action=\"status\">\n<input type=\"hidden\" name=\"lang\" value=\"")
      .Text(page.language() == Language::kEnglish ? "en" : "id")
      .Raw("\">\n<p><label for=\"code\">")
      .Text(page.Say("status.code"))
      .Raw(
          "</label><br>\n<input id=\"code\" name=\"code\" required maxlength=\"40\" size=\"26\" "
          "autocomplete=\"off\" autocapitalize=\"characters\" spellcheck=\"false\" "
          "aria-describedby=\"hint\"></p>\n<p id=\"hint\">")
      .Text(page.Say("status.code_hint"))
      .Raw("</p>\n");
}

void AddCodeForm(Page& page, std::string_view notice) {
  AddLeave(page);
  page.html().Raw("<h1>").Text(page.Say("status.heading")).Raw("</h1>\n");
  if (!notice.empty())
    page.html().Raw("<p class=\"notice\" role=\"alert\">").Text(notice).Raw("</p>\n");
  page.Line("status.intro");
  BeginForm(page);
  page.html().Raw("<p><button>").Text(page.Say("status.look")).Raw("</button></p>\n</form>\n");
}

void AddDays(Page& page, const DueDay& due) {
  HtmlWriter& html = page.html();
  if (due.late) {
    html.Raw(" <strong class=\"late\">⚠ ");
    html.Text(!due.days        ? std::string(page.Say("status.late"))
              : *due.days == 1 ? std::string(page.Say("status.late_day"))
                               : page.Count("status.late_days", *due.days));
    html.Raw("</strong>");
  } else if (due.days) {
    html.Text(" (")
        .Text(*due.days == 0   ? std::string(page.Say("status.today"))
              : *due.days == 1 ? std::string(page.Say("status.tomorrow"))
                               : page.Count("status.left", *due.days))
        .Text(")");
  }
}

void AddDue(Page& page, const DueDay& due) {
  page.html().Raw("<br>").Text(page.Say("status.due")).Text(" ");
  page.Time(due.text);
  AddDays(page, due);
}

void AddStage(Page& page, const StatusView& view) {
  HtmlWriter& html = page.html();
  html.Raw("<h1>").Text(page.State(view.stage, view.stage_words)).Raw("</h1>\n<p>");
  html.Text(page.Say("status.since")).Text(" ");
  page.Time(view.since);
  html.Raw("</p>\n");
  if (view.closed) page.Line("status.closed");
  for (const StatusDue& due : view.due) {
    if (!due.due.late) continue;
    html.Raw("<p>").Text(page.In(due.what)).Text(":");
    AddDays(page, due.due);
    html.Raw("</p>\n");
  }
}

void AddOutcome(Page& page, const StatusView& view) {
  if (view.outcome.empty()) return;
  page.Heading("status.outcome");
  page.html().Raw("<ul>\n");
  for (const auto& [state, words] : view.outcome) {
    page.html()
        .Raw("<li>")
        .Text(state.empty() ? page.In(words) : page.State(state, words))
        .Raw("</li>\n");
  }
  page.html().Raw("</ul>\n");
}

void AddNext(Page& page, const StatusView& view) {
  if (view.closed) return;
  HtmlWriter& html = page.html();
  const std::string holders = page.Roles(view, view.held_by);
  if (!holders.empty()) {
    page.Heading("status.held_by");
    html.Raw("<p>").Text(holders).Raw("</p>\n");
  }
  page.Heading("status.next");
  if (view.due.empty()) return page.Line("status.next_none");
  html.Raw("<ul>\n");
  for (const StatusDue& due : view.due) {
    html.Raw("<li>").Text(page.In(due.what));
    const std::string roles = page.Roles(view, due.roles);
    if (!roles.empty()) html.Text(" (" + roles + ")");
    AddDue(page, due.due);
    html.Raw("</li>\n");
  }
  html.Raw("</ul>\n");
}

void AddMay(Page& page, const StatusView& view) {
  HtmlWriter& html = page.html();
  page.Heading("status.may");
  if (view.may.empty()) return page.Line("status.may_none");
  html.Raw("<ul>\n");
  for (const NextStep& step : view.may) {
    html.Raw("<li>").Text(page.In(step.type->title));
    if (step.due) AddDue(page, *step.due);
    html.Raw("</li>\n");
  }
  html.Raw("</ul>\n");
  page.Line("status.may_how");
}

void AddHistory(Page& page, const StatusView& view) {
  HtmlWriter& html = page.html();
  page.Heading("status.history");
  html.Raw("<ol reversed>\n");
  for (const StatusEvent& event : view.events) {
    page.BeginAct(event.date, *event.type);
    std::string who = page.Roles(view, event.roles);
    if (event.own) who = std::string(page.Say("status.you")) + (who.empty() ? "" : ", ") + who;
    if (!who.empty()) html.Text(" (" + who + ")");
    html.Raw("</li>\n");
  }
  html.Raw("</ol>\n");
}

// Icon and key of a verdict: never colour alone.
std::pair<std::string_view, std::string_view> Sign(const StatusRule& rule) {
  if (rule.outcome == Outcome::kFail && rule.remedied) return {"↺", "status.verdict.remedied"};
  switch (rule.outcome) {
    case Outcome::kPass:
      return {"✔", "status.verdict.pass"};
    case Outcome::kFail:
      return {"✘", "status.verdict.fail"};
    case Outcome::kPending:
      return {"…", "status.verdict.pending"};
    case Outcome::kUnknown:
      return {"?", "status.verdict.unknown"};
    default:
      return {"–", "status.verdict.not_applicable"};
  }
}

void AddBasis(Page& page, const std::vector<std::string>& basis) {
  if (basis.empty()) return;
  HtmlWriter& html = page.html();
  html.Raw("<br><small>").Text(page.Say("case.basis"));
  for (std::size_t i = 0; i < basis.size(); ++i) html.Text(i == 0 ? " " : "; ").Text(basis[i]);
  html.Raw("</small>");
}

void AddRules(Page& page, const StatusView& view) {
  if (view.rules.empty()) return;
  HtmlWriter& html = page.html();
  page.Heading("status.rules");
  html.Raw("<ul class=\"rules\">\n");
  for (const StatusRule& rule : view.rules) {
    const auto [icon, key] = Sign(rule);
    html.Raw("<li><span aria-hidden=\"true\">").Text(icon).Raw("</span> <strong>");
    html.Text(page.Say(key)).Raw("</strong>: ").Text(page.In(rule.title));
    html.Raw("<br>").Text(page.In(rule.detail));
    AddBasis(page, rule.basis);
    html.Raw("</li>\n");
  }
  html.Raw("</ul>\n");
}

// A value as text: codes in words, of an attachment that there is one.
std::string Plain(const Page& page, const StatusView& view, const procedure::Declaration* declared,
                  const json::Value& value) {
  if (value.is_integer()) return std::to_string(value.as_integer());
  if (value.Find("media") != nullptr) return std::string(page.Say("status.attached"));
  std::string text;
  for (const json::Value& item : value.items()) {
    const bool stated = declared != nullptr && !declared->of.empty();
    text.append(text.empty() ? "" : ", ");
    text.append(Plain(page, view, stated ? &declared->of.front() : nullptr, item));
  }
  if (!value.is_string()) return text;
  const auto codes = declared == nullptr ? view.definition->codes.end()
                                         : view.definition->codes.find(declared->codes);
  if (codes == view.definition->codes.end()) return value.as_string();
  for (const procedure::CodeName& code : codes->second) {
    if (code.code == value.as_string()) return std::string(page.In(code.words));
  }
  return {};
}

void AddPapers(Page& page, const StatusView& view) {
  if (view.papers.empty()) return;
  HtmlWriter& html = page.html();
  page.Heading("status.papers");
  html.Raw("<ul>\n");
  for (const StatusPaper& paper : view.papers) {
    page.BeginAct(paper.date, *paper.type);
    for (const auto& [name, value] : paper.fields) {
      if (std::ranges::find(kOfPapers, name) == kOfPapers.end()) continue;
      const auto label = presentation::FieldWording(name);
      const auto declared = paper.type->fields.find(name);
      const std::string text = Plain(
          page, view, declared == paper.type->fields.end() ? nullptr : &declared->second, value);
      if (label && !text.empty()) html.Raw("<br>").Text(page.In(*label)).Text(": ").Text(text);
    }
    html.Raw("</li>\n");
  }
  html.Raw("</ul>\n");
}

void AddFiles(Page& page, bool has_casefile) {
  HtmlWriter& html = page.html();
  page.Heading("status.files");
  page.Line("status.proof_what");
  if (has_casefile) page.Line("status.casefile_what");
  page.Line("status.files_how");
  BeginForm(page);
  html.Raw("<p><button name=\"part\" value=\"proof\">").Text(page.Say("status.proof"));
  html.Raw("</button></p>\n");
  if (has_casefile) {
    html.Raw("<p><button name=\"part\" value=\"casefile\">").Text(page.Say("status.casefile"));
    html.Raw("</button></p>\n");
  }
  html.Raw("</form>\n");
  page.Line("status.print");
}

PageFrame FrameOf(const Page& page) {
  return {page.language(), std::string(page.Say("status.title")), Place::kStatus, {}, {}};
}

Response Framed(const Ledger& ledger, bool oversight, Page& page, int status = 200) {
  return WithFreshness(FramedPage(ledger, oversight, FrameOf(page), page.html(), status),
                       Freshness::kNever);
}

std::string_view NoticeOf(int status) {
  switch (status) {
    case 403:
      return "status.not_for_you";
    case 404:
      return "status.unknown";
    case 429:
      return "status.too_many";
    default:
      return "status.busy";
  }
}

}  // namespace

Result<Response> StatusFormPage(const Call& call) {
  Page page(LanguageOf(call.query));
  if (const auto mistake = FindMistake(call.query, {"lang"}))
    return MistakenAddress(call, FrameOf(page), *mistake);
  AddCodeForm(page, {});
  return Framed(call.ledger, call.request.oversight, page);
}

Response StatusRefusal(const Asker& asker, int status, unsigned retry_after_s) {
  Page page(asker.language);
  AddCodeForm(page, page.Say(NoticeOf(status)));
  Response response = Framed(asker.ledger, asker.oversight, page, status);
  if (retry_after_s != 0)
    response.headers.push_back({"Retry-After", std::to_string(retry_after_s)});
  return response;
}

Response StatusPage(const Asker& asker, const StatusView& view, bool has_casefile) {
  Page page(asker.language);
  AddLeave(page);
  AddStage(page, view);
  AddOutcome(page, view);
  AddNext(page, view);
  AddMay(page, view);
  AddPapers(page, view);
  AddHistory(page, view);
  AddRules(page, view);
  AddFiles(page, has_casefile);
  return Framed(asker.ledger, asker.oversight, page);
}

}  // namespace jejak::api
