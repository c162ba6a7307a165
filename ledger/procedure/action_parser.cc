// SPDX-License-Identifier: Apache-2.0
#include "ledger/procedure/action_parser.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "ledger/base/text.h"
#include "ledger/procedure/corrections.h"

namespace jejak::procedure {
namespace {

std::optional<FieldType> TypeOf(std::string_view word) {
  constexpr std::array<std::pair<std::string_view, FieldType>, 9> kTypes{{
      {"string", FieldType::kString},
      {"code", FieldType::kCode},
      {"date", FieldType::kDate},
      {"time", FieldType::kTime},
      {"integer", FieldType::kInteger},
      {"boolean", FieldType::kBoolean},
      {"list", FieldType::kList},
      {"object", FieldType::kObject},
      {"attachment", FieldType::kAttachment},
  }};
  for (const auto& [name, type] : kTypes) {
    if (name == word) return type;
  }
  return std::nullopt;
}

std::optional<Audience> ReadAudience(ObjectCursor& cursor, Problems& problems) {
  const json::Value* member = cursor.Take("audience");
  if (member == nullptr) return std::nullopt;
  const std::string& word = member->as_string();
  if (word == "public") return Audience::kPublic;
  if (word == "party") return Audience::kParty;
  if (word != "oversight") {
    problems.Error(cursor.At("audience"), "this must be one of: public, party, oversight");
  }
  return Audience::kOversight;
}

Declaration ReadDeclaration(const json::Value& value, const std::string& pointer,
                            const Definition& definition, Problems& problems);

std::map<std::string, Declaration> ReadFields(const json::Value& value, const std::string& pointer,
                                              const Definition& definition, Problems& problems) {
  std::map<std::string, Declaration> fields;
  if (!value.is_object()) problems.Error(pointer, "this must be an object of declarations");
  for (const json::Member& member : value.members()) {
    fields.emplace(member.name, ReadDeclaration(member.value, PointerBelow(pointer, member.name),
                                                definition, problems));
  }
  return fields;
}

void ReadCodes(ObjectCursor& cursor, Declaration& declared, const Definition& definition,
               Problems& problems) {
  if (declared.type != FieldType::kCode) return;
  declared.codes = cursor.NeedText("codes");
  if (!declared.codes.empty() && !definition.codes.contains(declared.codes)) {
    problems.Error(cursor.At("codes"),
                   "codes \"" + declared.codes + "\" are unknown: declare them in /codes");
  }
}

bool DefaultFits(const json::Value& value, const Declaration& declared,
                 const Definition& definition) {
  switch (declared.type) {
    case FieldType::kString:
      return value.is_string() && !value.as_string().empty();
    case FieldType::kCode: {
      const auto codes = definition.codes.find(declared.codes);
      if (codes == definition.codes.end()) return true;  // reported elsewhere
      return std::any_of(codes->second.begin(), codes->second.end(), [&](const CodeName& name) {
        return value.is_string() && name.code == value.as_string();
      });
    }
    case FieldType::kDate:
      return value.is_string() && ParseDate(value.as_string()).ok();
    case FieldType::kTime:
      return value.is_string() &&
             (ParseAt(value.as_string()).ok() || ParseTime(value.as_string()).ok());
    case FieldType::kInteger:
      return value.is_integer();
    case FieldType::kBoolean:
      return value.is_bool();
    case FieldType::kList:
      return value.is_array();
    default:
      return value.is_object();
  }
}

Declaration ReadDeclaration(const json::Value& value, const std::string& pointer,
                            const Definition& definition, Problems& problems) {
  Declaration declared;
  ObjectCursor cursor(value, pointer, problems);
  const std::string word = cursor.NeedText("type");
  const auto type = TypeOf(word);
  if (type) {
    declared.type = *type;
  } else if (!word.empty()) {
    problems.Error(cursor.At("type"), "type \"" + word +
                                          "\" is unknown: use string, code, date, time, integer, "
                                          "boolean, list, object or attachment");
  }
  ReadCodes(cursor, declared, definition, problems);
  if (declared.type == FieldType::kList) {
    if (const json::Value* of = cursor.Take("of")) {
      declared.of.push_back(ReadDeclaration(*of, cursor.At("of"), definition, problems));
    }
  }
  if (declared.type == FieldType::kObject) {
    if (const json::Value* fields = cursor.Take("fields")) {
      declared.fields_stated = true;
      declared.fields = ReadFields(*fields, cursor.At("fields"), definition, problems);
    }
  }
  declared.required = cursor.TakeFlag("required");
  declared.sealed = cursor.TakeFlag("sealed");
  if (const json::Value* standard = cursor.Take("default")) {
    declared.default_value = *standard;
    if (!DefaultFits(*standard, declared, definition)) {
      problems.Error(cursor.At("default"), "the default is not of the field's type");
    }
  }
  declared.audience = ReadAudience(cursor, problems);
  cursor.Finish();
  return declared;
}

bool IsState(const Track& track, const std::string& state) {
  return state == track.initial ||
         std::any_of(track.states.begin(), track.states.end(),
                     [&](const auto& known) { return known.first == state; });
}

// The type being read, with what its checks need.
class ActionReader final {
 public:
  ActionReader(const json::Value& value, const std::string& pointer, const Definition& definition,
               Problems& problems)
      : cursor_(value, pointer, problems), definition_(definition), problems_(problems) {}

  ActionType Read() {
    action_.type = cursor_.NeedText("type");
    if (IsUnderstoodEverywhere(action_.type)) {
      problems_.Error(cursor_.At("type"),
                      "\"" + action_.type + "\" is understood in every procedure: remove it");
    }
    action_.title = cursor_.NeedWords("title");
    ReadTrack();
    if (const json::Value* fields = cursor_.Take("fields")) {
      action_.fields = ReadFields(*fields, cursor_.At("fields"), definition_, problems_);
    }
    ReadFrom();
    ReadTo();
    ReadPeople();
    ReadRequires();
    ReadPosition();
    action_.audience = ReadAudience(cursor_, problems_).value_or(Audience::kOversight);
    ReadDeadline();
    CheckKeyField();
    cursor_.Finish();
    return std::move(action_);
  }

 private:
  const Track* track() const {
    return action_.track ? &definition_.tracks[*action_.track] : nullptr;
  }

  void ReadTrack() {
    const std::string name = cursor_.TakeText("track");
    if (name.empty()) return;
    for (std::size_t i = 0; i < definition_.tracks.size(); ++i) {
      if (definition_.tracks[i].name == name) action_.track = i;
    }
    if (!action_.track) {
      problems_.Error(cursor_.At("track"),
                      "track \"" + name + "\" is unknown: declare it in /tracks");
    }
  }

  void CheckState(const std::string& state, const std::string& pointer) {
    if (track() == nullptr) {
      problems_.Error(pointer, "a state is named, but the action has no track: add `track`");
    } else if (!IsState(*track(), state)) {
      problems_.Error(pointer, "state \"" + state + "\" is unknown in track " + track()->name +
                                   ": declare it in its states");
    }
  }

  void ReadFrom() {
    if (!cursor_.Has("from")) return;
    action_.from = cursor_.TakeTexts("from");
    for (std::size_t i = 0; i < action_.from->size(); ++i) {
      CheckState((*action_.from)[i], PointerBelow(cursor_.At("from"), std::to_string(i)));
    }
  }

  void ReadTo() {
    const json::Value* to = cursor_.Take("to");
    if (to == nullptr) return;
    ActionType::Move move;
    if (to->is_string()) {
      move.to = to->as_string();
      CheckState(move.to, cursor_.At("to"));
    } else {
      ObjectCursor by(*to, cursor_.At("to"), problems_);
      move.field = by.NeedText("field");
      if (!move.field.empty() && !action_.fields.contains(move.field)) {
        problems_.Error(by.At("field"), "field \"" + move.field + "\" is not declared in `fields`");
      }
      const json::Value* is = by.Need("is");
      if (is != nullptr && !is->is_object()) {
        problems_.Error(by.At("is"), "this must be an object: value to state");
      }
      for (const json::Member& member : (is != nullptr ? *is : *to).members()) {
        if (is == nullptr) break;
        move.is.emplace(member.name, member.value.as_string());
        CheckState(member.value.as_string(), PointerBelow(by.At("is"), member.name));
      }
      by.Finish();
    }
    action_.to = std::move(move);
  }

  void CheckRoles(const std::vector<std::string>& roles, std::string_view member) {
    for (std::size_t i = 0; i < roles.size(); ++i) {
      if (definition_.roles.contains(roles[i])) continue;
      problems_.Error(PointerBelow(cursor_.At(member), std::to_string(i)),
                      "role \"" + roles[i] + "\" is unknown: declare it in /roles");
    }
  }

  void ReadPeople() {
    action_.roles = cursor_.NeedTexts("roles");
    CheckRoles(action_.roles, "roles");
    action_.min_signers = static_cast<std::uint64_t>(
        std::max<std::int64_t>(cursor_.TakeCount("min_signers").value_or(0), 0));
    action_.parties = cursor_.TakeTexts("parties");
    CheckRoles(action_.parties, "parties");
  }

  void ReadRequires() {
    const json::Value* groups = cursor_.Take("requires");
    if (groups == nullptr) return;
    const std::string pointer = cursor_.At("requires");
    if (!groups->is_array()) problems_.Error(pointer, "this must be a list of types or lists");
    for (std::size_t i = 0; i < groups->items().size(); ++i) {
      const json::Value& group = groups->items()[i];
      const std::string at = PointerBelow(pointer, std::to_string(i));
      if (group.is_string()) {
        action_.requires_groups.push_back({group.as_string()});
      } else {
        action_.requires_groups.push_back(ReadTexts(group, at, problems_));
      }
    }
  }

  void ReadPosition() {
    const std::string position = cursor_.TakeText("position");
    action_.must_be_after = position == "after";
    if (!position.empty() && position != "after") {
      problems_.Error(cursor_.At("position"), "this must be \"after\", or left out");
    }
  }

  void ReadDeadline() {
    const json::Value* value = cursor_.Take("deadline");
    if (value == nullptr) return;
    ObjectCursor cursor(*value, cursor_.At("deadline"), problems_);
    ActionType::Deadline deadline;
    deadline.from = cursor.NeedText("from");
    cursor.Need("max");
    deadline.max = cursor.TakeCount("max").value_or(0);
    deadline.unit = cursor.NeedOneOf("unit", {"working_days", "calendar_days", "hours"});
    deadline.kind = cursor.NeedOneOf("kind", {"law", "policy", "unverified"});
    cursor.Finish();
    action_.deadline = std::move(deadline);
  }

  void CheckKeyField() {
    if (track() == nullptr || track()->by_about()) return;
    const auto field = action_.fields.find(track()->key_field);
    if (field == action_.fields.end()) return;
    const Declaration& declared = field->second;
    const bool sealed = declared.sealed || declared.type == FieldType::kAttachment ||
                        (!declared.of.empty() && declared.of.front().sealed);
    if (sealed) {
      problems_.Error(
          PointerBelow(cursor_.At("fields"), field->first),
          "this is the key of track " + track()->name + " and must not be sealed: remove `sealed`");
    }
  }

  ObjectCursor cursor_;
  const Definition& definition_;
  Problems& problems_;
  ActionType action_;
};

void CheckTypes(const Definition& definition, const std::string& pointer, Problems& problems) {
  for (std::size_t i = 0; i < definition.actions.size(); ++i) {
    const ActionType& action = definition.actions[i];
    const std::string at = PointerBelow(pointer, std::to_string(i));
    const auto known = [&](const std::string& type) {
      return definition.by_type.contains(type) || IsUnderstoodEverywhere(type);
    };
    for (std::size_t g = 0; g < action.requires_groups.size(); ++g) {
      for (const std::string& type : action.requires_groups[g]) {
        if (known(type)) continue;
        problems.Error(at + "/requires/" + std::to_string(g),
                       "type \"" + type + "\" is unknown: declare it in /actions");
      }
    }
    if (action.deadline && !known(action.deadline->from)) {
      problems.Error(at + "/deadline/from",
                     "type \"" + action.deadline->from + "\" is unknown: declare it in /actions");
    }
  }
}

}  // namespace

void ReadActions(const json::Value& value, const std::string& pointer, Definition& definition,
                 Problems& problems) {
  if (!value.is_array()) problems.Error(pointer, "this must be a list of actions");
  for (std::size_t i = 0; i < value.items().size(); ++i) {
    const std::string at = PointerBelow(pointer, std::to_string(i));
    ActionType action = ActionReader(value.items()[i], at, definition, problems).Read();
    if (!definition.by_type.emplace(action.type, i).second) {
      problems.Error(at + "/type", "type \"" + action.type + "\" is declared twice: remove one");
    }
    definition.actions.push_back(std::move(action));
  }
  CheckTypes(definition, pointer, problems);
}

}  // namespace jejak::procedure
