// SPDX-License-Identifier: Apache-2.0
//
// Conditions and requirements in words.
#include <algorithm>

#include "tools/procedure/duty_speech.h"

namespace jejak::guide {
namespace {

using procedure::Check;
using procedure::Expression;
using procedure::Term;
using Op = procedure::Expression::Op;

constexpr std::size_t kOneLine = 200;

bool Compound(const Expression& expression) {
  return expression.op == Op::kAll || expression.op == Op::kAny || expression.op == Op::kIf ||
         expression.op == Op::kEvery;
}

Clause WithHead(const std::string& head, Clause clause) {
  clause.text = head + clause.text;
  return clause;
}

// Nested lists of one kind are one list.
void Flatten(const Expression& expression, std::vector<const Expression*>& parts) {
  for (const Expression& part : expression.parts) {
    part.op == expression.op ? Flatten(part, parts) : parts.push_back(&part);
  }
}

bool IsOf(const Term& term, procedure::Attribute attribute) {
  return term.kind == Term::Kind::kAttribute && term.attribute == attribute &&
         term.name != procedure::kCandidate;
}

bool IsPeople(const Term& term) {
  return IsOf(term, procedure::Attribute::kHolders) || IsOf(term, procedure::Attribute::kSigners);
}

bool IsConstant(const Term& term) { return term.kind == Term::Kind::kLiteral; }

}  // namespace

Clause DutySpeech::List(const Expression& expression, bool all) {
  std::vector<const Expression*> flat;
  Flatten(expression, flat);
  std::vector<Clause> parts;
  std::size_t length = 0;
  bool plain = flat.size() == 2;
  for (const Expression* part : flat) {
    parts.push_back(Say(*part));
    length += parts.back().text.size();
    plain = plain && !Compound(*part) && parts.back().leaf();
  }
  const std::string word = all ? voice_.Say("dan", "and") : voice_.Say("atau", "or");
  if (parts.size() == 1) return parts.front();
  if (plain && length < kOneLine) return Clause(parts[0].text + ", " + word + " " + parts[1].text);
  return {all ? voice_.Say("semua ini", "all of these")
              : voice_.Say("sedikitnya satu dari ini", "at least one of these"),
          std::move(parts), word};
}

Clause DutySpeech::Not(const Expression& expression) {
  const Expression& inner = expression.parts.front();
  switch (inner.op) {
    case Op::kFound:
      return Clause(Reference(inner.name) + voice_.Say(" tidak ada", " does not exist"));
    case Op::kIn:
      return Clause(Among(inner, true));
    case Op::kEq:
      return Clause(Compared(inner, true));
    case Op::kHas:
      return Clause(Of(inner.terms[0]) + voice_.Say(" tidak diisi", " is not stated"));
    case Op::kExists:
      return Clause(voice_.Say("tidak ada ", "there is no ") +
                    Select(*inner.selector, Article::kNone));
    default:
      return WithHead(voice_.Say("tidak benar bahwa ", "it is not so that "), Say(inner));
  }
}

Clause DutySpeech::If(const Expression& expression) {
  Clause condition = Say(expression.parts[0]);
  Clause then = Say(expression.parts[1]);
  const bool has_else = expression.parts.size() > 2;
  if (condition.leaf() && then.leaf() && !has_else)
    return Clause(voice_.Say("bila " + condition.text + ", maka " + then.text,
                             "if " + condition.text + ", then " + then.text));
  Clause whole(voice_.Say("menurut keadaannya", "as the case may be"));
  whole.between = voice_.Say("dan", "and");
  if (condition.leaf()) {
    whole.parts.push_back(WithHead(
        voice_.Say("bila " + condition.text + ", maka ", "if " + condition.text + ", then "),
        then));
  } else {
    whole.parts.push_back(WithHead(voice_.Say("bila ", "if "), condition));
    whole.parts.push_back(WithHead(voice_.Say("maka ", "then "), then));
  }
  if (has_else)
    whole.parts.push_back(
        WithHead(voice_.Say("selain itu, ", "otherwise "), Say(expression.parts[2])));
  return whole;
}

std::string DutySpeech::Compared(const Expression& expression, bool negated) const {
  const Meaning meaning = MeaningOf(expression.terms[0], expression.terms[1]);
  const bool is = (expression.op == Op::kEq) != negated;
  return Of(expression.terms[0], meaning) +
         (is ? voice_.Say(" adalah ", " is ") : voice_.Say(" bukan ", " is not ")) +
         Of(expression.terms[1], meaning);
}

std::string DutySpeech::InOrder(const Expression& expression) const {
  const Meaning meaning = MeaningOf(expression.terms[0], expression.terms[1]);
  const bool dates = meaning.kind == Meaning::Kind::kDate;
  const auto word = [&](std::string_view id_date, std::string_view en_date, std::string_view id,
                        std::string_view en) {
    return dates ? voice_.Say(id_date, en_date) : voice_.Say(id, en);
  };
  std::string text = Of(expression.terms[0], meaning);
  switch (expression.op) {
    case Op::kLt:
      text += word(" sebelum ", " is before ", " lebih rendah dari ", " is lower than ");
      break;
    case Op::kLe:
      text += word(" tidak sesudah ", " is not after ", " tidak lebih tinggi dari ",
                   " is not higher than ");
      break;
    case Op::kGt:
      text += word(" sesudah ", " is after ", " lebih tinggi dari ", " is higher than ");
      break;
    default:
      text += word(" tidak sebelum ", " is not before ", " tidak lebih rendah dari ",
                   " is not lower than ");
  }
  text += Of(expression.terms[1], meaning);
  if (expression.order.empty()) return text;
  return text + voice_.Say(" menurut urutan daftar ", " in the order of the list ") +
         voice_.Quote(naming_.Word("codes:" + expression.order));
}

// "x is signed as *Verifier* or *Reviewer*".
std::string DutySpeech::SignedAs(const Term& signed_action, const std::string& roles,
                                 bool negated) const {
  const std::string of = Reference(signed_action.name);
  return voice_.Say(of + (negated ? " tidak" : "") + " ditandatangani " + roles,
                    of + (negated ? " is not" : " is") + " signed as " + roles);
}

std::string DutySpeech::Among(const Expression& expression, bool negated) const {
  const Term& item = expression.terms[0];
  const Term& list = expression.terms[1];
  const Meaning meaning = MeaningOf(item, list);
  const std::string one = Of(item, meaning);
  if (IsConstant(list))
    return one + (negated ? voice_.Say(" bukan ", " is not ") : voice_.Say(" adalah ", " is ")) +
           AnyOf(list, meaning);
  if (IsConstant(item) && IsOf(list, procedure::Attribute::kRoles))
    return SignedAs(list, one, negated);
  if (item.kind == Term::Kind::kKey && IsOf(list, procedure::Attribute::kParties)) {
    const std::string of = Reference(list.name);
    return voice_.Say(
        one + (negated ? " tidak" : " ikut") + " menandatangani " + of + " sebagai pihak",
        one + (negated ? " did not sign " : " signed ") + of + " as a party");
  }
  return one +
         (negated ? voice_.Say(" tidak termasuk ", " is not among ")
                  : voice_.Say(" termasuk ", " is among ")) +
         Of(list, meaning);
}

std::string DutySpeech::Lists(const Expression& expression) const {
  const Term& one = expression.terms[0];
  const Term& other = expression.terms[1];
  const Meaning meaning = MeaningOf(one, other);
  const std::string a = Of(one, meaning);
  const std::string b = Of(other, meaning);
  switch (expression.op) {
    case Op::kContainsAll:
      return voice_.Say(a + " mencakup semua ini: " + b, a + " include all of " + b);
    case Op::kOverlaps:
      if (IsOf(one, procedure::Attribute::kRoles) && IsConstant(other))
        return SignedAs(one, AnyOf(other, meaning), false);
      return voice_.Say("sedikitnya satu dari " + b + " termasuk " + a,
                        "at least one of " + b + " is among " + a);
    default:
      if (IsPeople(one) || IsPeople(other))
        return voice_.Say("tidak seorang pun sekaligus termasuk " + a + " dan " + b,
                          "no one is both among " + a + " and among " + b);
      return voice_.Say("tidak ada yang sama antara " + a + " dan " + b,
                        a + " and " + b + " have nothing in common");
  }
}

Clause DutySpeech::Every(const Expression& expression) {
  const Term& list = expression.terms[0];
  const procedure::Declaration* declared =
      list.kind == Term::Kind::kField ? DeclarationOf(list) : nullptr;
  static const procedure::Declaration kUnknown;
  items_[expression.name] =
      declared == nullptr || declared->of.empty() ? &kUnknown : &declared->of.front();
  Clause each = Say(expression.parts[0]);
  items_.erase(expression.name);
  return WithHead(voice_.Say("untuk setiap butir dari ", "for every entry in ") + Of(list) + ", ",
                  std::move(each));
}

std::string DutySpeech::Checked(const Expression& expression) const {
  std::vector<std::string> checks;
  for (const Check check : expression.checks) {
    switch (check) {
      case Check::kFields:
        checks.push_back(voice_.Say("kolomnya lengkap dan sesuai jenisnya",
                                    "its fields are complete and of the right kind"));
        break;
      case Check::kSealed:
        checks.push_back(voice_.Say("kolom yang wajib disegel memang disegel",
                                    "the fields that must be sealed are sealed"));
        break;
      case Check::kRole:
        checks.push_back(voice_.Say("penanda tangannya berperan yang dibolehkan",
                                    "it is signed in a role that may do it"));
        break;
      case Check::kSigners:
        checks.push_back(voice_.Say("jumlah penanda tangannya cukup", "enough people signed it"));
        break;
      case Check::kState:
        checks.push_back(voice_.Say("dilakukan pada status yang dibolehkan",
                                    "it is done in a state that allows it"));
    }
  }
  return voice_.Say("pada ", "in ") + Reference(expression.name) + ", " + voice_.And(checks);
}

}  // namespace jejak::guide
