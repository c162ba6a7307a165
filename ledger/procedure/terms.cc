// SPDX-License-Identifier: Apache-2.0
// What a term is in a frame: values, attributes, dates, amounts (language.md "Values").
#include <algorithm>
#include <utility>

#include "ledger/procedure/scene.h"

namespace jejak::procedure {
namespace {

Operand Nothing(Causes causes) { return {std::nullopt, causes}; }

// The act that a name stands for, or why there is none.
struct Meant {
  const SeenAct* act = nullptr;
  std::size_t place = 0;
  Causes causes;
};

Meant MeantBy(int name, const Frame& frame) {
  if (name == kCandidate) {
    if (!frame.candidate) return {nullptr, 0, kOther};
    return {&frame.scene->acts()[*frame.candidate], *frame.candidate, {}};
  }
  const Bound& bound = frame.names[static_cast<std::size_t>(name)];
  if (bound.kind == Bound::Kind::kFound) {
    return {&frame.scene->acts()[bound.act], bound.act, {}};
  }
  return {nullptr, 0, bound.kind == Bound::Kind::kUnknown ? bound.causes : kOther};
}

Operand Field(const Term& term, const Frame& frame) {
  const Definition& definition = frame.scene->definition();
  if (term.name != kCandidate) {
    const Bound& bound = frame.names[static_cast<std::size_t>(term.name)];
    if (bound.kind == Bound::Kind::kItem) {
      if (bound.datum) return term.path.empty() ? Operand{bound.datum, {}} : Nothing(kOther);
      const Looked looked = LookUp(bound.item, term.path, definition);
      return {looked.value, looked.causes};
    }
  }
  const Meant meant = MeantBy(term.name, frame);
  if (meant.act == nullptr) return Nothing(meant.causes);
  Looked looked = LookUp(*meant.act, term.path, definition);
  if (looked.value) frame.scene->Spend(looked.value->items.size());
  return {std::move(looked.value), looked.causes};
}

const std::string& OfSigner(Attribute attribute, const SignerLine& line) {
  switch (attribute) {
    case Attribute::kRoles:
      return line.role;
    case Attribute::kHolders:
      return line.holder;
    case Attribute::kUnits:
      return line.unit;
    case Attribute::kParties:
      return line.party;
    default:
      return line.name;
  }
}

Datum Signers(const SeenAct& act, Attribute attribute, const std::string& role) {
  std::vector<std::string> texts;
  for (const SignerLine* line : act.signers) {
    if (!role.empty() && line->role != role) continue;
    const std::string& text = OfSigner(attribute, *line);
    if (text.empty() || std::find(texts.begin(), texts.end(), text) != texts.end()) continue;
    texts.push_back(text);
  }
  return Datum::List(std::move(texts));
}

Datum Instant(UnixSeconds instant, const Definition& definition) {
  Datum time;
  time.kind = Datum::Kind::kTime;
  time.instant = instant;
  time.date = definition.LocalDate(instant);
  return time;
}

Operand StateOf(std::size_t act, const Frame& frame) {
  if (!frame.where.track) return Nothing(kOther);
  const TrackView& view = frame.scene->views()[*frame.where.track];
  State state = view.StateBefore(frame.where.instance, act);
  if (!state.name) return Nothing(state.causes);
  return {Datum::Text(std::move(*state.name)), {}};
}

Operand AttributeOf(const Term& term, const Frame& frame) {
  const Meant meant = MeantBy(term.name, frame);
  if (meant.act == nullptr) return Nothing(meant.causes);
  switch (term.attribute) {
    case Attribute::kDate:
      return {Datum::Date(CivilFromDays(meant.act->day)), {}};
    case Attribute::kAt:
      return {Instant(meant.act->act->at.instant, frame.scene->definition()), {}};
    case Attribute::kEntered:
      return {Instant(meant.act->act->entered, frame.scene->definition()), {}};
    case Attribute::kType:
      return {Datum::Text(meant.act->act->type), {}};
    case Attribute::kState:
      return StateOf(meant.place, frame);
    default:
      return {Signers(*meant.act, term.attribute, term.role), {}};
  }
}

Operand List(const Term& term, const Frame& frame) {
  Datum list;
  list.kind = Datum::Kind::kList;
  for (const Term& item : term.items) {
    Operand read = Evaluate(item, frame);
    if (read.value) {
      list.items.push_back(std::move(*read.value));
    } else {
      list.unreadable |= read.causes;
    }
  }
  return {std::move(list), {}};
}

Operand Key(const Frame& frame) {
  if (!frame.where.track) return Nothing(kOther);
  const TrackView& view = frame.scene->views()[*frame.where.track];
  const Instance& instance = view.instances()[frame.where.instance];
  if (instance.unreadable) return Nothing(view.keys(instance.first).causes);
  return {Datum::Text(instance.key), {}};
}

}  // namespace

Operand Evaluate(const Term& term, const Frame& frame) {
  switch (term.kind) {
    case Term::Kind::kLiteral:
      return {term.literal, {}};
    case Term::Kind::kList:
      return List(term, frame);
    case Term::Kind::kField:
      return Field(term, frame);
    case Term::Kind::kAttribute:
      return AttributeOf(term, frame);
    case Term::Kind::kKey:
      return Key(frame);
  }
  return Nothing(kOther);
}

Moment MomentOf(const Term& term, const Frame& frame) {
  const Operand operand = Evaluate(term, frame);
  if (!operand.value) return {std::nullopt, std::nullopt, operand.causes};
  const Datum& datum = *operand.value;
  if (datum.kind == Datum::Kind::kDate) return {DaysFromCivil(datum.date), std::nullopt, {}};
  if (datum.kind == Datum::Kind::kTime) return {DaysFromCivil(datum.date), datum.instant, {}};
  if (datum.kind == Datum::Kind::kText) {
    if (const auto date = ParseDate(datum.text); date.ok()) {
      return {DaysFromCivil(*date), std::nullopt, {}};
    }
  }
  return {std::nullopt, std::nullopt, kOther};
}

Readings::Named NamedBy(const Term& term, const Frame& frame) {
  const bool names = term.kind == Term::Kind::kField || term.kind == Term::Kind::kAttribute;
  if (!names) return std::nullopt;
  const Meant meant = MeantBy(term.name, frame);
  if (meant.act == nullptr) return std::nullopt;
  return meant.act->act->index;
}

Amount AmountOf(const Term& term, const Frame& frame) {
  const Operand operand = Evaluate(term, frame);
  if (!operand.value) return {std::nullopt, operand.causes};
  const Datum& datum = *operand.value;
  if (datum.kind != Datum::Kind::kInteger || datum.integer < 0) return {std::nullopt, kOther};
  return {datum.integer, {}};
}

std::optional<Unit> UnitOf(const Term& term, const Frame& frame, Causes& causes) {
  const Operand operand = Evaluate(term, frame);
  const bool text = operand.value && operand.value->kind == Datum::Kind::kText;
  const auto unit = text ? ParseUnit(operand.value->text) : std::nullopt;
  if (!unit) causes |= operand.value ? kOther : operand.causes;
  return unit;
}

std::int64_t SecondsOf(std::int64_t hours) {
  constexpr std::int64_t kHourSeconds = 3600;
  constexpr std::int64_t kLongest = 100'000'000;  // hours; 11,000 years
  return std::min(hours, kLongest) * kHourSeconds;
}

}  // namespace jejak::procedure
