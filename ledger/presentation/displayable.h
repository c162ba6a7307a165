// SPDX-License-Identifier: Apache-2.0
//
// Text that a hostile file, file name or action may have shaped, made safe for a screen.
//
//   "a\x01" "\xff" "\u202Eb"   ->   a\u{1}\xff\u{202e}b
//
// Pure; any thread.
#pragma once

#include <string>
#include <string_view>

namespace jejak::presentation {

// Safe for a terminal, for JSON and for a page: bytes that are no UTF-8 become \xNN, control
// characters and those that fake a screen \u{NNNN}. O(n).
std::string Displayable(std::string_view text);

}  // namespace jejak::presentation
