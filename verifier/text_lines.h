// SPDX-License-Identifier: Apache-2.0
//
// The lines of a report for people: a label, a name, a sentence, in two languages, with or without
// colours. What they say is in report_text.h and conformance_text.h.
//
//   FAILED        check.stream       case/5MG3…: the seal's map doesn't hold its 6 actions
//
// Pure; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "ledger/presentation/glossary.h"

namespace jejak::verifier {

using presentation::Language;
using presentation::Wording;

enum class Detail { kQuiet, kNormal, kVerbose };

struct TextStyle {
  Language language = Language::kEnglish;
  Detail detail = Detail::kNormal;
  bool colors = false;
};

// A phrase of the glossary, by its key.
struct Said {
  std::string_view key;
  std::string_view in(Language language) const { return presentation::Phrase(key).in(language); }
};

// `color`: ANSI SGR, "1;31".
std::string Colored(std::string_view text, std::string_view color, const TextStyle& style);

// The text, filled up with spaces to `width` characters (UTF-8 counted as one each).
std::string Padded(std::string_view text, std::size_t width);

// "  LABEL         NAME               TEXT\n".
std::string Line(std::string_view label, std::string_view color, const std::string& name,
                 const std::string& text, const TextStyle& style);

}  // namespace jejak::verifier
