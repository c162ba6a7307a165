// SPDX-License-Identifier: Apache-2.0
//
// The glossary: every sentence that people are shown, in both languages, by key. One file a language
// (glossary/id.txt, glossary/en.txt), embedded when the program is built; pages, reports, commands
// and slips say nothing that isn't in there, so one term is one thing everywhere.
//
//   # A comment.
//   case.timeline = Garis waktu
//   case.due_is = Batas: {0}.
//
//   Phrase("case.timeline").in(Language::kIndonesian)              "Garis waktu"
//   Filled(Phrase("case.due_is").in(language), {"2024-06-19"})     "Batas: 2024-06-19."
//
// A line is `key = text`: a key of letters, digits, `.` and `_`, whose first part names who says it
// (`case.` `page.` `status.` …); a text without space at either end. tests/presentation refuses a key
// that one language lacks, {0} that stand in one only, a key that no source names, and a key that a
// source names and the glossary lacks. A key is written whole where it is used; one that is put
// together from a code begins with a quoted family of two parts ("check.integrity.").
//
// Pure; any thread. What it gives lives for ever.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/presentation/language.h"

namespace jejak::presentation {

// The key itself, in both languages, if the glossary lacks it. O(log n).
Wording Phrase(std::string_view key);
std::optional<Wording> FindPhrase(std::string_view key);

// `pattern` with {0}, {1} … replaced.
std::string Filled(std::string_view pattern, std::initializer_list<std::string> values);

struct GlossaryLine {
  std::string_view key, text;
};
struct ParsedGlossary {
  std::vector<GlossaryLine> lines;
  std::vector<std::size_t> faults;  // numbers of lines that are neither empty, comment nor phrase
};
ParsedGlossary ParseGlossary(std::string_view text);

}  // namespace jejak::presentation
