// SPDX-License-Identifier: Apache-2.0
// What a requirement is in a frame: T, F, U, or P until a date (language.md "Tables").
#include <algorithm>

#include "ledger/procedure/scene.h"

namespace jejak::procedure {
namespace {

using Op = Expression::Op;
using Kind = Requirement::Kind;

// The first second of year 9999: no count gets there.
constexpr UnixSeconds kPastAllYears{253'370'764'800};

Requirement Unsettled(Causes causes) {
  Requirement requirement;
  requirement.kind = Kind::kUnknown;
  requirement.causes = causes;
  return requirement;
}

Requirement Of(Kind kind) {
  Requirement requirement;
  requirement.kind = kind;
  return requirement;
}

Requirement Pending(std::optional<Due> due) {
  Requirement requirement = Of(Kind::kPending);
  requirement.due = std::move(due);
  return requirement;
}

Requirement FromFinding(const Finding& finding) {
  if (finding.truth == Truth::kUnknown) return Unsettled(finding.causes);
  return Of(finding.truth == Truth::kTrue ? Kind::kTrue : Kind::kFalse);
}

// The act about whose signers a term asks, if it asks that.
const SeenAct* AsksForSigners(const Term& term, const Frame& frame) {
  if (term.kind != Term::Kind::kAttribute || term.name == kCandidate) return nullptr;
  if (term.attribute < Attribute::kRoles) return nullptr;
  const Bound& bound = frame.names[static_cast<std::size_t>(term.name)];
  return bound.kind == Bound::Kind::kFound ? &frame.scene->acts()[bound.act] : nullptr;
}

const SeenAct* ChecksSigners(const Expression& expression, const Frame& frame) {
  const bool asks =
      std::any_of(expression.checks.begin(), expression.checks.end(),
                  [](Check check) { return check == Check::kSigners || check == Check::kRole; });
  const Bound& bound = frame.names[static_cast<std::size_t>(expression.name)];
  if (!asks || bound.kind != Bound::Kind::kFound) return nullptr;
  // Another check that fails isn't mended by a co-signature.
  for (const Check check : expression.checks) {
    const bool mendable = check == Check::kSigners || check == Check::kRole;
    const CheckResult& result =
        frame.scene->checks()[bound.act][static_cast<std::size_t>(CheckOf(check))];
    if (!mendable && result.outcome == Outcome::kFail) return nullptr;
  }
  return &frame.scene->acts()[bound.act];
}

// Of two acts, the one that may be assented to for longer.
const SeenAct* LaterAssented(const SeenAct* a, const SeenAct* b) {
  if (a == nullptr || !a->may_be_assented) return b;
  if (b == nullptr || !b->may_be_assented) return a;
  if (!a->assent_due || !b->assent_due) return a->assent_due ? b : a;
  return a->assent_due->last < b->assent_due->last ? b : a;
}

// A leaf that is false may be waiting for a co-signature of this act.
const SeenAct* WaitsFor(const Expression& expression, const Frame& frame) {
  switch (expression.op) {
    case Op::kContainsAll:
      return AsksForSigners(expression.terms[0], frame);
    case Op::kIn:
      return AsksForSigners(expression.terms[1], frame);
    case Op::kOverlaps:
      return LaterAssented(AsksForSigners(expression.terms[0], frame),
                           AsksForSigners(expression.terms[1], frame));
    case Op::kChecked:
      return ChecksSigners(expression, frame);
    default:
      return nullptr;
  }
}

Requirement Leaf(const Expression& expression, Frame& frame) {
  const Finding finding = Evaluate(expression, frame);
  if (finding.truth == Truth::kFalse) {
    const SeenAct* act = WaitsFor(expression, frame);
    if (act != nullptr && act->may_be_assented) return Pending(act->assent_due);
  }
  return FromFinding(finding);
}

Requirement All(const Expression& expression, Frame& frame) {
  Requirement all;
  for (const Expression& part : expression.parts) {
    Requirement next = Require(part, frame);
    next.causes |= all.causes;
    if (next.kind < all.kind) {
      all = std::move(next);
      continue;
    }
    all.causes = next.causes;
    const bool sooner = next.kind == Kind::kPending && all.kind == Kind::kPending && next.due &&
                        (!all.due || next.due->last < all.due->last);
    if (sooner) all.due = next.due;
  }
  if (all.kind != Kind::kUnknown) all.causes = {};
  return all;
}

Requirement Any(const Expression& expression, Frame& frame) {
  Requirement any = Of(Kind::kFalse);
  for (const Expression& part : expression.parts) {
    Requirement next = Require(part, frame);
    next.causes |= any.causes;
    if (next.kind > any.kind) {
      any = std::move(next);
      continue;
    }
    any.causes = next.causes;
    if (next.kind != Kind::kPending || any.kind != Kind::kPending) continue;
    if (!next.due) any.due.reset();
    if (any.due && next.due && next.due->last > any.due->last) any.due = next.due;
  }
  if (any.kind != Kind::kUnknown) any.causes = {};
  return any;
}

Requirement If(const Expression& expression, Frame& frame) {
  Finding condition;
  {
    const Untraced quiet(frame);
    condition = Evaluate(expression.parts[0], frame);
  }
  const auto branch = [&](std::size_t part) {
    return part < expression.parts.size() ? Require(expression.parts[part], frame)
                                          : Of(Kind::kTrue);
  };
  if (condition.truth == Truth::kTrue) return branch(1);
  if (condition.truth == Truth::kFalse) return branch(2);
  const Untraced quiet(frame);
  Requirement then = branch(1);
  const Requirement otherwise = branch(2);
  if (then.kind == Kind::kTrue && otherwise.kind == Kind::kTrue) return then;
  condition.causes |= then.causes;
  condition.causes |= otherwise.causes;
  return Unsettled(condition.causes);
}

// Up to which act a must may be met, and whether something has ended it.
struct Limit {
  std::size_t last;  // exclusive
  bool ended = false;
  Causes doubt;
};

void EndAt(Limit& limit, const Bound& bound) {
  if (bound.kind == Bound::Kind::kUnknown) limit.doubt |= bound.causes;
  if (bound.kind != Bound::Kind::kFound) return;
  limit.last = std::min(limit.last, bound.act + 1);
  limit.ended = true;
}

// The first act that closes the case after the activation; a duty without `each` has none, and
// any closing is after it.
Bound FirstClosing(Frame& frame) {
  Stretch after{0, frame.scene->acts().size()};
  if (frame.activation) after.first = *frame.activation + 1;
  const auto found = frame.scene->Closings(frame.where).Find(after, false);
  if (found.finding.truth == Truth::kFalse) return {};
  if (found.finding.truth == Truth::kUnknown) {
    return {Bound::Kind::kUnknown, 0, found.finding.causes, {}, std::nullopt};
  }
  return {Bound::Kind::kFound, found.act, {}, {}, std::nullopt};
}

// The window in time of a `by`, or why it can't be had.
struct TimeWindow {
  Window window{false, INT64_MIN, INT64_MAX};
  Causes causes;
  bool open = true;                    // now is in it, as far as can be counted
  bool uncountable = false;            // past what the calendar covers
  std::optional<std::int64_t> beyond;  // the due day isn't known: later than this day
  std::optional<Due> due;
  Unit unit = Unit::kWorkingDays;
};

TimeWindow HoursWindow(const Moment& from, std::int64_t max, const Scene& scene) {
  TimeWindow time;
  time.unit = Unit::kHours;
  if (!from.instant) {
    time.causes = kOther;
    return time;
  }
  const UnixSeconds due{from.instant->value + SecondsOf(max)};
  if (due >= kPastAllYears) {
    time.causes = kOther;
    return time;
  }
  time.window = {true, from.instant->value, due.value};
  time.open = scene.now() <= due;
  time.due = scene.readings().AtInstant(due);
  return time;
}

TimeWindow DaysWindow(const Moment& from, std::int64_t max, Unit unit, Readings::Named named,
                      const Scene& scene) {
  TimeWindow time;
  time.unit = unit;
  const Deadline due = scene.readings().Due(*from.day, max, unit, named);
  if (due.kind == Deadline::Kind::kUnknown) {
    time.causes = kOther;
    return time;
  }
  time.window = {false, *from.day, due.day};
  time.open = scene.today() <= due.day;
  if (due.kind == Deadline::Kind::kDay) {
    time.due = scene.readings().EndOfDay(due.day);
  } else {
    time.uncountable = !time.open;
    time.beyond = due.day;
  }
  return time;
}

TimeWindow TimeOf(const Expression& must, const Frame& frame) {
  if (!must.span) return {};
  const Span& by = *must.span;
  const Moment from = MomentOf(by.from, frame);
  const Amount max = AmountOf(*by.max, frame);
  TimeWindow time;
  const auto unit = UnitOf(by.unit, frame, time.causes);
  time.causes |= from.causes;
  time.causes |= max.causes;
  if (time.causes.any()) return time;
  return *unit == Unit::kHours
             ? HoursWindow(from, *max.value, *frame.scene)
             : DaysWindow(from, *max.value, *unit, NamedBy(by.from, frame), *frame.scene);
}

// A missed deadline: what is told about it.
Requirement Missed(const TimeWindow& time, const Candidates* candidates, Stretch stretch) {
  Requirement missed = Of(Kind::kFalse);
  missed.unit = time.unit;
  if (!time.due) return missed;
  missed.missed = time.window.to;
  Window later = time.window;
  later.from = later.to + 1;
  later.to = INT64_MAX;
  if (candidates != nullptr) missed.came_late = candidates->FirstIn(stretch, later, Truth::kTrue);
  return missed;
}

Requirement Must(const Expression& must, Frame& frame) {
  const TimeWindow time = TimeOf(must, frame);
  if (time.causes.any()) return Unsettled(time.causes);
  Limit limit{frame.scene->acts().size(), false, {}};
  if (must.until) EndAt(limit, PickFirst(*must.until, false, frame));
  if (!must.span) EndAt(limit, FirstClosing(frame));
  if (limit.doubt.any()) return Unsettled(limit.doubt);

  const Reach reach = ReachOf(*must.selector, frame);
  const Candidates* candidates =
      reach.nothing ? nullptr : &frame.scene->Of(must.selector->closed, frame.where);
  Stretch stretch = reach.stretch;
  stretch.last = std::min(stretch.last, limit.last);
  const bool certain = candidates != nullptr && !reach.doubt.any();
  if (certain) {
    const auto met = candidates->FirstIn(stretch, time.window, Truth::kTrue);
    if (met && frame.trace != nullptr) frame.trace->push_back(*met);
    if (met) return Of(Kind::kTrue);
  }
  if (time.open && !limit.ended) return Pending(time.due);
  Causes maybe = time.uncountable ? kOther : Causes{};
  if (candidates != nullptr) {
    Causes unknown;
    bool any = candidates->FirstIn(stretch, time.window, Truth::kUnknown, &unknown).has_value();
    if (reach.doubt.any()) {
      any |= candidates->FirstIn(stretch, time.window, Truth::kTrue).has_value();
    }
    if (any) maybe |= unknown, maybe |= reach.doubt;
  }
  if (maybe.any()) return Unsettled(maybe);
  Requirement missed = Missed(time, certain ? candidates : nullptr, stretch);
  missed.ended = limit.ended;
  return missed;
}

}  // namespace

Requirement Require(const Expression& expression, Frame& frame) {
  switch (expression.op) {
    case Op::kAll:
      return All(expression, frame);
    case Op::kAny:
      return Any(expression, frame);
    case Op::kIf:
      return If(expression, frame);
    case Op::kMust:
      return Must(expression, frame);
    default:
      return Leaf(expression, frame);
  }
}

}  // namespace jejak::procedure
