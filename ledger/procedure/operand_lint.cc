// SPDX-License-Identifier: Apache-2.0
#include "ledger/procedure/operand_lint.h"

#include <algorithm>
#include <utility>

namespace jejak::procedure {
namespace {

using Op = Expression::Op;

// What an operand can be, for all that is declared.
struct Shape {
  bool open = false;  // anything
  bool text = false;  // any text
  bool date = false, time = false, integer = false, boolean = false, list = false, object = false;
  std::vector<const std::string*> codes;           // a text of these codes
  bool type = false, role = false, state = false;  // a text that names one

  bool temporal() const { return date || time; }
  bool textual() const { return text || type || role || state || !codes.empty(); }
  bool only_temporal() const {
    return temporal() && !open && !textual() && !integer && !boolean && !list && !object;
  }
  bool only_integer() const {
    return integer && !open && !textual() && !boolean && !list && !object && !temporal();
  }
};

void Add(const Declaration& declared, Shape& shape) {
  switch (declared.type) {
    case FieldType::kString:
      shape.text = true;
      break;
    case FieldType::kCode:
      shape.codes.push_back(&declared.codes);
      break;
    case FieldType::kDate:
      shape.date = true;
      break;
    case FieldType::kTime:
      shape.time = true;
      break;
    case FieldType::kInteger:
      shape.integer = true;
      break;
    case FieldType::kBoolean:
      shape.boolean = true;
      break;
    case FieldType::kList:
      shape.list = true;
      break;
    case FieldType::kObject:
    case FieldType::kAttachment:
      shape.object = true;
      break;
  }
}

Shape OfAttribute(Attribute attribute) {
  Shape shape;
  shape.date = attribute == Attribute::kDate;
  shape.time = attribute == Attribute::kAt || attribute == Attribute::kEntered;
  shape.type = attribute == Attribute::kType;
  shape.state = attribute == Attribute::kState;
  shape.list = attribute >= Attribute::kRoles;
  return shape;
}

// Not of literals: those are looked at one by one.
Shape ShapeOf(const Term& term, TermParser& terms) {
  Shape shape;
  if (term.kind == Term::Kind::kAttribute) return OfAttribute(term.attribute);
  if (term.kind == Term::Kind::kKey) {
    shape.text = true;
  } else if (term.kind == Term::Kind::kField) {
    const KnownField known = terms.Declared(term);
    shape.open = known.open || !known.known;
    for (const Declaration* declared : known.declared) Add(*declared, shape);
  } else {
    shape.open = true;
  }
  return shape;
}

// Of the items, where the term is a list.
Shape ItemShapeOf(const Term& term, TermParser& terms) {
  Shape shape;
  if (term.kind == Term::Kind::kAttribute) {
    shape.role = term.attribute == Attribute::kRoles;
    shape.text = !shape.role;
  } else if (term.kind == Term::Kind::kField) {
    const KnownField known = terms.Declared(term);
    shape.open = known.open || !known.known;
    for (const Declaration* declared : known.declared) {
      if (declared->type == FieldType::kList && declared->of.empty()) shape.open = true;
      for (const Declaration& item : declared->of) Add(item, shape);
    }
  } else {
    shape.open = true;
  }
  return shape;
}

class LiteralLint final {
 public:
  LiteralLint(const json::Value& at, Surroundings& around)
      : at_(at), around_(around), draft_(around.draft) {}

  // The literal, or each of the literal list, against what it is compared with.
  void Check(const Term& term, const Shape& shape) {
    if (shape.open) return;
    if (term.kind == Term::Kind::kList) {
      for (const Term& item : term.items) Check(item, shape);
    } else if (term.kind == Term::Kind::kLiteral && term.literal.kind == Datum::Kind::kList) {
      for (const Datum& item : term.literal.items) CheckOne(item, shape);
    } else if (term.kind == Term::Kind::kLiteral) {
      CheckOne(term.literal, shape);
    }
  }

 private:
  void CheckOne(const Datum& literal, const Shape& shape) {
    if (literal.kind == Datum::Kind::kInteger && shape.temporal()) {
      return Warn("a date is compared to an integer, which is never known: compare it to a date");
    }
    const bool fits = literal.kind == Datum::Kind::kInteger ? shape.integer
                      : literal.kind == Datum::Kind::kBool  ? shape.boolean
                                                            : shape.textual() || shape.temporal();
    if (!fits) return Warn("the value is of another type than the field: it never equals it");
    if (literal.kind == Datum::Kind::kText) CheckText(literal.text, shape);
  }

  void CheckText(const std::string& text, const Shape& shape) {
    if (shape.text) return;
    if (shape.temporal() && IsTemporal(text)) return;
    if (shape.type && draft_.KnowsType(text)) return;
    if (shape.role && (draft_.KnowsRole(text) || text == "-")) return;
    if (shape.state && (!around_.scope || draft_.KnowsState(*around_.scope, text))) return;
    for (const std::string* codes : shape.codes) {
      if (!draft_.code_sets.contains(*codes) || draft_.KnowsCode(*codes, text)) return;
    }
    if (!shape.codes.empty()) return Unknown("code", text, "declare it in the field's codes");
    if (shape.type) return Unknown("type", text, "declare it in actions");
    if (shape.role) return Unknown("role", text, "declare it in roles");
    if (shape.state) return Unknown("state", text, "declare it in the track");
    Warn(Quoted(text) + " is no date or time, so the comparison is never known: write YYYY-MM-DD");
  }

  static bool IsTemporal(const std::string& text) {
    return ParseDate(text).ok() || ParseAt(text).ok() || ParseTime(text).ok();
  }
  void Unknown(const std::string& what, const std::string& text, const std::string& mend) {
    draft_.problems.Error(
        at_, "unknown " + what + " " + Quoted(text) + ": " + mend + ", or correct the name");
  }
  void Warn(std::string message) { draft_.problems.Warn(at_, std::move(message)); }

  const json::Value& at_;
  Surroundings& around_;
  DefinitionDraft& draft_;
};

// Literals of `order`, which must be among its codes.
void LintOrder(const Expression& expression, const json::Value& operand, Surroundings& around) {
  for (std::size_t i = 0; i < expression.terms.size(); ++i) {
    Shape shape;
    shape.codes.push_back(&expression.order);
    LiteralLint(operand.items()[i], around).Check(expression.terms[i], shape);
  }
}

}  // namespace

void LintComparison(const Expression& expression, const json::Value& operand, Surroundings& around,
                    TermParser& terms) {
  if (expression.terms.size() != 2) return;
  if (!expression.order.empty()) return LintOrder(expression, operand, around);
  const Term& first = expression.terms[0];
  const Term& second = expression.terms[1];
  const bool lists = expression.op >= Op::kContainsAll && expression.op <= Op::kOverlaps;
  const bool in = expression.op == Op::kIn;
  const Shape left = lists ? ItemShapeOf(first, terms) : ShapeOf(first, terms);
  const Shape right = lists || in ? ItemShapeOf(second, terms) : ShapeOf(second, terms);
  LiteralLint(operand.items()[0], around).Check(first, right);
  LiteralLint(operand.items()[1], around).Check(second, left);
  if ((left.only_temporal() && right.only_integer()) ||
      (left.only_integer() && right.only_temporal())) {
    around.draft.problems.Warn(
        operand, "a date is compared to an integer, which is never known: compare it to a date");
  }
}

void LintWith(const Term& field, const Term& value, const json::Value& at, Surroundings& around,
              TermParser& terms) {
  LiteralLint(at, around).Check(value, ShapeOf(field, terms));
}

void LintColumn(const Table& table, const std::string& column, const Term& term,
                const json::Value& at, Surroundings& around, TermParser& terms) {
  const Shape shape = ShapeOf(term, terms);
  if (shape.open || shape.textual() == false) return;
  for (const auto& row : table.rows) {
    const auto cell = row.find(column);
    if (cell == row.end()) continue;
    for (const Datum& value : cell->second.one_of) {
      Term literal;
      literal.literal = value;
      if (around.draft.problems.full()) return;
      LiteralLint(at, around).Check(literal, shape);
    }
  }
}

void LintStates(std::size_t track, const Term& states, const json::Value& at,
                DefinitionDraft& draft) {
  if (states.kind != Term::Kind::kLiteral) return;
  for (const Datum& state : states.literal.items) {
    if (state.kind == Datum::Kind::kText && draft.KnowsState(track, state.text)) continue;
    draft.problems.Error(at, "unknown state " + Quoted(state.text) +
                                 ": declare it in the track, or correct the name");
  }
}

bool NeverWithin(const std::optional<Term>& min, const std::optional<Term>& max) {
  const auto constant = [](const std::optional<Term>& term) {
    return term && term->kind == Term::Kind::kLiteral &&
           term->literal.kind == Datum::Kind::kInteger;
  };
  return constant(min) && constant(max) && max->literal.integer < min->literal.integer;
}

std::optional<bool> Constant(const Expression& expression) {
  const auto of_parts = [&](bool decisive) -> std::optional<bool> {
    bool all_known = true;
    for (const Expression& part : expression.parts) {
      const auto value = Constant(part);
      if (value == decisive) return decisive;
      all_known = all_known && value.has_value();
    }
    return all_known ? std::optional(!decisive) : std::nullopt;
  };
  switch (expression.op) {
    case Op::kTrue:
    case Op::kFalse:
      return expression.op == Op::kTrue;
    case Op::kAll:
      return of_parts(false);
    case Op::kAny:
      return of_parts(true);
    case Op::kNot: {
      const auto value = Constant(expression.parts[0]);
      return value ? std::optional(!*value) : std::nullopt;
    }
    case Op::kIf: {
      const auto condition = Constant(expression.parts[0]);
      const std::size_t branch = condition.value_or(true) ? 1 : 2;
      if (!condition) return std::nullopt;
      return branch < expression.parts.size() ? Constant(expression.parts[branch])
                                              : std::optional(true);
    }
    default:
      return std::nullopt;
  }
}

}  // namespace jejak::procedure
