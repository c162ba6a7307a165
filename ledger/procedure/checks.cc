// SPDX-License-Identifier: Apache-2.0
#include "ledger/procedure/checks.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

namespace jejak::procedure {
namespace {

constexpr std::array<std::string_view, kCheckIds> kNames{
    "check.type",   "check.role",     "check.signers",     "check.party",
    "check.body",   "check.position", "check.predecessor", "check.transition",
    "check.fields", "check.sealed",   "check.late_entry",  "check.correction"};

CheckResult FailIf(bool fails) { return {fails ? Outcome::kFail : Outcome::kPass, {}}; }

CheckResult FailUnlessAssented(bool fails, const SeenAct& act) {
  if (fails && act.may_be_assented) return {Outcome::kPending, {}};
  return FailIf(fails);
}

CheckResult CheckRole(const SeenAct& act) {
  const auto& roles = act.type->roles;
  const bool claimed = roles.empty() || std::any_of(act.signers.begin(), act.signers.end(),
                                                    [&](const SignerLine* line) {
                                                      return Contains(roles, line->role);
                                                    });
  return FailUnlessAssented(!claimed, act);
}

CheckResult CheckSigners(const SeenAct& act) {
  std::set<std::string_view> holders;
  for (const SignerLine* line : act.signers) holders.insert(line->holder);
  return FailUnlessAssented(holders.size() < act.type->min_signers, act);
}

CheckResult CheckParty(const SeenAct& act) {
  for (const auto& [role, label] : act.act->parties) {
    if (act.type == nullptr || !Contains(act.type->parties, role)) return FailIf(true);
  }
  return {};
}

CheckResult CheckBody(const SeenAct& act) {
  if (act.body_state() == BodyState::kUnfit) return FailIf(true);
  return FailIf(std::any_of(act.opened().begin(), act.opened().end(),
                            [](const OpenedField& field) { return !field.value; }));
}

CheckResult CheckLateEntry(const SeenAct& act, const Definition& definition,
                           const Readings& readings) {
  if (!definition.max_entry_lag || act.entered_day <= act.day) return {};
  switch (readings.NotLate(act.day, act.entered_day, *definition.max_entry_lag, Unit::kWorkingDays,
                           act.act->index)) {
    case Truth::kTrue:
      return {};
    case Truth::kFalse:
      return FailIf(true);
    default:
      return {Outcome::kUnknown, kOther};
  }
}

// Which acts there were before, by type and by (type, instance), as a sweep goes through the log.
class Predecessors final {
 public:
  Predecessors(const Definition& definition, const std::vector<TrackView>& views)
      : definition_(definition), views_(views) {}

  CheckResult Judge(const SeenAct& act, std::size_t at) const {
    CheckResult result;
    for (const auto& group : act.type->requires_groups) {
      result = Worse(result, JudgeGroup(act, at, group));
    }
    return result;
  }

  void Add(const SeenAct& act, std::size_t at) {
    Seen& seen = seen_[act.act->type];
    seen.any = true;
    if (act.type == nullptr || !act.type->track) return;
    const Keys& keys = views_[*act.type->track].keys(at);
    seen.keyless |= keys.kind == Keys::Kind::kKeyless;
    seen.unreadable |= keys.causes;
    seen.instances.insert(keys.instances.begin(), keys.instances.end());
  }

 private:
  struct Seen {
    bool any = false;
    bool keyless = false;
    Causes unreadable;
    std::set<std::size_t> instances;
  };

  CheckResult JudgeGroup(const SeenAct& act, std::size_t at,
                         const std::vector<std::string>& group) const {
    std::vector<const Seen*> same_track;
    for (const std::string& type : group) {
      const auto seen = seen_.find(type);
      if (seen == seen_.end()) continue;
      const ActionType* required = definition_.FindAction(type);
      const bool same =
          required != nullptr && act.type->track && required->track == act.type->track;
      if (!same) return {};
      same_track.push_back(&seen->second);
    }
    if (same_track.empty()) return FailIf(true);
    const Keys& keys = views_[*act.type->track].keys(at);
    if (keys.kind == Keys::Kind::kKeyless) return {};
    const bool of_every_key = std::any_of(same_track.begin(), same_track.end(),
                                          [](const Seen* seen) { return seen->keyless; });
    if (of_every_key) return {};
    if (keys.kind == Keys::Kind::kUnreadable) return {Outcome::kUnknown, keys.causes};
    CheckResult result;
    for (const std::size_t k : keys.instances) result = Worse(result, JudgeKey(same_track, k));
    return result;
  }

  static CheckResult JudgeKey(const std::vector<const Seen*>& types, std::size_t instance) {
    Causes unreadable;
    for (const Seen* seen : types) {
      if (seen->instances.contains(instance)) return {};
      unreadable |= seen->unreadable;
    }
    if (unreadable.any()) return {Outcome::kUnknown, unreadable};
    return FailIf(true);
  }

  const Definition& definition_;
  const std::vector<TrackView>& views_;
  std::map<std::string, Seen, std::less<>> seen_;
};

CheckResult StateIn(const State& state, const std::vector<std::string>& from) {
  if (!state.name) return {Outcome::kUnknown, state.causes};
  return FailIf(!Contains(from, *state.name));
}

CheckResult CheckTransition(const SeenAct& act, std::size_t at,
                            const std::vector<TrackView>& views) {
  if (!act.type->from || !act.type->track) return {};
  const TrackView& view = views[*act.type->track];
  const Keys& keys = view.keys(at);
  if (keys.kind == Keys::Kind::kUnreadable) return {Outcome::kUnknown, keys.causes};
  CheckResult result;
  if (keys.kind == Keys::Kind::kKeyed) {
    for (const std::size_t k : keys.instances) {
      result = Worse(result, StateIn(view.StateBefore(k, at), *act.type->from));
    }
    return result;
  }
  for (std::size_t k = 0; k < view.instances().size(); ++k) {
    const Instance& instance = view.instances()[k];
    if (instance.unreadable || instance.first >= at) continue;
    result = Worse(result, StateIn(view.StateBefore(k, at), *act.type->from));
  }
  return result;
}

CheckResult& Of(ActChecks& checks, CheckId id) { return checks[static_cast<std::size_t>(id)]; }

// `case.assent` takes no body; the other three say what they need elsewhere.
void CheckFour(const SeenAct& act, ActChecks& checks) {
  if (act.act->type == kAssent) {
    Of(checks, CheckId::kFields) = FailIf(act.act->body_state != BodyState::kNone);
  }
}

void CheckDeclared(const SeenAct& act, const Definition& definition, ActChecks& checks) {
  Of(checks, CheckId::kRole) = CheckRole(act);
  Of(checks, CheckId::kSigners) = CheckSigners(act);
  Of(checks, CheckId::kPosition) = FailIf(act.type->must_be_after && !act.act->after);
  Of(checks, CheckId::kFields) = CheckFields(act, definition);
  Of(checks, CheckId::kSealed) = CheckSealed(act, definition);
}

}  // namespace

std::string_view CheckName(CheckId id) { return kNames[static_cast<std::size_t>(id)]; }

CheckId CheckOf(Check check) {
  switch (check) {
    case Check::kFields:
      return CheckId::kFields;
    case Check::kSealed:
      return CheckId::kSealed;
    case Check::kRole:
      return CheckId::kRole;
    case Check::kSigners:
      return CheckId::kSigners;
    case Check::kState:
      break;
  }
  return CheckId::kTransition;
}

CheckResult Worse(CheckResult a, CheckResult b) {
  if (a.outcome == b.outcome) {
    a.causes |= b.causes;
    return a;
  }
  return a.outcome > b.outcome ? a : b;
}

std::vector<ActChecks> CheckActs(const SeenRecord& record, const Definition& definition,
                                 const std::vector<TrackView>& views, const Readings& readings) {
  std::vector<ActChecks> all(record.acts.size());
  Predecessors predecessors(definition, views);
  for (std::size_t i = 0; i < record.acts.size(); ++i) {
    const SeenAct& act = record.acts[i];
    ActChecks& checks = all[i];
    const bool four = act.type == nullptr && IsUnderstoodEverywhere(act.act->type);
    if (act.type == nullptr && !four) {
      Of(checks, CheckId::kType) = FailIf(true);
      predecessors.Add(act, i);
      continue;
    }
    Of(checks, CheckId::kParty) = CheckParty(act);
    Of(checks, CheckId::kBody) = CheckBody(act);
    Of(checks, CheckId::kLateEntry) = CheckLateEntry(act, definition, readings);
    if (four) {
      CheckFour(act, checks);
    } else {
      CheckDeclared(act, definition, checks);
      Of(checks, CheckId::kPredecessor) = predecessors.Judge(act, i);
      Of(checks, CheckId::kTransition) = CheckTransition(act, i, views);
    }
    predecessors.Add(act, i);
  }
  return all;
}

}  // namespace jejak::procedure
