// SPDX-License-Identifier: Apache-2.0
#include "ledger/procedure/declaration_parser.h"

namespace jejak::procedure {
namespace {

bool IsFieldName(std::string_view name) {
  return !name.empty() && name.find('.') == name.npos && name.front() != '$';
}

// What a default must be; "" if it is. Null is no value of any type.
std::string WrongDefault(const json::Value& value, const Declaration& declared,
                         const DefinitionDraft& draft) {
  const std::string& text = value.as_string();
  switch (declared.type) {
    case FieldType::kString:
      return text.empty() ? "a text" : "";
    case FieldType::kCode:
      return draft.KnowsCode(declared.codes, text) ? "" : "one of the declared codes";
    case FieldType::kDate:
      return ParseDate(text).ok() ? "" : "a date YYYY-MM-DD";
    case FieldType::kTime:
      return ParseAt(text).ok() || ParseTime(text).ok() ? "" : "a time";
    case FieldType::kInteger:
      return value.is_integer() ? "" : "an integer";
    case FieldType::kBoolean:
      return value.is_bool() ? "" : "true or false";
    case FieldType::kList:
      return value.is_array() ? "" : "a list";
    case FieldType::kObject:
      return value.is_object() ? "" : "an object";
    case FieldType::kAttachment:
      return "left out: an attachment has none";
  }
  return {};
}

Declaration ParseDeclaration(const json::Value& value, DefinitionDraft& draft) {
  MemberCursor in(value, "a declaration", draft.problems);
  Declaration declared;
  if (!value.is_object()) return declared;
  declared.type =
      static_cast<FieldType>(in.Word("type", {"string", "code", "date", "time", "integer",
                                              "boolean", "list", "object", "attachment"}));
  if (declared.type == FieldType::kCode) {
    declared.codes = in.Text("codes", IsAnyText, "the name of declared codes");
    if (!declared.codes.empty() && !draft.definition.codes.contains(declared.codes)) {
      draft.problems.Error(*value.Find("codes"), "unknown codes " + Quoted(declared.codes) +
                                                     ": declare them, or correct the name");
    }
  }
  if (declared.type == FieldType::kList) {
    const json::Value* of = in.Optional("of");
    if (of != nullptr) declared.of.push_back(ParseDeclaration(*of, draft));
  }
  if (declared.type == FieldType::kObject) {
    const json::Value* fields = in.Optional("fields");
    declared.fields_stated = fields != nullptr;
    declared.fields = ParseFields(fields, draft);
  }
  declared.required = in.Flag("required");
  declared.sealed = in.Flag("sealed");
  declared.audience = ParseAudience(in);
  if (const json::Value* fallback = in.Optional("default"); fallback != nullptr) {
    const std::string wrong = WrongDefault(*fallback, declared, draft);
    if (!wrong.empty()) draft.problems.Error(*fallback, "the default must be " + wrong);
    declared.default_value = *fallback;
  }
  in.Finish();
  return declared;
}

}  // namespace

std::map<std::string, Declaration> ParseFields(const json::Value* fields, DefinitionDraft& draft) {
  std::map<std::string, Declaration> declared;
  if (fields == nullptr) return declared;
  if (!fields->is_object()) {
    draft.problems.Error(*fields, "it must be an object of declarations by field name");
    return declared;
  }
  for (const json::Member& member : fields->members()) {
    if (!IsFieldName(member.name)) {
      draft.problems.Error(member.value, "the field name " + Quoted(member.name) +
                                             " won't do: leave out \".\" and a leading \"$\"");
    }
    declared.emplace(member.name, ParseDeclaration(member.value, draft));
  }
  return declared;
}

std::optional<Audience> ParseAudience(MemberCursor& in) {
  if (in.value().Find("audience") == nullptr) {
    in.Optional("audience");
    return std::nullopt;
  }
  return static_cast<Audience>(in.Word("audience", {"public", "party", "oversight"}));
}

}  // namespace jejak::procedure
