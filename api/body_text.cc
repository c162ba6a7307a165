// SPDX-License-Identifier: Apache-2.0
#include "api/body_text.h"

#include <algorithm>
#include <utility>

#include "ledger/base/unicode.h"
#include "ledger/procedure/pointer.h"

namespace jejak::api {
namespace {

using json::Value;
using presentation::Phrase;
using procedure::Declaration;

std::string Cut(const std::string& text) {
  if (CountCodePoints(text) <= kMostValueCharacters) return text;
  std::string out;
  std::size_t at = 0;
  for (std::size_t i = 0; i < kMostValueCharacters; ++i) AppendUtf8(out, DecodeUtf8(text, at));
  return out + " …";
}

// Of {"sha256","size","media"}: what kind of file is attached.
const Value* AttachmentMedia(const Value& value) {
  const bool attached = value.members().size() == 3 && value.Find("sha256") != nullptr &&
                        value.Find("size") != nullptr;
  return attached ? value.Find("media") : nullptr;
}

class BodyWriter final {
 public:
  BodyWriter(const presentation::Sheet& sheet, const procedure::Act& act)
      : sheet_(sheet), act_(act) {}

  std::vector<BodyField> Write() {
    const procedure::Definition* definition = sheet_.view.definition;
    const procedure::ActionType* type =
        definition == nullptr ? nullptr : definition->FindAction(act_.type);
    std::vector<BodyField> fields;
    for (const json::Member& member : act_.body.members()) {
      const Declaration* declared = nullptr;
      if (type != nullptr) {
        const auto found = type->fields.find(member.name);
        if (found != type->fields.end()) declared = &found->second;
      }
      text_.clear();
      Append(member.value, procedure::PointerBelow("", member.name), declared);
      fields.push_back({FieldLabel(member.name), Cut(text_)});
    }
    return fields;
  }

 private:
  std::string_view In(std::string_view key) const { return sheet_.In(Phrase(key)); }

  std::string FieldLabel(const std::string& name) const {
    const auto known = presentation::FieldWording(name);
    if (known) return std::string(sheet_.In(*known));
    std::string label = name;
    std::ranges::replace(label, '_', ' ');
    return label;
  }

  std::string CodeText(const std::string& code, const Declaration* declared) const {
    if (declared == nullptr || declared->codes.empty()) return code;
    const auto list = sheet_.view.definition->codes.find(declared->codes);
    if (list == sheet_.view.definition->codes.end()) return code;
    for (const procedure::CodeName& named : list->second) {
      if (named.code == code) return std::string(sheet_.In(presentation::WordingOf(named.words)));
    }
    return code;
  }

  // Values are at most 16 deep (json.h), so this recursion ends.
  void Append(const Value& value, const std::string& pointer, const Declaration* declared) {
    if (text_.size() > 4 * kMostValueCharacters) return;
    if (procedure::IsSealed(value)) return AppendSealed(pointer, declared);
    if (value.is_string()) text_ += CodeText(value.as_string(), declared);
    if (value.is_integer()) text_ += std::to_string(value.as_integer());
    if (value.is_bool()) text_ += In(value.as_bool() ? "case.yes" : "case.no");
    if (value.is_array()) AppendItems(value, pointer, declared);
    if (value.is_object()) AppendMembers(value, pointer, declared);
  }

  void AppendSealed(const std::string& pointer, const Declaration* declared) {
    const procedure::OpenedField* opened = procedure::FindOpening(act_.opened, pointer);
    if (opened != nullptr && opened->value) return Append(*opened->value, pointer, declared);
    text_ += In(opened == nullptr ? "case.sealed" : "case.unreadable");
  }

  void AppendItems(const Value& value, const std::string& pointer, const Declaration* declared) {
    const Declaration* of =
        declared == nullptr || declared->of.empty() ? nullptr : &declared->of[0];
    std::size_t number = 0;
    for (const Value& item : value.items()) {
      if (number != 0) text_ += ", ";
      Append(item, pointer + "/" + std::to_string(number++), of);
    }
  }

  void AppendMembers(const Value& value, const std::string& pointer, const Declaration* declared) {
    if (const Value* media = AttachmentMedia(value)) {
      text_ += presentation::Filled(
          In("case.attached"),
          {media->as_string(), std::to_string(value.Find("size")->as_integer())});
      return;
    }
    text_ += '(';
    bool first = true;
    for (const json::Member& member : value.members()) {
      if (!std::exchange(first, false)) text_ += ", ";
      text_ += FieldLabel(member.name) + ": ";
      const Declaration* of = nullptr;
      if (declared != nullptr) {
        const auto found = declared->fields.find(member.name);
        if (found != declared->fields.end()) of = &found->second;
      }
      Append(member.value, procedure::PointerBelow(pointer, member.name), of);
    }
    text_ += ')';
  }

  const presentation::Sheet& sheet_;
  const procedure::Act& act_;
  std::string text_;
};

}  // namespace

std::vector<BodyField> BodyFields(const presentation::Sheet& sheet, const procedure::Act& act) {
  switch (act.body_state) {
    case procedure::BodyState::kNone:
      return {};
    case procedure::BodyState::kAbsent:
      return {{"", std::string(sheet.In(Phrase("case.contents_not_here")))}};
    case procedure::BodyState::kUnfit:
      return {{"", std::string(sheet.In(Phrase("case.unreadable")))}};
    case procedure::BodyState::kPresent:
      break;
  }
  return BodyWriter(sheet, act).Write();
}

}  // namespace jejak::api
