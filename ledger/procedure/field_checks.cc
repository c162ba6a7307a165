// SPDX-License-Identifier: Apache-2.0
// check.fields and check.sealed: is each field declared, there, of its type, and sealed if it must
// be, to any depth. Depth is bounded by that of the JSON.
#include <algorithm>

#include "ledger/base/text.h"
#include "ledger/procedure/checks.h"
#include "ledger/procedure/field_lookup.h"
#include "ledger/procedure/pointer.h"

namespace jejak::procedure {
namespace {

constexpr CheckResult kPasses{};
constexpr CheckResult kFails{Outcome::kFail, {}};

CheckResult CheckBodyState(const SeenAct& act) {
  switch (act.body_state()) {
    case BodyState::kAbsent:
      return {Outcome::kUnknown, kContents};
    case BodyState::kUnfit:
      return {Outcome::kUnknown, kOther};
    default:
      return kPasses;
  }
}

Place Below(const Place& parent, const json::Value& value, const Declaration* declared,
            std::string_view token) {
  return {parent.act, &value, declared, PointerBelow(parent.pointer, token), parent.opened};
}

bool IsAttachment(const json::Value& value) {
  if (!value.is_object() || value.members().size() != 3) return false;
  const json::Value* sha256 = value.Find("sha256");
  const json::Value* size = value.Find("size");
  const json::Value* media = value.Find("media");
  if (sha256 == nullptr || size == nullptr || media == nullptr) return false;
  const auto hash = ParseBase64(sha256->as_string());
  return sha256->is_string() && hash.ok() && hash->size() == sizeof(Digest) && size->is_integer() &&
         size->as_integer() >= 0 && media->is_string() && !media->as_string().empty();
}

CheckResult CheckValue(const Place& place, const Definition& definition);

CheckResult CheckItems(const Place& place, const Definition& definition) {
  CheckResult result;
  const Declaration* of = place.declared->of.empty() ? nullptr : &place.declared->of.front();
  for (std::size_t i = 0; i < place.value->items().size(); ++i) {
    const json::Value& item = place.value->items()[i];
    if (item.is_null()) return kFails;
    if (of == nullptr) continue;
    result = Worse(result, CheckValue(Below(place, item, of, std::to_string(i)), definition));
  }
  return result;
}

// Members of an object, or of a body, against what is declared for them.
CheckResult CheckMembers(const Place& object, const std::map<std::string, Declaration>& fields,
                         const Definition& definition) {
  CheckResult result;
  for (const json::Member& member : object.value->members()) {
    const auto declared = fields.find(member.name);
    if (declared == fields.end() || member.value.is_null()) return kFails;
    result = Worse(result, CheckValue(Below(object, member.value, &declared->second, member.name),
                                      definition));
  }
  for (const auto& [name, declared] : fields) {
    if (declared.required && object.value->Find(name) == nullptr) return kFails;
  }
  return result;
}

CheckResult CheckValue(const Place& place, const Definition& definition) {
  const Opened opened = Open(place);
  if (!opened.place) return {Outcome::kUnknown, opened.causes};
  const Place& stands = *opened.place;
  const Declaration& declared = *stands.declared;
  if (declared.type == FieldType::kAttachment) {
    return IsAttachment(*stands.value) ? kPasses : kFails;
  }
  if (!ReadDatum(stands, definition)) return kFails;
  if (declared.type == FieldType::kList) return CheckItems(stands, definition);
  if (declared.type == FieldType::kObject && declared.fields_stated) {
    return CheckMembers(stands, declared.fields, definition);
  }
  return kPasses;
}

bool MustBeSealed(const Declaration& declared) {
  return declared.sealed || declared.type == FieldType::kAttachment;
}

// In what isn't opened from a seal: everything that must be sealed is.
bool SealedBelow(const json::Value& value, const Declaration& declared) {
  if (IsSealed(value)) return true;
  if (MustBeSealed(declared)) return false;
  if (!declared.of.empty()) {
    return std::all_of(value.items().begin(), value.items().end(), [&](const json::Value& item) {
      return SealedBelow(item, declared.of.front());
    });
  }
  return std::all_of(
      value.members().begin(), value.members().end(), [&](const json::Member& member) {
        const auto field = declared.fields.find(member.name);
        return field == declared.fields.end() || SealedBelow(member.value, field->second);
      });
}

bool IsKeyField(const SeenAct& act, const Definition& definition, std::string_view name) {
  if (!act.type->track) return false;
  const Track& track = definition.tracks[*act.type->track];
  return !track.by_about() && track.key_field == name;
}

}  // namespace

CheckResult CheckFields(const SeenAct& act, const Definition& definition) {
  const auto& fields = act.type->fields;
  if (act.body_state() == BodyState::kNone) {
    const bool missing = std::any_of(fields.begin(), fields.end(),
                                     [](const auto& field) { return field.second.required; });
    return missing ? kFails : kPasses;
  }
  if (act.body_state() != BodyState::kPresent) return CheckBodyState(act);
  return CheckMembers({&act, &act.body(), nullptr, "", false}, fields, definition);
}

CheckResult CheckSealed(const SeenAct& act, const Definition& definition) {
  if (act.body_state() != BodyState::kPresent) return CheckBodyState(act);
  for (const json::Member& member : act.body().members()) {
    if (IsKeyField(act, definition, member.name)) {
      const bool sealed = IsSealed(member.value) ||
                          std::any_of(member.value.items().begin(), member.value.items().end(),
                                      [](const json::Value& item) { return IsSealed(item); });
      if (sealed) return kFails;
      continue;
    }
    const auto declared = act.type->fields.find(member.name);
    if (declared == act.type->fields.end()) continue;
    if (!SealedBelow(member.value, declared->second)) return kFails;
  }
  return kPasses;
}

}  // namespace jejak::procedure
