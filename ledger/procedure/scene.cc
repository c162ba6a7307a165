// SPDX-License-Identifier: Apache-2.0
#include "ledger/procedure/scene.h"

#include <algorithm>

namespace jejak::procedure {

Scene::Scene(const Definition& definition, const SeenRecord& record, const Readings& readings,
             UnixSeconds now, std::size_t limit)
    : definition_(definition),
      record_(record),
      readings_(readings),
      now_(now),
      today_(readings.LocalDay(now)) {
  for (std::size_t track = 0; track < definition.tracks.size(); ++track) {
    views_.emplace_back(record, definition, track, limit);
    too_large_ |= views_.back().too_large();
  }
  if (too_large_) return;
  for (std::size_t i = 0; i < record.acts.size(); ++i) {
    by_type_[record.acts[i].act->type].push_back(i);
  }
  checks_ = CheckActs(record, definition, views_, readings);
}

bool Scene::DependsOnInstance(const Closed& closed, Where where) const {
  if (!where.track) return false;
  if (closed.uses_instance || closed.any_type) return true;
  return std::any_of(closed.types.begin(), closed.types.end(), [&](const std::string& type) {
    const ActionType* declared = definition_.FindAction(type);
    return declared != nullptr && declared->track == where.track;
  });
}

const Candidates& Scene::Of(std::size_t closed, Where where) {
  const Closed& selector = definition_.selectors[closed];
  auto& cache = DependsOnInstance(selector, where) ? of_instance_ : of_case_;
  const auto found = cache.find(closed);
  if (found != cache.end()) return found->second;
  return cache.emplace(closed, Collect(selector, where)).first->second;
}

const Candidates& Scene::Closings(Where where) {
  if (!closings_) {
    closings_.emplace();
    for (const auto& [act, finding] : Visible(false, definition_.closes, where)) {
      closings_->Add(act, finding, acts()[act].day, acts()[act].act->at.instant);
    }
  }
  return *closings_;
}

std::vector<std::pair<std::size_t, Finding>> Scene::Visible(bool any,
                                                            const std::vector<std::string>& types,
                                                            Where where) const {
  std::vector<std::pair<std::size_t, Finding>> visible;
  const auto of_track = [&](std::size_t act) {
    return where.track && acts()[act].type != nullptr && acts()[act].type->track == where.track;
  };
  const auto wanted = [&](const std::string& type) { return any || Contains(types, type); };
  for (const auto& [type, at] : by_type_) {
    if (!wanted(type) || of_track(at.front())) continue;
    for (const std::size_t act : at) visible.emplace_back(act, Certain(true));
  }
  if (where.track) {
    const TrackView& view = views_[*where.track];
    for (const auto& [act, truth] : view.instances()[where.instance].members) {
      if (!wanted(acts()[act].act->type)) continue;
      visible.emplace_back(
          act, Finding{truth, truth == Truth::kUnknown ? view.keys(act).causes : Causes{}});
    }
  }
  std::sort(visible.begin(), visible.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  return visible;
}

Candidates Scene::Collect(const Closed& closed, Where where) {
  Candidates candidates;
  Frame frame;
  frame.scene = this;
  frame.where = where;
  if (exhausted()) return candidates;
  const auto visible = Visible(closed.any_type, closed.types, where);
  Spend(visible.size());
  for (const auto& [act, membership] : visible) {
    frame.candidate = act;
    std::vector<Finding> findings{membership};
    for (const auto& [path, wanted] : closed.with) {
      const Looked looked = LookUp(acts()[act], path, definition_);
      const Operand value{looked.value, looked.causes};
      const Operand one = Evaluate(wanted, frame);
      const bool list = one.value && one.value->kind == Datum::Kind::kList;
      findings.push_back(list ? IsIn(value, one) : CompareEqual(value, one, definition_));
    }
    for (const Expression& where_holds : closed.where) {
      findings.push_back(Evaluate(where_holds, frame));
    }
    candidates.Add(act, AllOf(findings), acts()[act].day, acts()[act].act->at.instant);
  }
  return candidates;
}

Finding Scene::AllIn(const Expression& asked, const Datum& states, std::size_t at) {
  const bool constant = asked.terms[0].kind == Term::Kind::kLiteral;
  const auto known = all_in_.find({&asked, at});
  if (constant && known != all_in_.end()) return known->second;
  const TrackView& view = views_[asked.track];
  Finding all = Certain(true);
  for (std::size_t k = 0; k < view.instances().size(); ++k) {
    if (view.instances()[k].first >= at) continue;
    const State state = view.StateBefore(k, at);
    const Operand operand{state.name ? std::optional(Datum::Text(*state.name)) : std::nullopt,
                          state.causes};
    all = AllOf({all, IsIn(operand, {states, {}})});
    if (all.truth == Truth::kFalse) break;
  }
  if (constant) all_in_.emplace(std::pair{&asked, at}, all);
  return all;
}

}  // namespace jejak::procedure
