// SPDX-License-Identifier: Apache-2.0
// What a condition is in a frame: T, F or U (language.md "Tables"). Depth is bounded by the JSON.
#include <algorithm>
#include <utility>

#include "ledger/procedure/scene.h"

namespace jejak::procedure {
namespace {

using Op = Expression::Op;

Finding Of(Truth truth) { return {truth, truth == Truth::kUnknown ? kOther : Causes{}}; }

const Bound& Name(int name, const Frame& frame) {
  return frame.names[static_cast<std::size_t>(name)];
}

Causes WhyNot(const Bound& bound) {
  return bound.kind == Bound::Kind::kUnknown ? bound.causes : kOther;
}

Finding If(const Expression& expression, Frame& frame) {
  Finding condition;
  {
    const Untraced quiet(frame);
    condition = Evaluate(expression.parts[0], frame);
  }
  const auto branch = [&](std::size_t part) {
    return part < expression.parts.size() ? Evaluate(expression.parts[part], frame) : Certain(true);
  };
  if (condition.truth == Truth::kTrue) return branch(1);
  if (condition.truth == Truth::kFalse) return branch(2);
  const Untraced quiet(frame);
  Finding then = branch(1);
  const Finding otherwise = branch(2);
  if (then.truth == otherwise.truth && then.truth != Truth::kUnknown) return then;
  condition.causes |= then.causes;
  condition.causes |= otherwise.causes;
  return condition;
}

Finding Every(const Expression& expression, Frame& frame) {
  const Term& list = expression.terms[0];
  std::vector<Bound> items;
  Causes unreadable;
  const bool in_body = list.kind == Term::Kind::kField && list.name != kCandidate &&
                       Name(list.name, frame).kind == Bound::Kind::kFound;
  if (in_body) {
    Items read = LookUpItems(frame.scene->acts()[Name(list.name, frame).act], list.path);
    if (!read.places) return Unknown(read.causes);
    for (Place& place : *read.places) {
      items.push_back({Bound::Kind::kItem, 0, {}, std::move(place), std::nullopt});
    }
  } else {
    Operand read = Evaluate(list, frame);
    if (!read.value) return Unknown(read.causes);
    if (read.value->kind != Datum::Kind::kList) return Unknown(kOther);
    for (Datum& item : read.value->items) {
      items.push_back({Bound::Kind::kItem, 0, {}, {}, std::move(item)});
    }
    unreadable = read.value->unreadable;
  }
  std::vector<Finding> findings;
  for (Bound& item : items) {
    if (frame.scene->exhausted()) break;  // the case isn't judged
    frame.names[static_cast<std::size_t>(expression.name)] = std::move(item);
    findings.push_back(Evaluate(expression.parts[0], frame));
  }
  frame.names[static_cast<std::size_t>(expression.name)] = {};
  if (unreadable.any()) findings.push_back(Unknown(unreadable));
  return AllOf(findings);
}

Finding Has(const Term& term, const Frame& frame) {
  const Definition& definition = frame.scene->definition();
  Looked looked;
  if (term.name == kCandidate) {
    looked = LookUp(frame.scene->acts()[*frame.candidate], term.path, definition);
  } else {
    const Bound& bound = Name(term.name, frame);
    switch (bound.kind) {
      case Bound::Kind::kUnfound:
        return Certain(false);
      case Bound::Kind::kUnknown:
        return Unknown(bound.causes);
      case Bound::Kind::kItem:
        if (bound.datum) return term.path.empty() ? Certain(true) : Unknown(kOther);
        looked = LookUp(bound.item, term.path, definition);
        break;
      case Bound::Kind::kFound:
        looked = LookUp(frame.scene->acts()[bound.act], term.path, definition);
        break;
    }
  }
  return looked.has == Truth::kUnknown ? Unknown(looked.causes)
                                       : Certain(looked.has == Truth::kTrue);
}

Finding Found(const Bound& bound) {
  if (bound.kind == Bound::Kind::kUnknown) return Unknown(bound.causes);
  return Certain(bound.kind != Bound::Kind::kUnfound);
}

Finding Before(const Bound& a, const Bound& b) {
  Causes causes;
  if (a.kind != Bound::Kind::kFound) causes |= WhyNot(a);
  if (b.kind != Bound::Kind::kFound) causes |= WhyNot(b);
  return causes.any() ? Unknown(causes) : Certain(a.act < b.act);
}

// A pending check does not hold yet: false, until a co-signature comes.
Finding Checked(const Expression& expression, const Frame& frame) {
  const Bound& bound = Name(expression.name, frame);
  if (bound.kind != Bound::Kind::kFound) return Unknown(WhyNot(bound));
  std::vector<Finding> findings;
  for (const Check check : expression.checks) {
    const CheckResult& result =
        frame.scene->checks()[bound.act][static_cast<std::size_t>(CheckOf(check))];
    findings.push_back(result.outcome == Outcome::kUnknown
                           ? Unknown(result.causes)
                           : Certain(result.outcome == Outcome::kPass));
  }
  return AllOf(findings);
}

// Both ends of a span, its unit and amounts, or the causes why they can't be had.
struct Ends {
  Moment from, to;
  std::optional<Unit> unit;
  Readings::Named named;
  Causes causes;
};

Ends EndsOf(const Span& span, const Frame& frame) {
  Ends ends;
  ends.from = MomentOf(span.from, frame);
  ends.to = MomentOf(span.to, frame);
  ends.unit = UnitOf(span.unit, frame, ends.causes);
  ends.named = NamedBy(span.from, frame);
  ends.causes |= ends.from.causes;
  ends.causes |= ends.to.causes;
  const bool hours = ends.unit == Unit::kHours;
  const bool both = ends.from.instant && ends.to.instant;
  if (hours && !ends.causes.any() && !both) ends.causes |= kOther;
  return ends;
}

Finding WithinHours(const Ends& ends, std::optional<std::int64_t> min,
                    std::optional<std::int64_t> max) {
  const std::int64_t passed = ends.to.instant->value - ends.from.instant->value;
  if (passed < 0) return Certain(false);
  if (min && passed < SecondsOf(*min)) return Certain(false);
  return Certain(!max || passed <= SecondsOf(*max));
}

Finding Within(const Span& span, const Frame& frame) {
  const Ends ends = EndsOf(span, frame);
  Causes causes = ends.causes;
  std::optional<std::int64_t> bounds[2];
  const std::optional<Term>* terms[2] = {&span.min, &span.max};
  for (std::size_t i = 0; i < 2; ++i) {
    if (!*terms[i]) continue;
    const Amount amount = AmountOf(**terms[i], frame);
    bounds[i] = amount.value;
    if (!amount.value) causes |= amount.causes;
  }
  if (causes.any()) return Unknown(causes);
  if (*ends.unit == Unit::kHours) return WithinHours(ends, bounds[0], bounds[1]);
  if (*ends.to.day < *ends.from.day) return Certain(false);
  const Readings& readings = frame.scene->readings();
  std::vector<Finding> both;
  if (bounds[0]) {
    both.push_back(
        Of(readings.AtLeast(*ends.from.day, *ends.to.day, *bounds[0], *ends.unit, ends.named)));
  }
  if (bounds[1]) {
    both.push_back(
        Of(readings.NotLate(*ends.from.day, *ends.to.day, *bounds[1], *ends.unit, ends.named)));
  }
  return AllOf(both);
}

Finding On(const Span& span, const Frame& frame) {
  const Ends ends = EndsOf(span, frame);
  const Amount plus = AmountOf(*span.max, frame);
  Causes causes = ends.causes;
  causes |= plus.causes;
  if (causes.any()) return Unknown(causes);
  if (*ends.unit == Unit::kHours) {
    return Certain(ends.to.instant->value == ends.from.instant->value + SecondsOf(*plus.value));
  }
  return Of(frame.scene->readings().Exactly(*ends.from.day, *ends.to.day, *plus.value, *ends.unit,
                                            ends.named));
}

Finding Lookup(const Expression& expression, const Frame& frame) {
  const Definition& definition = frame.scene->definition();
  std::vector<std::pair<const std::string*, Operand>> given;
  for (const auto& [column, term] : expression.row) {
    given.emplace_back(&column, Evaluate(term, frame));
  }
  std::vector<Finding> rows;
  for (const auto& row : definition.tables[expression.table].rows) {
    std::vector<Finding> cells;
    for (const auto& [column, value] : given) {
      const auto cell = row.find(*column);
      if (cell != row.end()) cells.push_back(Fits(cell->second, value, definition));
    }
    rows.push_back(AllOf(cells));
  }
  return AnyOf(rows);
}

Candidates::Counts CountOf(const Selector& selector, Frame& frame) {
  const Reach reach = ReachOf(selector, frame);
  if (reach.nothing) return {};
  const Candidates& candidates = frame.scene->Of(selector.closed, frame.where);
  Candidates::Counts counts = candidates.CountIn(reach.stretch);
  if (reach.doubt.any()) {
    counts.possible += counts.certain;
    counts.certain = 0;
    if (counts.possible > 0) counts.causes |= reach.doubt;
  } else if (frame.trace != nullptr) {
    const auto first = candidates.FirstCertain(reach.stretch);
    if (first) frame.trace->push_back(*first);
  }
  return counts;
}

Finding Exists(const Selector& selector, Frame& frame) {
  const Candidates::Counts counts = CountOf(selector, frame);
  if (counts.certain > 0) return Certain(true);
  return counts.possible > 0 ? Unknown(counts.causes) : Certain(false);
}

Finding Count(const Expression& expression, Frame& frame) {
  Candidates::Counts counts;
  {
    const Untraced quiet(frame);
    counts = CountOf(*expression.selector, frame);
  }
  const Amount min = expression.min ? AmountOf(*expression.min, frame) : Amount{0, {}};
  const Amount max = expression.max ? AmountOf(*expression.max, frame) : Amount{};
  Causes causes = min.causes;
  causes |= max.causes;
  if (causes.any()) return Unknown(causes);
  const auto certain = static_cast<std::int64_t>(counts.certain);
  const auto most = static_cast<std::int64_t>(counts.certain + counts.possible);
  if ((max.value && certain > *max.value) || most < *min.value) return Certain(false);
  const bool holds = certain >= *min.value && (!max.value || most <= *max.value);
  return holds ? Certain(true) : Unknown(counts.causes);
}

Finding States(const Expression& expression, Frame& frame) {
  std::size_t at = frame.scene->acts().size();
  if (expression.has_name) {
    const Bound& bound = Name(expression.name, frame);
    if (bound.kind != Bound::Kind::kFound) return Unknown(WhyNot(bound));
    at = bound.act;
  }
  const Operand list = Evaluate(expression.terms[0], frame);
  if (!list.value) return Unknown(list.causes);
  if (list.value->kind != Datum::Kind::kList) return Unknown(kOther);
  return frame.scene->AllIn(expression, *list.value, at);
}

Finding Compare(const Expression& expression, const Frame& frame) {
  const Definition& definition = frame.scene->definition();
  const Operand a = Evaluate(expression.terms[0], frame);
  const Operand b = Evaluate(expression.terms[1], frame);
  switch (expression.op) {
    case Op::kEq:
      return CompareEqual(a, b, definition);
    case Op::kNe:
      return Not(CompareEqual(a, b, definition));
    case Op::kIn:
      return IsIn(a, b);
    case Op::kContainsAll:
      return ContainsAll(a, b);
    case Op::kDisjoint:
      return Not(Overlap(a, b));
    case Op::kOverlaps:
      return Overlap(a, b);
    default:
      break;
  }
  const auto order = definition.codes.find(expression.order);
  return CompareOrder(expression.op, a, b,
                      order == definition.codes.end() ? nullptr : &order->second, definition);
}

Finding Combine(const Expression& expression, Frame& frame) {
  std::vector<Finding> findings;
  for (const Expression& part : expression.parts) findings.push_back(Evaluate(part, frame));
  return expression.op == Op::kAll ? AllOf(findings) : AnyOf(findings);
}

}  // namespace

Finding Evaluate(const Expression& expression, Frame& frame) {
  switch (expression.op) {
    case Op::kTrue:
    case Op::kFalse:
      return Certain(expression.op == Op::kTrue);
    case Op::kAll:
    case Op::kAny:
      return Combine(expression, frame);
    case Op::kNot:
      return Not(Evaluate(expression.parts[0], frame));
    case Op::kIf:
      return If(expression, frame);
    case Op::kEvery:
      return Every(expression, frame);
    case Op::kHas:
      return Has(expression.terms[0], frame);
    case Op::kFound:
      return Found(Name(expression.name, frame));
    case Op::kBefore:
      return Before(Name(expression.name, frame), Name(expression.other, frame));
    case Op::kChecked:
      return Checked(expression, frame);
    case Op::kWithin:
      return Within(*expression.span, frame);
    case Op::kOn:
      return On(*expression.span, frame);
    case Op::kLookup:
      return Lookup(expression, frame);
    case Op::kExists:
      return Exists(*expression.selector, frame);
    case Op::kNone:
      return Not(Exists(*expression.selector, frame));
    case Op::kCount:
      return Count(expression, frame);
    case Op::kStates:
      return States(expression, frame);
    case Op::kMust:
      return Unknown(kOther);  // the parser lets none stand here
    default:
      return Compare(expression, frame);
  }
}

Reach ReachOf(const Selector& selector, const Frame& frame) {
  Reach reach;
  reach.stretch = {0, frame.scene->acts().size()};
  for (const auto& name : {selector.after, selector.before, selector.segment}) {
    if (!name) continue;
    const Bound& bound = Name(*name, frame);
    if (bound.kind == Bound::Kind::kUnfound || bound.kind == Bound::Kind::kItem) {
      reach.nothing = true;
    } else if (bound.kind == Bound::Kind::kUnknown) {
      reach.doubt |= bound.causes;
    }
  }
  if (reach.nothing) return reach;
  const auto narrow = [&](const std::optional<int>& name, auto&& to) {
    if (name && Name(*name, frame).kind == Bound::Kind::kFound) to(Name(*name, frame).act);
  };
  narrow(selector.after, [&](std::size_t act) { reach.stretch.first = act + 1; });
  narrow(selector.before, [&](std::size_t act) { reach.stretch.last = act; });
  narrow(selector.segment, [&](std::size_t act) {
    if (!frame.where.track) return;
    const auto [first, last] =
        frame.scene->views()[*frame.where.track].SegmentOf(frame.where.instance, act);
    reach.stretch.first = std::max(reach.stretch.first, first);
    reach.stretch.last = std::min(reach.stretch.last, last);
  });
  return reach;
}

Bound PickFirst(const Selector& selector, bool last, const Frame& frame) {
  const Reach reach = ReachOf(selector, frame);
  if (reach.nothing) return {};
  const auto outermost = frame.scene->Of(selector.closed, frame.where).Find(reach.stretch, last);
  Finding finding = outermost.finding;
  if (finding.truth == Truth::kFalse) return {};
  finding.causes |= reach.doubt;
  if (finding.truth == Truth::kTrue && !reach.doubt.any()) {
    return {Bound::Kind::kFound, outermost.act, {}, {}, std::nullopt};
  }
  return {Bound::Kind::kUnknown, 0, finding.causes, {}, std::nullopt};
}

}  // namespace jejak::procedure
