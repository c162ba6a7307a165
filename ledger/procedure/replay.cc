// SPDX-License-Identifier: Apache-2.0
#include "ledger/procedure/replay.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

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
// Pending until another day is another verdict.
bool Same(const RuleVerdict& a, const RuleVerdict& b) {
  const bool due = a.due ? b.due && a.due->last == b.due->last : !b.due;
  return a.outcome == b.outcome && a.remedied == b.remedied && due;
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

using CheckPlace = std::pair<std::string, std::uint64_t>;

// Keeps checks that failed in an earlier judging, unless they fail anyway. `gone`: entries whose
// checks are not kept; ascending.
void KeepChecks(const Judgement& earlier, const std::vector<std::uint64_t>& gone,
                Judgement& judgement) {
  std::map<CheckPlace, std::size_t> index;
  for (std::size_t i = 0; i < judgement.checks.size(); ++i) {
    index.emplace(CheckPlace(judgement.checks[i].id, judgement.checks[i].entry), i);
  }
  for (const CheckVerdict& check : earlier.checks) {
    if (check.outcome != Outcome::kFail) continue;
    if (std::binary_search(gone.begin(), gone.end(), check.entry)) continue;
    const auto same = index.find(CheckPlace(check.id, check.entry));
    if (same != index.end() && judgement.checks[same->second].outcome == Outcome::kFail) continue;
    CheckVerdict kept = check;
    kept.kept = true;
    if (same == index.end()) {
      judgement.checks.push_back(std::move(kept));
    } else {
      judgement.checks[same->second] = std::move(kept);
    }
  }
}

// Whoever judges must judge all: what can't be judged without corrections may hide a fail.
bool AllJudged(Judgement& judgement, const Judgement& other) {
  if (!other.judged) {
    judgement.judged = false;
    judgement.why_not = other.why_not;
  }
  return judgement.judged;
}

void MarkCorrected(const Judgement& plain, Judgement& judgement) {
  const auto before = Index(plain.rules);
  for (RuleVerdict& verdict : judgement.rules) {
    if (judgement.unreadable_corrections.any() && verdict.outcome == Outcome::kUnknown) continue;
    const auto found = before.find(PlaceOf(verdict));
    verdict.corrected = found == before.end() ? verdict.outcome != Outcome::kNotApplicable
                                              : !Same(verdict, plain.rules[found->second]);
    const bool gone = verdict.corrected && verdict.outcome == Outcome::kNotApplicable;
    if (gone) verdict.detail = TellNotApplicable();
  }
  const auto after = Index(judgement.rules);
  for (const RuleVerdict& verdict : plain.rules) {
    if (after.contains(PlaceOf(verdict)) || verdict.outcome == Outcome::kNotApplicable) continue;
    RuleVerdict gone;
    gone.rule = verdict.rule, gone.scope = verdict.scope, gone.instance = verdict.instance;
    gone.corrected = true;
    gone.detail = TellNotApplicable();
    judgement.rules.push_back(std::move(gone));
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
  if (!AllJudged(judgement, plain)) return judgement;
  MarkCorrected(plain, judgement);
  const Judgement unvoided = judge(Corrections::kNoVoids);
  if (!AllJudged(judgement, unvoided)) return judgement;
  const auto now_at = Index(judgement.rules);
  for (const RuleVerdict& verdict : unvoided.rules) {
    if (FailsNow(verdict)) Keep(verdict, judgement.rules, now_at, true);
  }
  KeepChecks(unvoided, judgement.voided, judgement);
  return judgement;
}

// What failed under the version before stays failed.
void KeepEarlier(std::span<const Act> acts, const Binding& earlier, const Act& rebind,
                 Judgement& judgement) {
  const UnixSeconds as_of =
      acts.empty() ? rebind.entered : std::max(rebind.entered, acts.back().entered);
  const Judgement then =
      JudgeVersion(acts, earlier, EnteredBefore(earlier.calendars, rebind.index), as_of);
  if (!AllJudged(judgement, then)) return;
  const auto index = Index(judgement.rules);
  for (const RuleVerdict& verdict : then.rules) {
    if (FailsNow(verdict)) Keep(verdict, judgement.rules, index, false);
  }
  KeepChecks(then, {}, judgement);
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
