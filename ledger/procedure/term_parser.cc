// SPDX-License-Identifier: Apache-2.0
#include "ledger/procedure/term_parser.h"

#include <algorithm>
#include <array>
#include <utility>

#include "ledger/base/text.h"

namespace jejak::procedure {
namespace {

constexpr std::array<std::string_view, 10> kAttributes{
    "date", "at", "entered", "type", "state", "roles", "signers", "holders", "units", "parties"};

Term Literal(Datum datum) {
  Term term;
  term.literal = std::move(datum);
  return term;
}

bool IsList(const Term& term) {
  return term.kind == Term::Kind::kList ||
         (term.kind == Term::Kind::kLiteral && term.literal.kind == Datum::Kind::kList);
}

bool IsLiteral(const Term& term, Datum::Kind kind) {
  return term.kind == Term::Kind::kLiteral && term.literal.kind == kind;
}

// Of each name between dots; nothing if one is empty.
std::vector<std::string> SplitPath(std::string_view path) {
  std::vector<std::string> names;
  for (std::size_t at = 0; at <= path.size();) {
    const std::size_t end = std::min(path.find('.', at), path.size());
    if (end == at) return {};
    names.emplace_back(path.substr(at, end - at));
    at = end + 1;
  }
  return names;
}

}  // namespace

void TermParser::Error(const json::Value& at, std::string message) {
  around_.draft.problems.Error(at, std::move(message));
}

Term TermParser::Parse(const json::Value& value) {
  if (value.is_integer()) return Literal(Datum::Integer(value.as_integer()));
  if (value.is_bool()) return Literal(Datum::Bool(value.as_bool()));
  if (value.is_string()) return ParseText(value);
  if (!value.is_array()) {
    Error(value, "it must be a text, an integer, true, false, a list, or a $ name");
    return {};
  }
  Term list;
  list.kind = Term::Kind::kList;
  if (!around_.draft.MayCopy(value.items().size(), value)) return list;
  for (const json::Value& item : value.items()) {
    list.items.push_back(Parse(item));
    if (IsList(list.items.back())) Error(item, "a list within a list: name one list, or values");
  }
  const bool literal = std::all_of(list.items.begin(), list.items.end(), [](const Term& item) {
    return item.kind == Term::Kind::kLiteral;
  });
  if (!literal) return list;
  Term constant = Literal(Datum::List({}));
  for (Term& item : list.items) constant.literal.items.push_back(std::move(item.literal));
  return constant;
}

Term TermParser::ParseText(const json::Value& value) {
  std::string_view text = value.as_string();
  if (!TakePrefix(text, "$")) return Literal(Datum::Text(value.as_string()));
  if (text.starts_with('$')) return Literal(Datum::Text(std::string(text)));
  if (TakePrefix(text, "param.")) return Parameter(text, value);
  if (TakePrefix(text, "code.")) return Codes(text, value);
  if (text == "key") {
    if (!around_.scope) Error(value, "$key in the scope case: the case has none");
    around_.uses_instance = true;
    Term key;
    key.kind = Term::Kind::kKey;
    return key;
  }
  if (text.starts_with('.') || text.starts_with('@')) {
    if (around_.candidate == nullptr) {
      Error(value, Quoted(value.as_string()) +
                       " names a candidate, which only with and where have: name what is bound");
      return {};
    }
    const std::string_view rest = text.substr(1);
    return text.front() == '.' ? ReadField(kCandidate, rest, value)
                               : ReadAttribute(kCandidate, rest, value);
  }
  return Named(text, value);
}

Term TermParser::Parameter(std::string_view name, const json::Value& at) {
  const auto& parameters = around_.draft.definition.parameters;
  const auto found = parameters.find(std::string(name));
  if (found == parameters.end()) {
    Error(at, "unknown parameter " + Quoted(name) + ": declare it, or correct the name");
    return {};
  }
  const bool may = around_.draft.MayCopy(found->second.value.items.size(), at);
  return may ? Literal(found->second.value) : Term();
}

Term TermParser::Codes(std::string_view name, const json::Value& at) {
  const auto& codes = around_.draft.definition.codes;
  const auto found = codes.find(std::string(name));
  if (found == codes.end()) {
    Error(at, "unknown codes " + Quoted(name) + ": declare them, or correct the name");
    return {};
  }
  Term list = Literal(Datum::List({}));
  if (!around_.draft.MayCopy(found->second.size(), at)) return list;
  for (const CodeName& code : found->second) list.literal.items.push_back(Datum::Text(code.code));
  return list;
}

// "$name", "$name.path" or "$name@attr", without the "$".
Term TermParser::Named(std::string_view text, const json::Value& at) {
  const std::size_t end = std::min(text.find_first_of(".@"), text.size());
  const std::string_view name = text.substr(0, end);
  if (around_.candidate != nullptr) {
    Error(at, "open selector: with and where can't name " + Quoted(name) +
                  ": join by the track's key, or compare in require");
    return {};
  }
  BoundName* bound = around_.names.Find(name);
  if (bound == nullptr) {
    Error(at, "unbound name " + Quoted(name) + ": bind it in each or let, or write \"$$\" for $");
    return {};
  }
  bound->used = true;
  const int number = bound->number;
  const bool is_item = bound->is_item;
  if (end == text.size()) {
    if (!is_item) Error(at, Quoted(name) + " is an action: name a field of it, like $x.field");
    Term item;
    item.kind = Term::Kind::kField;
    item.name = number;
    return item;
  }
  if (text[end] == '.') return ReadField(number, text.substr(end + 1), at);
  if (!is_item) return ReadAttribute(number, text.substr(end + 1), at);
  Error(at, Quoted(name) + " is an item of a list, which has no attributes");
  return {};
}

Term TermParser::ReadField(int name, std::string_view path, const json::Value& at) {
  Term field;
  field.kind = Term::Kind::kField;
  field.name = name;
  field.path = SplitPath(path);
  if (field.path.empty()) {
    Error(at, "a name is missing between the dots: write like $x.field.member");
    return field;
  }
  const KnownField known = Declared(field);
  if (!known.known) {
    Error(at, "unknown field " + Quoted(path) + ": declare it in the action, or correct the name");
  }
  if (around_.fields.exhausted()) Error(at, "too many fields of too many types: name fewer types");
  auto& mark = asking_ ? around_.draft.fields_asked : around_.draft.fields_read;
  mark.insert(known.passed.begin(), known.passed.end());
  return field;
}

Term TermParser::ReadAttribute(int name, std::string_view attribute, const json::Value& at) {
  Term term;
  term.kind = Term::Kind::kAttribute;
  term.name = name;
  const std::size_t dot = std::min(attribute.find('.'), attribute.size());
  const auto found = std::find(kAttributes.begin(), kAttributes.end(), attribute.substr(0, dot));
  if (found == kAttributes.end()) {
    Error(at, "unknown attribute " + Quoted(attribute.substr(0, dot)) + ": it must be " +
                  OneOf({kAttributes.begin(), kAttributes.end()}));
    return term;
  }
  term.attribute = static_cast<Attribute>(found - kAttributes.begin());
  if (term.attribute == Attribute::kState) {
    if (!around_.scope) Error(at, "@state in the scope case: the case has no state");
    around_.uses_instance = true;
  }
  if (dot == attribute.size()) return term;
  term.role = attribute.substr(dot + 1);
  if (term.attribute < Attribute::kSigners) {
    Error(at, "only signers, holders, units and parties can be of one role");
  } else if (!around_.draft.KnowsRole(term.role)) {
    Error(at, "unknown role " + Quoted(term.role) + ": declare it in roles, or correct the name");
  }
  return term;
}

KnownField TermParser::Declared(const Term& term) {
  if (term.kind != Term::Kind::kField) return {};
  if (term.name == kCandidate) return around_.fields.OfActions(*around_.candidate, term.path);
  const BoundName* bound = around_.names.Numbered(term.name);
  if (bound == nullptr) return {};
  if (!bound->is_item) return around_.fields.OfActions(bound->types, term.path);
  if (bound->items.empty()) return {true, true, {}, {}};
  if (term.path.empty()) return {true, false, bound->items, bound->items};
  return around_.fields.OfItems(bound->items, term.path);
}

Term TermParser::ParseList(const json::Value& value) {
  Term term = Parse(value);
  const bool signers = term.kind == Term::Kind::kAttribute && term.attribute >= Attribute::kRoles;
  bool may = IsList(term) || signers;
  if (term.kind == Term::Kind::kField) {
    const KnownField known = Declared(term);
    may = known.open || !known.known ||
          std::any_of(known.declared.begin(), known.declared.end(),
                      [](const Declaration* d) { return d->type == FieldType::kList; });
  }
  if (!may && !around_.draft.problems.has_errors_at(value)) Error(value, "it must be a list");
  return term;
}

Term TermParser::ParseReference(const json::Value& value) {
  asking_ = true;
  Term term = value.is_string() ? ParseText(value) : Term();
  asking_ = false;
  if (term.kind == Term::Kind::kField) return term;
  if (!around_.draft.problems.has_errors_at(value)) {
    Error(value, "has asks for a field: write like $x.field");
  }
  return term;
}

Term TermParser::ParseAmount(const json::Value& value) {
  Term term = Parse(value);
  const bool wrong = term.kind == Term::Kind::kList ||
                     (term.kind == Term::Kind::kLiteral &&
                      (term.literal.kind != Datum::Kind::kInteger || term.literal.integer < 0));
  if (wrong && !around_.draft.problems.has_errors_at(value)) {
    Error(value, "it must be an integer, 0 or more");
  }
  return term;
}

Term TermParser::ParseMoment(const json::Value& value) {
  Term term = Parse(value);
  const std::string& text = term.literal.text;
  const bool literal = term.kind == Term::Kind::kLiteral;
  const bool dated = IsLiteral(term, Datum::Kind::kText) &&
                     (ParseDate(text).ok() || ParseAt(text).ok() || ParseTime(text).ok());
  const bool counted = term.kind == Term::Kind::kAttribute && term.attribute > Attribute::kEntered;
  if (((literal && !dated) || counted || IsList(term)) &&
      !around_.draft.problems.has_errors_at(value)) {
    Error(value, "it must be a date or a time");
  }
  return term;
}

Term TermParser::ParseUnit(const json::Value& value) {
  constexpr std::array<std::string_view, 3> kUnits{"working_days", "calendar_days", "hours"};
  Term term = Parse(value);
  if (term.kind != Term::Kind::kLiteral) return term;
  const bool known = term.literal.kind == Datum::Kind::kText &&
                     std::find(kUnits.begin(), kUnits.end(), term.literal.text) != kUnits.end();
  if (!known && !around_.draft.problems.has_errors_at(value)) {
    Error(value, "the unit must be " + OneOf({kUnits.begin(), kUnits.end()}));
  }
  return term;
}

}  // namespace jejak::procedure
