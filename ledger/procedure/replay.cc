// SPDX-License-Identifier: Apache-2.0
#include "ledger/procedure/replay.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "ledger/procedure/judge.h"
#include "ledger/procedure/sentences.h"

namespace jejak::procedure {
namespace {

using Place = std::tuple<std::string, std::string, std::string>;

Place PlaceOf(const RuleVerdict& verdict) {
  return {verdict.rule, verdict.scope, verdict.instance};
}

bool FailsNow(const RuleVerdict& verdict) {
  return verdict.outcome == Outcome::kFail && !verdict.remedied;
}

// A verdict that is fail beside a remedied one still fails; only a merely remedied one does not.
bool Same(const RuleVerdict& a, const RuleVerdict& b) {
  return a.outcome == b.outcome && a.remedied == b.remedied;
}

std::map<Place, std::size_t> Index(const std::vector<RuleVerdict>& verdicts) {
  std::map<Place, std::size_t> index;
  for (std::size_t i = 0; i < verdicts.size(); ++i) index.emplace(PlaceOf(verdicts[i]), i);
  return index;
}

bool HasCorrections(std::span<const Act> acts) {
  return std::any_of(acts.begin(), acts.end(),
                     [](const Act& act) { return act.type == kCorrect || act.type == kVoid; });
}

// Puts a fail of an earlier judging in its place, unless it fails there anyway.
void Keep(const RuleVerdict& fail, std::vector<RuleVerdict>& verdicts,
          const std::map<Place, std::size_t>& index, bool corrected) {
  RuleVerdict kept = fail;
  kept.kept = true;
  kept.corrected |= corrected;
  kept.detail = TellKept(fail.detail);
  const auto found = index.find(PlaceOf(fail));
  if (found == index.end()) {
    verdicts.push_back(std::move(kept));
  } else if (!FailsNow(verdicts[found->second])) {
    verdicts[found->second] = std::move(kept);
  }
}

// One version over its acts: with corrections, and marked with what they changed.
Judgement JudgeVersion(std::span<const Act> acts, const Binding& binding,
                       std::span<const CalendarVersion> calendars, UnixSeconds now) {
  const auto judge = [&](Corrections corrections) {
    return JudgeRecord(acts, *binding.definition, calendars, now, corrections);
  };
  Judgement judgement = judge(Corrections::kAll);
  judgement.publish_index = binding.publish_index;
  if (!judgement.judged || !HasCorrections(acts)) return judgement;
  const Judgement plain = judge(Corrections::kNone);
  const auto before = Index(plain.rules);
  for (RuleVerdict& verdict : judgement.rules) {
    if (judgement.unreadable_corrections.any() && verdict.outcome == Outcome::kUnknown) continue;
    const auto found = before.find(PlaceOf(verdict));
    verdict.corrected = found == before.end() ? verdict.outcome != Outcome::kNotApplicable
                                              : !Same(verdict, plain.rules[found->second]);
  }
  const auto after = Index(judgement.rules);
  for (const RuleVerdict& verdict : plain.rules) {
    if (after.contains(PlaceOf(verdict)) || verdict.outcome == Outcome::kNotApplicable) continue;
    RuleVerdict gone = verdict;
    gone = {};
    gone.rule = verdict.rule, gone.scope = verdict.scope, gone.instance = verdict.instance;
    gone.corrected = true;
    judgement.rules.push_back(std::move(gone));
  }
  const Judgement unvoided = judge(Corrections::kNoVoids);
  const auto now_at = Index(judgement.rules);
  for (const RuleVerdict& verdict : unvoided.rules) {
    if (FailsNow(verdict)) Keep(verdict, judgement.rules, now_at, true);
  }
  return judgement;
}

std::span<const CalendarVersion> EnteredBefore(std::span<const CalendarVersion> versions,
                                               std::uint64_t index) {
  std::size_t count = 0;
  while (count < versions.size() && versions[count].index < index) ++count;
  return versions.first(count);
}

// What failed under the version before stays failed.
void KeepEarlier(std::span<const Act> acts, const Binding& earlier, const Act& rebind,
                 Judgement& judgement) {
  const Judgement then =
      JudgeVersion(acts, earlier, EnteredBefore(earlier.calendars, rebind.index), rebind.entered);
  if (!then.judged) {
    judgement.judged = false;
    judgement.why_not = then.why_not;
    return;
  }
  const auto index = Index(judgement.rules);
  for (const RuleVerdict& verdict : then.rules) {
    if (FailsNow(verdict)) Keep(verdict, judgement.rules, index, false);
  }
  for (const CheckVerdict& check : then.checks) {
    if (check.outcome != Outcome::kFail) continue;
    const auto same = std::find_if(judgement.checks.begin(), judgement.checks.end(),
                                   [&](const CheckVerdict& other) {
                                     return other.id == check.id && other.entry == check.entry;
                                   });
    CheckVerdict kept = check;
    kept.kept = true;
    if (same == judgement.checks.end()) {
      judgement.checks.push_back(std::move(kept));
    } else if (same->outcome != Outcome::kFail) {
      *same = std::move(kept);
    }
  }
}

// Not applicable verdicts are listed only where a correction made them so.
void Tidy(Judgement& judgement) {
  std::erase_if(judgement.rules, [](const RuleVerdict& verdict) {
    return verdict.outcome == Outcome::kNotApplicable && !verdict.corrected;
  });
  std::stable_sort(judgement.checks.begin(), judgement.checks.end(),
                   [](const CheckVerdict& a, const CheckVerdict& b) { return a.entry < b.entry; });
}

}  // namespace

Judgement Replay(std::span<const Act> acts, std::span<const Binding> bindings, UnixSeconds now) {
  const Binding& last = bindings.back();
  if (bindings.size() > kMaxRebindings + 1) {
    Judgement refused;
    refused.procedure = last.definition->id;
    refused.version = last.definition->version;
    refused.publish_index = last.publish_index;
    refused.why_not = TellTooManyBindings();
    return refused;
  }
  const UnixSeconds as_of = acts.empty() ? now : std::max(now, acts.back().entered);
  Judgement judgement = JudgeVersion(acts, last, last.calendars, as_of);
  for (std::size_t k = 0; k + 1 < bindings.size() && judgement.judged; ++k) {
    const std::size_t rebind = bindings[k + 1].act;
    KeepEarlier(acts.first(rebind), bindings[k], acts[rebind], judgement);
  }
  if (!judgement.judged) {
    judgement.rules.clear();
    judgement.checks.clear();
  }
  Tidy(judgement);
  return judgement;
}

}  // namespace jejak::procedure
