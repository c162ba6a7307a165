// SPDX-License-Identifier: Apache-2.0
//
// Conditions, requirements and selectors (design/language.md "Grammar").
//
//   {"if":{"found":"v"},"then":{"must":{"type":"exam.hold","after":"v"}},"else":true}
//
// Conditions and requirements have one grammar, but `must` stands only where a requirement does:
// never under `not`, in `if`, `when` or `where`. A `where` is closed: it names the candidate, the
// key and constants, and has no quantifier. At most two quantifiers deep, `each` included.
// Recursion is bounded by the depth of JSON. Threads: none.
#pragma once

#include <string>

#include "ledger/procedure/term_parser.h"

namespace jejak::procedure {

// What an action or item may be called: param, code and key mean something else after "$".
bool IsBindable(std::string_view name);
inline constexpr std::string_view kBindable =
    "a name of letters, digits and _, a letter first, and not param, code or key";

class ExpressionParser final {
 public:
  explicit ExpressionParser(Surroundings& around) : around_(around), terms_(around) {}

  Expression ParseCondition(const json::Value& value) { return Parse(value, false); }
  Expression ParseRequirement(const json::Value& value) { return Parse(value, true); }

  // A selector, and of which types its actions are. `as`, if wanted, is its name; default "x".
  Selector ParseSelector(const json::Value& value, TypeSet& types, std::string* as = nullptr);

  // Marks the names that a pick's selector depends on as bounds of a pick, not as used.
  void InPick(bool in_pick) { in_pick_ = in_pick; }

 private:
  // One quantifier more, while it is read.
  class Nested final {
   public:
    Nested(ExpressionParser& parser, const json::Value& at);
    ~Nested() { --around_.quantifiers; }
    Nested(const Nested&) = delete;
    Nested& operator=(const Nested&) = delete;

   private:
    Surroundings& around_;
  };

  using Op = Expression::Op;
  using Reader = void (ExpressionParser::*)(MemberCursor&, const json::Value&, Expression&);
  struct Operator {
    std::string_view name;
    Op op;
    Reader read;
    bool open = false;  // may not stand in a closed selector
  };
  static const Operator* Find(std::string_view name);

  Expression Parse(const json::Value& value, bool requirement);
  void Apply(const Operator& form, const json::Value& value, Expression& expression);

  void ReadParts(MemberCursor& in, const json::Value& operand, Expression& expression);
  void ReadNot(MemberCursor& in, const json::Value& operand, Expression& expression);
  void ReadIf(MemberCursor& in, const json::Value& operand, Expression& expression);
  void ReadComparison(MemberCursor& in, const json::Value& operand, Expression& expression);
  void ReadLists(MemberCursor& in, const json::Value& operand, Expression& expression);
  void ReadEvery(MemberCursor& in, const json::Value& operand, Expression& expression);
  void ReadHas(MemberCursor& in, const json::Value& operand, Expression& expression);
  void ReadFound(MemberCursor& in, const json::Value& operand, Expression& expression);
  void ReadBefore(MemberCursor& in, const json::Value& operand, Expression& expression);
  void ReadChecked(MemberCursor& in, const json::Value& operand, Expression& expression);
  void ReadWithin(MemberCursor& in, const json::Value& operand, Expression& expression);
  void ReadOn(MemberCursor& in, const json::Value& operand, Expression& expression);
  void ReadLookup(MemberCursor& in, const json::Value& operand, Expression& expression);
  void ReadExists(MemberCursor& in, const json::Value& operand, Expression& expression);
  void ReadCount(MemberCursor& in, const json::Value& operand, Expression& expression);
  void ReadStates(MemberCursor& in, const json::Value& operand, Expression& expression);
  void ReadMust(MemberCursor& in, const json::Value& operand, Expression& expression);

  TypeSet ReadTypes(const json::Value* value, Closed& closed);
  void ReadWith(const json::Value& with, Closed& closed);
  std::optional<int> ReadPlace(MemberCursor& in, std::string_view member);
  std::size_t Share(const json::Value& selector, Closed closed, bool uses_instance);

  // The action that is bound to the name; nullptr with a problem.
  BoundName* ActionNamed(const json::Value& value);
  // The two operands of a comparison; false with a problem.
  bool TakePair(const json::Value& operand);
  void Error(const json::Value& at, std::string message);

  Surroundings& around_;
  TermParser terms_;
  bool requirement_ = false;  // whether `must` may stand in what is being read
  bool in_pick_ = false;
};

}  // namespace jejak::procedure
