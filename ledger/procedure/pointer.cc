// SPDX-License-Identifier: Apache-2.0
#include "ledger/procedure/pointer.h"

namespace jejak::procedure {

std::vector<std::string> PointerTokens(std::string_view pointer) {
  std::vector<std::string> tokens;
  for (std::size_t i = 0; i < pointer.size(); ++i) {
    if (pointer[i] == '/') {
      tokens.emplace_back();
    } else if (pointer[i] == '~' && i + 1 < pointer.size()) {
      tokens.back() += pointer[++i] == '0' ? '~' : '/';
    } else if (!tokens.empty()) {
      tokens.back() += pointer[i];
    }
  }
  return tokens;
}

std::string PointerBelow(std::string_view pointer, std::string_view token) {
  std::string below(pointer);
  below += '/';
  for (const char c : token) {
    if (c == '~') {
      below += "~0";
    } else if (c == '/') {
      below += "~1";
    } else {
      below += c;
    }
  }
  return below;
}

}  // namespace jejak::procedure
