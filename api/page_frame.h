// SPDX-License-Identifier: Apache-2.0
//
// The one frame of all pages for people, and what each of them carries: a policy that allows no
// script, no inline style and nothing from elsewhere; no cookie; no referrer.
//
//   <!doctype html> <html lang="id"> … skip link
//   header   the ledger's name, where one can go, the other language
//   main     what the page writes
//   footer   the log's name, its size and time
//
//   HtmlWriter main;
//   main.Raw("<h1>").Text(title).Raw("</h1>\n");
//   const PageFrame frame{language, "Status", Place::kStatus, {}, {}};
//   return FramedPage(call.ledger, call.request.oversight, frame, main);
//
// Links are relative, so a page is the same at the root and under the path of the origin. Words are
// the glossary's `page.`. Any thread.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "api/call.h"
#include "ledger/presentation/glossary.h"
#include "ledger/presentation/html_writer.h"

namespace jejak::api {

using presentation::HtmlWriter;
using presentation::Language;
using presentation::Phrase;
using presentation::Wording;

// Where in the navigation a page stands.
enum class Place : std::uint8_t { kNone, kHome, kStatus, kCases, kFigures };

struct PageFrame {
  Language language = Language::kIndonesian;
  std::string title;  // of the document, neutral: it stands in histories and on tabs
  Place place = Place::kNone;
  std::string_view up;  // from the page to the root: "" or "../"
  std::string query;    // of the page's address, without the language: "stage=FOUND"
};

// Content and fields; freshness is the caller's to say.
Response FramedPage(const Ledger& ledger, bool oversight, const PageFrame& frame,
                    const HtmlWriter& main, int status = 200);

// "?lang=en" or nothing, to stand behind a link that has no parameters.
std::string_view LanguageQuery(Language language);

// Indonesian unless the parameter `lang` is en. Whether it is a language at all: FindMistake.
Language LanguageOf(const QueryParameters& query);

// What about an address is wrong, and how to mend it.
struct Mistake {
  std::string parameter;
  Wording mend;
};

// A `lang` that is neither id nor en, else a parameter that isn't among the known. nullopt: none.
std::optional<Mistake> FindMistake(const QueryParameters& query,
                                   std::initializer_list<std::string_view> known);

// The page that tells of it, never cached.
Response MistakenAddress(const Call& call, PageFrame frame, const Mistake& mistake);
// The page for an error that isn't the asker's; of an unavailable ledger with Retry-After.
Response FailedPage(const Call& call, PageFrame frame, const Error& error);

// "<time datetime="2026-01-05T08:28:55+07:00">2026-01-05 08:28 WIB</time>"; a zone without a name
// is "UTC+04:30".
void WriteTime(HtmlWriter& out, UnixSeconds time, int zone_minutes);

}  // namespace jejak::api
