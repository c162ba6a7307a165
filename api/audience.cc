// SPDX-License-Identifier: Apache-2.0
#include "api/audience.h"

#include <algorithm>
#include <set>
#include <unordered_map>

#include "ledger/procedure/pointer.h"

namespace jejak::api {
namespace {

using evidence::CaseRecord;
using json::Value;
using procedure::Act;
using procedure::ActionType;
using procedure::Declaration;
using procedure::Definition;
using procedure::FieldType;
using Reach = procedure::Audience;  // ascending: the narrower of two is the greater

Reach Narrowed(Reach reach, const std::optional<Reach>& own) {
  return std::max(reach, own.value_or(reach));
}

bool HasShape(const Declaration& declared, const Value& value) {
  switch (declared.type) {
    case FieldType::kList:
      return value.is_array();
    case FieldType::kObject:
    case FieldType::kAttachment:
      return value.is_object();
    case FieldType::kInteger:
      return value.is_integer();
    case FieldType::kBoolean:
      return value.is_bool();
    default:
      return value.is_string();
  }
}

Reach ClearReach(const Declaration& declared, const Value& value, Reach reach);

Reach MembersReach(const std::map<std::string, Declaration>& fields, bool stated,
                   const Value& object, Reach reach) {
  Reach worst = reach;
  for (const json::Member& member : object.members()) {
    const auto field = fields.find(member.name);
    if (field == fields.end() && stated) return Reach::kOversight;
    if (field == fields.end() || procedure::IsSealed(member.value)) continue;
    const bool must_be_sealed =
        field->second.sealed || field->second.type == FieldType::kAttachment;
    if (must_be_sealed) return Reach::kOversight;
    worst = std::max(worst, ClearReach(field->second, member.value, reach));
  }
  return worst;
}

// Whom a value that can be read may reach. As deep as the declaration, whatever the value.
Reach ClearReach(const Declaration& declared, const Value& value, Reach reach) {
  if (!HasShape(declared, value)) return Reach::kOversight;
  reach = Narrowed(reach, declared.audience);
  if (declared.type == FieldType::kObject)
    return MembersReach(declared.fields, declared.fields_stated, value, reach);
  Reach worst = reach;
  if (declared.type != FieldType::kList || declared.of.empty()) return worst;
  for (const Value& item : value.items()) {
    if (!procedure::IsSealed(item))
      worst = std::max(worst, ClearReach(declared.of.front(), item, reach));
  }
  return worst;
}

Reach OpeningReach(const ActionType& type, const procedure::OpenedField& opened) {
  if (!opened.value) return Reach::kOversight;
  const std::map<std::string, Declaration>* fields = &type.fields;
  const Declaration* declared = nullptr;
  Reach reach = type.audience;
  for (const std::string& token : procedure::PointerTokens(opened.pointer)) {
    if (declared != nullptr && declared->type == FieldType::kList && !declared->of.empty()) {
      declared = &declared->of.front();
    } else {
      if (declared != nullptr) fields = &declared->fields;
      const auto field = fields->find(token);
      if (field == fields->end()) return Reach::kOversight;
      declared = &field->second;
    }
    reach = Narrowed(reach, declared->audience);
  }
  return declared == nullptr ? Reach::kOversight : ClearReach(*declared, *opened.value, reach);
}

// The instances of its track that an act names. nullopt: can't be read.
using Keys = std::set<std::string>;
std::optional<Keys> KeysOf(const procedure::Track& track, const Act& act) {
  if (track.by_about()) return Keys(act.about.begin(), act.about.end());
  if (act.body_state != procedure::BodyState::kPresent) return std::nullopt;
  const Value* key = act.body.Find(track.key_field);
  if (key == nullptr) return Keys();
  if (key->is_string()) return Keys{key->as_string()};
  if (!key->is_array()) return std::nullopt;
  Keys keys;
  for (const Value& item : key->items()) {
    if (!item.is_string()) return std::nullopt;
    keys.insert(item.as_string());
  }
  return keys;
}

// What one version of the procedure allows the asker.
class Allowance final {
 public:
  Allowance(const Audience& audience, const CaseRecord& record, const Definition& definition)
      : audience_(audience), definition_(definition) {
    own_.resize(definition.tracks.size());
    all_.resize(definition.tracks.size());
    if (audience.kind != Audience::Kind::kParty) return;
    for (const Act& act : record.acts) {
      if (BringsIn(act)) TakeInstance(act);
      NoteInstances(act);
    }
  }

  Given Of(const Act& act) const {
    Given given;
    const ActionType* type = definition_.FindAction(act.type);
    if (type == nullptr || act.body_state != procedure::BodyState::kPresent) return given;
    given.body = Reaches(*type, act, MembersReach(type->fields, true, act.body, type->audience));
    if (!given.body) return given;
    for (const procedure::OpenedField& opened : act.opened) {
      if (Reaches(*type, act, OpeningReach(*type, opened)))
        given.openings.push_back(opened.pointer);
    }
    return given;
  }

 private:
  bool BringsIn(const Act& act) const {
    return std::any_of(act.parties.begin(), act.parties.end(),
                       [&](const auto& party) { return party.second == audience_.party; });
  }

  // Which of several instances the key is for can't be told: then it is for none.
  void TakeInstance(const Act& act) {
    const ActionType* type = definition_.FindAction(act.type);
    if (type == nullptr || !type->track) return;
    const std::optional<Keys> keys = KeysOf(definition_.tracks[*type->track], act);
    if (keys && keys->size() == 1) own_[*type->track].insert(*keys->begin());
  }

  void NoteInstances(const Act& act) {
    const ActionType* type = definition_.FindAction(act.type);
    if (type == nullptr || !type->track) return;
    const std::optional<Keys> keys = KeysOf(definition_.tracks[*type->track], act);
    if (keys) all_[*type->track].insert(keys->begin(), keys->end());
  }

  // What names no instance concerns the only one there is.
  bool Concerns(const ActionType& type, const Act& act) const {
    if (!type.track) return true;
    const std::optional<Keys> keys = KeysOf(definition_.tracks[*type.track], act);
    const Keys& own = own_[*type.track];
    if (!keys || own.empty()) return false;
    if (keys->empty()) return own == all_[*type.track];
    return std::includes(own.begin(), own.end(), keys->begin(), keys->end());
  }

  bool Reaches(const ActionType& type, const Act& act, Reach reach) const {
    if (reach == Reach::kPublic) return true;
    return reach == Reach::kParty && audience_.kind == Audience::Kind::kParty &&
           Concerns(type, act);
  }

  const Audience& audience_;
  const Definition& definition_;
  std::vector<Keys> own_, all_;  // by track
};

Given Everything(const Act& act) {
  Given given{true, {}};
  for (const procedure::OpenedField& opened : act.opened) given.openings.push_back(opened.pointer);
  return given;
}

void Intersect(Given& given, const Given& other) {
  given.body = given.body && other.body;
  std::erase_if(given.openings,
                [&](const std::string& pointer) { return !given.body || !other.Opens(pointer); });
}

}  // namespace

bool Given::Opens(std::string_view pointer) const {
  return std::find(openings.begin(), openings.end(), pointer) != openings.end();
}

std::vector<Given> GivenTo(const Audience& audience, const CaseRecord& record) {
  std::vector<Given> given;
  given.reserve(record.acts.size());
  for (const Act& act : record.acts) given.push_back(Everything(act));
  if (audience.kind == Audience::Kind::kOversight) return given;
  if (record.bindings.empty() || record.bindings.front().first != 0)
    return std::vector<Given>(record.acts.size());
  for (std::size_t i = 0; i < record.bindings.size(); ++i) {
    const evidence::BoundVersion& version = *record.bindings[i].second;
    // Acts after the next binding were written under another version.
    const std::size_t end =
        i + 1 < record.bindings.size() ? record.bindings[i + 1].first : given.size();
    if (version.why_not) {
      std::fill_n(given.begin(), end, Given{});
      continue;
    }
    const Allowance allowance(audience, record, *version.definition->definition);
    for (std::size_t at = 0; at < end; ++at) Intersect(given[at], allowance.Of(record.acts[at]));
  }
  return given;
}

void Withhold(std::span<const Given> given, CaseRecord& record) {
  for (std::size_t at = 0; at < record.acts.size(); ++at) {
    Act& act = record.acts[at];
    if (act.body_state == procedure::BodyState::kNone) continue;
    if (!given[at].body) {
      act.body_state = procedure::BodyState::kAbsent;
      act.body = {};
      act.opened.clear();
    }
    std::erase_if(act.opened, [&](const procedure::OpenedField& opened) {
      return !given[at].Opens(opened.pointer);
    });
  }
}

sequencer::Disclosure DisclosureTo(const Audience& audience, const CaseRecord& record) {
  std::unordered_map<std::uint64_t, Given> by_entry;
  std::vector<Given> given = GivenTo(audience, record);
  for (std::size_t at = 0; at < given.size(); ++at)
    by_entry.emplace(record.acts[at].index, std::move(given[at]));
  sequencer::Disclosure disclosure;
  disclosure.gives = [by_entry = std::move(by_entry)](std::uint64_t index,
                                                      std::string_view pointer) {
    const auto one = by_entry.find(index);
    if (one == by_entry.end() || !one->second.body) return false;
    return pointer.empty() || one->second.Opens(pointer);
  };
  return disclosure;
}

}  // namespace jejak::api
