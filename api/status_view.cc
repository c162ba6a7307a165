// SPDX-License-Identifier: Apache-2.0
#include "api/status_view.h"

#include <algorithm>
#include <array>

#include "ledger/procedure/pointer.h"

namespace jejak::api {
namespace {

using evidence::CaseConformance;
using evidence::CaseRecord;
using procedure::Act;
using procedure::ActionType;
using procedure::Definition;
using procedure::InstanceState;
using procedure::Judgement;
using procedure::Words;

// After these the code opens nothing any more, whatever the store still holds.
constexpr std::string_view kShred = "privacy.shred", kArchive = "archive.transfer";
// Fields of codes that say how something ended, if a definition has them.
constexpr std::array<std::string_view, 5> kTold{"outcome", "result", "reason", "level", "kind"};

const Act* ActAt(const CaseRecord& record, std::uint64_t index) {
  const auto found = std::find_if(record.acts.begin(), record.acts.end(),
                                  [index](const Act& act) { return act.index == index; });
  return found == record.acts.end() ? nullptr : &*found;
}

// Whether who moved it into the state may do so; else where it stands isn't known.
bool IsMovedRightly(const CaseRecord& held, const Course& course, const InstanceState& state) {
  const Act* moved = ActAt(held, state.since);
  return moved == nullptr || course.Counts(*moved);
}

const InstanceState* StateIn(const Judgement& judgement, const Definition& definition,
                             const Instance& instance) {
  for (const InstanceState& state : judgement.states) {
    if (state.track == definition.tracks[instance.track].name && state.instance == instance.key)
      return &state;
  }
  return nullptr;
}

bool IsFinal(const procedure::Track& track, const std::optional<std::string>& state) {
  return state && procedure::Contains(track.final_states, *state);
}

Words WordsOfState(const procedure::Track& track, const std::string& state) {
  for (const auto& [name, words] : track.states) {
    if (name == state) return words;
  }
  return {};
}

std::string DateOf(const Act& act) { return FormatDate(act.at.local_date); }

// A member of the body, opened if it was sealed; nullptr: it has none, or it can't be read.
const json::Value* ValueOf(const Act& act, std::string_view name) {
  const json::Value* value = act.body.Find(name);
  if (value == nullptr || !procedure::IsSealed(*value)) return value;
  const procedure::OpenedField* opened =
      procedure::FindOpening(act.opened, procedure::PointerBelow("", name));
  return opened != nullptr && opened->value ? &*opened->value : nullptr;
}

// What the codes of its fields say about how something ended.
void AddTold(const Definition& definition, const Act& act,
             std::vector<std::pair<std::string, Words>>& told) {
  const ActionType* type = definition.FindAction(act.type);
  if (type == nullptr || act.body_state != procedure::BodyState::kPresent) return;
  for (const std::string_view name : kTold) {
    const auto field = type->fields.find(std::string(name));
    if (field == type->fields.end()) continue;
    const auto codes = definition.codes.find(field->second.codes);
    if (codes == definition.codes.end()) continue;
    const json::Value* value = ValueOf(act, name);
    if (value == nullptr) continue;
    for (const procedure::CodeName& code : codes->second) {
      if (code.code == value->as_string()) told.emplace_back("", code.words);
    }
  }
}

// The shares of a view, put together one by one.
class ViewBuilder final {
 public:
  ViewBuilder(const CaseRecord& held, const CaseRecord& shown, const CaseConformance& all,
              const CaseConformance& part, StatusView& view)
      : held_(held),
        shown_(shown),
        all_(all),
        part_(part),
        definition_(*all.judged_by()),
        course_(held, all, view.now),
        view_(view) {}

  void Build() {
    view_.definition = &definition_;
    for (const Act& act : held_.acts) {
      if (procedure::Contains(definition_.closes, act.type) && course_.Counts(act))
        view_.closed = true;
    }
    FindStage();
    FindOutcome();
    if (!view_.closed) FindDue();
    FindMay();
    FindEvents();
    view_.holder.examined ? FindPapers() : FindRules();
  }

 private:
  bool IsOwn(const InstanceState& state) const {
    const Instance& own = view_.holder.instance;
    return state.track == definition_.tracks[own.track].name && state.instance == own.key;
  }

  const procedure::Track& TrackOf(const InstanceState& state) const {
    return *std::find_if(definition_.tracks.begin(), definition_.tracks.end(),
                         [&](const auto& track) { return track.name == state.track; });
  }

  // Instances about persons, with the states that the holder may know.
  std::vector<const InstanceState*> Others() const {
    std::vector<const InstanceState*> others;
    if (view_.holder.examined) return others;
    for (const InstanceState& state : part_.judgement.states) {
      if (TrackOf(state).by_about() && IsMovedRightly(held_, course_, state))
        others.push_back(&state);
    }
    return others;
  }

  void FindStage() {
    const InstanceState* latest = StateIn(all_.judgement, definition_, view_.holder.instance);
    if (latest == nullptr) return;
    if (!IsFinal(TrackOf(*latest), latest->state)) {
      for (const InstanceState* other : Others()) {
        if (other->since > latest->since) latest = other;
      }
    }
    if (!IsMovedRightly(held_, course_, *latest)) return;
    view_.stage = latest->state.value_or("");
    view_.stage_words = WordsOfState(TrackOf(*latest), view_.stage);
    if (const Act* act = ActAt(held_, latest->since)) view_.since = DateOf(*act);
  }

  void FindOutcome() {
    const Instance& own = view_.holder.instance;
    const bool done = IsFinal(definition_.tracks[own.track], own.state);
    if (!done && (view_.holder.examined || !view_.closed)) return;
    for (const InstanceState& state : all_.judgement.states) {
      const procedure::Track& track = TrackOf(state);
      const bool told = (view_.holder.examined ? IsOwn(state) : track.by_about()) &&
                        IsMovedRightly(held_, course_, state);
      if (told && IsFinal(track, state.state))
        view_.outcome.emplace_back(*state.state, WordsOfState(track, *state.state));
    }
    const InstanceState* state = StateIn(all_.judgement, definition_, own);
    for (const Act& act : shown_.acts) {
      const bool told = view_.holder.examined || act.index == state->since;
      if (told && course_.Concerns(act, own) && course_.Counts(act))
        AddTold(definition_, act, view_.outcome);
    }
    if (done && view_.outcome.empty())
      view_.outcome.emplace_back(*own.state, WordsOfState(TrackOf(*state), *own.state));
  }

  // Steps of one instance that are not for parties: those due on one day are alternatives.
  void AddSteps(const Instance& instance, std::vector<std::string>& spare) {
    for (const NextStep& step : course_.StepsOf(instance)) {
      const bool hidden =
          view_.holder.examined && step.type->audience == procedure::Audience::kOversight;
      if (hidden || course_.IsForParties(*step.type)) continue;
      if (!step.due) {
        if (spare.empty() && step.type->to) spare = step.type->roles;
        continue;
      }
      StatusDue* same = nullptr;
      for (StatusDue& due : view_.due) {
        if (due.due.text == step.due->text) same = &due;
      }
      if (same == nullptr) {
        view_.due.push_back({step.type->title, step.type->roles, *step.due});
        continue;
      }
      same->what.id += " / " + step.type->title.id;
      same->what.en += " / " + step.type->title.en;
      for (const std::string& role : step.type->roles) {
        if (!procedure::Contains(same->roles, role)) same->roles.push_back(role);
      }
    }
  }

  void AddRuleDues() {
    for (const procedure::RuleVerdict& verdict : all_.judgement.rules) {
      const bool own = verdict.scope == definition_.tracks[view_.holder.instance.track].name &&
                       verdict.instance == view_.holder.instance.key;
      if (!own && verdict.scope != "case") continue;
      const auto& due =
          verdict.outcome == procedure::Outcome::kPending ? verdict.due : verdict.missed;
      if (!due || verdict.remedied) continue;
      const bool known = std::any_of(view_.due.begin(), view_.due.end(),
                                     [&](const StatusDue& d) { return d.due.text == due->text; });
      if (!known) view_.due.push_back({TitleOf(verdict.rule), {}, course_.DueOf(*due)});
    }
  }

  void FindDue() {
    std::vector<std::string> spare;
    AddSteps(view_.holder.instance, spare);
    for (const InstanceState* other : Others()) {
      const auto track = static_cast<std::size_t>(&TrackOf(*other) - definition_.tracks.data());
      AddSteps({track, other->instance, other->state}, spare);
    }
    if (!view_.holder.examined) AddRuleDues();
    std::stable_sort(view_.due.begin(), view_.due.end(),
                     [](const auto& a, const auto& b) { return a.due.day < b.due.day; });
    const auto first = std::find_if(view_.due.begin(), view_.due.end(),
                                    [](const StatusDue& due) { return !due.roles.empty(); });
    view_.held_by = first == view_.due.end() ? spare : first->roles;
  }

  void FindMay() {
    if (view_.holder.role.empty()) return;
    for (NextStep& step : course_.StepsOf(view_.holder.instance)) {
      if (procedure::Contains(step.type->roles, view_.holder.role)) view_.may.push_back(step);
    }
  }

  bool IsTold(const Act& act, const ActionType& type) const {
    if (course_.Concerns(act, view_.holder.instance))
      return !view_.holder.examined || type.audience != procedure::Audience::kOversight;
    if (view_.holder.examined) return false;
    if (procedure::Contains(definition_.closes, type.type)) return true;
    const bool of_report = type.track && !definition_.tracks[*type.track].by_about();
    return !of_report && type.audience != procedure::Audience::kOversight;
  }

  void FindEvents() {
    for (auto act = held_.acts.rbegin(); act != held_.acts.rend(); ++act) {
      const ActionType* type = definition_.FindAction(act->type);
      if (type == nullptr || course_.IsVoided(*act) || !IsTold(*act, *type)) continue;
      StatusEvent event{DateOf(*act), type, {}, false};
      for (const procedure::SignerLine& by : act->by) {
        if (!by.party.empty() && by.party == view_.holder.label) event.own = true;
        if (by.party.empty() && !procedure::Contains(event.roles, by.role))
          event.roles.push_back(by.role);
      }
      view_.events.push_back(std::move(event));
    }
  }

  void FindRules() {
    for (const procedure::RuleVerdict& verdict : all_.judgement.rules) {
      if (verdict.scope != definition_.tracks[view_.holder.instance.track].name ||
          verdict.instance != view_.holder.instance.key)
        continue;
      const procedure::Rule* rule = FindRule(verdict.rule);
      if (rule == nullptr) continue;
      view_.rules.push_back(
          {rule->title, verdict.detail, rule->basis, verdict.outcome, verdict.remedied});
    }
  }

  void FindPapers() {
    for (const Act& act : shown_.acts) {
      if (act.body_state != procedure::BodyState::kPresent || course_.IsVoided(act) ||
          !course_.Concerns(act, view_.holder.instance))
        continue;
      StatusPaper paper{DateOf(act), definition_.FindAction(act.type), {}};
      for (const json::Member& member : act.body.members()) {
        if (const json::Value* value = ValueOf(act, member.name))
          paper.fields.emplace_back(member.name, *value);
      }
      view_.papers.push_back(std::move(paper));
    }
  }

  Words TitleOf(const std::string& id) const {
    const procedure::Rule* rule = FindRule(id);
    return rule == nullptr ? Words() : rule->title;
  }

  const procedure::Rule* FindRule(const std::string& id) const {
    const auto rule = std::ranges::find(definition_.rules, id, &procedure::Rule::id);
    return rule == definition_.rules.end() ? nullptr : &*rule;
  }

  const CaseRecord& held_;
  const CaseRecord& shown_;
  const CaseConformance& all_;
  const CaseConformance& part_;
  const Definition& definition_;
  const Course course_;
  StatusView& view_;
};

// Whether the key of this instance was destroyed, or the case given to the archive.
bool IsExpired(const CaseRecord& held, const Course& course, const Instance& instance) {
  return std::any_of(held.acts.begin(), held.acts.end(), [&](const Act& act) {
    if (!course.Counts(act)) return false;
    return act.type == kArchive || (act.type == kShred && course.Concerns(act, instance));
  });
}

}  // namespace

std::optional<CodeHolder> FindHolder(const CaseRecord& held, const CaseConformance& conformance,
                                     const record::LoggedAction& entry,
                                     const crypto::PublicKey* by_key) {
  const Definition* definition = conformance.judged_by();
  const Act* act = ActAt(held, entry.entry.index);
  const ActionType* type =
      definition == nullptr || act == nullptr ? nullptr : definition->FindAction(act->type);
  if (type == nullptr || !type->track || held.acts.empty()) return std::nullopt;
  CodeHolder holder;
  for (std::size_t i = 0; by_key != nullptr && i < entry.action.parties.size(); ++i) {
    if (entry.action.parties[i].key.key != *by_key) continue;
    holder.role = act->parties[i].first;
    holder.label = act->parties[i].second;
  }
  const procedure::Track& track = definition->tracks[*type->track];
  holder.examined = track.by_about();
  holder.instance.track = *type->track;
  if (holder.examined) {
    if (act->about.size() != 1) return std::nullopt;
    holder.instance.key = act->about.front();
  } else {
    const bool readable = act->body_state == procedure::BodyState::kPresent;
    const json::Value* key = readable ? act->body.Find(track.key_field) : nullptr;
    if (key == nullptr || !key->is_string()) return std::nullopt;
    holder.instance.key = key->as_string();
  }
  const Course course(held, conformance, held.acts.back().entered);
  if (IsExpired(held, course, holder.instance)) return std::nullopt;
  const InstanceState* state = StateIn(conformance.judgement, *definition, holder.instance);
  if (state == nullptr) return std::nullopt;
  if (IsMovedRightly(held, course, *state)) holder.instance.state = state->state;
  return holder;
}

StatusView BuildStatusView(CodeHolder holder, const CaseRecord& held,
                           const CaseConformance& conformance, UnixSeconds now) {
  StatusView view;
  view.holder = std::move(holder);
  view.now = std::max(now, held.acts.back().entered);
  CaseRecord shown = held;
  Withhold(GivenTo(view.holder.audience(), held), shown);
  const CaseConformance part = evidence::JudgeRecord(shown, view.now);
  ViewBuilder(held, shown, conformance, part, view).Build();
  return view;
}

}  // namespace jejak::api
