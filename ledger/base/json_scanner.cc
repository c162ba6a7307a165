// SPDX-License-Identifier: Apache-2.0
// json::Parse and json::ParseSealedValue: one pass over text that is known to be UTF-8.
#include <algorithm>
#include <array>

#include "ledger/base/json.h"
#include "ledger/base/text.h"
#include "ledger/base/unicode.h"

namespace jejak::json {
namespace {

constexpr std::size_t kMaxDepth = 16;
constexpr std::size_t kMaxTextBytes = UINT32_MAX;
constexpr std::size_t kShownNameBytes = 40;
constexpr std::string_view kSealedName = "$sealed";

// What a string may hold as it is without a closer look.
constexpr std::array<bool, 256> PlainBytes(bool strict) {
  std::array<bool, 256> plain{};
  for (std::size_t c = 0x20; c < (strict ? 0x7F : 0x100); ++c) plain[c] = c != '"' && c != '\\';
  return plain;
}

constexpr auto kPlainStrict = PlainBytes(true);
constexpr auto kPlainFree = PlainBytes(false);

// A name as it may stand in a pointer that is shown.
std::string ShownName(std::string_view name) {
  std::size_t cut = std::min(name.size(), kShownNameBytes);
  while (cut > 0 && cut < name.size() && (static_cast<unsigned char>(name[cut]) & 0xC0) == 0x80) {
    --cut;
  }
  std::string token;
  for (const char c : name.substr(0, cut)) {
    if (c == '~') {
      token += "~0";
    } else if (c == '/') {
      token += "~1";
    } else {
      token += c;
    }
  }
  const std::string quoted = Write(Value::String(token));
  return quoted.substr(1, quoted.size() - 2) + (cut < name.size() ? "..." : "");
}

// Two members of one name: the later one of the first such pair in name order, or nullptr.
// Sorting keeps 10^5 hostile members cheap; no hash that an adversary could make collide.
const Member* FindDuplicate(const std::vector<Member>& members) {
  if (members.size() < 2) return nullptr;
  std::vector<const Member*> sorted(members.size());
  std::transform(members.begin(), members.end(), sorted.begin(), [](auto& m) { return &m; });
  std::sort(sorted.begin(), sorted.end(), [](const Member* a, const Member* b) {
    const int order = a->name.compare(b->name);
    return order != 0 ? order < 0 : a < b;
  });
  const auto twice = std::adjacent_find(sorted.begin(), sorted.end(),
                                        [](auto* a, auto* b) { return a->name == b->name; });
  return twice == sorted.end() ? nullptr : *(twice + 1);
}

}  // namespace

class Scanner final {
 public:
  // `outer_depth`: how many objects or arrays are thought around the text.
  Scanner(std::string_view text, Rules rules, bool may_seal, std::size_t outer_depth)
      : text_(text),
        body_(rules == Rules::kBody),
        may_seal_(may_seal),
        outer_depth_(outer_depth),
        depth_(outer_depth) {}

  Result<Value> Read(Fault* fault) {
    Value value;
    if (ReadAll(value)) return value;
    Fault found{fault_at_, Pointer()};
    std::string detail = "JSON at byte " + std::to_string(found.offset) + " in \"" + found.pointer +
                         "\": " + fault_reason_;
    if (fault != nullptr) *fault = std::move(found);
    return Malformed(std::move(detail));
  }

 private:
  // The way from the outermost value to the one that is being read.
  struct Step {
    const std::string* name = nullptr;  // nullptr in an array
    std::size_t index = 0;
  };

  bool Fail(std::size_t at, const char* reason) {
    fault_at_ = at;
    fault_reason_ = reason;
    return false;
  }

  std::string Pointer() const {
    std::string pointer;
    for (std::size_t i = outer_depth_; i < depth_; ++i) {
      if (!steps_[i].name && steps_[i].index == kNoIndex) break;
      pointer += '/';
      pointer += steps_[i].name ? ShownName(*steps_[i].name) : std::to_string(steps_[i].index);
    }
    return pointer;
  }

  bool ReadAll(Value& value) {
    if (text_.size() > kMaxTextBytes) return Fail(0, "the text is too long");
    if (!IsUtf8(text_)) return Fail(0, "the text is not UTF-8");
    if (!body_) SkipSpace();
    if (!ReadValue(value)) return false;
    if (!body_) SkipSpace();
    return at_ == text_.size() || Fail(at_, "the text goes on behind its value");
  }

  bool IsAt(char c) const { return at_ < text_.size() && text_[at_] == c; }

  bool Take(char c) {
    if (!IsAt(c)) return false;
    ++at_;
    return true;
  }

  void SkipSpace() {
    while (IsAt(' ') || (!body_ && (IsAt('\n') || IsAt('\t') || IsAt('\r')))) ++at_;
  }

  bool ReadValue(Value& value) {
    value.begin_ = static_cast<std::uint32_t>(at_);
    if (at_ == text_.size()) return Fail(at_, "a value is missing");
    if (!ReadContent(value)) return false;
    value.end_ = static_cast<std::uint32_t>(at_);
    return true;
  }

  bool ReadContent(Value& value) {
    switch (text_[at_]) {
      case '{':
        return ReadObject(value);
      case '[':
        return ReadArray(value);
      case '"':
        return ReadText(value);
      case 't':
        value.kind_ = Kind::kBool;
        value.content_.boolean = true;
        return ReadWord("true");
      case 'f':
        value.kind_ = Kind::kBool;
        value.content_.boolean = false;
        return ReadWord("false");
      case 'n':
        return ReadWord("null");
      default:
        return ReadInteger(value);
    }
  }

  bool ReadWord(std::string_view word) {
    if (!text_.substr(at_).starts_with(word)) return Fail(at_, "this is no JSON value");
    at_ += word.size();
    return true;
  }

  bool ReadInteger(Value& value) {
    const std::size_t start = at_;
    const bool negative = Take('-');
    const std::size_t first = at_;
    while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') ++at_;
    if (at_ == first) return Fail(start, "this is no JSON value");
    if (IsAt('.') || IsAt('e') || IsAt('E')) {
      return Fail(start, "a number is an integer, without fraction and exponent");
    }
    const auto size = ParseDecimal(text_.substr(first, at_ - first));
    if (!size.ok()) {
      return Fail(start, "a number has no leading zero and lies within +-9007199254740991");
    }
    if (negative && *size == 0) return Fail(start, "zero has no sign");
    value.kind_ = Kind::kInteger;
    value.content_.integer =
        negative ? -static_cast<std::int64_t>(*size) : static_cast<std::int64_t>(*size);
    return true;
  }

  bool ReadText(Value& value) {
    std::string text;
    if (!ReadString(text, body_)) return false;
    value.content_.text = text.empty() ? nullptr : new std::string(std::move(text));
    value.kind_ = Kind::kString;
    return true;
  }

  // A string with its quotes; `strict`: the Body rule for characters.
  bool ReadString(std::string& out, bool strict) {
    const auto& plain = strict ? kPlainStrict : kPlainFree;
    if (!Take('"')) return Fail(at_, "a string begins with \"");
    for (;;) {
      const std::size_t start = at_;
      while (at_ < text_.size() && plain[static_cast<unsigned char>(text_[at_])]) ++at_;
      out.append(text_, start, at_ - start);
      if (at_ == text_.size()) return Fail(at_, "a string ends with \"");
      if (Take('"')) return true;
      if (!(IsAt('\\') ? ReadEscape(out, strict) : ReadRaw(out))) return false;
    }
  }

  // A character that is not plain: of a strict string beyond ASCII, or a control character of any.
  bool ReadRaw(std::string& out) {
    const std::size_t start = at_;
    const char32_t character = DecodeUtf8(text_, at_);
    if (character < 0x20) return Fail(start, "a control character stands in a string only escaped");
    if (FakesScreen(character)) {
      return Fail(start, "a character that could fake what a screen shows stands only escaped");
    }
    if (IsNoncharacter(character)) return Fail(start, "a noncharacter stands nowhere");
    out.append(text_, start, at_ - start);
    return true;
  }

  bool ReadEscape(std::string& out, bool strict) {
    static constexpr std::string_view kLetters = "\"\\/bfnrt", kMeanings = "\"\\/\b\f\n\r\t";
    const std::size_t start = at_++;
    if (at_ == text_.size()) return Fail(start, "an escape is not complete");
    const char letter = text_[at_++];
    if (letter != 'u') {
      const std::size_t which = kLetters.find(letter);
      if (which == std::string_view::npos) return Fail(start, "JSON has no such escape");
      out += kMeanings[which];
      return true;
    }
    char32_t character = 0;
    if (!ReadUnit(character)) return Fail(start, "\\u is followed by four hex digits");
    if (character >= 0xD800 && character <= 0xDFFF) {
      char32_t low = 0;
      if (character > 0xDBFF || !Take('\\') || !Take('u') || !ReadUnit(low) || low < 0xDC00 ||
          low > 0xDFFF) {
        return Fail(start, "a surrogate is not paired");
      }
      character = 0x10000 + ((character - 0xD800) << 10) + (low - 0xDC00);
    }
    if (strict && (character == 0 || IsNoncharacter(character))) {
      return Fail(start, "U+0000 and noncharacters stand nowhere, escaped or not");
    }
    AppendUtf8(out, character);
    return true;
  }

  // Four hex digits, of either case.
  bool ReadUnit(char32_t& unit) {
    if (text_.size() - at_ < 4) return false;
    for (int i = 0; i < 4; ++i, ++at_) {
      const char c = text_[at_];
      const int digit = c >= '0' && c <= '9'   ? c - '0'
                        : c >= 'a' && c <= 'f' ? c - 'a' + 10
                        : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                               : -1;
      if (digit < 0) return false;
      unit = unit << 4 | static_cast<char32_t>(digit);
    }
    return true;
  }

  bool Enter() {
    if (depth_ == kMaxDepth) return Fail(at_, "objects and arrays are nested more than 16 deep");
    steps_[depth_++] = {nullptr, kNoIndex};
    ++at_;
    SkipSpace();
    return true;
  }

  bool ReadArray(Value& value) {
    value.content_.items = nullptr;
    value.kind_ = Kind::kArray;
    if (!Enter()) return false;
    if (!IsAt(']')) {
      auto& items = value.MutableItems();
      do {
        SkipSpace();
        steps_[depth_ - 1] = {nullptr, items.size()};
        if (!ReadValue(items.emplace_back())) return false;
        SkipSpace();
      } while (Take(','));
    }
    if (!Take(']')) return Fail(at_, "an array goes on with , or ends with ]");
    --depth_;
    return true;
  }

  bool ReadObject(Value& value) {
    const std::size_t start = at_;
    value.content_.members = nullptr;
    value.kind_ = Kind::kObject;
    if (!Enter()) return false;
    if (!IsAt('}')) {
      auto& members = value.MutableMembers();
      do {
        SkipSpace();
        if (!ReadMember(members)) return false;
        SkipSpace();
      } while (Take(','));
    }
    steps_[depth_ - 1] = {nullptr, kNoIndex};
    if (!Take('}')) return Fail(at_, "an object goes on with , or ends with }");
    if (const Member* twice = FindDuplicate(value.members())) {
      return Fail(twice->value.begin(),
                  "a name occurs twice in one object; this is its second value");
    }
    if (!CheckSealed(value.members())) {
      return Fail(start, "a name begins with $ only in a sealed field, {\"$sealed\":HASH}");
    }
    --depth_;
    return true;
  }

  bool ReadMember(std::vector<Member>& members) {
    steps_[depth_ - 1] = {nullptr, kNoIndex};
    Member& member = members.emplace_back();
    if (!ReadString(member.name, true)) return false;
    SkipSpace();
    if (!Take(':')) return Fail(at_, "a name is followed by :");
    SkipSpace();
    steps_[depth_ - 1] = {&member.name, 0};
    return ReadValue(member.value);
  }

  // Called while the object is still entered, so the outermost has depth 1.
  bool CheckSealed(const std::vector<Member>& members) const {
    const bool dollar = std::any_of(members.begin(), members.end(),
                                    [](const Member& m) { return m.name.starts_with('$'); });
    if (!dollar) return true;
    return may_seal_ && depth_ > 1 && members.size() == 1 && members[0].name == kSealedName &&
           ParseHash(members[0].value.as_string()).ok();
  }

  static constexpr std::size_t kNoIndex = SIZE_MAX;

  const std::string_view text_;
  const bool body_;
  const bool may_seal_;
  const std::size_t outer_depth_;
  std::size_t at_ = 0;
  std::size_t depth_;  // of objects and arrays entered
  std::array<Step, kMaxDepth> steps_{};
  std::size_t fault_at_ = 0;
  const char* fault_reason_ = "";
};

Result<Value> Parse(std::string_view text, Rules rules, Fault* fault) {
  auto value = Scanner(text, rules, rules == Rules::kBody, 0).Read(fault);
  if (rules == Rules::kBody && value.ok() && !value->is_object()) {
    if (fault != nullptr) *fault = {};
    return Malformed("JSON at byte 0 in \"\": a body is an object");
  }
  return value;
}

Result<Value> ParseSealedValue(std::string_view text) {
  return Scanner(text, Rules::kBody, false, 1).Read(nullptr);
}

}  // namespace jejak::json
