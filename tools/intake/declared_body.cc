// SPDX-License-Identifier: Apache-2.0
#include "tools/intake/declared_body.h"

namespace jejak::intake {
namespace {

using procedure::Declaration;
using procedure::FieldType;

bool IsOfKind(FieldType type, const json::Value& value) {
  switch (type) {
    case FieldType::kInteger:
      return value.is_integer();
    case FieldType::kBoolean:
      return value.is_bool();
    case FieldType::kList:
      return value.is_array();
    case FieldType::kObject:
    case FieldType::kAttachment:
      return value.is_object();
    case FieldType::kString:
    case FieldType::kCode:
    case FieldType::kDate:
    case FieldType::kTime:
      break;
  }
  return value.is_string() && !value.as_string().empty();
}

Result<void> CheckCode(const procedure::Definition& definition, const Declaration& declaration,
                       const json::Member& member) {
  const auto& codes = definition.codes.at(declaration.codes);
  std::string offered;
  for (const procedure::CodeName& code : codes) {
    if (code.code == member.value.as_string()) return {};
    offered += (offered.empty() ? "" : ", ") + code.code;
  }
  return Malformed("/" + member.name + " must be one of " + offered);
}

}  // namespace

Result<void> CheckDeclared(const procedure::Definition& definition,
                           const procedure::ActionType& type, const json::Value& body) {
  for (const json::Member& member : body.members()) {
    const auto declared = type.fields.find(member.name);
    if (declared == type.fields.end())
      return Malformed("/" + member.name + " is not a field of " + type.type);
    if (!IsOfKind(declared->second.type, member.value))
      return Malformed("/" + member.name + " is empty or of another kind than declared");
    if (declared->second.type == FieldType::kCode)
      JEJAK_CHECKED(CheckCode(definition, declared->second, member));
  }
  for (const auto& [name, declaration] : type.fields) {
    if (declaration.required && body.Find(name) == nullptr)
      return Malformed("/" + name + " is missing: " + type.type + " needs it");
  }
  return {};
}

author::Body SealDeclared(const record::ActionFields& fields, const procedure::ActionType& type,
                          const json::Value& body) {
  author::Body sealed{json::Value::Object(), {}};
  for (const json::Member& member : body.members()) {
    const auto declared = type.fields.find(member.name);
    const bool secret =
        declared != type.fields.end() &&
        (declared->second.sealed || declared->second.type == FieldType::kAttachment);
    sealed.value.Add(member.name, secret ? author::SealField(fields, "/" + member.name,
                                                             member.value, sealed.openings)
                                         : member.value);
  }
  return sealed;
}

}  // namespace jejak::intake
