// SPDX-License-Identifier: Apache-2.0
#include "api/page_frame.h"

#include <algorithm>
#include <array>
#include <utility>

#include "api/caching.h"

namespace jejak::api {
namespace {

struct Link {
  Place place;
  std::string_view address;  // from the root; the home page's own is "./"
  std::string_view key;
};

constexpr std::array kLinks{
    Link{Place::kHome, "./", "page.home"}, Link{Place::kStatus, "status", "page.status"},
    Link{Place::kCases, "cases", "page.cases"}, Link{Place::kFigures, "figures", "page.figures"}};

// Of a restricted log the public sees the cases that were released, and is told so.
std::string_view KeyOf(const Link& link, const Ledger& ledger, bool oversight) {
  const bool some = !oversight && ledger.config.entries != Entries::kPublic;
  return link.place == Place::kCases && some ? "page.released_cases" : link.key;
}

// "WIB" "WITA" "WIT", else "UTC+04:30".
std::string ZoneName(int zone_minutes) {
  constexpr int kHour = 60;
  if (zone_minutes == 7 * kHour) return "WIB";
  if (zone_minutes == 8 * kHour) return "WITA";
  if (zone_minutes == 9 * kHour) return "WIT";
  return "UTC" + FormatAt(UnixSeconds{0}, zone_minutes).substr(sizeof("1970-01-01T00:00:00") - 1);
}

class FrameWriter final {
 public:
  FrameWriter(const Ledger& ledger, bool oversight, const PageFrame& frame)
      : ledger_(ledger), oversight_(oversight), frame_(frame), head_(ledger.sequencer.head()) {}

  std::string Write(const HtmlWriter& main) {
    Begin();
    Header();
    out_.Raw("<main id=\"main\">\n").Add(main).Raw("</main>\n");
    Footer();
    out_.Raw("</body>\n</html>\n");
    return out_.Take();
  }

 private:
  bool indonesian() const { return frame_.language == Language::kIndonesian; }
  std::string_view In(std::string_view key) const { return Phrase(key).in(frame_.language); }
  std::string_view LogName() const {
    const registry::Title& name = head_->administration().created()->name;
    return indonesian() || name.en.empty() ? name.id : name.en;
  }

  void Begin() {
    out_.Raw("<!doctype html>\n<html lang=\"").Text(indonesian() ? "id" : "en");
    out_.Raw("\">\n<head><meta charset=\"utf-8\"><title>").Text(frame_.title);
    out_.Raw("</title>\n<meta name=\"viewport\" content=\"width=device-width\">\n");
    out_.Raw(
        "<meta name=\"color-scheme\" content=\"light\">\n<link rel=\"icon\" href=\"data:,\">\n");
    out_.Raw("<link rel=\"stylesheet\" href=\"")
        .Text(frame_.up)
        .Raw("style.css\"></head>\n<body>\n");
    out_.Raw("<a class=\"skip\" href=\"#main\">").Text(In("page.skip")).Raw("</a>\n");
  }

  void Header() {
    out_.Raw("<header>\n<p class=\"brand\">Jejak · ")
        .Text(LogName())
        .Raw("</p>\n<nav aria-label=\"");
    out_.Text(In("page.navigation")).Raw("\"><ul>\n");
    for (const Link& link : kLinks) {
      out_.Raw("<li><a href=\"").Text(frame_.up).Text(link.address);
      out_.Text(LanguageQuery(frame_.language)).Raw("\"");
      if (link.place == frame_.place) out_.Raw(" aria-current=\"page\"");
      out_.Raw(">").Text(In(KeyOf(link, ledger_, oversight_))).Raw("</a></li>\n");
    }
    out_.Raw("</ul></nav>\n<p class=\"language\"><a href=\"?").Text(frame_.query);
    if (!frame_.query.empty()) out_.Raw("&amp;");
    out_.Raw("lang=").Text(indonesian() ? "en" : "id").Raw("\" lang=\"");
    out_.Text(indonesian() ? "en" : "id").Raw("\" hreflang=\"").Text(indonesian() ? "en" : "id");
    out_.Raw("\">").Text(indonesian() ? "English" : "Bahasa Indonesia").Raw("</a></p>\n");
    // Within the header: a reader who goes by landmarks meets them too.
    if (ledger_.config.demo) out_.Raw("<p class=\"demo\">⚠ ").Text(In("page.demo")).Raw("</p>\n");
    if (oversight_) out_.Raw("<p class=\"inside\">").Text(In("page.oversight")).Raw("</p>\n");
    out_.Raw("</header>\n");
  }

  void Footer() {
    const Result<int> zone = ZoneMinutes(head_->administration());
    out_.Raw("<footer>\n<p>").Text(In("page.log")).Raw(" <code>").Text(ledger_.origin);
    out_.Raw("</code> · ")
        .Text(presentation::Filled(In("page.size"), {std::to_string(head_->size())}));
    out_.Raw(" · ").Text(In("page.newest")).Raw(" ");
    WriteTime(out_, UnixSeconds{head_->log.record.last_time}, zone.ok() ? *zone : 0);
    out_.Raw("</p>\n</footer>\n");
  }

  const Ledger& ledger_;
  const bool oversight_;
  const PageFrame& frame_;
  const sequencer::HeadPointer head_;
  HtmlWriter out_;
};

}  // namespace

Response FramedPage(const Ledger& ledger, bool oversight, const PageFrame& frame,
                    const HtmlWriter& main, int status) {
  Response response = MakeResponse(status, "text/html; charset=utf-8",
                                   FrameWriter(ledger, oversight, frame).Write(main));
  response.headers.push_back(
      {"Content-Security-Policy",
       "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
       "base-uri 'none'; frame-ancestors 'none'"});
  response.headers.push_back({"Referrer-Policy", "no-referrer"});
  return response;
}

std::string_view LanguageQuery(Language language) {
  return language == Language::kEnglish ? "?lang=en" : "";
}

Language LanguageOf(const QueryParameters& query) {
  const std::string* lang = query.Find("lang");
  return lang != nullptr && *lang == "en" ? Language::kEnglish : Language::kIndonesian;
}

std::optional<Mistake> FindMistake(const QueryParameters& query,
                                   std::initializer_list<std::string_view> known) {
  const std::string* lang = query.Find("lang");
  if (lang != nullptr && *lang != "id" && *lang != "en")
    return Mistake{"lang", Phrase("page.mend_lang")};
  for (const auto& [name, value] : query.pairs()) {
    if (std::ranges::find(known, name) == known.end())
      return Mistake{name, Phrase("page.mend_unknown")};
  }
  return std::nullopt;
}

Response MistakenAddress(const Call& call, PageFrame frame, const Mistake& mistake) {
  frame.query.clear();  // the other language is of no use to a mistake
  HtmlWriter main;
  main.Raw("<h1>").Text(Phrase("page.mistake").in(frame.language)).Raw("</h1>\n<p role=\"alert\">");
  main.Text(
      presentation::Filled(Phrase("page.mistake_in").in(frame.language), {mistake.parameter}));
  main.Raw(" ")
      .Text(mistake.mend.in(frame.language))
      .Raw("</p>\n<p><a class=\"button\" href=\"?lang=");
  main.Text(frame.language == Language::kEnglish ? "en" : "id").Raw("\">");
  main.Text(Phrase("page.anew").in(frame.language)).Raw("</a></p>\n");
  return WithFreshness(FramedPage(call.ledger, call.request.oversight, frame, main, 400),
                       Freshness::kNever);
}

Response FailedPage(const Call& call, PageFrame frame, const Error& error) {
  const Problem problem = ProblemOf(error);
  const std::string_view key = problem.status == 503   ? "page.unavailable"
                               : problem.status == 404 ? "page.not_found"
                                                       : "page.failed";
  HtmlWriter main;
  main.Raw("<h1>").Text(frame.title).Raw("</h1>\n<p role=\"alert\">");
  main.Text(Phrase(key).in(frame.language)).Raw("</p>\n");
  Response response =
      WithFreshness(FramedPage(call.ledger, call.request.oversight, frame, main, problem.status),
                    Freshness::kNever);
  if (problem.retry_after_s != 0)
    response.headers.push_back({"Retry-After", std::to_string(problem.retry_after_s)});
  return response;
}

void WriteTime(HtmlWriter& out, UnixSeconds time, int zone_minutes) {
  const std::string at = FormatAt(time, zone_minutes);
  constexpr std::size_t kDate = 10, kMinutes = 5;
  out.Raw("<time datetime=\"").Text(at).Raw("\">").Text(at.substr(0, kDate)).Raw(" ");
  out.Text(at.substr(kDate + 1, kMinutes)).Raw(" ").Text(ZoneName(zone_minutes)).Raw("</time>");
}

}  // namespace jejak::api
