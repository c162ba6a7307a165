// SPDX-License-Identifier: Apache-2.0
//
// What is looked at before pugixml is: it leaves an unknown entity standing as text, ends a value at &#0; and accepts a document
// type declaration, none of which it reports.
#include <algorithm>
#include <charconv>

#include "ledger/base/text.h"
#include "tools/xes/reader.h"

namespace jejak::xes {
namespace {

bool IsXmlCharacter(std::uint32_t c) {
  if (c < 0x20) return c == 0x9 || c == 0xA || c == 0xD;
  return c < 0xD800 || (c >= 0xE000 && c <= 0x10FFFF && c != 0xFFFE && c != 0xFFFF);
}

// The reference without `&` and `;`.
bool IsReference(std::string_view name) {
  if (!TakePrefix(name, "#")) {
    return name == "amp" || name == "lt" || name == "gt" || name == "quot" || name == "apos";
  }
  const int base = TakePrefix(name, "x") ? 16 : 10;
  std::uint32_t c = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), c, base);
  return error == std::errc() && end == name.data() + name.size() && IsXmlCharacter(c);
}

// Where what begins with `open` at `at` ends; npos when `close` is missing. For text that begins with something else: `at`.
std::size_t Skip(std::string_view text, std::size_t at, std::string_view open,
                 std::string_view close) {
  if (!text.substr(at).starts_with(open)) return at;
  const std::size_t end = text.find(close, at + open.size());
  return end == std::string_view::npos ? end : end + close.size();
}

}  // namespace

Result<void> CheckXmlText(std::string_view text) {
  if (text.size() > kMaxXesBytes)
    return Refused("the XES text is longer than 128 MiB; split it by traces");
  const bool control = std::any_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r';
  });
  if (control || !IsUtf8(text))
    return Malformed("the file is not text in UTF-8; is it XES, and in this encoding?");
  std::size_t tags = 0;
  std::size_t at = 0;
  constexpr std::size_t kNone = std::string_view::npos;
  while ((at = text.find_first_of("<&", at)) != kNone) {
    const std::string offset = " at byte " + std::to_string(at);
    if (text[at] == '&') {
      const std::size_t end = text.find(';', at);
      if (end == kNone || end - at > 12 || !IsReference(text.substr(at + 1, end - at - 1)))
        return Malformed("an entity that XML does not define stands" + offset);
      at = end + 1;
      continue;
    }
    std::size_t next = Skip(text, at, "<!--", "-->");
    if (next == at) next = Skip(text, at, "<![CDATA[", "]]>");
    if (next == at) next = Skip(text, at, "<?", "?>");
    if (next == kNone) return Malformed("what begins" + offset + " has no end");
    if (next == at && text.substr(at).starts_with("<!"))
      return Malformed("a document type declaration stands" + offset + "; XES has none");
    if (++tags > kMaxTags) return Refused("the file has more than 8 million tags; split it");
    at = next == at ? at + 1 : next;
  }
  return {};
}

}  // namespace jejak::xes
