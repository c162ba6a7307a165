// SPDX-License-Identifier: Apache-2.0
// json::Write and json::ResolvePointer.
#include <algorithm>

#include "ledger/base/json.h"
#include "ledger/base/text.h"
#include "ledger/base/unicode.h"

namespace jejak::json {
namespace {

// The letter of JSON's short escape, 0 if there is none.
char ShortEscape(char32_t character) {
  switch (character) {
    case '"':
    case '\\':
      return static_cast<char>(character);
    case '\b':
      return 'b';
    case '\f':
      return 'f';
    case '\n':
      return 'n';
    case '\r':
      return 'r';
    case '\t':
      return 't';
    default:
      return 0;
  }
}

// ASCII that needs no escape: nearly everything, passed over without a closer look.
bool IsPlain(char c) { return c >= 0x20 && c < 0x7F && c != '"' && c != '\\'; }

void AppendString(std::string& out, std::string_view text) {
  out += '"';
  std::size_t copied = 0;  // text before this is in `out`
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    if (IsPlain(text[at])) {
      ++at;
      continue;
    }
    const char32_t character = DecodeUtf8(text, at);
    const char letter = ShortEscape(character);
    if (letter == 0 && character >= 0x20 && !FakesScreen(character)) continue;
    out += text.substr(copied, start - copied);
    copied = at;
    out += '\\';
    if (letter != 0) {
      out += letter;
      continue;
    }
    // All of them lie in the first plane, so one unit says each.
    const auto unit = static_cast<std::uint16_t>(character);
    Bytes bytes;
    AppendU16(bytes, unit);
    out += 'u';
    out += EncodeHex(bytes);
  }
  out += text.substr(copied);
  out += '"';
}

// As deep as the value is, which a parsed one is to 16 and a built one to what its builder wrote.
void AppendValue(std::string& out, const Value& value) {
  std::string_view separator;
  switch (value.kind()) {
    case Kind::kNull:
      out += "null";
      break;
    case Kind::kBool:
      out += value.as_bool() ? "true" : "false";
      break;
    case Kind::kInteger:
      out += std::to_string(value.as_integer());
      break;
    case Kind::kString:
      AppendString(out, value.as_string());
      break;
    case Kind::kArray:
      out += '[';
      for (const Value& item : value.items()) {
        out += separator;
        AppendValue(out, item);
        separator = ",";
      }
      out += ']';
      break;
    case Kind::kObject:
      out += '{';
      for (const Member& member : value.members()) {
        out += separator;
        AppendString(out, member.name);
        out += ':';
        AppendValue(out, member.value);
        separator = ",";
      }
      out += '}';
      break;
  }
}

// One reference token, unescaped.
Result<std::string> ParseToken(std::string_view token) {
  std::string name;
  for (std::size_t at = 0; at < token.size();) {
    const std::size_t start = at;
    const char32_t character = DecodeUtf8(token, at);
    if (character <= 0x20 || FakesScreen(character)) {
      return Malformed("a JSON pointer holds no space and no character that is only escaped");
    }
    if (character != '~') {
      name += token.substr(start, at - start);
      continue;
    }
    if (at == token.size() || (token[at] != '0' && token[at] != '1')) {
      return Malformed("in a JSON pointer ~ is followed by 0 or 1");
    }
    name += token[at++] == '0' ? '~' : '/';
  }
  return name;
}

Result<const Value*> Step(const Value& from, const std::string& name) {
  if (from.is_array()) {
    JEJAK_TRY(index, ParseDecimal(name));
    if (index < from.items().size()) return &from.items()[static_cast<std::size_t>(index)];
  } else if (const Value* value = from.Find(name)) {
    return value;
  }
  return NotFound("the JSON pointer leads to nothing");
}

}  // namespace

std::string Write(const Value& value) {
  std::string out;
  AppendValue(out, value);
  return out;
}

Result<const Value*> ResolvePointer(const Value& root, std::string_view pointer) {
  if (!IsUtf8(pointer)) return Malformed("a JSON pointer is UTF-8");
  if (!pointer.empty() && pointer[0] != '/') return Malformed("a JSON pointer begins with /");
  // The form first, so that what is malformed is so whatever the value holds.
  std::vector<std::string> names;
  while (!pointer.empty()) {
    const std::size_t end = std::min(pointer.find('/', 1), pointer.size());
    JEJAK_TRY(name, ParseToken(pointer.substr(1, end - 1)));
    names.push_back(std::move(name));
    pointer.remove_prefix(end);
  }
  const Value* value = &root;
  for (const std::string& name : names) {
    JEJAK_TRY(next, Step(*value, name));
    value = next;
  }
  return value;
}

}  // namespace jejak::json
