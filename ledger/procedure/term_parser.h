// SPDX-License-Identifier: Apache-2.0
//
// Values as the rule language writes them (design/language.md "Grammar", val).
//
//   "$s1.scheduled"  a field     "$x@holders.peninjau"  an attribute     "$$text"  the text "$text"
//   "$.result"       the candidate's, in with/where     "$param.p" "$code.c"  their values
//
// `$param` and `$code` are put in here: what comes out are literals. Threads: none.
#pragma once

#include <optional>
#include <string_view>

#include "ledger/procedure/definition_draft.h"
#include "ledger/procedure/duty_names.h"
#include "ledger/procedure/expression.h"

namespace jejak::procedure {

// Where a value or condition stands, and what it may name there.
struct Surroundings {
  DefinitionDraft& draft;
  KnownFields& fields;
  DutyNames& names;
  Scope scope;
  const TypeSet* candidate = nullptr;  // within with/where: they name nothing else
  bool uses_instance = false;          // `$key` or `$@state` occurred
  int quantifiers = 0;                 // around this place
};

class TermParser final {
 public:
  explicit TermParser(Surroundings& around) : around_(around) {}

  // A faulty value is a problem and an empty text.
  Term Parse(const json::Value& value);
  // A value that is a list, for all that can be known here.
  Term ParseList(const json::Value& value);
  // A field, for `has`.
  Term ParseReference(const json::Value& value);
  // A field of the candidate, by its name in `with`.
  Term ParseCandidateField(std::string_view path, const json::Value& at) {
    return ReadField(kCandidate, path, at);
  }
  // An amount: an integer of 0 or more, or what may become one.
  Term ParseAmount(const json::Value& value);
  // A date or time, or what may become one.
  Term ParseMoment(const json::Value& value);
  // working_days, calendar_days or hours.
  Term ParseUnit(const json::Value& value);

  // What the term's field is declared as; empty if it is no field.
  KnownField Declared(const Term& term);

 private:
  Term ParseText(const json::Value& value);
  Term Parameter(std::string_view name, const json::Value& at);
  Term Codes(std::string_view name, const json::Value& at);
  Term ReadField(int name, std::string_view path, const json::Value& at);
  Term ReadAttribute(int name, std::string_view attribute, const json::Value& at);
  Term Named(std::string_view text, const json::Value& at);
  void Error(const json::Value& at, std::string message);

  Surroundings& around_;
  bool asking_ = false;  // in `has`: what is absent is no matter
};

}  // namespace jejak::procedure
