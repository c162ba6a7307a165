// SPDX-License-Identifier: Apache-2.0
#include "api/case_next_steps.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "api/release.h"
#include "api/status_course.h"

namespace jejak::api {
namespace {

using presentation::Phrase;
using presentation::Sheet;
using procedure::ActionType;

constexpr std::size_t kMostInstances = 20;

// Instances that have the same steps until the same days are told together.
struct StepGroup {
  std::string who;  // "officer P301, P302"
  std::vector<NextStep> steps;
};

bool SameSteps(const std::vector<NextStep>& a, const std::vector<NextStep>& b) {
  return std::ranges::equal(a, b, [](const NextStep& one, const NextStep& other) {
    return one.type == other.type && one.due.has_value() == other.due.has_value() &&
           (!one.due || one.due->text == other.due->text);
  });
}

class StepsWriter final {
 public:
  StepsWriter(Sheet& sheet, const evidence::CaseRecord& record,
              const evidence::CaseConformance& conformance)
      : sheet_(sheet),
        record_(record),
        definition_(*conformance.judged_by()),
        course_(record, conformance, sheet.view.now) {}

  void Write() {
    const std::vector<StepGroup> groups = Groups();
    const std::vector<NextStep> whole = OfTheCase();
    sheet_.Heading(Phrase("case.may_come_next"));
    if (groups.empty() && whole.empty()) {
      sheet_.Raw("<p>").Say(Phrase("case.nothing_comes_next")).Raw("</p>\n");
      return;
    }
    sheet_.Raw("<p class=\"small muted\">").Say(Phrase("case.may_come_note")).Raw("</p>\n");
    for (const StepGroup& group : groups) List(group.who, group.steps);
    if (!whole.empty()) List(std::string(sheet_.In(presentation::TrackWording("case"))), whole);
  }

 private:
  std::vector<StepGroup> Groups() const {
    std::vector<StepGroup> groups;
    std::size_t looked = 0;
    for (const procedure::InstanceState& state : sheet_.view.judgement->states) {
      if (state.instance == "?" || !state.state || ++looked > kMostInstances) continue;
      const std::size_t track = TrackOf(state.track);
      if (track == definition_.tracks.size()) continue;
      std::vector<NextStep> steps = course_.StepsOf({track, state.instance, state.state});
      if (steps.empty()) continue;
      const auto same = std::ranges::find_if(
          groups, [&](const StepGroup& group) { return SameSteps(group.steps, steps); });
      if (same != groups.end()) {
        same->who += ", " + state.instance;
        continue;
      }
      groups.push_back(
          {std::string(sheet_.In(presentation::TrackWording(state.track))) + " " + state.instance,
           std::move(steps)});
    }
    return groups;
  }

  std::size_t TrackOf(const std::string& name) const {
    const auto track = std::ranges::find(definition_.tracks, name, &procedure::Track::name);
    return static_cast<std::size_t>(track - definition_.tracks.begin());
  }

  bool WasDone(std::string_view type) const {
    return std::ranges::any_of(record_.acts, [&](const procedure::Act& act) {
      return act.type == type && !course_.IsVoided(act);
    });
  }

  // What is left to do with a case that is closed: what asks for that, and to release it.
  bool FollowsClosing(const ActionType& type) const {
    if (type.type == kRelease) return true;
    return std::ranges::any_of(type.requires_groups, [this](const auto& group) {
      return std::ranges::any_of(definition_.closes, [&](const std::string& closing) {
        return procedure::Contains(group, closing);
      });
    });
  }

  std::vector<NextStep> OfTheCase() const {
    std::vector<NextStep> steps;
    const bool closed = std::ranges::any_of(
        definition_.closes, [this](const std::string& type) { return WasDone(type); });
    for (const ActionType& type : definition_.actions) {
      const bool closes = procedure::Contains(definition_.closes, type.type);
      if (type.track || procedure::IsUnderstoodEverywhere(type.type) || WasDone(type.type))
        continue;
      if (closed && !FollowsClosing(type)) continue;
      if ((closes && closed) || (!closes && type.requires_groups.empty())) continue;
      const bool ready = std::ranges::all_of(type.requires_groups, [this](const auto& group) {
        return std::ranges::any_of(group, [this](const auto& name) { return WasDone(name); });
      });
      if (ready) steps.push_back({&type, {}});
    }
    return steps;
  }

  void List(const std::string& who, const std::vector<NextStep>& steps) {
    sheet_.Raw("<p><b>").Text(who).Raw("</b></p>\n<ul>\n");
    for (const NextStep& step : steps) {
      sheet_.Raw("<li>").Say(presentation::WordingOf(step.type->title)).Text(Roles(*step.type));
      if (step.due) Due(*step.due);
      sheet_.Raw("</li>\n");
    }
    sheet_.Raw("</ul>\n");
  }

  std::string Roles(const ActionType& type) const {
    std::string text;
    for (const std::string& role : type.roles) {
      text += text.empty() ? ": " : ", ";
      text += sheet_.In(presentation::RoleWording(&definition_, role));
    }
    return text;
  }

  void Due(const DueDay& due) {
    sheet_.Raw("<br/>").Say(Phrase("status.due")).Raw(" <time datetime=\"").Text(due.text);
    sheet_.Raw("\">").Text(due.text).Raw("</time>");
    if (!due.late && !due.days) return;
    sheet_.Raw(due.late ? presentation::Literal(" <b class=\"late\">⚠ ")
                        : presentation::Literal(" <b>("));
    if (due.late && !due.days) {
      sheet_.Say(Phrase("status.late"));
    } else if (!due.late && *due.days == 0) {
      sheet_.Say(Phrase("status.today"));
    } else {
      sheet_.Say(due.late ? Phrase("status.late_days") : Phrase("status.left"),
                 {std::to_string(*due.days)});
    }
    sheet_.Text(due.late ? "" : ")").Raw("</b>");
  }

  Sheet& sheet_;
  const evidence::CaseRecord& record_;
  const procedure::Definition& definition_;
  const Course course_;
};

}  // namespace

void WriteNextSteps(Sheet& sheet, const evidence::CaseRecord& record,
                    const evidence::CaseConformance& conformance) {
  if (!presentation::Judged(sheet.view) || conformance.judged_by() == nullptr) return;
  StepsWriter(sheet, record, conformance).Write();
}

}  // namespace jejak::api
