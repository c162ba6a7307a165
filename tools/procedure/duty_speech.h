// SPDX-License-Identifier: Apache-2.0
//
// DutySpeech: the condition of a duty in words, every part of it and nothing else. `says` is what
// its author meant; this is what the machine does. Who reads both sees whether they agree.
//
//   {"each":{"type":"exam.noshow","as":"n","with":{"number":1,"excused":false}},
//    "let":{"s1":{"last":{"type":"exam.summon","before":"n","with":{"number":1}}}},
//    "when":{"found":"s1"},
//    "require":{"must":{"type":"exam.summon","after":"n","with":{"number":2}},
//               "by":{"from":"$s1.scheduled","max":7,"unit":"working_days"}}}
//      ->  For every *No-show* whose “number” is 1 and whose “excused” is “no”:
//          - look at the last *Summons* whose “number” is 1, logged before that *No-show*
//          - only if that *Summons* exists
//          - there must be a *Summons* whose “number” is 2, logged after that *No-show*, at most 7
//            working days after the “day of examination” of that *Summons*
//
// Its parts: term_words.cc (values), selector_words.cc (which actions), condition_words.cc, and
// duty_speech.cc (the whole). One use per duty, by one thread; it borrows what it is given.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "ledger/procedure/definition.h"
#include "tools/procedure/clause.h"
#include "tools/procedure/naming.h"

namespace jejak::guide {

class DutySpeech final {
 public:
  DutySpeech(const Naming& naming, const procedure::Duty& duty);

  // The whole condition. Its head has no full stop.
  Clause Condition();
  // Per what the duty is judged: "for every officer", "for the case".
  std::string ScopeWords() const;

 private:
  using Term = procedure::Term;
  using Expression = procedure::Expression;
  using Selector = procedure::Selector;

  // Values.
  std::string Reference(int name) const;  // "that *Summons*", "**s1**"
  std::string FieldOf(const Term& term) const;
  std::string AttributeOf(const Term& term) const;
  std::string OwnAttribute(procedure::Attribute attribute) const;  // of the candidate
  std::string Of(const Term& term, const Meaning& meaning) const;
  std::string Of(const Term& term) const { return Of(term, MeaningOf(term)); }
  std::string AnyOf(const Term& term, const Meaning& meaning) const;
  std::string SignedAs(const Term& signed_action, const std::string& roles, bool negated) const;
  std::string Instance() const;  // "the officer concerned"
  Meaning MeaningOf(const Term& term) const;
  Meaning MeaningOf(const Term& one, const Term& other) const;
  Meaning AttributeMeaning(procedure::Attribute attribute) const;
  const procedure::Declaration* DeclarationOf(const Term& term) const;
  const std::vector<std::string>& TypesOf(int name) const;
  std::string Period(const procedure::Span& span) const;  // "7 working days"

  // Which actions.
  enum class Article : std::uint8_t { kNone, kIndefinite };
  std::string Types(const procedure::Closed& closed, Article article) const;
  std::vector<std::string> Modifiers(const Selector& selector, bool with_place);
  std::string Place(const Selector& selector) const;
  std::string Select(const Selector& selector, Article article, bool with_place = true);
  std::string Nth(const Selector& selector, bool last);
  Clause Picked(const procedure::Pick& pick);

  // Conditions and requirements.
  Clause Say(const Expression& expression);
  Clause List(const Expression& expression, bool all);
  Clause Not(const Expression& expression);
  Clause If(const Expression& expression);
  std::string Compared(const Expression& expression, bool negated) const;
  std::string InOrder(const Expression& expression) const;
  std::string Among(const Expression& expression, bool negated) const;
  std::string Lists(const Expression& expression) const;
  Clause Every(const Expression& expression);
  std::string Checked(const Expression& expression) const;
  std::string Within(const procedure::Span& span) const;
  std::string On(const procedure::Span& span) const;
  std::string Lookup(const Expression& expression) const;
  std::string Counted(const Expression& expression);
  std::string States(const Expression& expression) const;
  std::string Must(const Expression& expression);
  std::string Window(const Expression& must);

  // The whole.
  bool Direct(Clause& clause);
  std::string Subject();
  Clause Demand();

  const Naming& naming_;
  const Voice& voice_;
  const procedure::Duty& duty_;
  std::map<int, const Selector*> selected_;             // names bound to actions
  std::map<int, const procedure::Declaration*> items_;  // names bound to items of a list
  const procedure::Closed* candidate_ = nullptr;        // within with and where
};

}  // namespace jejak::guide
