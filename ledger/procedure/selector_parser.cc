// SPDX-License-Identifier: Apache-2.0
// Selectors, and what they are selected for: exists, count, states, must.
#include <algorithm>
#include <set>
#include <utility>

#include "ledger/procedure/action_parser.h"
#include "ledger/procedure/expression_parser.h"
#include "ledger/procedure/operand_lint.h"

namespace jejak::procedure {

TypeSet ExpressionParser::ReadTypes(const json::Value* value, Closed& closed) {
  TypeSet types;
  if (value == nullptr) return types;
  if (value->is_string() && value->as_string() == "*") {
    types.any = closed.any_type = true;
    return types;
  }
  const auto read = [&](const json::Value& item) {
    if (item.is_string() && around_.draft.KnowsType(item.as_string())) {
      closed.types.push_back(item.as_string());
    } else {
      Error(item, "unknown type " + Quoted(item.as_string()) +
                      ": declare it in actions, or correct the name");
    }
  };
  if (value->is_array()) {
    for (const json::Value& item : value->items()) read(item);
    if (value->items().empty()) Error(*value, "the list is empty: name a type");
  } else {
    read(*value);
  }
  std::sort(closed.types.begin(), closed.types.end());
  const auto twice = std::adjacent_find(closed.types.begin(), closed.types.end());
  if (twice != closed.types.end()) {
    Error(*value, Quoted(*twice) + " is named twice: name it once");
    closed.types.erase(std::unique(closed.types.begin(), closed.types.end()), closed.types.end());
  }
  types.types = closed.types;
  return types;
}

void ExpressionParser::ReadWith(const json::Value& with, Closed& closed) {
  if (!with.is_object()) return Error(with, "with must be an object of values by field");
  for (const json::Member& member : with.members()) {
    const Term field = terms_.ParseCandidateField(member.name, member.value);
    Term value = terms_.Parse(member.value);
    LintWith(field, value, member.value, around_, terms_);
    closed.with.emplace_back(field.path, std::move(value));
  }
}

// Equal closed selectors are one: equal in types and in what is written in `with` and `where`.
std::size_t ExpressionParser::Share(const json::Value& selector, Closed closed,
                                    bool uses_instance) {
  std::string written = closed.any_type ? "*" : "";
  for (const std::string& type : closed.types) written += type + " ";
  std::vector<std::string> with;
  if (const json::Value* members = selector.Find("with"); members != nullptr) {
    for (const json::Member& member : members->members()) {
      with.push_back(json::Write(json::Value::String(member.name)) + json::Write(member.value));
    }
  }
  std::sort(with.begin(), with.end());
  for (const std::string& member : with) written += member + ",";
  if (const json::Value* where = selector.Find("where")) written += "?" + json::Write(*where);
  auto& selectors = around_.draft.definition.selectors;
  const auto [shared, is_new] = around_.draft.shared.emplace(written, selectors.size());
  if (is_new) {
    closed.uses_instance = uses_instance;
    selectors.push_back(std::move(closed));
  }
  return shared->second;
}

std::optional<int> ExpressionParser::ReadPlace(MemberCursor& in, std::string_view member) {
  const json::Value* name = in.Optional(member);
  if (name == nullptr) return std::nullopt;
  BoundName* bound = ActionNamed(*name);
  if (bound == nullptr) return std::nullopt;
  (in_pick_ ? bound->bounds_pick : bound->used) = true;
  return bound->number;
}

Selector ExpressionParser::ParseSelector(const json::Value& value, TypeSet& types,
                                         std::string* as) {
  MemberCursor in(value, "a selector", around_.draft.problems);
  Selector selector;
  if (!value.is_object()) return selector;
  Closed closed;
  types = ReadTypes(in.Required("type"), closed);
  std::string name = "x";
  if (const json::Value* given = in.Optional("as"); given != nullptr) {
    name = ReadText(*given, IsBindable, kBindable, around_.draft.problems);
  }
  if (as != nullptr) *as = name;
  const bool outer_uses = std::exchange(around_.uses_instance, false);
  const TypeSet* outer = std::exchange(around_.candidate, &types);
  if (const json::Value* with = in.Optional("with")) ReadWith(*with, closed);
  if (const json::Value* where = in.Optional("where")) {
    closed.where.push_back(Parse(*where, false));
    if (Constant(closed.where.front()) == false) {
      around_.draft.problems.Warn(*where, "where is never true, so nothing is selected");
    }
  }
  around_.candidate = outer;
  const bool uses_instance = std::exchange(around_.uses_instance, outer_uses);
  selector.after = ReadPlace(in, "after");
  selector.before = ReadPlace(in, "before");
  selector.segment = ReadPlace(in, "segment");
  in.Finish();
  if (selector.after && selector.after == selector.before) {
    around_.draft.problems.Warn(value, "nothing is both after and before the same action");
  }
  selector.closed = Share(value, std::move(closed), uses_instance);
  return selector;
}

ExpressionParser::Nested::Nested(ExpressionParser& parser, const json::Value& at)
    : around_(parser.around_) {
  constexpr int kMaxDeep = 2;
  if (++around_.quantifiers > kMaxDeep) {
    parser.Error(at, "more than two quantifiers deep, each included: split the duty");
  }
}

void ExpressionParser::ReadExists(MemberCursor&, const json::Value& operand,
                                  Expression& expression) {
  const Nested nested(*this, operand);
  TypeSet types;
  expression.selector = ParseSelector(operand, types);
}

void ExpressionParser::ReadCount(MemberCursor& in, const json::Value& operand,
                                 Expression& expression) {
  const Nested nested(*this, operand);
  TypeSet types;
  expression.selector = ParseSelector(operand, types);
  if (const auto* min = in.Optional("min")) expression.min = terms_.ParseAmount(*min);
  if (const auto* max = in.Optional("max")) expression.max = terms_.ParseAmount(*max);
  if (NeverWithin(expression.min, expression.max)) {
    around_.draft.problems.Warn(operand, "max is less than min, so it never holds: exchange them");
  }
}

void ExpressionParser::ReadMust(MemberCursor& in, const json::Value& operand,
                                Expression& expression) {
  const Nested nested(*this, operand);
  TypeSet types;
  expression.selector = ParseSelector(operand, types);
  if (const json::Value* by = in.Optional("by"); by != nullptr) {
    MemberCursor span(*by, "by", around_.draft.problems);
    expression.span.emplace().max.emplace();
    if (const auto* from = span.Required("from")) {
      expression.span->from = terms_.ParseMoment(*from);
    }
    if (const auto* max = span.Required("max")) expression.span->max = terms_.ParseAmount(*max);
    if (const auto* unit = span.Required("unit")) expression.span->unit = terms_.ParseUnit(*unit);
    span.Finish();
  }
  if (const json::Value* until = in.Optional("until"); until != nullptr) {
    TypeSet ending;
    expression.until = ParseSelector(*until, ending);
  }
}

void ExpressionParser::ReadStates(MemberCursor& in, const json::Value& operand,
                                  Expression& expression) {
  const auto& tracks = around_.draft.definition.tracks;
  const auto track = std::find_if(tracks.begin(), tracks.end(), [&](const Track& known) {
    return operand.is_string() && known.name == operand.as_string();
  });
  if (track == tracks.end()) {
    Error(operand, "unknown track " + Quoted(operand.as_string()) +
                       ": declare it in tracks, or correct the name");
  }
  expression.track = static_cast<std::size_t>(track - tracks.begin());
  if (const json::Value* list = in.Required("in"); list != nullptr) {
    expression.terms.push_back(terms_.ParseList(*list));
    const Term& states = expression.terms.back();
    if (track != tracks.end()) LintStates(expression.track, states, *list, around_.draft);
  }
  if (const json::Value* at = in.Optional("at"); at != nullptr) {
    BoundName* bound = ActionNamed(*at);
    if (bound == nullptr) return;
    bound->used = expression.has_name = true;
    expression.name = bound->number;
  }
}

}  // namespace jejak::procedure
