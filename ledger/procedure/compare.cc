// SPDX-License-Identifier: Apache-2.0
#include "ledger/procedure/compare.h"

#include <algorithm>
#include <compare>
#include <optional>

namespace jejak::procedure {
namespace {

using Kind = Datum::Kind;

bool IsTemporal(const Datum& datum) {
  return datum.kind == Kind::kDate || datum.kind == Kind::kTime;
}

// A date or time as it is; a text as the date or time that it writes.
std::optional<Datum> AsTemporal(const Datum& datum, const Definition& definition) {
  if (IsTemporal(datum)) return datum;
  if (datum.kind != Kind::kText) return std::nullopt;
  if (const auto date = ParseDate(datum.text); date.ok()) return Datum::Date(*date);
  Datum time;
  time.kind = Kind::kTime;
  if (const auto at = ParseAt(datum.text); at.ok()) {
    time.instant = at->instant;
  } else if (const auto utc = ParseTime(datum.text); utc.ok()) {
    time.instant = *utc;
  } else {
    return std::nullopt;
  }
  time.date = definition.LocalDate(time.instant);
  return time;
}

std::optional<std::strong_ordering> OrderTemporal(const Datum& a, const Datum& b,
                                                  const Definition& definition) {
  const auto left = AsTemporal(a, definition);
  const auto right = AsTemporal(b, definition);
  if (!left || !right) return std::nullopt;
  if (left->kind == Kind::kTime && right->kind == Kind::kTime) {
    return left->instant <=> right->instant;
  }
  return left->date <=> right->date;
}

std::optional<std::size_t> RankOf(const Datum& code, const std::vector<CodeName>& order) {
  if (code.kind != Kind::kText) return std::nullopt;
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (order[i].code == code.text) return i;
  }
  return std::nullopt;
}

// Equality inside lists: of another type is not equal, dates are a type of their own.
Finding ItemEqual(const Datum& a, const Datum& b) {
  if (IsTemporal(a) && IsTemporal(b)) {
    const bool instants = a.kind == Kind::kTime && b.kind == Kind::kTime;
    return Certain(instants ? a.instant == b.instant : a.date == b.date);
  }
  if (a.kind != b.kind) return Certain(false);
  if (a.kind == Kind::kList || a.kind == Kind::kObject) return Unknown(kOther);
  return Certain(a.kind == Kind::kText ? a.text == b.text : a.integer == b.integer);
}

bool Holds(Expression::Op op, std::strong_ordering order) {
  switch (op) {
    case Expression::Op::kLt:
      return order < 0;
    case Expression::Op::kLe:
      return order <= 0;
    case Expression::Op::kGt:
      return order > 0;
    default:
      return order >= 0;
  }
}

Causes CausesOf(const Operand& a, const Operand& b) {
  Causes causes;
  if (!a.value) causes |= a.causes;
  if (!b.value) causes |= b.causes;
  return causes;
}

bool IsList(const Operand& operand) { return operand.value && operand.value->kind == Kind::kList; }

// Whether both are lists; else U with the causes.
std::optional<Finding> UnlessLists(const Operand& a, const Operand& b) {
  Causes causes = CausesOf(a, b);
  if (a.value && !IsList(a)) causes |= kOther;
  if (b.value && !IsList(b)) causes |= kOther;
  return causes.any() ? std::optional(Unknown(causes)) : std::nullopt;
}

// In what order items stand that are sought among others: by type, a time beside the dates.
bool Sooner(const Datum& a, const Datum& b) {
  const auto rank = [](const Datum& datum) { return IsTemporal(datum) ? Kind::kDate : datum.kind; };
  if (rank(a) != rank(b)) return rank(a) < rank(b);
  if (a.kind == Kind::kText) return a.text < b.text;
  return IsTemporal(a) ? a.date < b.date : a.integer < b.integer;
}

// A list in which many items are sought: n log n for two lists of n, and not n times n.
class Sought final {
 public:
  explicit Sought(const Datum& list) : unreadable_(list.unreadable) {
    for (const Datum& item : list.items) items_.push_back(&item);
    std::stable_sort(items_.begin(), items_.end(),
                     [](const Datum* a, const Datum* b) { return Sooner(*a, *b); });
  }

  Finding Has(const Datum& item) const {
    Causes causes = unreadable_;
    auto at = std::lower_bound(items_.begin(), items_.end(), item,
                               [](const Datum* one, const Datum& to) { return Sooner(*one, to); });
    for (; at != items_.end() && !Sooner(item, **at); ++at) {
      const Finding equal = ItemEqual(item, **at);
      if (equal.truth == Truth::kTrue) return equal;
      causes |= equal.causes;
      if (equal.truth == Truth::kUnknown) break;  // so are all others of its type
    }
    return causes.any() ? Unknown(causes) : Certain(false);
  }

 private:
  std::vector<const Datum*> items_;
  Causes unreadable_;
};

}  // namespace

Finding Certain(bool truth) { return {truth ? Truth::kTrue : Truth::kFalse, {}}; }

Finding Unknown(Causes causes) { return {Truth::kUnknown, causes}; }

Finding Not(Finding finding) {
  if (finding.truth != Truth::kUnknown) return Certain(finding.truth == Truth::kFalse);
  return finding;
}

Finding AllOf(const std::vector<Finding>& findings) {
  Finding all = Certain(true);
  for (const Finding& finding : findings) {
    all.truth = std::min(all.truth, finding.truth);
    all.causes |= finding.causes;
  }
  if (all.truth != Truth::kUnknown) all.causes = {};
  return all;
}

Finding AnyOf(const std::vector<Finding>& findings) {
  Finding any = Certain(false);
  for (const Finding& finding : findings) {
    any.truth = std::max(any.truth, finding.truth);
    any.causes |= finding.causes;
  }
  if (any.truth != Truth::kUnknown) any.causes = {};
  return any;
}

Finding CompareEqual(const Operand& a, const Operand& b, const Definition& definition) {
  if (!a.value || !b.value) return Unknown(CausesOf(a, b));
  if (IsTemporal(*a.value) || IsTemporal(*b.value)) {
    const auto order = OrderTemporal(*a.value, *b.value, definition);
    return order ? Certain(*order == 0) : Unknown(kOther);
  }
  if (a.value->kind != b.value->kind) return Unknown(kOther);
  if (IsList(a)) return Unknown(kOther);
  return ItemEqual(*a.value, *b.value);
}

Finding CompareOrder(Expression::Op op, const Operand& a, const Operand& b,
                     const std::vector<CodeName>* order, const Definition& definition) {
  if (!a.value || !b.value) return Unknown(CausesOf(a, b));
  if (order != nullptr) {
    const auto left = RankOf(*a.value, *order);
    const auto right = RankOf(*b.value, *order);
    return left && right ? Certain(Holds(op, *left <=> *right)) : Unknown(kOther);
  }
  if (a.value->kind == Kind::kInteger && b.value->kind == Kind::kInteger) {
    return Certain(Holds(op, a.value->integer <=> b.value->integer));
  }
  const auto temporal = OrderTemporal(*a.value, *b.value, definition);
  return temporal ? Certain(Holds(op, *temporal)) : Unknown(kOther);
}

Finding IsIn(const Operand& value, const Operand& list) {
  Causes causes = CausesOf(value, list);
  if (list.value && !IsList(list)) causes |= kOther;
  if (causes.any()) return Unknown(causes);
  std::vector<Finding> found;
  for (const Datum& other : list.value->items) found.push_back(ItemEqual(*value.value, other));
  if (list.value->unreadable.any()) found.push_back(Unknown(list.value->unreadable));
  return AnyOf(found);
}

Finding ContainsAll(const Operand& list, const Operand& items) {
  if (auto unknown = UnlessLists(list, items)) return *unknown;
  std::vector<Finding> found;
  const Sought sought(*list.value);
  for (const Datum& item : items.value->items) found.push_back(sought.Has(item));
  if (items.value->unreadable.any()) found.push_back(Unknown(items.value->unreadable));
  return AllOf(found);
}

Finding Overlap(const Operand& a, const Operand& b) {
  if (auto unknown = UnlessLists(a, b)) return *unknown;
  std::vector<Finding> found;
  const Sought sought(*b.value);
  for (const Datum& item : a.value->items) found.push_back(sought.Has(item));
  // An unreadable item overlaps nothing if the other list is empty for certain.
  const Causes unreadable = a.value->unreadable;
  const bool other_empty = b.value->items.empty() && !b.value->unreadable.any();
  if (unreadable.any() && !other_empty) found.push_back(Unknown(unreadable));
  return AnyOf(found);
}

Finding Fits(const Cell& cell, const Operand& value, const Definition& definition) {
  if (cell.any) return Certain(true);
  if (!value.value) return Unknown(value.causes);
  std::vector<Finding> found;
  if (cell.range) {
    using Op = Expression::Op;
    if (cell.min) {
      found.push_back(CompareOrder(Op::kGe, value, {cell.min, {}}, nullptr, definition));
    }
    if (cell.max) {
      found.push_back(CompareOrder(Op::kLe, value, {cell.max, {}}, nullptr, definition));
    }
    return AllOf(found);
  }
  for (const Datum& one : cell.one_of) {
    found.push_back(cell.one_of.size() == 1 ? CompareEqual(value, {one, {}}, definition)
                                            : ItemEqual(*value.value, one));
  }
  return AnyOf(found);
}

}  // namespace jejak::procedure
