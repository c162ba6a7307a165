// SPDX-License-Identifier: Apache-2.0
#include "tools/operation/erase_grounds.h"

#include <algorithm>
#include <utility>

#include "ledger/base/text.h"

namespace jejak::operation {
namespace {

using procedure::Act;
using procedure::ActionType;
using procedure::Track;

constexpr std::string_view kShred = "privacy.shred";

std::string Entry(const Act& act) {
  return "entry " + std::to_string(act.index) + " (" + act.type + ")";
}

const std::string* TextIn(const Act& act, std::string_view name) {
  const json::Value* value =
      act.body_state == procedure::BodyState::kPresent ? act.body.Find(name) : nullptr;
  return value != nullptr && value->is_string() ? &value->as_string() : nullptr;
}

// The instances that an act names, as its track tells them apart.
std::vector<std::string> NamedBy(const Act& act, const Track& track) {
  if (track.by_about()) return act.about;
  const std::string* key = TextIn(act, track.key_field);
  return key == nullptr ? std::vector<std::string>() : std::vector<std::string>{*key};
}

}  // namespace

ErasureGrounds::ErasureGrounds(const evidence::CaseRecord& record,
                               const evidence::CaseConformance& conformance)
    : record_(record), conformance_(conformance) {
  if (conformance.judged_by() != nullptr && !record.acts.empty())
    course_.emplace(record, conformance, record.acts.back().entered);
}

const Act* ErasureGrounds::TargetOf(const Act& correction) const {
  const std::string* target = TextIn(correction, "target");
  if (target == nullptr) return nullptr;
  const Result<Digest> id = ParseHash(*target);
  if (!id.ok()) return nullptr;
  const auto found = std::find_if(record_.acts.begin(), record_.acts.end(), [&](const Act& act) {
    return act.id == *id && act.index < correction.index;
  });
  return found == record_.acts.end() ? nullptr : &*found;
}

std::optional<std::string> ErasureGrounds::OnlyInstance(const Track& track) const {
  std::optional<std::string> only;
  for (const procedure::InstanceState& state : conformance_.judgement.states) {
    if (state.track != track.name) continue;
    if (only) return std::nullopt;
    only = state.instance;
  }
  return only;
}

std::vector<std::string> ErasureGrounds::InstancesOf(const Act& act, const Track& track) const {
  std::vector<std::string> instances = NamedBy(act, track);
  if (!instances.empty()) return instances;
  if (std::optional<std::string> only = OnlyInstance(track)) instances.push_back(std::move(*only));
  return instances;
}

// A correction holds what it corrects, so it belongs to where that does.
const Act* ErasureGrounds::OriginOf(const Act& act) const {
  const Act* origin = &act;
  while (origin != nullptr &&
         (origin->type == procedure::kCorrect || origin->type == procedure::kVoid))
    origin = TargetOf(*origin);
  return origin;
}

bool ErasureGrounds::Covers(const Act& shred, const Act& act) const {
  const procedure::Definition& definition = *conformance_.judged_by();
  const ActionType* type = definition.FindAction(kShred);
  if (type == nullptr || !type->track) return true;
  const Act* origin = OriginOf(act);
  const ActionType* erased = origin == nullptr ? nullptr : definition.FindAction(origin->type);
  if (erased == nullptr || erased->track != type->track) return false;
  const Track& track = definition.tracks[*type->track];
  const std::vector<std::string> named = InstancesOf(shred, track);
  return std::ranges::any_of(InstancesOf(*origin, track), [&](const std::string& instance) {
    return procedure::Contains(named, instance);
  });
}

// Counted, and by the procedure: whoever may record it and destroy needs the decision before.
bool ErasureGrounds::Stands(const Act& shred) const {
  const auto& checks = conformance_.judgement.checks;
  return course_ && course_->Counts(shred) &&
         std::none_of(checks.begin(), checks.end(), [&](const procedure::CheckVerdict& check) {
           return check.entry == shred.index && check.outcome == procedure::Outcome::kFail;
         });
}

Error ErasureGrounds::WhyNot(const Act& act, const Act& shred) const {
  if (!course_) {
    return Refused("the case of " + Entry(act) + " can't be judged, so what its " +
                   std::string(kShred) +
                   " covers isn't known: " + conformance_.judgement.why_not.en);
  }
  if (!course_->Counts(shred)) {
    return Refused(Entry(shred) +
                   " does not count: it was voided, or signed in a role that may not destroy");
  }
  if (!Stands(shred)) {
    return Refused(
        Entry(shred) +
        " breaks the procedure, as `jejak-verify conformance` says: what it needs before "
        "it, the decision as a rule, has to be recorded, and then it anew");
  }
  if (shred.body_state == procedure::BodyState::kAbsent) {
    return Refused(Entry(shred) +
                   " can't be read, its body is not here, so what it covers isn't known; it has to "
                   "be recorded anew");
  }
  return Refused(Entry(shred) + " names something that " + Entry(act) + " does not belong to; a " +
                 std::string(kShred) + " that covers it has to be recorded first");
}

Result<const Act*> ErasureGrounds::For(const Act& act, bool held) const {
  const Act* refused = nullptr;
  for (auto shred = record_.acts.rbegin(); shred != record_.acts.rend(); ++shred) {
    if (shred->type != kShred || shred->index <= act.index) continue;
    if (Stands(*shred) && (!held || Covers(*shred, act))) return &*shred;
    if (refused == nullptr) refused = &*shred;
  }
  if (refused != nullptr) return WhyNot(act, *refused);
  return Refused(record_.stream + " has no " + std::string(kShred) + " after " + Entry(act) +
                 ": why its contents go has to be recorded in the case before they do");
}

}  // namespace jejak::operation
