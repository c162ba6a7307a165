// SPDX-License-Identifier: Apache-2.0
#include "ledger/procedure/judge.h"

#include <algorithm>
#include <array>
#include <utility>

#include "ledger/procedure/replay.h"
#include "ledger/procedure/sentences.h"

namespace jejak::procedure {
namespace {

// What one activation of a duty came to.
struct Activation {
  Outcome outcome = Outcome::kPass;  // kFail, kUnknown, kPending, kPass
  bool remedied = false;             // a kFail in a segment that was reopened
  Requirement requirement;
  std::optional<Due> missed;      // a kFail whose deadline passed and that nothing met since
  std::vector<std::size_t> acts;  // those that decided
  const Duty* duty = nullptr;
};

// A rule in one instance, while its duties are judged: activations of one outcome are added up as
// they come, since there may be very many.
class Tally final {
 public:
  void Add(Activation activation) {
    Sum& sum =
        sums_[activation.remedied ? kRemedied : static_cast<std::size_t>(activation.outcome)];
    sum.acts.insert(sum.acts.end(), activation.acts.begin(), activation.acts.end());
    if (sum.duties.empty() || sum.duties.back() != activation.duty->id) {
      sum.duties.push_back(activation.duty->id);
    }
    sum.causes |= activation.requirement.causes;
    if (activation.missed && (!sum.missed || activation.missed->last < sum.missed->last)) {
      sum.missed = activation.missed;
    }
    const auto& due = activation.requirement.due;
    const bool sooner = due && (!sum.due || due->last < sum.due->last);
    if (sooner) sum.due = due;
    if (sum.told == nullptr || sooner) {
      sum.told = activation.duty;
      sum.requirement = std::move(activation.requirement);
    }
  }

  void Close(const Rule& rule, const Scene& scene, RuleVerdict& verdict) const {
    verdict.remedied = sums_[kRemedied].told != nullptr;
    for (const Outcome outcome :
         {Outcome::kFail, Outcome::kUnknown, Outcome::kPending, Outcome::kPass}) {
      if (sums_[static_cast<std::size_t>(outcome)].told == nullptr) continue;
      verdict.outcome = outcome;
      break;
    }
    const bool by_remedied = verdict.remedied && verdict.outcome <= Outcome::kPass;
    if (verdict.outcome == Outcome::kFail) verdict.remedied = false;  // another fails anyway
    const Sum& sum = sums_[by_remedied ? kRemedied : static_cast<std::size_t>(verdict.outcome)];
    if (by_remedied) verdict.outcome = Outcome::kFail;
    if (sum.told == nullptr) return;
    for (const std::size_t act : sum.acts) verdict.entries.push_back(scene.acts()[act].act->index);
    std::sort(verdict.entries.begin(), verdict.entries.end());
    verdict.entries.erase(std::unique(verdict.entries.begin(), verdict.entries.end()),
                          verdict.entries.end());
    verdict.duties = sum.duties;
    if (verdict.outcome == Outcome::kUnknown) verdict.causes = sum.causes;
    if (verdict.outcome == Outcome::kPending) verdict.due = sum.due;
    if (!by_remedied) verdict.missed = sum.missed;
    verdict.detail = TellVerdict(verdict, rule, *sum.told, sum.requirement, scene);
  }

 private:
  struct Sum {
    std::vector<std::size_t> acts;
    std::vector<std::string> duties;
    Causes causes;
    std::optional<Due> due;
    std::optional<Due> missed;
    const Duty* told = nullptr;  // the first, or the most pressing, speaks for all
    Requirement requirement;     // of that one
  };
  static constexpr std::size_t kRemedied = 5;

  std::array<Sum, 6> sums_;  // by outcome, and the remedied
};

class Judge final {
 public:
  Judge(Scene& scene, Judgement& judgement) : scene_(scene), judgement_(judgement) {}

  // False: too many activations.
  bool Run() {
    const auto& rules = scene_.definition().rules;
    tallies_.resize(rules.size());
    if (!RunScope(std::nullopt)) return false;
    for (std::size_t track = 0; track < scene_.definition().tracks.size(); ++track) {
      if (!RunScope(track)) return false;
    }
    for (auto& verdicts : tallies_) {
      std::move(verdicts.begin(), verdicts.end(), std::back_inserter(judgement_.rules));
    }
    return true;
  }

 private:
  bool RunScope(Scope scope) {
    const std::size_t instances = scope ? scene_.views()[*scope].instances().size() : 1;
    for (std::size_t k = 0; k < instances; ++k) {
      scene_.Leave();
      for (std::size_t r = 0; r < tallies_.size(); ++r) {
        if (!RunRule(r, {scope, k})) return false;
      }
    }
    scene_.Leave();
    return true;
  }

  bool RunRule(std::size_t r, Where where) {
    const Rule& rule = scene_.definition().rules[r];
    Tally tally;
    bool in_scope = false;
    for (const Duty& duty : rule.duties) {
      if (duty.scope != where.track) continue;
      in_scope = true;
      if (!RunDuty(duty, where, tally)) return false;
    }
    if (!in_scope) return true;
    RuleVerdict verdict;
    verdict.rule = rule.id;
    verdict.scope = where.track ? scene_.definition().tracks[*where.track].name : "case";
    if (where.track) {
      verdict.instance = scene_.views()[*where.track].instances()[where.instance].key;
    }
    tally.Close(rule, scene_, verdict);
    tallies_[r].push_back(std::move(verdict));
    return true;
  }

  bool RunDuty(const Duty& duty, Where where, Tally& tally) {
    if (!duty.each) return Activate(duty, where, std::nullopt, Certain(true), tally);
    Frame outside;
    outside.scene = &scene_;
    outside.where = where;
    const Reach reach = ReachOf(*duty.each, outside);
    const Candidates& candidates = scene_.Of(duty.each->closed, where);
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      const std::size_t act = candidates.act(i);
      if (act < reach.stretch.first || act >= reach.stretch.last) continue;
      if (!Activate(duty, where, act, candidates.finding(i), tally)) return false;
    }
    return !scene_.exhausted();
  }

  bool Activate(const Duty& duty, Where where, std::optional<std::size_t> act, Finding activation,
                Tally& tally) {
    if (++activations_ > kMaxActivations || scene_.exhausted()) return false;
    Frame frame;
    frame.scene = &scene_;
    frame.where = where;
    frame.names.resize(duty.names.size());
    frame.activation = act;
    std::vector<std::size_t> acts;
    if (act) {
      frame.names[0].kind = Bound::Kind::kFound;
      frame.names[0].act = *act;
      acts.push_back(*act);
    }
    for (const Pick& pick : duty.let) {
      Bound bound = PickFirst(pick.selector, pick.last, frame);
      if (bound.kind == Bound::Kind::kFound) acts.push_back(bound.act);
      frame.names[static_cast<std::size_t>(pick.name)] = std::move(bound);
    }
    const Finding when = duty.when ? Evaluate(*duty.when, frame) : Certain(true);
    if (when.truth == Truth::kFalse) return true;
    frame.trace = &acts;
    Requirement requirement = Require(duty.require, frame);
    const Finding doubt = AllOf({activation, when});
    if (doubt.truth == Truth::kUnknown && requirement.kind != Requirement::Kind::kTrue) {
      const bool unknown = requirement.kind == Requirement::Kind::kUnknown;
      const Causes causes = unknown ? requirement.causes : Causes{};
      requirement = {};
      requirement.kind = Requirement::Kind::kUnknown;
      requirement.causes = causes;
      requirement.causes |= doubt.causes;
    }
    tally.Add(Result(duty, where, act, std::move(requirement), std::move(acts)));
    return !scene_.exhausted();
  }

  Activation Result(const Duty& duty, Where where, std::optional<std::size_t> act,
                    Requirement requirement, std::vector<std::size_t> acts) const {
    Activation result;
    result.duty = &duty;
    result.acts = std::move(acts);
    switch (requirement.kind) {
      case Requirement::Kind::kTrue:
        result.outcome = Outcome::kPass;
        break;
      case Requirement::Kind::kPending:
        result.outcome = Outcome::kPending;
        break;
      case Requirement::Kind::kUnknown:
        result.outcome = Outcome::kUnknown;
        break;
      case Requirement::Kind::kFalse:
        result.outcome = Outcome::kFail;
        result.remedied =
            where.track && act && scene_.views()[*where.track].ReopenedAfter(where.instance, *act);
        break;
    }
    if (result.outcome == Outcome::kFail) result.missed = StillMissed(requirement);
    result.requirement = std::move(requirement);
    return result;
  }

  std::optional<Due> StillMissed(const Requirement& requirement) const {
    if (!requirement.missed || requirement.came_late || requirement.ended) return std::nullopt;
    return scene_.readings().EndOf(*requirement.missed, requirement.unit);
  }

  Scene& scene_;
  Judgement& judgement_;
  std::vector<std::vector<RuleVerdict>> tallies_;  // by rule
  std::size_t activations_ = 0;
};

void ReportChecks(const Scene& scene, const SeenRecord& record, std::span<const Act> acts,
                  Judgement& judgement) {
  std::vector<CheckVerdict>& checks = judgement.checks;
  for (std::size_t i = 0; i < scene.acts().size(); ++i) {
    for (std::size_t id = 0; id < kCheckIds; ++id) {
      const CheckResult& result = scene.checks()[i][id];
      if (result.outcome == Outcome::kPass) continue;
      checks.push_back(TellCheck(static_cast<CheckId>(id), result, scene.acts()[i], scene));
    }
  }
  for (const CorrectionCheck& correction : record.corrections) {
    if (correction.outcome == Outcome::kPass) continue;
    // A voided correction is not seen, nor is what was wrong with it.
    const Act* act = &acts[correction.act];
    const auto seen =
        std::lower_bound(scene.acts().begin(), scene.acts().end(), act,
                         [](const SeenAct& one, const Act* wanted) { return one.act < wanted; });
    if (seen == scene.acts().end() || seen->act != act) continue;
    checks.push_back(
        TellCheck(CheckId::kCorrection, {correction.outcome, correction.causes}, *seen, scene));
  }
}

void ReportStates(const Scene& scene, Judgement& judgement) {
  const std::size_t end = scene.acts().size();
  for (std::size_t t = 0; t < scene.views().size(); ++t) {
    const TrackView& view = scene.views()[t];
    for (std::size_t k = 0; k < view.instances().size(); ++k) {
      const Instance& instance = view.instances()[k];
      const std::size_t since =
          instance.moves.empty() ? instance.first : instance.moves.back().first;
      judgement.states.push_back({scene.definition().tracks[t].name, instance.key,
                                  view.StateBefore(k, end).name, scene.acts()[since].act->index});
    }
  }
}

}  // namespace

Judgement JudgeRecord(std::span<const Act> acts, const Definition& definition,
                      std::span<const CalendarVersion> calendars, UnixSeconds now,
                      Corrections corrections) {
  Judgement judgement;
  judgement.procedure = definition.id;
  judgement.version = definition.version;
  const Readings readings(calendars, definition);
  const SeenRecord record = SeeRecord(acts, definition, readings, now, corrections);
  Scene scene(definition, record, readings, now, kMaxActivations);
  judgement.judged = !scene.too_large() && Judge(scene, judgement).Run();
  if (!judgement.judged) {
    judgement.rules.clear();
    judgement.why_not = TellTooLarge();
    return judgement;
  }
  judgement.unreadable_corrections = record.unreadable;
  for (RuleVerdict& verdict : judgement.rules) {
    if (!record.unreadable.any() || verdict.outcome == Outcome::kFail) continue;
    verdict.outcome = Outcome::kUnknown;
    verdict.causes |= record.unreadable;  // beside its own, if it was unknown anyway
    verdict.entries.clear();
    verdict.duties.clear();
    verdict.due.reset();
    verdict.detail = TellUnreadableCorrection();
  }
  judgement.voided = record.voided;
  ReportChecks(scene, record, acts, judgement);
  ReportStates(scene, judgement);
  return judgement;
}

}  // namespace jejak::procedure
