// SPDX-License-Identifier: Apache-2.0
//
// What comparisons compare: literals against what fields and attributes can be.
//
//   {"eq":["$s.result","fuond"]}, result of the codes found, untrue   ->  error: unknown code
//   {"in":["verifikator","$a@roles"]}, no such role                   ->  error: unknown role
//   {"le":["$n.act_on","$n.days"]}, a date and an integer             ->  warning: never known
//   with {"number":"1"}, number an integer                            ->  warning: never equal
//
// A field that several types declare can be what any of them says. Threads: none.
#pragma once

#include <optional>

#include "ledger/procedure/term_parser.h"

namespace jejak::procedure {

// eq to ge, in, contains_all, disjoint, overlaps; `operand` is their list of two.
void LintComparison(const Expression& expression, const json::Value& operand, Surroundings& around,
                    TermParser& terms);
// A member of `with`.
void LintWith(const Term& field, const Term& value, const json::Value& at, Surroundings& around,
              TermParser& terms);
// A member of the `row` of a lookup.
void LintColumn(const Table& table, const std::string& column, const Term& term,
                const json::Value& at, Surroundings& around, TermParser& terms);
// The list `in` of states.
void LintStates(std::size_t track, const Term& states, const json::Value& at,
                DefinitionDraft& draft);

// Whether both are constants, and nothing is at least `min` and at most `max`.
bool NeverWithin(const std::optional<Term>& min, const std::optional<Term>& max);
// What a condition is whatever the record says; nullopt if that decides.
std::optional<bool> Constant(const Expression& expression);

}  // namespace jejak::procedure
