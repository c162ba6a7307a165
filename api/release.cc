// SPDX-License-Identifier: Apache-2.0
#include "api/release.h"

#include <algorithm>
#include <optional>
#include <string>

#include "ledger/base/text.h"

namespace jejak::api {
namespace {

using procedure::Act;
using procedure::Judgement;

bool PassesChecks(const Judgement& judgement, const Act& act) {
  return std::none_of(
      judgement.checks.begin(), judgement.checks.end(),
      [&](const procedure::CheckVerdict& check) { return check.entry == act.index; });
}

// What a correction says that it corrects. nullopt: can't be read.
std::optional<std::string> TargetOf(const Act& correction) {
  const json::Value* target = correction.body.Find("target");
  if (target != nullptr && procedure::IsSealed(*target)) {
    const procedure::OpenedField* opened = procedure::FindOpening(correction.opened, "/target");
    target = opened != nullptr && opened->value ? &*opened->value : nullptr;
  }
  if (target == nullptr || !target->is_string()) return std::nullopt;
  return target->as_string();
}

// Whether some correction names it, counted or not: who mends a release writes another one.
bool IsCorrected(const evidence::CaseRecord& record, const Act& act) {
  const std::string id = EncodeHash(act.id);
  return std::any_of(record.acts.begin(), record.acts.end(), [&](const Act& other) {
    return other.type == procedure::kCorrect && TargetOf(other).value_or(id) == id;
  });
}

bool Counts(const evidence::CaseRecord& record, const evidence::CaseConformance& conformance,
            const Act& act) {
  const Judgement& judgement = conformance.judgement;
  const procedure::ActionType* type = conformance.judged_by()->FindAction(act.type);
  if (type == nullptr || type->roles.empty()) return false;
  if (act.body_state != procedure::BodyState::kPresent) return false;
  const json::Value* harm_test = act.body.Find("harm_test");
  if (harm_test == nullptr || !harm_test->as_bool()) return false;
  if (std::binary_search(judgement.voided.begin(), judgement.voided.end(), act.index)) return false;
  return PassesChecks(judgement, act) && !IsCorrected(record, act);
}

bool Names(const Act& act, std::string_view part) {
  const json::Value* parts = act.body.Find("parts");
  return parts != nullptr &&
         std::any_of(parts->items().begin(), parts->items().end(),
                     [&](const json::Value& item) { return item.as_string() == part; });
}

}  // namespace

Release ReleaseOf(const evidence::CaseRecord& record,
                  const evidence::CaseConformance& conformance) {
  Release release;
  if (conformance.judged_by() == nullptr) return release;
  if (conformance.judgement.unreadable_corrections != procedure::Causes{}) return release;
  for (const Act& act : record.acts) {
    if (act.type != kRelease || !Counts(record, conformance, act)) continue;
    release.timeline = release.timeline || Names(act, kTimelinePart);
    release.verdicts = release.verdicts || Names(act, kVerdictsPart);
  }
  release.verdicts = release.verdicts && release.timeline;
  return release;
}

}  // namespace jejak::api
