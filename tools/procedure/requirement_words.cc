// SPDX-License-Identifier: Apache-2.0
//
// Spans of time, tables, and what an expression says as a whole.
#include "tools/procedure/duty_speech.h"

namespace jejak::guide {

using procedure::Expression;
using procedure::Span;
using procedure::Term;
using Op = procedure::Expression::Op;

std::string DutySpeech::Within(const Span& span) const {
  const std::string from = Of(span.from);
  const std::string to = Of(span.to);
  const std::string unit =
      span.unit.kind == Term::Kind::kLiteral ? voice_.Unit(span.unit.literal.text) : Of(span.unit);
  const std::string least = span.min ? Of(*span.min) + " " : "";
  if (span.min && span.max) {
    return voice_.Say(
        to + " jatuh paling cepat " + least + "dan paling lambat " + Period(span) + " sesudah " +
            from,
        to + " is at least " + least + "and at most " + Period(span) + " after " + from);
  }
  if (span.min)
    return voice_.Say(to + " jatuh paling cepat " + least + unit + " sesudah " + from,
                      to + " is at least " + least + unit + " after " + from);
  return voice_.Say(
      to + " tidak sebelum " + from + " dan paling lambat " + Period(span) + " sesudahnya",
      to + " is not before " + from + " and at most " + Period(span) + " after it");
}

std::string DutySpeech::On(const Span& span) const {
  const std::string unit =
      span.unit.kind == Term::Kind::kLiteral ? span.unit.literal.text : Of(span.unit);
  const std::string number = span.max ? Of(*span.max) : "";
  return voice_.Say(Of(span.to) + " tepat pada " + voice_.Unit(unit) + " ke-" + number +
                        " sesudah " + Of(span.from),
                    Of(span.to) + " is exactly on " + voice_.Unit(unit, true) + " " + number +
                        " after " + Of(span.from));
}

std::string DutySpeech::Lookup(const Expression& expression) const {
  const procedure::Table& table = naming_.definition().tables[expression.table];
  std::vector<std::string> cells;
  for (const auto& [column, term] : expression.row)
    cells.push_back(naming_.Word("column:" + column) + " = " + Of(term));
  return voice_.Say("tabel ", "the table ") + voice_.Quote(naming_.Word("table:" + table.name)) +
         voice_.Say(" memuat baris dengan ", " has a row with ") + Join(cells, "; ");
}

std::string DutySpeech::Counted(const Expression& expression) {
  const std::string what = Select(*expression.selector, Article::kNone);
  const std::string min = expression.min ? Of(*expression.min) : "";
  const std::string max = expression.max ? Of(*expression.max) : "";
  if (min == max)
    return voice_.Say("ada tepat " + min + " ", "there is exactly " + min + " ") + what;
  std::vector<std::string> bounds;
  if (!min.empty()) bounds.push_back(voice_.Say("paling sedikit ", "at least ") + min);
  if (!max.empty()) bounds.push_back(voice_.Say("paling banyak ", "at most ") + max);
  return voice_.Say("ada ", "there are ") + voice_.And(bounds) + " " + what;
}

std::string DutySpeech::States(const Expression& expression) const {
  const Meaning meaning{Meaning::Kind::kState, "", expression.track};
  const std::string track = naming_.Track(expression.track);
  const std::string at = expression.has_name ? voice_.Say("tepat sebelum ", "just before ") +
                                                   Reference(expression.name) + ", "
                                             : "";
  return at + voice_.Say("status setiap " + track + " ", "the state of every " + track + " is ") +
         AnyOf(expression.terms[0], meaning);
}

// Until when an action may come. That it may not be dated before the period begins is said once, in
// how to read the guide.
std::string DutySpeech::Window(const Expression& must) {
  std::string text;
  if (must.span) {
    const std::string from = Of(must.span->from);
    text += voice_.Say(", paling lambat " + Period(*must.span) + " sesudah " + from,
                       ", at most " + Period(*must.span) + " after " + from);
  }
  if (must.until)
    text += voice_.Say(", tidak sesudah ", ", not later than ") + Nth(*must.until, false);
  if (must.span || naming_.definition().closes.empty()) return text;
  return text + (must.until ? voice_.Say(" dan", " and") : ",") +
         voice_.Say(" sebelum perkara ditutup", " before the case is closed");
}

std::string DutySpeech::Must(const Expression& expression) {
  return voice_.Say("harus ada ", "there must be ") +
         Select(*expression.selector, Article::kIndefinite) + Window(expression);
}

Clause DutySpeech::Say(const Expression& expression) {
  switch (expression.op) {
    case Op::kTrue:
      return Clause(voice_.Say("tidak ada syarat lain", "nothing more is asked"));
    case Op::kFalse:
      return Clause(voice_.Say("tidak terpenuhi", "this is a breach"));
    case Op::kAll:
      return List(expression, true);
    case Op::kAny:
      return List(expression, false);
    case Op::kNot:
      return Not(expression);
    case Op::kIf:
      return If(expression);
    case Op::kEq:
    case Op::kNe:
      return Clause(Compared(expression, false));
    case Op::kLt:
    case Op::kLe:
    case Op::kGt:
    case Op::kGe:
      return Clause(InOrder(expression));
    case Op::kIn:
      return Clause(Among(expression, false));
    case Op::kContainsAll:
    case Op::kDisjoint:
    case Op::kOverlaps:
      return Clause(Lists(expression));
    case Op::kEvery:
      return Every(expression);
    case Op::kHas:
      return Clause(Of(expression.terms[0]) + voice_.Say(" diisi", " is stated"));
    case Op::kFound:
      return Clause(Reference(expression.name) + voice_.Say(" ada", " exists"));
    case Op::kBefore:
      return Clause(Reference(expression.name) +
                    voice_.Say(" dicatat sebelum ", " is logged before ") +
                    Reference(expression.other));
    case Op::kChecked:
      return Clause(Checked(expression));
    case Op::kWithin:
      return Clause(Within(*expression.span));
    case Op::kOn:
      return Clause(On(*expression.span));
    case Op::kLookup:
      return Clause(Lookup(expression));
    case Op::kExists:
      return Clause(voice_.Say("ada ", "there is ") +
                    Select(*expression.selector, Article::kIndefinite));
    case Op::kNone:
      return Clause(voice_.Say("tidak ada ", "there is no ") +
                    Select(*expression.selector, Article::kNone));
    case Op::kCount:
      return Clause(Counted(expression));
    case Op::kStates:
      return Clause(States(expression));
    case Op::kMust:
      return Clause(Must(expression));
  }
  return Clause();
}

}  // namespace jejak::guide
