// SPDX-License-Identifier: Apache-2.0
//
// The page `/status` (users.md 2): a form that asks for a code, and what it opens, in plain words.
// No script, nothing to fetch but the stylesheet, never stored; the title is neutral, a link leaves
// at once, paper shows the same. The code is in none of these pages, so a download asks for it once
// more.
//
//   GET  status?lang=en   the form
//   POST status           StatusPage, or StatusRefusal: the form with one sentence
//
// Words are the glossary's `status.`, texts of the case the definition's. Any thread.
#pragma once

#include "api/call.h"
#include "api/ledger.h"
#include "api/status_view.h"
#include "ledger/presentation/language.h"

namespace jejak::api {

// The form; a language that isn't there is told on a page.
Result<Response> StatusFormPage(const Call& call);

// Whom a page is for.
struct Asker {
  const Ledger& ledger;
  bool oversight = false;
  presentation::Language language = presentation::Language::kIndonesian;
};

Response StatusPage(const Asker& asker, const StatusView& view, bool has_casefile);

// Why there is no status: 403, 404, 429 (with Retry-After), 500, 503.
Response StatusRefusal(const Asker& asker, int status, unsigned retry_after_s);

}  // namespace jejak::api
