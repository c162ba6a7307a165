// SPDX-License-Identifier: Apache-2.0
#include "api/pages.h"

#include <embedded/page_style.h>

#include <algorithm>
#include <utility>

#include "api/caching.h"
#include "api/page_frame.h"
#include "ledger/base/text.h"
#include "ledger/presentation/style.h"

namespace jejak::api {
namespace {

class StartWriter final {
 public:
  StartWriter(const Call& call, Language language) : call_(call), language_(language) {}

  HtmlWriter Write() {
    out_.Raw("<h1>").Text(In("page.start_title")).Raw("</h1>\n");
    Line("page.what");
    Line("page.what_judged");
    Ways();
    Check();
    Facts();
    return std::move(out_);
  }

 private:
  std::string_view In(std::string_view key) const { return Phrase(key).in(language_); }
  void Line(std::string_view key) { out_.Raw("<p>").Text(In(key)).Raw("</p>\n"); }
  void Heading(std::string_view key) { out_.Raw("<h2>").Text(In(key)).Raw("</h2>\n"); }
  void Button(std::string_view address, std::string_view key) {
    out_.Raw("<p><a class=\"button\" href=\"").Text(address).Text(LanguageQuery(language_));
    out_.Raw("\">").Text(In(key)).Raw("</a></p>\n");
  }

  // Where a visitor goes from here.
  void Ways() {
    Heading("page.you_have_code");
    Line("page.code_what");
    Button("status", "page.status");
    Heading("page.see_cases");
    Line(call_.shows_cases() ? "page.see_cases_what" : "page.see_released_what");
    Button("cases", call_.shows_cases() ? "page.cases" : "page.released_cases");
  }

  void Check() {
    Heading("page.check");
    Line("page.check_why");
    out_.Raw("<ol>\n<li>").Text(In("page.check_key")).Raw("</li>\n<li>");
    out_.Text(In("page.check_copy")).Raw("</li>\n<li>").Text(In("page.check_run"));
    out_.Raw("<pre>jejak mirror URL DIR --policy FILE --documents\n")
        .Raw("jejak-verify log DIR --policy FILE\n")
        .Raw("jejak-verify case FILE --policy FILE</pre></li>\n</ol>\n");
  }

  void Row(std::string_view key, std::string_view value) {
    out_.Raw("<dt>").Text(In(key)).Raw("</dt><dd><code>").Text(value).Raw("</code></dd>\n");
  }

  void Facts() {
    const Ledger& ledger = call_.ledger;
    const sequencer::Head& head = call_.reader.head();
    const std::int64_t age =
        std::max<std::int64_t>(0, ledger.clock.Wall().value - head.log.record.last_time);
    Heading("page.facts");
    out_.Raw("<dl>\n");
    Row("page.fact_origin", ledger.origin);
    Row("page.fact_size", std::to_string(head.size()));
    Row("page.fact_age", presentation::Filled(In("page.seconds"), {std::to_string(age)}));
    Row("page.fact_key", tlog::EncodeVerifierKey(ledger.log_key));
    Row("page.fact_genesis", EncodeHash(ledger.genesis));
    Row("page.fact_readers",
        In(ledger.config.entries == Entries::kPublic ? "page.everybody" : "page.oversight_only"));
    out_.Raw("</dl>\n<p>").Text(In("page.programs"));
    out_.Raw(": <a href=\"openapi.json\">openapi.json</a></p>\n");
  }

  const Call& call_;
  const Language language_;
  HtmlWriter out_;
};

}  // namespace

Result<Response> StartPage(const Call& call) {
  const PageFrame frame{LanguageOf(call.query), "Jejak", Place::kHome, {}, {}};
  if (const auto mistake = FindMistake(call.query, {"lang"}))
    return MistakenAddress(call, frame, *mistake);
  return WithFreshness(FramedPage(call.ledger, call.request.oversight, frame,
                                  StartWriter(call, frame.language).Write()),
                       Freshness::kCheckpoint);
}

Response Stylesheet() {
  std::string style(presentation::kCaseStyle.text());
  for (const embedded::File& file : embedded::page_style()) style += file.contents;
  return WithFreshness(MakeResponse(200, "text/css; charset=utf-8", std::move(style)),
                       Freshness::kMinutes);
}

}  // namespace jejak::api
