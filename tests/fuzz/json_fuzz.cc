// SPDX-License-Identifier: Apache-2.0
// Body, Container and sealed JSON: no crash; what is accepted survives being written and read
// again; Body JSON is Container JSON but for sealed fields; every span holds its value.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "ledger/base/json.h"

namespace {

using jejak::json::Parse;
using jejak::json::Rules;
using jejak::json::Value;

void Require(bool condition) {
  if (!condition) std::abort();
}

void CheckSpans(const Value& value, std::string_view text) {
  Require(value.begin() < value.end() && value.end() <= text.size());
  for (const Value& item : value.items()) CheckSpans(item, text);
  for (const auto& member : value.members()) CheckSpans(member.value, text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto body = Parse(text, Rules::kBody);
  if (body.ok()) {
    CheckSpans(*body, text);
    const std::string written = Write(*body);
    const auto again = Parse(written, Rules::kBody);
    Require(again.ok() && Write(*again) == written);
    Require(text.find('$') != text.npos || text.find("\\u0024") != text.npos ||
            Parse(text, Rules::kContainer).ok());
  }
  const auto container = Parse(text, Rules::kContainer);
  if (container.ok()) {
    CheckSpans(*container, text);
    const std::string written = Write(*container);
    const auto again = Parse(written, Rules::kContainer);
    Require(again.ok() && Write(*again) == written);
  }
  const auto sealed = jejak::json::ParseSealedValue(text);
  Require(!sealed.ok() || Parse("{\"v\":" + std::string(text) + "}", Rules::kBody).ok());
  (void)ResolvePointer(body.ok() ? *body : Value(), text.substr(0, size / 2));
  return 0;
}
