// SPDX-License-Identifier: Apache-2.0
#include "ledger/presentation/html_writer.h"
#include "ledger/presentation/words.h"
#include "tools/intake/slip.h"

namespace jejak::intake {
namespace {

using presentation::HtmlWriter;
using presentation::Language;
using presentation::Literal;
using presentation::Phrase;
using presentation::Wording;

constexpr std::size_t kQuietZone = 4;

constexpr Literal kHead = R"(">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>)";

constexpr Literal kStyle = R"(</title>
<style>
*{box-sizing:border-box}
html{color-scheme:light}
body{font:.95rem/1.35 system-ui,sans-serif;color:#000;background:#fff;margin:0 auto;padding:1rem;max-width:26rem}
h1{font-size:1.2rem;margin:0}
h2{font-size:1rem;margin:.7rem 0 .15rem}
p{margin:.25rem 0}
ul{margin:.2rem 0;padding-left:1.1rem}
.code{font:700 1.4rem/1.3 ui-monospace,monospace;border:2px solid #000;padding:.35rem .2rem;margin:.5rem 0;text-align:center;white-space:nowrap}
.how{display:flex;gap:.8rem;align-items:flex-start;break-inside:avoid}
.how svg{flex:none;width:7rem;height:7rem}
.warn{border-left:.4rem solid #000;padding-left:.5rem;font-weight:700}
.url{overflow-wrap:anywhere}
@media (max-width:22rem){.code{font-size:1.1rem}.how{flex-direction:column}}
@page{size:105mm 148mm;margin:6mm}
@media print{
body{font-size:8pt;line-height:1.25;padding:0;max-width:none}
h1{font-size:11pt}h2{font-size:8.4pt;margin:1.6mm 0 .4mm}
p{margin:.6mm 0}ul{margin:.4mm 0}
.code{font-size:16pt;margin:1.6mm 0;padding:1mm 0}
.how svg{width:29mm;height:29mm}
}
</style>
</head>
<body>
<main>
<h1>)";

class Page final {
 public:
  explicit Page(Language language) : language_(language) {}

  Page& Raw(Literal markup) {
    out_.Raw(markup);
    return *this;
  }
  Page& Text(std::string_view text) {
    out_.Text(text);
    return *this;
  }
  Page& Say(Wording wording) { return Text(wording.in(language_)); }
  void Items(const std::vector<std::string>& lines) {
    Raw("<ul>\n");
    for (const std::string& line : lines) Raw("<li>").Text(line).Raw("</li>\n");
    Raw("</ul>\n");
  }
  // One path of horizontal runs, for crisp edges at any size.
  void Draw(const QrCode& qr) {
    const auto side = static_cast<std::int64_t>(qr.width + 2 * kQuietZone);
    Raw("<svg role=\"img\" viewBox=\"0 0 ");
    out_.Number(side).Raw(" ").Number(side).Raw("\" shape-rendering=\"crispEdges\"><title>");
    Say(Phrase("slip.qr_is")).Raw("</title><path fill=\"#fff\" d=\"M0 0h");
    out_.Number(side).Raw("v").Number(side).Raw("H0z\"/><path d=\"");
    for (std::size_t y = 0; y < qr.width; ++y) DrawRow(qr, y);
    Raw("\"/></svg>\n");
  }
  std::string Take() { return out_.Take(); }

 private:
  void DrawRow(const QrCode& qr, std::size_t y) {
    for (std::size_t x = 0; x < qr.width; ++x) {
      const std::size_t begin = x;
      while (x < qr.width && qr.at(x, y)) ++x;
      if (x == begin) continue;
      out_.Raw("M").Number(static_cast<std::int64_t>(begin + kQuietZone)).Raw(" ");
      out_.Number(static_cast<std::int64_t>(y + kQuietZone)).Raw("h");
      out_.Number(static_cast<std::int64_t>(x - begin)).Raw("v1h-");
      out_.Number(static_cast<std::int64_t>(x - begin)).Raw("z");
    }
  }

  HtmlWriter out_;
  Language language_;
};

void WriteNext(Page& page, const Slip& slip, Language language) {
  page.Raw("<h2>").Say(Phrase("slip.next")).Raw("</h2>\n");
  page.Items(NextLines(slip, language));
  if (slip.outlook.promises.empty()) return;
  std::vector<std::string> promises;
  for (const procedure::Words& promise : slip.outlook.promises)
    promises.emplace_back(presentation::WordingOf(promise).in(language));
  page.Raw("<h2>").Say(Phrase("slip.promises")).Raw("</h2>\n");
  page.Items(promises);
}

}  // namespace

std::string SlipHtml(const Slip& slip, const QrCode& qr, Language language) {
  Page page(language);
  page.Raw("<!doctype html>\n<html lang=\"");
  page.Text(language == Language::kIndonesian ? "id" : "en").Raw(kHead);
  page.Say(Phrase("slip.title")).Raw(kStyle).Say(Phrase("slip.heading"));
  page.Raw("</h1>\n<p>").Text(slip.office).Raw(" · ").Text(DayInWords(slip.day, language));
  page.Raw("</p>\n");
  if (!slip.certain) page.Raw("<p class=\"warn\">").Say(Phrase("slip.uncertain")).Raw("</p>\n");
  page.Raw("<h2>").Say(Phrase("slip.your_code")).Raw("</h2>\n<p class=\"code\">");
  page.Text(slip.code).Raw("</p>\n<p>").Say(Phrase("slip.keep_code")).Raw("</p>\n");
  WriteNext(page, slip, language);
  page.Raw("<div class=\"how\">\n");
  page.Draw(qr);
  page.Raw("<div><h2>").Say(Phrase("slip.how")).Raw("</h2>\n<p>").Say(Phrase("slip.check"));
  page.Raw("</p>\n<p class=\"url\">").Text(slip.status_url).Raw("</p>\n<p>");
  page.Say(Phrase("slip.check_office")).Raw("</p></div>\n</div>\n</main>\n</body>\n</html>\n");
  return page.Take();
}

}  // namespace jejak::intake
