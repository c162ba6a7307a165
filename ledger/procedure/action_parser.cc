// SPDX-License-Identifier: Apache-2.0
#include "ledger/procedure/action_parser.h"

#include <array>

#include "ledger/base/lexical.h"
#include "ledger/procedure/declaration_parser.h"

namespace jejak::procedure {
namespace {

constexpr std::size_t kMaxActions = 10'000;

// One action, after the names of all.
class ActionParser final {
 public:
  ActionParser(const json::Value& value, ActionType& action, DefinitionDraft& draft)
      : in_(value, "an action", draft.problems), action_(action), draft_(draft) {}

  void Parse() {
    if (!in_.value().is_object()) return;
    in_.Required("type");  // read before
    action_.title = draft_.ReadWords(in_.Required("title"), true);
    ParseTrack();
    ParseFrom();
    action_.roles = draft_.ReadRoles(in_, in_.Required("roles"));
    action_.min_signers = static_cast<std::uint64_t>(in_.Amount("min_signers", false).value_or(0));
    ParseRequires();
    ParsePosition();
    action_.parties = draft_.ReadRoles(in_, in_.Optional("parties"));
    action_.fields = ParseFields(in_.Optional("fields"), draft_);
    action_.audience = ParseAudience(in_).value_or(Audience::kOversight);
    ParseTo();
    ParseDeadline();
    CheckKeyField();
    in_.Finish();
  }

 private:
  void Error(const json::Value& at, std::string message) {
    draft_.problems.Error(at, std::move(message));
  }

  void ParseTrack() {
    const json::Value* name = in_.Optional("track");
    if (name == nullptr) return;
    const auto& tracks = draft_.definition.tracks;
    for (std::size_t i = 0; i < tracks.size(); ++i) {
      if (name->is_string() && tracks[i].name == name->as_string()) action_.track = i;
    }
    if (!action_.track) {
      Error(*name, "unknown track " + Quoted(name->as_string()) +
                       ": declare it in tracks, or correct the name");
    }
  }

  // A state of the action's own track; else a problem.
  std::string State(const json::Value& value) {
    if (!action_.track) {
      if (in_.value().Find("track") == nullptr) {
        Error(value, "an action without a track has no states: name its track");
      }
      return {};
    }
    const Track& track = draft_.definition.tracks[*action_.track];
    if (value.is_string() && draft_.KnowsState(*action_.track, value.as_string()))
      return value.as_string();
    Error(value, "unknown state " + Quoted(value.as_string()) + ": declare it in the track " +
                     Quoted(track.name));
    return {};
  }

  void ParseFrom() {
    const json::Value* from = in_.Optional("from");
    if (from == nullptr) return;
    action_.from.emplace();
    in_.Items(from, [&](const json::Value& item) { action_.from->push_back(State(item)); });
  }

  void ParseTo() {
    const json::Value* to = in_.Optional("to");
    if (to == nullptr) return;
    action_.to.emplace();
    if (to->is_string()) {
      action_.to->to = State(*to);
      return;
    }
    MemberCursor in(*to, "to, unless it is a state,", draft_.problems);
    action_.to->field = in.Text("field", IsAnyText, "the name of a field of this action");
    const auto field = action_.fields.find(action_.to->field);
    const Declaration* declared = field == action_.fields.end() ? nullptr : &field->second;
    if (declared == nullptr && !action_.to->field.empty()) {
      Error(*to->Find("field"), "unknown field " + Quoted(action_.to->field) +
                                    ": declare it in fields, or correct the name");
    }
    in.Members(in.Required("is"), [&](const json::Member& member) {
      CheckValue(member, declared);
      action_.to->is.emplace(member.name, State(member.value));
    });
    in.Finish();
  }

  // `is` lists values that the field can have.
  void CheckValue(const json::Member& member, const Declaration* declared) {
    if (declared == nullptr) return;
    if (declared->type == FieldType::kBoolean && member.name != "true" && member.name != "false") {
      Error(member.value, Quoted(member.name) + " is no boolean: write true or false");
    }
    if (declared->type != FieldType::kCode) return;
    if (!draft_.code_sets.contains(declared->codes)) return;
    if (draft_.KnowsCode(declared->codes, member.name)) return;
    Error(member.value, "unknown code " + Quoted(member.name) + ": declare it in the codes " +
                            Quoted(declared->codes));
  }

  void ParseRequires() {
    in_.Items(in_.Optional("requires"), [&](const json::Value& item) {
      if (item.is_array()) {
        action_.requires_groups.push_back(draft_.ReadTypes(in_, &item));
        if (item.items().empty()) Error(item, "the list is empty: name a type, or leave it out");
      } else if (item.is_string() && draft_.KnowsType(item.as_string())) {
        action_.requires_groups.push_back({item.as_string()});
      } else {
        Error(item, "unknown type " + Quoted(item.as_string()) +
                        ": declare it in actions, or correct the name");
      }
    });
  }

  void ParsePosition() {
    if (in_.value().Find("position") != nullptr) {
      in_.Word("position", {"after"});
      action_.must_be_after = true;
    }
    in_.Optional("position");
  }

  void ParseDeadline() {
    const json::Value* value = in_.Optional("deadline");
    if (value == nullptr) return;
    MemberCursor in(*value, "a deadline", draft_.problems);
    if (!value->is_object()) return;
    constexpr std::array<std::string_view, 3> kUnits{"working_days", "calendar_days", "hours"};
    constexpr std::array<std::string_view, 3> kKinds{"law", "policy", "unverified"};
    ActionType::Deadline deadline;
    deadline.from = in.Text("from", IsAnyText, "a type");
    if (!deadline.from.empty() && !draft_.KnowsType(deadline.from)) {
      Error(*value->Find("from"), "unknown type " + Quoted(deadline.from) +
                                      ": declare it in actions, or correct the name");
    }
    deadline.max = in.Amount("max", true).value_or(0);
    deadline.unit = kUnits[in.Word("unit", {kUnits.begin(), kUnits.end()})];
    deadline.kind = kKinds[in.Word("kind", {kKinds.begin(), kKinds.end()})];
    in.Finish();
    action_.deadline = std::move(deadline);
  }

  // The key says whose track it is, so everyone must be able to read it.
  void CheckKeyField() {
    if (!action_.track) return;
    const auto key = action_.fields.find(draft_.definition.tracks[*action_.track].key_field);
    if (key == action_.fields.end()) return;
    if (!key->second.sealed && key->second.type != FieldType::kAttachment) return;
    Error(*in_.value().Find("fields")->Find(key->first),
          "the key field " + Quoted(key->first) + " must not be sealed: leave out sealed");
  }

  MemberCursor in_;
  ActionType& action_;
  DefinitionDraft& draft_;
};

// "about", or "/field" at the top of the body.
void ParseKey(MemberCursor& in, Track& track) {
  const auto is = [](std::string_view text) {
    return text == "about" ||
           (text.size() > 1 && text.front() == '/' && text.find_first_of("/~.$", 1) == text.npos);
  };
  const std::string key = in.Text("key", is, "about, or / and the name of a field at the top");
  if (key.starts_with('/')) track.key_field = key.substr(1);
}

Track ParseTrack(const json::Member& member, DefinitionDraft& draft) {
  Track track;
  track.name = member.name;
  if (!IsWord(member.name)) {
    draft.problems.Error(member.value, "the track name " + Quoted(member.name) +
                                           " won't do: use a-z, 0-9 and _, a letter first");
  }
  if (member.name == "case") {
    draft.problems.Error(member.value, "a track can't be called case: that scope is the case");
  }
  MemberCursor in(member.value, "a track", draft.problems);
  if (!member.value.is_object()) {
    draft.state_sets.emplace_back();
    return track;
  }
  ParseKey(in, track);
  track.initial = in.Text("initial", IsAnyText, "the state in which an instance begins");
  in.Members(in.Required("states"), [&](const json::Member& state) {
    track.states.emplace_back(state.name, draft.ReadWords(&state.value, false));
  });
  auto& known = draft.state_sets.emplace_back();
  if (!track.initial.empty()) known.insert(track.initial);
  for (const auto& state : track.states) known.insert(state.first);
  in.Items(in.Required("final"), [&](const json::Value& state) {
    track.final_states.push_back(state.as_string());
    if (state.is_string() && known.contains(state.as_string())) return;
    draft.problems.Error(state, "unknown state " + Quoted(state.as_string()) +
                                    ": declare it in the states of this track");
  });
  track.reopens = draft.ReadTypes(in, in.Optional("reopens"));
  in.Finish();
  return track;
}

}  // namespace

void ParseTypeNames(const json::Value* actions, DefinitionDraft& draft) {
  if (actions == nullptr || !actions->is_array()) return;
  if (actions->items().size() > kMaxActions) {
    return draft.problems.Error(*actions, "more than 10000 actions in one definition: remove some");
  }
  for (const json::Value& item : actions->items()) {
    ActionType& action = draft.definition.actions.emplace_back();
    const json::Value* type = item.Find("type");
    if (type == nullptr) continue;
    action.type = ReadText(*type, IsType, "two or more words joined by \".\", like exam.hold",
                           draft.problems);
    if (action.type.empty()) continue;
    if (IsUnderstoodEverywhere(action.type)) {
      draft.problems.Error(
          *type, Quoted(action.type) + " is understood in every procedure: don't declare it");
    } else if (!draft.definition.by_type.emplace(action.type, draft.definition.actions.size() - 1)
                    .second) {
      draft.problems.Error(*type, Quoted(action.type) + " is declared twice: declare it once");
    }
  }
}

void ParseTracks(const json::Value* tracks, DefinitionDraft& draft) {
  if (tracks == nullptr) return;
  if (!tracks->is_object()) return draft.problems.Error(*tracks, "it must be an object of tracks");
  for (const json::Member& member : tracks->members()) {
    draft.definition.tracks.push_back(ParseTrack(member, draft));
  }
}

void ParseActions(const json::Value* actions, DefinitionDraft& draft) {
  if (actions == nullptr) return;
  if (!actions->is_array()) return draft.problems.Error(*actions, "it must be a list of actions");
  for (std::size_t i = 0; i < draft.definition.actions.size(); ++i) {
    ActionParser(actions->items()[i], draft.definition.actions[i], draft).Parse();
  }
}

}  // namespace jejak::procedure
