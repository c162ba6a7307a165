// SPDX-License-Identifier: Apache-2.0
#include "api/status_page.h"

#include <string>
#include <utility>

#include "api/caching.h"
#include "api/html.h"
#include "api/pages.h"
#include "ledger/presentation/glossary.h"

namespace jejak::api {
namespace {

using procedure::Outcome;

// One page in the making, in one language.
class Page final {
 public:
  explicit Page(bool english) : english_(english) {}

  Html& html() { return html_; }
  bool english() const { return english_; }
  std::string_view Say(std::string_view key) const { return In(presentation::Phrase(key)); }
  // Empty: the glossary has no such key.
  std::string_view Find(const std::string& key) const {
    const auto phrase = presentation::FindPhrase(key);
    return phrase ? In(*phrase) : std::string_view();
  }
  std::string Count(std::string_view key, std::int64_t count) const {
    return presentation::Filled(Say(key), {std::to_string(count)});
  }
  std::string_view In(const presentation::Wording& wording) const {
    return english_ ? wording.en : wording.id;
  }
  const std::string& In(const procedure::Words& words) const {
    return english_ ? words.en : words.id;
  }
  // A state in plain words: the glossary's, or else the definition's.
  std::string_view State(const std::string& state, const procedure::Words& words) const {
    const std::string_view told = Find("status.state." + state);
    if (!told.empty()) return told;
    return In(words).empty() ? Say("status.at_work") : std::string_view(In(words));
  }

  void Heading(std::string_view key) { html_.Markup("<h2>").Text(Say(key)).Markup("</h2>\n"); }
  void Line(std::string_view key) { html_.Markup("<p>").Text(Say(key)).Markup("</p>\n"); }
  void Time(const std::string& text) {
    html_.Markup("<time datetime=\"").Text(text).Markup("\">").Text(text).Markup("</time>");
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
  std::string Take() { return html_.Take(); }

 private:
  Html html_;
  const bool english_;
};

void AddLeave(Page& page) {
  page.html()
      .Markup("<p class=\"leave\"><a rel=\"noreferrer\" href=\"https://www.wikipedia.org/\">")
      .Text(page.Say("status.leave"))
      .Markup("</a></p>\n");
}

void BeginForm(Page& page) {
  page.html()
      .Markup(
          "<form method=\"post\" action=\"status\">\n<input type=\"hidden\" name=\"lang\" value=\"")
      .Text(page.english() ? "en" : "id")
      .Markup("\">\n<p><label for=\"code\">")
      .Text(page.Say("status.code"))
      .Markup(
          "</label><br>\n<input id=\"code\" name=\"code\" required maxlength=\"40\" size=\"26\" "
          "autocomplete=\"off\" autocapitalize=\"characters\" spellcheck=\"false\" "
          "aria-describedby=\"hint\"></p>\n<p id=\"hint\">")
      .Text(page.Say("status.code_hint"))
      .Markup("</p>\n");
}

void AddCodeForm(Page& page, std::string_view notice) {
  AddLeave(page);
  page.html().Markup("<h1>").Text(page.Say("status.heading")).Markup("</h1>\n");
  if (!notice.empty())
    page.html().Markup("<p class=\"notice\" role=\"alert\">").Text(notice).Markup("</p>\n");
  page.Line("status.intro");
  BeginForm(page);
  page.html()
      .Markup("<p><button>")
      .Text(page.Say("status.look"))
      .Markup("</button></p>\n</form>\n");
}

void AddDays(Page& page, const DueDay& due) {
  Html& html = page.html();
  if (due.late) {
    html.Markup(" <strong class=\"late\">⚠ ");
    due.days ? html.Text(page.Count("status.late_days", *due.days))
             : html.Text(page.Say("status.late"));
    html.Markup("</strong>");
  } else if (due.days) {
    html.Text(" (")
        .Text(*due.days == 0 ? std::string(page.Say("status.today"))
                             : page.Count("status.left", *due.days))
        .Text(")");
  }
}

void AddDue(Page& page, const DueDay& due) {
  page.html().Markup("<br>").Text(page.Say("status.due")).Text(" ");
  page.Time(due.text);
  AddDays(page, due);
}

void AddStage(Page& page, const StatusView& view) {
  Html& html = page.html();
  html.Markup("<h1>").Text(page.State(view.stage, view.stage_words)).Markup("</h1>\n<p>");
  html.Text(page.Say("status.since")).Text(" ");
  page.Time(view.since);
  html.Markup("</p>\n");
  if (view.closed) page.Line("status.closed");
  for (const StatusDue& due : view.due) {
    if (!due.due.late) continue;
    html.Markup("<p>").Text(page.In(due.what)).Text(":");
    AddDays(page, due.due);
    html.Markup("</p>\n");
  }
}

void AddOutcome(Page& page, const StatusView& view) {
  if (view.outcome.empty()) return;
  page.Heading("status.outcome");
  page.html().Markup("<ul>\n");
  for (const auto& [state, words] : view.outcome) {
    page.html()
        .Markup("<li>")
        .Text(state.empty() ? std::string_view(page.In(words)) : page.State(state, words))
        .Markup("</li>\n");
  }
  page.html().Markup("</ul>\n");
}

void AddNext(Page& page, const StatusView& view) {
  if (view.closed) return;
  Html& html = page.html();
  const std::string holders = page.Roles(view, view.held_by);
  if (!holders.empty()) {
    page.Heading("status.held_by");
    html.Markup("<p>").Text(holders).Markup("</p>\n");
  }
  page.Heading("status.next");
  if (view.due.empty()) return page.Line("status.next_none");
  html.Markup("<ul>\n");
  for (const StatusDue& due : view.due) {
    html.Markup("<li>").Text(page.In(due.what));
    const std::string roles = page.Roles(view, due.roles);
    if (!roles.empty()) html.Text(" (" + roles + ")");
    AddDue(page, due.due);
    html.Markup("</li>\n");
  }
  html.Markup("</ul>\n");
}

void AddMay(Page& page, const StatusView& view) {
  Html& html = page.html();
  page.Heading("status.may");
  if (view.may.empty()) return page.Line("status.may_none");
  html.Markup("<ul>\n");
  for (const NextStep& step : view.may) {
    html.Markup("<li>").Text(page.In(step.type->title));
    if (step.due) AddDue(page, *step.due);
    html.Markup("</li>\n");
  }
  html.Markup("</ul>\n");
  page.Line("status.may_how");
}

void AddHistory(Page& page, const StatusView& view) {
  Html& html = page.html();
  page.Heading("status.history");
  html.Markup("<ol reversed>\n");
  for (const StatusEvent& event : view.events) {
    html.Markup("<li>");
    page.Time(event.date);
    html.Text(" ").Text(page.In(event.type->title));
    std::string who = page.Roles(view, event.roles);
    if (event.own) who = std::string(page.Say("status.you")) + (who.empty() ? "" : ", ") + who;
    if (!who.empty()) html.Text(" (" + who + ")");
    html.Markup("</li>\n");
  }
  html.Markup("</ol>\n");
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

void AddRules(Page& page, const StatusView& view) {
  if (view.rules.empty()) return;
  Html& html = page.html();
  page.Heading("status.rules");
  html.Markup("<ul class=\"rules\">\n");
  for (const StatusRule& rule : view.rules) {
    const auto [icon, key] = Sign(rule);
    html.Markup("<li><span aria-hidden=\"true\">").Text(icon).Markup("</span> <strong>");
    html.Text(page.Say(key)).Markup("</strong>: ").Text(page.In(rule.title));
    html.Markup("<br>").Text(page.In(rule.detail)).Markup("</li>\n");
  }
  html.Markup("</ul>\n");
}

// A value as text; of an object and a list nothing is shown but what is text in it.
std::string Plain(const json::Value& value) {
  if (value.is_string()) return value.as_string();
  if (value.is_integer()) return std::to_string(value.as_integer());
  std::string text;
  for (const json::Value& item : value.items())
    text.append(text.empty() ? "" : ", ").append(Plain(item));
  if (const json::Value* media = value.Find("media")) text = media->as_string();
  return text;
}

void AddPapers(Page& page, const StatusView& view) {
  if (view.papers.empty()) return;
  Html& html = page.html();
  page.Heading("status.papers");
  html.Markup("<ul>\n");
  for (const StatusPaper& paper : view.papers) {
    html.Markup("<li>");
    page.Time(paper.date);
    html.Text(" ").Text(page.In(paper.type->title));
    for (const auto& [name, value] : paper.fields) {
      const std::string_view label = page.Find("status.field." + name);
      const std::string text = Plain(value);
      if (!label.empty() && !text.empty()) html.Markup("<br>").Text(label).Text(": ").Text(text);
    }
    html.Markup("</li>\n");
  }
  html.Markup("</ul>\n");
}

void AddFiles(Page& page, bool has_casefile) {
  Html& html = page.html();
  page.Heading("status.files");
  page.Line("status.proof_what");
  if (has_casefile) page.Line("status.casefile_what");
  page.Line("status.files_how");
  BeginForm(page);
  html.Markup("<p><button name=\"part\" value=\"proof\">").Text(page.Say("status.proof"));
  html.Markup("</button></p>\n");
  if (has_casefile) {
    html.Markup("<p><button name=\"part\" value=\"casefile\">").Text(page.Say("status.casefile"));
    html.Markup("</button></p>\n");
  }
  html.Markup("</form>\n");
  page.Line("status.print");
}

Response Framed(const Ledger& ledger, Page page, int status) {
  const std::string lang = page.english() ? "en" : "id";
  std::string html = "<!doctype html>\n<html lang=\"" + lang + "\">\n<head>";
  html += "<meta charset=\"utf-8\"><title>" + std::string(page.Say("status.title")) + "</title>\n";
  html += "<meta name=\"viewport\" content=\"width=device-width\">\n";
  html += "<link rel=\"stylesheet\" href=\"style.css\"></head>\n<body>\n<main>\n";
  html += page.Take() + "</main>\n</body>\n</html>\n";
  static_cast<void>(ledger);
  Response response = MakeResponse(status, "text/html; charset=utf-8", std::move(html));
  response.headers.push_back({"Content-Security-Policy",
                              "default-src 'none'; style-src 'self'; form-action 'self'; "
                              "base-uri 'none'; frame-ancestors 'none'"});
  response.headers.push_back({"Referrer-Policy", "no-referrer"});
  return WithFreshness(std::move(response), Freshness::kNever);
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
  const std::string* lang = call.query.Find("lang");
  if (lang != nullptr && *lang != "id" && *lang != "en")
    return Malformed("parameter lang must be id or en");
  Page page(lang != nullptr && *lang == "en");
  AddCodeForm(page, {});
  return Framed(call.ledger, std::move(page), 200);
}

Response StatusRefusal(const Ledger& ledger, int status, unsigned retry_after_s,
                       std::string_view lang) {
  Page page(lang == "en");
  AddCodeForm(page, page.Say(NoticeOf(status)));
  Response response = Framed(ledger, std::move(page), status);
  if (retry_after_s != 0)
    response.headers.push_back({"Retry-After", std::to_string(retry_after_s)});
  return response;
}

Response StatusPage(const Ledger& ledger, const StatusView& view, bool has_casefile,
                    std::string_view lang) {
  Page page(lang == "en");
  AddLeave(page);
  AddStage(page, view);
  AddOutcome(page, view);
  AddNext(page, view);
  AddMay(page, view);
  AddPapers(page, view);
  AddHistory(page, view);
  AddRules(page, view);
  AddFiles(page, has_casefile);
  return Framed(ledger, std::move(page), 200);
}

}  // namespace jejak::api
