// SPDX-License-Identifier: Apache-2.0
#include "api/pages.h"

#include <algorithm>
#include <utility>

#include "api/caching.h"
#include "api/html.h"
#include "ledger/base/text.h"

namespace jejak::api {
namespace {

constexpr std::string_view kStyle = R"(:root{color-scheme:light dark}
body{font:1rem/1.5 system-ui,sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.4rem}
dt{font-weight:600}
dd{margin:0 0 .6rem}
code,pre{font-family:ui-monospace,monospace;font-size:.9rem;overflow-wrap:anywhere}
pre{padding:.6rem;border:1px solid;overflow-x:auto;white-space:pre-wrap}
.demo{padding:.6rem;border:2px solid}
)";

// What the page says, in one language.
struct Words {
  std::string_view lang, other, other_name, what, demo, origin, size, age, key, genesis, readers,
      everybody, oversight, check, check_how, more, seconds;
};

constexpr Words kIndonesian{
    "id",
    "en",
    "English",
    "Ini buku besar Jejak: setiap tindakan dalam perkara pengawasan dicatat dengan tanda tangan "
    "orangnya, dan catatan itu tidak dapat diubah atau dihapus tanpa ketahuan.",
    "PERAGAAN. Semua perkara, orang dan kunci di sini rekaan.",
    "Nama log",
    "Jumlah entri",
    "Umur checkpoint terbaru",
    "Kunci log",
    "Genesis",
    "Siapa boleh membaca entri perkara",
    "semua orang",
    "pengawas saja",
    "Cara memeriksa",
    "Anda tidak perlu percaya pada server ini. Simpan kunci log dan genesis dari sumber lain, lalu "
    "periksa salinan log atau berkas perkara tanpa jaringan:",
    "Antarmuka untuk program",
    "detik"};

constexpr Words kEnglish{
    "en",
    "id",
    "Bahasa Indonesia",
    "This is a Jejak ledger: every act in an oversight case is recorded under its author's "
    "signature, and no record can be changed or removed without being noticed.",
    "DEMONSTRATION. All cases, people and keys here are invented.",
    "Log",
    "Entries",
    "Age of the newest checkpoint",
    "Log key",
    "Genesis",
    "Who may read entries of cases",
    "everybody",
    "oversight only",
    "How to check",
    "You need not trust this server. Take the log key and the genesis from another source, then "
    "check a copy of the log, or a case file, without a network:",
    "Interface for programs",
    "seconds"};

void Row(Html& page, std::string_view name, std::string_view value) {
  page.Markup("<dt>").Text(name).Markup("</dt><dd><code>").Text(value).Markup("</code></dd>\n");
}

void Facts(Html& page, const Call& call, const Words& words) {
  const sequencer::Head& head = call.reader.head();
  const std::int64_t age =
      std::max<std::int64_t>(0, call.ledger.clock.Wall().value - head.log.record.last_time);
  page.Markup("<dl>\n");
  Row(page, words.origin, call.ledger.origin);
  Row(page, words.size, std::to_string(head.size()));
  Row(page, words.age, std::to_string(age) + " " + std::string(words.seconds));
  Row(page, words.key, tlog::EncodeVerifierKey(call.ledger.log_key));
  Row(page, words.genesis, EncodeHash(call.ledger.genesis));
  Row(page, words.readers,
      call.ledger.config.entries == Entries::kPublic ? words.everybody : words.oversight);
  page.Markup("</dl>\n");
}

std::string Write(const Call& call, const Words& words) {
  const registry::Title& name = call.reader.head().administration().created()->name;
  const std::string_view title = words.lang == "id" ? name.id : name.en;
  Html page;
  page.Markup("<!doctype html>\n<html lang=\"").Text(words.lang);
  page.Markup("\">\n<head><meta charset=\"utf-8\"><title>Jejak: ").Text(title);
  page.Markup("</title>\n<meta name=\"viewport\" content=\"width=device-width\">\n")
      .Markup("<link rel=\"stylesheet\" href=\"style.css\"></head>\n<body>\n<h1>Jejak: ")
      .Text(title)
      .Markup("</h1>\n");
  if (call.ledger.config.demo) page.Markup("<p class=\"demo\">").Text(words.demo).Markup("</p>\n");
  page.Markup("<p>").Text(words.what).Markup("</p>\n");
  Facts(page, call, words);
  page.Markup("<h2>").Text(words.check).Markup("</h2>\n<p>").Text(words.check_how);
  page.Markup("</p>\n<pre>jejak mirror URL DIR --policy FILE --documents\n")
      .Markup("jejak-verify log DIR --policy FILE\n")
      .Markup("jejak-verify case FILE --policy FILE</pre>\n<p>")
      .Text(words.more)
      .Markup(": <a href=\"openapi.json\">openapi.json</a></p>\n<p><a href=\"?lang=")
      .Text(words.other)
      .Markup("\">")
      .Text(words.other_name)
      .Markup("</a></p>\n</body>\n</html>\n");
  return page.Take();
}

}  // namespace

Response WithPagePolicy(Response response) {
  response.headers.push_back(
      {"Content-Security-Policy",
       "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; "
       "frame-ancestors 'none'"});
  response.headers.push_back({"Referrer-Policy", "no-referrer"});
  return response;
}

Result<Response> StartPage(const Call& call) {
  const std::string* lang = call.query.Find("lang");
  if (lang != nullptr && *lang != "id" && *lang != "en")
    return Malformed("parameter lang must be id or en");
  const Words& words = lang != nullptr && *lang == "en" ? kEnglish : kIndonesian;
  Response response = MakeResponse(200, "text/html; charset=utf-8", Write(call, words));
  return WithPagePolicy(WithFreshness(std::move(response), Freshness::kCheckpoint));
}

Response Stylesheet() {
  return WithFreshness(MakeResponse(200, "text/css; charset=utf-8", std::string(kStyle)),
                       Freshness::kMinutes);
}

}  // namespace jejak::api
