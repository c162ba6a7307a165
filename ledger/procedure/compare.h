// SPDX-License-Identifier: Apache-2.0
//
// Comparing values, three-valued (language.md "Values" below the table, "Tables").
//
//   eq(text, text)          the same text            eq(text, integer)     U
//   le(date, time)          by local dates           le(time, time)        by instants
//   ge(code, code) order    by declared order; U if one isn't in it
//   in(U, list)             U                        in(x, [.., unreadable]) T if found, else U
//
// Pure; any thread.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/procedure/datum.h"
#include "ledger/procedure/definition.h"
#include "ledger/procedure/expression.h"

namespace jejak::procedure {

// A value or the causes why it is unknown.
struct Operand {
  std::optional<Datum> value;
  Causes causes;
};

Finding Certain(bool truth);
Finding Unknown(Causes causes);
Finding Not(Finding finding);
// Least and greatest; of a U result the causes of all U operands.
Finding AllOf(const std::vector<Finding>& findings);
Finding AnyOf(const std::vector<Finding>& findings);

// kEq, kNe: of one type; a date on either side makes both dates.
Finding CompareEqual(const Operand& a, const Operand& b, const Definition& definition);
// kLt, kLe, kGt, kGe. `order`: nullptr, or the codes whose declared order counts.
Finding CompareOrder(Expression::Op op, const Operand& a, const Operand& b,
                     const std::vector<CodeName>* order, const Definition& definition);
// The value is one of the list's.
Finding IsIn(const Operand& value, const Operand& list);
// The first list has all of the second's; they share none; they share one.
Finding ContainsAll(const Operand& list, const Operand& items);
Finding Overlap(const Operand& a, const Operand& b);

// A cell of a table against a column's value.
Finding Fits(const Cell& cell, const Operand& value, const Definition& definition);

}  // namespace jejak::procedure
