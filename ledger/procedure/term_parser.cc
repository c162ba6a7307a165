// SPDX-License-Identifier: Apache-2.0
// Terms: literals, "$name.path", "$name@attr", "$key", "$param.p", "$code.c", "$$text".
#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "ledger/procedure/corrections.h"
#include "ledger/procedure/expression_parser.h"

namespace jejak::procedure {
namespace {

std::optional<Attribute> AttributeNamed(std::string_view word) {
  constexpr std::array<std::string_view, 10> kWords{
      "date", "at", "entered", "type", "state", "roles", "signers", "holders", "units", "parties"};
  const auto found = std::find(kWords.begin(), kWords.end(), word);
  if (found == kWords.end()) return std::nullopt;
  return static_cast<Attribute>(found - kWords.begin());
}

std::vector<std::string> SplitPath(std::string_view text) {
  std::vector<std::string> path;
  while (!text.empty()) {
    const std::size_t dot = std::min(text.find('.'), text.size());
    path.emplace_back(text.substr(0, dot));
    text.remove_prefix(std::min(dot + 1, text.size()));
  }
  return path;
}

Term Literal(Datum datum) {
  Term term;
  term.literal = std::move(datum);
  return term;
}

bool DeclaresIn(const std::map<std::string, Declaration>& fields,
                const std::vector<std::string>& path, std::size_t depth) {
  const auto found = fields.find(path[depth]);
  if (found == fields.end()) return false;
  if (depth + 1 == path.size()) return true;
  const Declaration& declared = found->second;
  if (declared.type != FieldType::kObject) return declared.type == FieldType::kAttachment;
  return !declared.fields_stated || DeclaresIn(declared.fields, path, depth + 1);
}

}  // namespace

bool Declares(const Definition& definition, const NameInfo& info,
              const std::vector<std::string>& path) {
  if (info.item) {
    if (path.empty() || info.of == nullptr) return true;
    if (info.of->type != FieldType::kObject) return false;
    return !info.of->fields_stated || DeclaresIn(info.of->fields, path, 0);
  }
  if (path.empty()) return false;
  if (info.any_type) {
    return std::any_of(definition.actions.begin(), definition.actions.end(),
                       [&](const ActionType& type) { return DeclaresIn(type.fields, path, 0); });
  }
  return std::any_of(info.types.begin(), info.types.end(), [&](const std::string& type) {
    const ActionType* action = definition.FindAction(type);
    return action == nullptr ? IsUnderstoodEverywhere(type) : DeclaresIn(action->fields, path, 0);
  });
}

Term ExpressionReader::ReadParameter(const std::string& name, const std::string& pointer) {
  const auto found = definition_.parameters.find(name);
  if (found == definition_.parameters.end()) {
    problems_.Error(pointer, "parameter \"" + name + "\" is unknown: declare it in /parameters");
    return {};
  }
  return Literal(found->second.value);
}

Term ExpressionReader::ReadCodes(const std::string& name, const std::string& pointer) {
  const auto found = definition_.codes.find(name);
  if (found == definition_.codes.end()) {
    problems_.Error(pointer, "codes \"" + name + "\" are unknown: declare them in /codes");
    return {};
  }
  std::vector<std::string> codes;
  for (const CodeName& code : found->second) codes.push_back(code.code);
  return Literal(Datum::List(std::move(codes)));
}

Term ExpressionReader::ReadAttribute(Term term, std::string_view attribute,
                                     const std::string& pointer) {
  term.kind = Term::Kind::kAttribute;
  const std::size_t dot = std::min(attribute.find('.'), attribute.size());
  const std::string word(attribute.substr(0, dot));
  const auto known = AttributeNamed(word);
  if (!known) {
    problems_.Error(pointer, "attribute \"" + word +
                                 "\" is unknown: use date, at, entered, type, state, roles, "
                                 "signers, holders, units or parties");
    return term;
  }
  term.attribute = *known;
  uses_key_ |= *known == Attribute::kState;  // it differs from instance to instance as well
  if (*known == Attribute::kState && !scope_) {
    problems_.Error(pointer, "@state has no meaning in scope case: give the duty a track as scope");
  }
  if (dot == attribute.size()) return term;
  term.role = std::string(attribute.substr(dot + 1));
  if (*known < Attribute::kSigners) {
    problems_.Error(pointer, "only signers, holders, units and parties can be asked of one role");
  } else if (!definition_.roles.contains(term.role)) {
    problems_.Error(pointer, "role \"" + term.role + "\" is unknown: declare it in /roles");
  }
  return term;
}

void ExpressionReader::CheckField(const NameInfo& info, const Term& term,
                                  const std::string& pointer) {
  if (Declares(definition_, info, term.path)) return;
  std::string path;
  for (const std::string& part : term.path) path += (path.empty() ? "" : ".") + part;
  problems_.Error(pointer, "field \"" + path + "\" is not declared by any type that is meant here");
}

int ExpressionReader::NameOf(std::string_view name, const std::string& pointer) {
  for (std::size_t i = names_.size(); i-- > 0;) {
    if (names_[i].in_scope && names_[i].name == name) return static_cast<int>(i);
  }
  problems_.Error(pointer, "name \"" + std::string(name) +
                               "\" is not bound here: bind it by "
                               "`each` or an earlier member of `let`");
  return -2;
}

Term ExpressionReader::ReadReference(const std::string& text, const std::string& pointer,
                                     Position position) {
  if (text == "$key") {
    uses_key_ = true;
    if (!scope_) problems_.Error(pointer, "`$key` has no meaning in scope case");
    Term term;
    term.kind = Term::Kind::kKey;
    return term;
  }
  const std::string_view rest = std::string_view(text).substr(1);
  if (rest.starts_with("param.")) return ReadParameter(std::string(rest.substr(6)), pointer);
  if (rest.starts_with("code.")) return ReadCodes(std::string(rest.substr(5)), pointer);
  const std::size_t end = std::min(rest.find_first_of(".@"), rest.size());
  const std::string_view name = rest.substr(0, end);
  Term term;
  term.kind = Term::Kind::kField;
  const NameInfo* info = &candidate_;
  if (name.empty() && !position.closed) {
    problems_.Error(pointer,
                    "`" + text + "` means the candidate: only `with` and `where` have one");
    return {};
  }
  if (!name.empty() && position.closed) {
    problems_.Error(pointer,
                    "the selector is not closed: it may name the candidate (`$.field`), "
                    "`$key`, parameters and codes only, not \"" +
                        std::string(name) + "\"");
    return {};
  }
  if (!name.empty()) {
    term.name = NameOf(name, pointer);
    if (term.name < 0) return {};
    info = &names_[static_cast<std::size_t>(term.name)];
  }
  if (end < rest.size() && rest[end] == '@') {
    if (info->item) problems_.Error(pointer, "an item has no attributes");
    return ReadAttribute(std::move(term), rest.substr(end + 1), pointer);
  }
  if (end < rest.size()) term.path = SplitPath(rest.substr(end + 1));
  CheckField(*info, term, pointer);
  return term;
}

Term ExpressionReader::ReadList(const json::Value& value, const std::string& pointer,
                                Position position) {
  Term term;
  term.kind = Term::Kind::kList;
  bool literal = true;
  for (std::size_t i = 0; i < value.items().size(); ++i) {
    term.items.push_back(
        ReadTerm(value.items()[i], PointerBelow(pointer, std::to_string(i)), position));
    literal &= term.items.back().kind == Term::Kind::kLiteral;
  }
  if (!literal) return term;
  Datum list;
  list.kind = Datum::Kind::kList;
  for (Term& item : term.items) list.items.push_back(std::move(item.literal));
  return Literal(std::move(list));
}

Term ExpressionReader::ReadTerm(const json::Value& value, const std::string& pointer,
                                Position position) {
  switch (value.kind()) {
    case json::Kind::kString: {
      const std::string& text = value.as_string();
      if (text.starts_with("$$")) return Literal(Datum::Text(text.substr(1)));
      if (text.starts_with("$")) return ReadReference(text, pointer, position);
      return Literal(Datum::Text(text));
    }
    case json::Kind::kInteger:
      return Literal(Datum::Integer(value.as_integer()));
    case json::Kind::kBool:
      return Literal(Datum::Bool(value.as_bool()));
    case json::Kind::kArray:
      return ReadList(value, pointer, position);
    default:
      problems_.Error(pointer, "a value is a text, an integer, true, false, a list or a reference");
      return {};
  }
}

const Declaration* ExpressionReader::ItemOf(const Term& list) const {
  if (list.kind != Term::Kind::kField || list.name < 0 || list.path.empty()) return nullptr;
  const NameInfo& info = names_[static_cast<std::size_t>(list.name)];
  for (const std::string& type : info.types) {
    const ActionType* action = definition_.FindAction(type);
    if (action == nullptr) continue;
    const auto field = action->fields.find(list.path[0]);
    if (field == action->fields.end() || list.path.size() > 1) continue;
    if (!field->second.of.empty()) return &field->second.of.front();
  }
  return nullptr;
}

}  // namespace jejak::procedure
