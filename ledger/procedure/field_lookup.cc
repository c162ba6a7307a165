// SPDX-License-Identifier: Apache-2.0
#include "ledger/procedure/field_lookup.h"

#include <algorithm>
#include <utility>

#include "ledger/procedure/pointer.h"

namespace jejak::procedure {
namespace {

enum class Step { kHere, kAbsent, kUnknownPlace, kUnknownValue };

// What a walk came to: the place, or why there is none.
struct Walked {
  Step step = Step::kHere;
  Place place;
  Causes causes;
};

Walked Stop(Step step, Causes causes, const Declaration* declared = nullptr) {
  Walked walked{step, {}, causes};
  walked.place.declared = declared;
  return walked;
}

Walked StepTo(Place place) {
  Opened opened = Open(std::move(place));
  if (!opened.place) return Stop(Step::kUnknownValue, opened.causes);
  return {Step::kHere, std::move(*opened.place), {}};
}

const Declaration* MemberOf(const Declaration* declared, const std::string& name) {
  if (declared == nullptr) return nullptr;
  const auto found = declared->fields.find(name);
  return found == declared->fields.end() ? nullptr : &found->second;
}

// Follows the members. A value on the way that is sealed and not opened hides what is inside.
Walked Walk(Place place, std::span<const std::string> path) {
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (!place.value->is_object()) return Stop(Step::kUnknownPlace, kOther);
    const Declaration* declared = MemberOf(place.declared, path[i]);
    const json::Value* member = place.value->Find(path[i]);
    if (member == nullptr) {
      const bool last = i + 1 == path.size();
      return Stop(Step::kAbsent, kOther, last ? declared : nullptr);
    }
    place.value = member;
    place.declared = declared;
    place.pointer = PointerBelow(place.pointer, path[i]);
    Walked opened = StepTo(std::move(place));
    if (opened.step != Step::kHere) {
      if (i + 1 < path.size()) opened.step = Step::kUnknownPlace;
      return opened;
    }
    place = std::move(opened.place);
  }
  return {Step::kHere, std::move(place), {}};
}

// The first step from a body: fields are declared by the type, not by a Declaration.
Walked WalkBody(const SeenAct& act, std::span<const std::string> path) {
  const Declaration* declared = nullptr;
  if (act.type != nullptr && !path.empty()) {
    const auto found = act.type->fields.find(path[0]);
    if (found != act.type->fields.end()) declared = &found->second;
  }
  switch (act.body_state()) {
    case BodyState::kNone:
      return Stop(Step::kAbsent, kOther, path.size() == 1 ? declared : nullptr);
    case BodyState::kAbsent:
      return Stop(Step::kUnknownPlace, kContents);
    case BodyState::kUnfit:
      return Stop(Step::kUnknownPlace, kOther);
    case BodyState::kPresent:
      break;
  }
  const json::Value* member = path.empty() ? nullptr : act.body().Find(path[0]);
  if (member == nullptr) {
    return Stop(Step::kAbsent, kOther, path.size() == 1 ? declared : nullptr);
  }
  Walked first = StepTo({&act, member, declared, PointerBelow("", path[0]), false});
  if (first.step != Step::kHere) {
    if (path.size() > 1) first.step = Step::kUnknownPlace;
    return first;
  }
  return Walk(std::move(first.place), path.subspan(1));
}

// What stands for an absent field that declares a default.
Place DefaultOf(const Declaration& declared) {
  return {nullptr, &*declared.default_value, &declared, "", true};
}

Looked ReadWalked(const Walked& walked, const Definition& definition) {
  Looked looked;
  looked.causes = walked.causes;
  switch (walked.step) {
    case Step::kUnknownPlace:
      break;
    case Step::kUnknownValue:
      looked.has = Truth::kTrue;
      break;
    case Step::kAbsent:
      looked.has = Truth::kFalse;
      if (walked.place.declared != nullptr && walked.place.declared->default_value) {
        looked.value = ReadDatum(DefaultOf(*walked.place.declared), definition);
      }
      break;
    case Step::kHere:
      looked.has = Truth::kTrue;
      looked.value = ReadDatum(walked.place, definition);
      if (!looked.value) looked.causes = kOther;
      break;
  }
  return looked;
}

std::optional<Datum> ReadText(const json::Value& value, const Declaration* declared,
                              const Definition& definition) {
  if (!value.is_string()) return std::nullopt;
  const std::string& text = value.as_string();
  if (declared != nullptr && declared->type == FieldType::kString && text.empty()) return {};
  if (declared != nullptr && declared->type == FieldType::kCode) {
    const auto codes = definition.codes.find(declared->codes);
    if (codes == definition.codes.end()) return std::nullopt;
    const bool known = std::any_of(codes->second.begin(), codes->second.end(),
                                   [&](const CodeName& name) { return name.code == text; });
    if (!known) return std::nullopt;
  }
  return Datum::Text(text);
}

std::optional<Datum> ReadDate(const json::Value& value) {
  const auto date = ParseDate(value.as_string());
  return value.is_string() && date.ok() ? std::optional(Datum::Date(*date)) : std::nullopt;
}

std::optional<Datum> ReadTime(const json::Value& value, const Definition& definition) {
  if (!value.is_string()) return std::nullopt;
  Datum datum;
  datum.kind = Datum::Kind::kTime;
  if (const auto at = ParseAt(value.as_string()); at.ok()) {
    datum.instant = at->instant;
  } else if (const auto time = ParseTime(value.as_string()); time.ok()) {
    datum.instant = *time;
  } else {
    return std::nullopt;
  }
  datum.date = definition.LocalDate(datum.instant);
  return datum;
}

std::optional<Datum> ReadList(const Place& place, const Definition& definition) {
  if (!place.value->is_array()) return std::nullopt;
  Datum list;
  list.kind = Datum::Kind::kList;
  const bool of = place.declared != nullptr && !place.declared->of.empty();
  for (std::size_t i = 0; i < place.value->items().size(); ++i) {
    const Walked item =
        StepTo({place.act, &place.value->items()[i], of ? &place.declared->of.front() : nullptr,
                PointerBelow(place.pointer, std::to_string(i)), place.opened});
    std::optional<Datum> read;
    if (item.step == Step::kHere) read = ReadDatum(item.place, definition);
    if (read) {
      list.items.push_back(std::move(*read));
    } else {
      list.unreadable |= item.step == Step::kHere ? kOther : item.causes;
    }
  }
  return list;
}

FieldType LooksLike(const json::Value& value) {
  if (value.is_string()) return FieldType::kString;
  if (value.is_integer()) return FieldType::kInteger;
  if (value.is_bool()) return FieldType::kBoolean;
  return value.is_array() ? FieldType::kList : FieldType::kObject;
}

}  // namespace

Opened Open(Place place) {
  if (place.opened || !IsSealed(*place.value)) return {std::move(place), {}};
  const OpenedField* opening = FindOpening(place.act->opened(), place.pointer);
  if (opening == nullptr) return {std::nullopt, kContents};
  if (!opening->value) return {std::nullopt, kOther};
  place.value = &*opening->value;
  place.opened = true;
  return {std::move(place), {}};
}

std::optional<Datum> ReadDatum(const Place& place, const Definition& definition) {
  const json::Value& value = *place.value;
  if (value.is_null()) return std::nullopt;
  switch (place.declared != nullptr ? place.declared->type : LooksLike(value)) {
    case FieldType::kString:
    case FieldType::kCode:
      return ReadText(value, place.declared, definition);
    case FieldType::kDate:
      return ReadDate(value);
    case FieldType::kTime:
      return ReadTime(value, definition);
    case FieldType::kInteger:
      return value.is_integer() ? std::optional(Datum::Integer(value.as_integer())) : std::nullopt;
    case FieldType::kBoolean:
      return value.is_bool() ? std::optional(Datum::Bool(value.as_bool())) : std::nullopt;
    case FieldType::kList:
      return ReadList(place, definition);
    case FieldType::kObject:
    case FieldType::kAttachment:
      break;
  }
  if (!value.is_object()) return std::nullopt;
  Datum object;
  object.kind = Datum::Kind::kObject;
  return object;
}

Looked LookUp(const SeenAct& act, std::span<const std::string> path, const Definition& definition) {
  return ReadWalked(WalkBody(act, path), definition);
}

Looked LookUp(const Place& item, std::span<const std::string> path, const Definition& definition) {
  Walked opened = StepTo(item);
  if (opened.step == Step::kHere) {
    opened = Walk(std::move(opened.place), path);
  } else if (!path.empty()) {
    opened.step = Step::kUnknownPlace;
  }
  return ReadWalked(opened, definition);
}

Items LookUpItems(const SeenAct& act, std::span<const std::string> path) {
  Walked walked = WalkBody(act, path);
  Place& list = walked.place;
  const bool absent = walked.step == Step::kAbsent;
  if (absent && list.declared != nullptr && list.declared->default_value) {
    list = DefaultOf(*list.declared);
  } else if (walked.step != Step::kHere) {
    return {std::nullopt, walked.causes};
  }
  const bool another = list.declared != nullptr && list.declared->type != FieldType::kList;
  if (another || !list.value->is_array()) return {std::nullopt, kOther};
  const bool of = list.declared != nullptr && !list.declared->of.empty();
  std::vector<Place> places;
  for (std::size_t i = 0; i < list.value->items().size(); ++i) {
    places.push_back({list.act, &list.value->items()[i], of ? &list.declared->of.front() : nullptr,
                      PointerBelow(list.pointer, std::to_string(i)), list.opened});
  }
  return {std::move(places), {}};
}

}  // namespace jejak::procedure
