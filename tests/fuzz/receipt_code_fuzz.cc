// SPDX-License-Identifier: Apache-2.0
// Receipt codes as people type them: no crash; what is read prints and reads again as itself, and
// changed in its last symbol it is refused.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "ledger/record/receipt_code.h"

namespace {

void Require(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace jejak::record;
  const auto code = ParseReceiptCode({reinterpret_cast<const char*>(data), size});
  if (!code.ok()) return 0;
  const std::string printed = Format(*code);
  Require(printed.size() == kReceiptSymbols + 4);
  const auto again = ParseReceiptCode(printed);
  Require(again.ok() && *again == *code);
  Require(IsLookupTag(LookupTag(*code, "fuzz.example/1")));
  std::string other = printed;
  other.back() = other.back() == '7' ? '8' : '7';
  Require(!ParseReceiptCode(other).ok());
  return 0;
}
