// SPDX-License-Identifier: Apache-2.0
#include "ledger/procedure/expression_parser.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "ledger/procedure/action_parser.h"
#include "ledger/procedure/operand_lint.h"

namespace jejak::procedure {

bool IsBindable(std::string_view name) {
  return IsName(name) && name != "param" && name != "code" && name != "key";
}

const ExpressionParser::Operator* ExpressionParser::Find(std::string_view name) {
  using P = ExpressionParser;
  static constexpr std::array<Operator, 26> kOperators{{
      {"all", Op::kAll, &P::ReadParts},
      {"any", Op::kAny, &P::ReadParts},
      {"not", Op::kNot, &P::ReadNot},
      {"if", Op::kIf, &P::ReadIf},
      {"eq", Op::kEq, &P::ReadComparison},
      {"ne", Op::kNe, &P::ReadComparison},
      {"lt", Op::kLt, &P::ReadComparison},
      {"le", Op::kLe, &P::ReadComparison},
      {"gt", Op::kGt, &P::ReadComparison},
      {"ge", Op::kGe, &P::ReadComparison},
      {"in", Op::kIn, &P::ReadLists},
      {"contains_all", Op::kContainsAll, &P::ReadLists},
      {"disjoint", Op::kDisjoint, &P::ReadLists},
      {"overlaps", Op::kOverlaps, &P::ReadLists},
      {"has", Op::kHas, &P::ReadHas},
      {"within", Op::kWithin, &P::ReadWithin},
      {"on", Op::kOn, &P::ReadOn},
      {"lookup", Op::kLookup, &P::ReadLookup},
      {"every", Op::kEvery, &P::ReadEvery, true},
      {"found", Op::kFound, &P::ReadFound, true},
      {"before", Op::kBefore, &P::ReadBefore, true},
      {"checked", Op::kChecked, &P::ReadChecked, true},
      {"exists", Op::kExists, &P::ReadExists, true},
      {"none", Op::kNone, &P::ReadExists, true},
      {"count", Op::kCount, &P::ReadCount, true},
      {"must", Op::kMust, &P::ReadMust, true},
  }};
  static constexpr Operator kStates{"states", Op::kStates, &P::ReadStates, true};
  if (name == kStates.name) return &kStates;
  const auto found = std::find_if(kOperators.begin(), kOperators.end(),
                                  [&](const Operator& form) { return form.name == name; });
  return found == kOperators.end() ? nullptr : &*found;
}

void ExpressionParser::Error(const json::Value& at, std::string message) {
  around_.draft.problems.Error(at, std::move(message));
}

Expression ExpressionParser::Parse(const json::Value& value, bool requirement) {
  Expression expression;
  if (value.is_bool()) {
    expression.op = value.as_bool() ? Op::kTrue : Op::kFalse;
    return expression;
  }
  if (!value.is_object()) {
    Error(value, "a condition must be true, false or an object like {\"found\":\"x\"}");
    return expression;
  }
  const Operator* form = nullptr;
  for (const json::Member& member : value.members()) {
    if (form == nullptr) form = Find(member.name);
  }
  if (form == nullptr) {
    const auto& members = value.members();
    const json::Value& at = members.empty() ? value : members.front().value;
    const std::string name = members.empty() ? "an empty object" : Quoted(members.front().name);
    Error(at, name + " is no condition: use all, any, not, if, eq, in, has, found, exists, …");
    return expression;
  }
  const bool outer = std::exchange(requirement_, requirement);
  expression.op = form->op;
  Apply(*form, value, expression);
  requirement_ = outer;
  return expression;
}

void ExpressionParser::Apply(const Operator& form, const json::Value& value,
                             Expression& expression) {
  MemberCursor in(value, "a condition", around_.draft.problems);
  const json::Value& operand = *in.Required(form.name);
  if (form.op == Op::kMust && !requirement_) {
    return Error(operand, "must can't stand under a condition: use exists, or move it out");
  }
  if (form.open && around_.candidate != nullptr) {
    return Error(operand, "open selector: " + Quoted(form.name) +
                              " can't stand in where; ask for it in when or require");
  }
  (this->*form.read)(in, operand, expression);
  in.Finish();
}

void ExpressionParser::ReadParts(MemberCursor& in, const json::Value& operand,
                                 Expression& expression) {
  const bool requirement = requirement_;
  in.Items(&operand, [&](const json::Value& item) {
    if (!around_.draft.MayAsk(item)) return;
    expression.parts.push_back(Parse(item, requirement));
  });
  if (operand.is_array() && operand.items().empty()) {
    Error(operand, "the list is empty: write true or false, or name a condition");
  }
}

void ExpressionParser::ReadNot(MemberCursor&, const json::Value& operand, Expression& expression) {
  expression.parts.push_back(Parse(operand, false));
}

void ExpressionParser::ReadIf(MemberCursor& in, const json::Value& operand,
                              Expression& expression) {
  const bool requirement = requirement_;
  expression.parts.push_back(Parse(operand, false));
  const json::Value* then = in.Required("then");
  const json::Value* otherwise = in.Optional("else");
  if (then != nullptr) expression.parts.push_back(Parse(*then, requirement));
  if (otherwise != nullptr) expression.parts.push_back(Parse(*otherwise, requirement));
}

bool ExpressionParser::TakePair(const json::Value& operand) {
  constexpr std::size_t kTwo = 2;
  if (operand.is_array() && operand.items().size() == kTwo) return true;
  Error(operand, "it must be a list of two");
  return false;
}

void ExpressionParser::ReadComparison(MemberCursor& in, const json::Value& operand,
                                      Expression& expression) {
  const bool ordered = expression.op != Op::kEq && expression.op != Op::kNe;
  if (const json::Value* order = ordered ? in.Optional("order") : nullptr; order != nullptr) {
    expression.order = order->as_string();
    if (!order->is_string() || !around_.draft.definition.codes.contains(expression.order)) {
      Error(*order,
            "unknown codes " + Quoted(expression.order) + ": declare them, or correct the name");
    }
  }
  if (!TakePair(operand)) return;
  for (const json::Value& item : operand.items()) expression.terms.push_back(terms_.Parse(item));
  LintComparison(expression, operand, around_, terms_);
}

void ExpressionParser::ReadLists(MemberCursor&, const json::Value& operand,
                                 Expression& expression) {
  if (!TakePair(operand)) return;
  const json::Value& first = operand.items()[0];
  const bool in = expression.op == Op::kIn;
  expression.terms.push_back(in ? terms_.Parse(first) : terms_.ParseList(first));
  expression.terms.push_back(terms_.ParseList(operand.items()[1]));
  LintComparison(expression, operand, around_, terms_);
}

void ExpressionParser::ReadEvery(MemberCursor& in, const json::Value& operand,
                                 Expression& expression) {
  expression.terms.push_back(terms_.ParseList(operand));
  const json::Value* as = in.Required("as");
  const json::Value* is = in.Required("is");
  if (as == nullptr || is == nullptr) return;
  std::vector<const Declaration*> items;
  for (const Declaration* list : terms_.Declared(expression.terms[0]).declared) {
    for (const Declaration& item : list->of) items.push_back(&item);
  }
  const std::string name = ReadText(*as, IsBindable, kBindable, around_.draft.problems);
  if (name.empty()) return;
  BoundName* bound = around_.names.Bind(name, *as);
  if (bound == nullptr) return Error(*as, Quoted(name) + " is bound already: use another name");
  bound->is_item = true;
  bound->items = std::move(items);
  expression.name = bound->number;
  const Nested nested(*this, operand);
  expression.parts.push_back(Parse(*is, false));
  around_.names.Release();
}

void ExpressionParser::ReadHas(MemberCursor&, const json::Value& operand, Expression& expression) {
  expression.terms.push_back(terms_.ParseReference(operand));
}

BoundName* ExpressionParser::ActionNamed(const json::Value& value) {
  BoundName* bound = value.is_string() ? around_.names.Find(value.as_string()) : nullptr;
  if (bound == nullptr) {
    Error(value, "unbound name " + Quoted(value.as_string()) + ": bind it in each or let before");
    return nullptr;
  }
  if (!bound->is_item) return bound;
  Error(value, Quoted(value.as_string()) + " is an item of a list: name an action");
  return nullptr;
}

void ExpressionParser::ReadFound(MemberCursor&, const json::Value& operand,
                                 Expression& expression) {
  BoundName* bound = ActionNamed(operand);
  if (bound == nullptr) return;
  bound->in_found = true;
  expression.name = bound->number;
}

void ExpressionParser::ReadBefore(MemberCursor&, const json::Value& operand,
                                  Expression& expression) {
  if (!TakePair(operand)) return;
  int* const numbers[] = {&expression.name, &expression.other};
  for (std::size_t i = 0; i < 2; ++i) {
    BoundName* bound = ActionNamed(operand.items()[i]);
    if (bound == nullptr) continue;
    bound->used = true;
    *numbers[i] = bound->number;
  }
}

void ExpressionParser::ReadChecked(MemberCursor& in, const json::Value& operand,
                                   Expression& expression) {
  constexpr std::array<std::string_view, 5> kChecks{"fields", "sealed", "role", "signers", "state"};
  if (BoundName* bound = ActionNamed(operand); bound != nullptr) {
    bound->used = true;
    expression.name = bound->number;
  }
  const json::Value* checks = in.Required("for");
  in.Items(checks, [&](const json::Value& item) {
    const auto found = std::find(kChecks.begin(), kChecks.end(), item.as_string());
    if (found == kChecks.end()) {
      return Error(item, "unknown check " + Quoted(item.as_string()) + ": it must be " +
                             OneOf({kChecks.begin(), kChecks.end()}));
    }
    const auto check = static_cast<Check>(found - kChecks.begin());
    const auto& known = expression.checks;
    if (std::find(known.begin(), known.end(), check) != known.end()) {
      return Error(item, Quoted(item.as_string()) + " is named twice: name it once");
    }
    expression.checks.push_back(check);
  });
  if (checks != nullptr && checks->is_array() && checks->items().empty()) {
    Error(*checks, "the list is empty: name a check");
  }
}

void ExpressionParser::ReadWithin(MemberCursor&, const json::Value& operand,
                                  Expression& expression) {
  MemberCursor in(operand, "within", around_.draft.problems);
  Span& span = expression.span.emplace();
  if (const auto* from = in.Required("from")) span.from = terms_.ParseMoment(*from);
  if (const auto* to = in.Required("to")) span.to = terms_.ParseMoment(*to);
  if (const auto* min = in.Optional("min")) span.min = terms_.ParseAmount(*min);
  if (const auto* max = in.Optional("max")) span.max = terms_.ParseAmount(*max);
  if (const auto* unit = in.Required("unit")) span.unit = terms_.ParseUnit(*unit);
  in.Finish();
  if (NeverWithin(span.min, span.max)) {
    around_.draft.problems.Warn(operand, "max is less than min, so it never holds: exchange them");
  }
}

void ExpressionParser::ReadOn(MemberCursor&, const json::Value& operand, Expression& expression) {
  MemberCursor in(operand, "on", around_.draft.problems);
  Span& span = expression.span.emplace();
  if (const auto* date = in.Required("date")) span.to = terms_.ParseMoment(*date);
  if (const auto* from = in.Required("from")) span.from = terms_.ParseMoment(*from);
  span.max.emplace();
  if (const auto* plus = in.Required("plus")) span.max = terms_.ParseAmount(*plus);
  if (const auto* unit = in.Required("unit")) span.unit = terms_.ParseUnit(*unit);
  in.Finish();
}

void ExpressionParser::ReadLookup(MemberCursor& in, const json::Value& operand,
                                  Expression& expression) {
  const auto& tables = around_.draft.definition.tables;
  const auto table = std::find_if(tables.begin(), tables.end(), [&](const Table& known) {
    return operand.is_string() && known.name == operand.as_string();
  });
  if (table == tables.end()) {
    Error(operand, "unknown table " + Quoted(operand.as_string()) +
                       ": declare it in tables, or correct the name");
  }
  expression.table = static_cast<std::size_t>(table - tables.begin());
  in.Members(in.Required("row"), [&](const json::Member& member) {
    const Term term = terms_.Parse(member.value);
    expression.row.emplace_back(member.name, term);
    if (table == tables.end()) return;
    const bool known = std::any_of(table->rows.begin(), table->rows.end(),
                                   [&](const auto& row) { return row.contains(member.name); });
    if (!known) {
      return Error(member.value, "unknown column " + Quoted(member.name) + ": the table " +
                                     Quoted(table->name) + " has none of that name");
    }
    LintColumn(*table, member.name, term, member.value, around_, terms_);
  });
}

}  // namespace jejak::procedure
