// SPDX-License-Identifier: Apache-2.0
//
// The two languages that everything for people is written in, and a text in both.
//
//   Wording{"masih berjalan", "still open"}.in(Language::kEnglish)   "still open"
//
// Plain values; any thread.
#pragma once

#include <cstdint>
#include <string_view>

namespace jejak::presentation {

enum class Language : std::uint8_t { kEnglish, kIndonesian };

// A text in both languages. Views: of a definition, or of the glossary, which lives for ever.
struct Wording {
  std::string_view id, en;
  std::string_view in(Language language) const {
    return language == Language::kIndonesian ? id : en;
  }
};

}  // namespace jejak::presentation
