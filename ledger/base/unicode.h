// SPDX-License-Identifier: Apache-2.0
// Characters that the formats treat apart (formats.md, section 1, Body JSON).
//
// The signers of an action read it on a screen. A character that moves the cursor, hides, or turns
// the reading direction could show them another text than the one that they sign, so it may stand
// in a signed text only where it is visibly escaped. Threads: pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace jejak {

// U+007F-009F, 061C, 200B-200F, 2028-202E, 2060-2069, FEFF.
bool FakesScreen(char32_t character);

// U+FDD0-FDEF and the last two of every plane: never assigned, and dropped by some software.
bool IsNoncharacter(char32_t character);

// The character at text[at], and `at` moved behind it. `text` is well-formed UTF-8 (text.h) and
// at < text.size(); for other text the result is meaningless, but nothing behind its end is read.
char32_t DecodeUtf8(std::string_view text, std::size_t& at);

void AppendUtf8(std::string& out, char32_t character);

// Of well-formed UTF-8.
std::size_t CountCodePoints(std::string_view text);

}  // namespace jejak
