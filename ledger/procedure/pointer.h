// SPDX-License-Identifier: Apache-2.0
//
// Pointers into a JSON text (RFC 6901), token by token. What one points at: json::ResolvePointer.
//
//   "/a~1b/0"  <->  "a/b", "0"
//
// Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace jejak::procedure {

// The tokens, unescaped. The pointer's form is checked elsewhere.
std::vector<std::string> PointerTokens(std::string_view pointer);
// `pointer` + "/" + the escaped token.
std::string PointerBelow(std::string_view pointer, std::string_view token);

}  // namespace jejak::procedure
