// SPDX-License-Identifier: Apache-2.0
//
// The rule language taken apart (design/language.md "Grammar"): what a duty selects, binds,
// asks and requires. A definition's parser builds these; nothing here evaluates.
//
//   {"all":[{"found":"i"},{"ge":["$v.rank","$o.rank"],"order":"rank"}]}
//      ->  kAll [ kFound name 1 , kGe [field rank of name 2, field rank of name 3] order "rank" ]
//
// Names are numbers: positions in Duty::names, in the order in which they are bound. `$param` and
// `$code` are gone: the parser put their values in. Conditions and requirements share one type;
// that `must` stands nowhere under a condition was checked when it was parsed.
// Depth is bounded by JSON's 16. Values; any thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ledger/procedure/datum.h"

namespace jejak::procedure {

// The candidate of a closed selector: "$.field", "$@date".
inline constexpr int kCandidate = -1;

enum class Attribute : std::uint8_t {
  kDate,
  kAt,
  kEntered,
  kType,
  kState,
  kRoles,
  kSigners,
  kHolders,
  kUnits,
  kParties
};

// A value as it is written (`val`).
struct Term {
  enum class Kind : std::uint8_t { kLiteral, kList, kField, kAttribute, kKey };

  Kind kind = Kind::kLiteral;
  Datum literal;                  // kLiteral: a text, integer, boolean, or a parameter's value
  std::vector<Term> items;        // kList: not all literals
  int name = kCandidate;          // kField, kAttribute
  std::vector<std::string> path;  // kField: member names; empty: the item of an `every` itself
  Attribute attribute = Attribute::kDate;
  std::string role;  // kAttribute: only signers with this role; "" = all
};

struct Expression;

// Which actions a selector sees, before its place in the log is asked for. It is closed: it names
// the candidate, the key and constants only, so its candidates are found once per instance.
struct Closed {
  bool any_type = false;           // "*"
  std::vector<std::string> types;  // sorted, distinct; empty with any_type
  // Each: the field equals the term, or, if the term is a list, one of its values.
  std::vector<std::pair<std::vector<std::string>, Term>> with;
  std::vector<Expression> where;  // none or one
  bool uses_instance = false;  // `$key` or `$@state` occurs: each instance has its own candidates
};

struct Selector {
  std::size_t closed = 0;                     // in Definition::selectors: equal ones are one
  std::optional<int> after, before, segment;  // names
};

// `within` {from, to, min, max, unit}, `on` {date, from, plus, unit}, `by` {from, max, unit}.
struct Span {
  Term from;
  Term to;  // within; on: its date
  std::optional<Term> min;
  std::optional<Term> max;  // on: its `plus`
  Term unit;
};

enum class Check : std::uint8_t { kFields, kSealed, kRole, kSigners, kState };

struct Expression {
  enum class Op : std::uint8_t {
    kTrue,
    kFalse,
    kAll,
    kAny,
    kNot,  // parts
    kIf,   // parts: condition, then, and maybe else
    kEq,
    kNe,
    kLt,
    kLe,
    kGt,
    kGe,  // terms: two; order
    kIn,
    kContainsAll,
    kDisjoint,
    kOverlaps,  // terms: two, as written
    kEvery,     // terms[0] the list, name the item, parts[0] the condition
    kHas,       // terms[0], a field
    kFound,     // name
    kBefore,    // name, other
    kChecked,   // name, checks
    kWithin,
    kOn,      // span
    kLookup,  // table, row
    kExists,
    kNone,
    kCount,   // selector; count: min, max
    kStates,  // track, terms[0] the list, name or none
    kMust,    // selector, span (`by`), until
  };

  Op op = Op::kTrue;
  std::vector<Expression> parts;
  std::vector<Term> terms;
  int name = kCandidate;
  int other = kCandidate;
  bool has_name = false;  // kStates: `at` was given
  std::string order;      // the codes whose order counts; "" = none
  std::vector<Check> checks;
  std::optional<Span> span;
  std::size_t table = 0;  // in Definition::tables
  std::vector<std::pair<std::string, Term>> row;
  std::optional<Selector> selector;
  std::optional<Selector> until;
  std::optional<Term> min, max;  // kCount
  std::size_t track = 0;         // in Definition::tracks
};

}  // namespace jejak::procedure
