// SPDX-License-Identifier: Apache-2.0
#include "ledger/procedure/expression_parser.h"

#include <algorithm>
#include <array>
#include <optional>

#include "ledger/procedure/corrections.h"

namespace jejak::procedure {

using Op = Expression::Op;

// Reads one operator's object. A new one per object.
class OperatorReader final {
 public:
  OperatorReader(ExpressionReader& reader, const json::Value& value, const std::string& pointer,
                 Position position)
      : reader_(reader), cursor_(value, pointer, reader.problems_), position_(position) {}

  Expression Read() {
    Expression expression;
    const bool known = ReadLogic(expression) || ReadComparison(expression) ||
                       ReadAboutNames(expression) || ReadSpan(expression) ||
                       ReadQuantifier(expression) || ReadMust(expression);
    if (!known) {
      reader_.problems_.Error(cursor_.pointer(),
                              "no operator of the rule language is here: see its grammar");
      return expression;
    }
    cursor_.Finish();
    return expression;
  }

 private:
  Position InCondition() const {
    Position position = position_;
    position.condition = true;
    return position;
  }

  void Refuse(std::string_view member, std::string message) {
    reader_.problems_.Error(cursor_.At(member), std::move(message));
  }

  Expression Part(std::string_view member, Position position) {
    const json::Value* value = cursor_.Need(member);
    return value == nullptr ? Expression{}
                            : reader_.ReadExpression(*value, cursor_.At(member), position);
  }

  Term TermAt(std::string_view member) {
    const json::Value* value = cursor_.Need(member);
    return value == nullptr ? Term{} : reader_.ReadTerm(*value, cursor_.At(member), position_);
  }

  int NameAt(std::string_view member) {
    const std::string name = cursor_.NeedText(member);
    if (position_.closed) {
      Refuse(member, "the selector is not closed: names have no meaning in `where`");
      return kCandidate;
    }
    return std::max(reader_.NameOf(name, cursor_.At(member)), 0);
  }

  bool ReadLogic(Expression& to) {
    for (const auto& [word, op] : {std::pair{"all", Op::kAll}, std::pair{"any", Op::kAny}}) {
      if (!cursor_.Has(word)) continue;
      to.op = op;
      const json::Value& parts = *cursor_.Take(word);
      if (!parts.is_array()) Refuse(word, "this must be a list");
      for (std::size_t i = 0; i < parts.items().size(); ++i) {
        to.parts.push_back(reader_.ReadExpression(
            parts.items()[i], PointerBelow(cursor_.At(word), std::to_string(i)), position_));
      }
      return true;
    }
    if (cursor_.Has("not")) {
      to.op = Op::kNot;
      to.parts.push_back(Part("not", InCondition()));
      return true;
    }
    if (!cursor_.Has("if")) return false;
    to.op = Op::kIf;
    to.parts.push_back(Part("if", InCondition()));
    to.parts.push_back(Part("then", position_));
    if (cursor_.Has("else")) to.parts.push_back(Part("else", position_));
    return true;
  }

  bool ReadComparison(Expression& to) {
    if (cursor_.Has("states")) return false;  // which has a member "in" too
    constexpr std::array<std::pair<std::string_view, Op>, 10> kOperators{{
        {"eq", Op::kEq},
        {"ne", Op::kNe},
        {"lt", Op::kLt},
        {"le", Op::kLe},
        {"gt", Op::kGt},
        {"ge", Op::kGe},
        {"in", Op::kIn},
        {"contains_all", Op::kContainsAll},
        {"disjoint", Op::kDisjoint},
        {"overlaps", Op::kOverlaps},
    }};
    for (const auto& [word, op] : kOperators) {
      if (!cursor_.Has(word)) continue;
      to.op = op;
      const json::Value& pair = *cursor_.Take(word);
      if (!pair.is_array() || pair.items().size() != 2) Refuse(word, "this must be a list of two");
      for (std::size_t i = 0; i < pair.items().size(); ++i) {
        to.terms.push_back(reader_.ReadTerm(
            pair.items()[i], PointerBelow(cursor_.At(word), std::to_string(i)), position_));
      }
      to.terms.resize(2);
      const bool ordered = op == Op::kLt || op == Op::kLe || op == Op::kGt || op == Op::kGe;
      if (ordered) ReadOrder(to);
      return true;
    }
    return false;
  }

  void ReadOrder(Expression& to) {
    to.order = cursor_.TakeText("order");
    if (to.order.empty() || reader_.definition_.codes.contains(to.order)) return;
    Refuse("order", "codes \"" + to.order + "\" are unknown: declare them in /codes");
  }

  bool ReadAboutNames(Expression& to) {
    if (cursor_.Has("has")) {
      to.op = Op::kHas;
      to.terms.push_back(TermAt("has"));
      if (to.terms[0].kind != Term::Kind::kField)
        Refuse("has", "this must be a field, as \"$x.f\"");
      return true;
    }
    if (cursor_.Has("found")) {
      to.op = Op::kFound;
      to.name = NameAt("found");
      return true;
    }
    if (cursor_.Has("before")) return ReadBefore(to);
    if (cursor_.Has("checked")) return ReadChecked(to);
    if (cursor_.Has("states")) return ReadStates(to);
    if (cursor_.Has("lookup")) return ReadLookup(to);
    return false;
  }

  bool ReadBefore(Expression& to) {
    to.op = Op::kBefore;
    const std::vector<std::string> names = cursor_.TakeTexts("before");
    if (names.size() != 2) Refuse("before", "this must be a list of two names");
    if (position_.closed) Refuse("before", "the selector is not closed: it may name no names");
    if (names.size() != 2 || position_.closed) return true;
    to.name = std::max(reader_.NameOf(names[0], cursor_.At("before")), 0);
    to.other = std::max(reader_.NameOf(names[1], cursor_.At("before")), 0);
    return true;
  }

  bool ReadChecked(Expression& to) {
    constexpr std::array<std::string_view, 5> kChecks{"fields", "sealed", "role", "signers",
                                                      "state"};
    to.op = Op::kChecked;
    to.name = NameAt("checked");
    for (const std::string& word : cursor_.NeedTexts("for")) {
      const auto found = std::find(kChecks.begin(), kChecks.end(), word);
      if (found == kChecks.end()) {
        Refuse("for",
               "check \"" + word + "\" is unknown: use fields, sealed, role, signers, state");
      } else {
        to.checks.push_back(static_cast<Check>(found - kChecks.begin()));
      }
    }
    return true;
  }

  bool ReadStates(Expression& to) {
    to.op = Op::kStates;
    const std::string name = cursor_.NeedText("states");
    const auto& tracks = reader_.definition_.tracks;
    const auto track = std::find_if(tracks.begin(), tracks.end(),
                                    [&](const Track& one) { return one.name == name; });
    if (track == tracks.end()) {
      Refuse("states", "track \"" + name + "\" is unknown: declare it in /tracks");
    } else {
      to.track = static_cast<std::size_t>(track - tracks.begin());
    }
    to.terms.push_back(TermAt("in"));
    if (track != tracks.end()) CheckStates(to.terms[0], *track);
    to.has_name = cursor_.Has("at");
    if (to.has_name) to.name = NameAt("at");
    if (position_.closed) Refuse("states", "the selector is not closed: `states` can't stand here");
    return true;
  }

  void CheckStates(const Term& list, const Track& track) {
    for (const Datum& item : list.literal.items) {
      const bool known = item.text == track.initial ||
                         std::any_of(track.states.begin(), track.states.end(),
                                     [&](const auto& state) { return state.first == item.text; });
      if (!known) {
        Refuse("in", "state \"" + item.text + "\" is unknown in track " + track.name);
      }
    }
  }

  bool ReadLookup(Expression& to) {
    to.op = Op::kLookup;
    const std::string name = cursor_.NeedText("lookup");
    const auto& tables = reader_.definition_.tables;
    const auto table = std::find_if(tables.begin(), tables.end(),
                                    [&](const Table& one) { return one.name == name; });
    if (table == tables.end()) {
      Refuse("lookup", "table \"" + name + "\" is unknown: declare it in /tables");
    } else {
      to.table = static_cast<std::size_t>(table - tables.begin());
    }
    const json::Value* row = cursor_.Need("row");
    if (row == nullptr) return true;
    if (!row->is_object()) Refuse("row", "this must be an object: column to value");
    for (const json::Member& column : row->members()) {
      const std::string at = PointerBelow(cursor_.At("row"), column.name);
      const bool known = table == tables.end() ||
                         std::any_of(table->rows.begin(), table->rows.end(),
                                     [&](const auto& one) { return one.contains(column.name); });
      if (!known) {
        reader_.problems_.Error(at, "column \"" + column.name + "\" is in no row of table " + name);
      }
      to.row.emplace_back(column.name, reader_.ReadTerm(column.value, at, position_));
    }
    return true;
  }

  // {from, to, min, max, unit}, {date, from, plus, unit}, {from, max, unit}.
  Span SpanAt(std::string_view member, std::string_view to, std::string_view max, bool need_max) {
    Span span;
    const json::Value* value = cursor_.Need(member);
    if (value == nullptr) return span;
    ObjectCursor inner(*value, cursor_.At(member), reader_.problems_);
    const auto read = [&](std::string_view name, bool needed) -> std::optional<Term> {
      const json::Value* term = needed ? inner.Need(name) : inner.Take(name);
      if (term == nullptr) return std::nullopt;
      return reader_.ReadTerm(*term, inner.At(name), position_);
    };
    span.from = read("from", true).value_or(Term{});
    if (!to.empty()) span.to = read(to, true).value_or(Term{});
    if (to == "to") span.min = read("min", false);
    span.max = read(max, need_max);
    span.unit = read("unit", true).value_or(Term{});
    CheckUnit(span.unit, inner.At("unit"));
    inner.Finish();
    return span;
  }

  void CheckUnit(const Term& unit, const std::string& pointer) {
    if (unit.kind != Term::Kind::kLiteral) return;
    constexpr std::array<std::string_view, 3> kUnits{"working_days", "calendar_days", "hours"};
    if (std::find(kUnits.begin(), kUnits.end(), unit.literal.text) != kUnits.end()) return;
    reader_.problems_.Error(pointer, "the unit must be working_days, calendar_days or hours");
  }

  bool ReadSpan(Expression& to) {
    if (cursor_.Has("within")) {
      to.op = Op::kWithin;
      to.span = SpanAt("within", "to", "max", false);
      return true;
    }
    if (!cursor_.Has("on")) return false;
    to.op = Op::kOn;
    to.span = SpanAt("on", "date", "plus", true);
    return true;
  }

  Selector SelectorAt(std::string_view member) {
    NameInfo info;
    const json::Value* value = cursor_.Need(member);
    return value == nullptr ? Selector{} : reader_.ReadSelector(*value, cursor_.At(member), info);
  }

  void CheckQuantifier(std::string_view word) {
    if (position_.closed) Refuse(word, "the selector is not closed: no quantifier may stand in it");
    if (position_.quantified) Refuse(word, "quantifiers may be two deep only: `each` and one more");
  }

  bool ReadQuantifier(Expression& to) {
    if (cursor_.Has("every")) return ReadEvery(to);
    constexpr std::array<std::pair<std::string_view, Op>, 3> kOperators{
        {{"exists", Op::kExists}, {"none", Op::kNone}, {"count", Op::kCount}}};
    for (const auto& [word, op] : kOperators) {
      if (!cursor_.Has(word)) continue;
      CheckQuantifier(word);
      to.op = op;
      to.selector = SelectorAt(word);
      if (op != Op::kCount) return true;
      if (cursor_.Has("min")) to.min = TermAt("min");
      if (cursor_.Has("max")) to.max = TermAt("max");
      if (!to.min && !to.max) Refuse(word, "a count needs `min`, `max` or both");
      return true;
    }
    return false;
  }

  bool ReadEvery(Expression& to) {
    CheckQuantifier("every");
    to.op = Op::kEvery;
    to.terms.push_back(TermAt("every"));
    NameInfo item;
    item.name = cursor_.NeedText("as");
    item.item = true;
    item.of = reader_.ItemOf(to.terms[0]);
    to.name = reader_.Bind(std::move(item), cursor_.At("as"));
    Position inside = InCondition();
    inside.quantified = true;
    to.parts.push_back(Part("is", inside));
    reader_.names_[static_cast<std::size_t>(to.name)].in_scope = false;
    return true;
  }

  bool ReadMust(Expression& to) {
    if (!cursor_.Has("must")) return false;
    if (position_.condition) {
      Refuse("must", "`must` can't stand under a condition: not under not, if, when, where, every");
    }
    CheckQuantifier("must");
    to.op = Op::kMust;
    to.selector = SelectorAt("must");
    if (cursor_.Has("by")) to.span = SpanAt("by", "", "max", true);
    if (cursor_.Has("until")) to.until = SelectorAt("until");
    return true;
  }

  ExpressionReader& reader_;
  ObjectCursor cursor_;
  Position position_;
};

void ExpressionReader::Begin(Scope scope) {
  scope_ = scope;
  names_.clear();
}

int ExpressionReader::Bind(NameInfo info, const std::string& pointer) {
  const bool taken = std::any_of(names_.begin(), names_.end(), [&](const NameInfo& other) {
    return other.in_scope && other.name == info.name;
  });
  if (taken) {
    problems_.Error(pointer, "name \"" + info.name + "\" is bound already: choose another");
  }
  constexpr std::array<std::string_view, 3> kReserved{"key", "param", "code"};
  if (std::find(kReserved.begin(), kReserved.end(), info.name) != kReserved.end()) {
    problems_.Error(pointer, "name \"" + info.name + "\" has a meaning already: choose another");
  }
  names_.push_back(std::move(info));
  return static_cast<int>(names_.size() - 1);
}

std::optional<int> ExpressionReader::TakeName(ObjectCursor& cursor, std::string_view member) {
  const std::string name = cursor.TakeText(member);
  if (name.empty()) return std::nullopt;
  const int number = NameOf(name, cursor.At(member));
  if (number < 0) return std::nullopt;
  if (names_[static_cast<std::size_t>(number)].item) {
    problems_.Error(cursor.At(member), "\"" + name + "\" is an item of a list, not an action");
    return std::nullopt;
  }
  return number;
}

void ExpressionReader::ReadTypes(ObjectCursor& cursor, NameInfo& info) {
  const json::Value* type = cursor.Need("type");
  if (type == nullptr) return;
  if (type->is_string() && type->as_string() == "*") {
    info.any_type = true;
    return;
  }
  info.types = type->is_string() ? std::vector{type->as_string()}
                                 : ReadTexts(*type, cursor.At("type"), problems_);
  if (info.types.empty()) problems_.Error(cursor.At("type"), "name at least one type, or \"*\"");
  for (const std::string& one : info.types) {
    if (definition_.by_type.contains(one) || IsUnderstoodEverywhere(one)) continue;
    problems_.Error(cursor.At("type"), "type \"" + one + "\" is unknown: declare it in /actions");
  }
  std::sort(info.types.begin(), info.types.end());
  info.types.erase(std::unique(info.types.begin(), info.types.end()), info.types.end());
}

std::size_t ExpressionReader::ReadClosed(ObjectCursor& cursor, const NameInfo& info) {
  const json::Value* with = cursor.Take("with");
  const json::Value* where = cursor.Take("where");
  std::string written = info.any_type ? "*" : "";
  for (const std::string& type : info.types) written += type + "\n";
  written += "with " + (with == nullptr ? "" : json::Write(*with)) + "\nwhere " +
             (where == nullptr ? "" : json::Write(*where));
  const std::size_t errors_before = problems_.count();
  Closed closed;
  closed.any_type = info.any_type;
  closed.types = info.types;
  candidate_ = info;
  uses_key_ = false;
  const Position position{true, true, true};
  if (with != nullptr && !with->is_object()) {
    problems_.Error(cursor.At("with"), "this must be an object: field to value");
  }
  for (const json::Member& member : with == nullptr ? json::Value().members() : with->members()) {
    const std::string at = PointerBelow(cursor.At("with"), member.name);
    Term field;
    for (std::size_t i = 0, dot = 0; dot != std::string::npos; i = dot + 1) {
      dot = member.name.find('.', i);
      field.path.push_back(member.name.substr(i, dot == std::string::npos ? dot : dot - i));
    }
    CheckField(candidate_, field, at);
    closed.with.emplace_back(field.path, ReadTerm(member.value, at, position));
  }
  if (where != nullptr) {
    closed.where.push_back(ReadExpression(*where, cursor.At("where"), position));
  }
  closed.uses_key = uses_key_;
  // The same words mean the same in every duty, unless they say `$key`, which a scope refuses.
  const auto known = closed_.find(written);
  if (known != closed_.end() && problems_.count() == errors_before) return known->second;
  definition_.selectors.push_back(std::move(closed));
  closed_.emplace(std::move(written), definition_.selectors.size() - 1);
  return definition_.selectors.size() - 1;
}

Selector ExpressionReader::ReadSelector(const json::Value& value, const std::string& pointer,
                                        NameInfo& info) {
  Selector selector;
  ObjectCursor cursor(value, pointer, problems_);
  if (!cursor.is_object()) return selector;
  ReadTypes(cursor, info);
  info.name = cursor.Has("as") ? cursor.TakeText("as") : "x";
  selector.after = TakeName(cursor, "after");
  selector.before = TakeName(cursor, "before");
  selector.segment = TakeName(cursor, "segment");
  selector.closed = ReadClosed(cursor, info);
  cursor.Finish();
  return selector;
}

Expression ExpressionReader::ReadExpression(const json::Value& value, const std::string& pointer,
                                            Position position) {
  if (value.is_bool()) {
    Expression constant;
    constant.op = value.as_bool() ? Op::kTrue : Op::kFalse;
    return constant;
  }
  if (!value.is_object()) {
    problems_.Error(pointer, "a condition is an object, true or false");
    return {};
  }
  return OperatorReader(*this, value, pointer, position).Read();
}

}  // namespace jejak::procedure
