// SPDX-License-Identifier: Apache-2.0
//
// The language in which a verb asks and answers, as --lang names it. A verb's options begin with it:
//
//   struct Options : LangOption { std::string ledger; };
//   line.Add(…).Choice("--lang", options->lang, {"id", "en"}, "language of questions and answers")
//   std::cerr << options.In(Phrase("reply.ask_code"));
//
// Plain values; any thread.
#pragma once

#include <string>

#include "ledger/presentation/words.h"

namespace jejak::cli {

struct LangOption {
  std::string lang = "id";  // or "en"; nothing else passes the Choice

  presentation::Language language() const {
    return lang == "en" ? presentation::Language::kEnglish : presentation::Language::kIndonesian;
  }
  std::string In(presentation::Wording wording) const {
    return std::string(wording.in(language()));
  }
  std::string In(const procedure::Words& words) const { return In(presentation::WordingOf(words)); }
};

}  // namespace jejak::cli
