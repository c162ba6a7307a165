// SPDX-License-Identifier: Apache-2.0
#include "verifier/report_html.h"

#include "ledger/base/json.h"
#include "ledger/crypto/hash.h"
#include "ledger/presentation/style.h"
#include "verifier/report_html_sections.h"

namespace jejak::verifier {
namespace {

using presentation::Phrase;

// The page, and the language switch: without style sheets both languages follow each other.
constexpr Literal kSwitchStyle = R"(
body{font:1rem/1.5 system-ui,sans-serif;color:#1a1a1a;background:#fff;max-width:62rem;margin:0 auto;padding:0 1rem 3rem}
.switch{position:absolute;opacity:0}
.languages{display:flex;justify-content:flex-end;padding:.6rem 0;gap:.25rem}
.languages label{padding:.25rem .7rem;border:1px solid #767676;border-radius:.25rem;cursor:pointer}
#show-id:checked~.languages label[for=show-id],#show-en:checked~.languages label[for=show-en]{background:#1a1a1a;color:#fff}
.switch:focus-visible~.languages{outline:3px solid #0b4f9e;outline-offset:2px}
#show-id:checked~#en,#show-en:checked~#id{display:none}
@media print{.languages{display:none}}
)";

void BeginPage(std::string_view title, Language first, HtmlWriter& out) {
  const bool indonesian = first == Language::kIndonesian;
  out.Raw("<!DOCTYPE html>\n")
      .Raw(indonesian ? Literal("<html lang=\"id\">\n") : Literal("<html lang=\"en\">\n"));
  out.Raw("<head><meta charset=\"utf-8\"/>\n<meta name=\"viewport\" ")
      .Raw("content=\"width=device-width\"/>\n<meta http-equiv=\"Content-Security-Policy\" ")
      .Raw("content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n<title>")
      .Text(title)
      .Raw("</title>\n<style>")
      .Raw(kSwitchStyle)
      .Raw(presentation::kCaseStyle)
      .Raw("</style></head>\n<body>\n")
      .Raw("<input class=\"switch\" type=\"radio\" name=\"language\" id=\"show-id\"")
      .Raw(indonesian ? Literal(" checked=\"checked\"") : Literal(""))
      .Raw("/>\n<input class=\"switch\" type=\"radio\" name=\"language\" id=\"show-en\"")
      .Raw(indonesian ? Literal("") : Literal(" checked=\"checked\""))
      .Raw("/>\n<div class=\"languages\"><label for=\"show-id\" lang=\"id\">Bahasa Indonesia")
      .Raw("</label><label for=\"show-en\" lang=\"en\">English</label></div>\n");
}

// One language, as `write` tells it.
void WriteSection(Sheet& sheet, const std::function<void(Sheet&)>& write, HtmlWriter& out) {
  write(sheet);
  out.Raw(sheet.language == Language::kIndonesian ? Literal("<section id=\"id\" lang=\"id\">\n")
                                                  : Literal("<section id=\"en\" lang=\"en\">\n"));
  out.Add(sheet.out).Raw("</section>\n");
}

void WriteCase(Sheet& sheet, const CasePage& page) {
  if (!page.index.empty()) {
    sheet.Raw("<p><a href=\"").Text(page.index).Raw("\">");
    sheet.Say(Phrase("report.to_index")).Raw("</a></p>\n");
  }
  WriteHead(sheet, page);
  WriteChecked(sheet, page);
  WriteTimeline(sheet);
  WriteRules(sheet);
  WriteChecks(sheet);
  WriteUnproven(sheet, page);
  WriteEvidence(sheet, page);
}

}  // namespace

DocumentUsed DescribeDocument(std::string_view text) {
  DocumentUsed document;
  document.sha256 = crypto::Sha256(AsBytes(text));
  const Result<json::Value> parsed = json::Parse(text, json::Rules::kContainer);
  if (!parsed.ok()) return document;
  const auto member = [&](std::string_view name) {
    const json::Value* value = parsed->Find(name);
    return value == nullptr ? std::string() : value->as_string();
  };
  document.format = member("format");
  document.id = member("id");
  document.version = member("version");
  return document;
}

std::string RenderPage(std::string_view title, Language first, const presentation::CaseView& view,
                       const CaseDays& days, const std::function<void(Sheet&)>& write) {
  HtmlWriter out;
  BeginPage(title, first, out);
  for (const Language language : {Language::kIndonesian, Language::kEnglish}) {
    Sheet sheet{view, days, language, {}};
    WriteSection(sheet, write, out);
  }
  out.Raw("</body>\n</html>\n");
  return out.Take();
}

std::string RenderCaseHtml(const CasePage& page) {
  presentation::CaseView view = page;
  view.intact = IntegrityOf(page.report.verdict) != Integrity::kFails;
  const CaseDays days(page.acts, page.definition, page.calendars);
  return RenderPage("Jejak: " + page.stream, page.language, view, days,
                    [&](Sheet& sheet) { WriteCase(sheet, page); });
}

}  // namespace jejak::verifier
