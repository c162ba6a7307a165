// SPDX-License-Identifier: Apache-2.0
// What holds for every case, whatever its story: judging again gives the same; what comes later in
// time turns pending into fail and nothing back; withholding contents never makes a better verdict
// than unknown out of a fail that stays certain; removing what a fail names changes that verdict.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <tuple>

#include "ledger/procedure/replay.h"
#include "tests/procedure/story_record.h"

namespace jejak::procedure {
namespace {

constexpr UnixSeconds kLater{1738300000};  // 2025-01-31

using Place = std::tuple<std::string, std::string, std::string>;

std::map<Place, RuleVerdict> ByPlace(const Judgement& judgement) {
  std::map<Place, RuleVerdict> by_place;
  for (const RuleVerdict& verdict : judgement.rules) {
    by_place[{verdict.rule, verdict.scope, verdict.instance}] = verdict;
  }
  return by_place;
}

std::string Named(const Place& place) {
  return std::get<0>(place) + " " + std::get<1>(place) + " " + std::get<2>(place);
}

class ReplayProperty : public ::testing::TestWithParam<const char*> {
 protected:
  story::Record Read(const char* contents) const {
    const story::StoryRecord record(
        story::ReadJson("docs/stories/" + std::string(GetParam()) + ".json"));
    return record.AsOf(kLater, story::Holdings::Named(contents));
  }
};

TEST_P(ReplayProperty, WithholdingContentsOnlyMakesVerdictsUnknown) {
  const story::Record all = Read("all");
  const auto with = ByPlace(Replay(all.acts, all.bindings, kLater));
  const story::Record sealed = Read("no_sealed");
  for (const auto& [place, verdict] : ByPlace(Replay(sealed.acts, sealed.bindings, kLater))) {
    const auto known = with.find(place);
    const Outcome before = known == with.end() ? Outcome::kNotApplicable : known->second.outcome;
    // A duty that may not be active is kept if what it requires is there.
    const bool idle = before == Outcome::kNotApplicable && verdict.outcome == Outcome::kPass;
    EXPECT_TRUE(verdict.outcome == before || verdict.outcome == Outcome::kUnknown || idle)
        << Named(place) << ": " << OutcomeWord(before) << " became "
        << OutcomeWord(verdict.outcome);
  }
}

TEST_P(ReplayProperty, RemovingWhatAFailNamesChangesIt) {
  const story::Record all = Read("all");
  const auto before = ByPlace(Replay(all.acts, all.bindings, kLater));
  for (const auto& [place, verdict] : before) {
    if (verdict.outcome != Outcome::kFail || verdict.kept) continue;
    std::vector<Act> rest;
    for (const Act& act : all.acts) {
      const auto& named = verdict.entries;
      if (std::find(named.begin(), named.end(), act.index) == named.end()) rest.push_back(act);
    }
    std::vector<Binding> bindings(all.bindings.begin(), all.bindings.end());
    if (bindings.size() > 1) continue;  // a rebinding's place would move
    const auto after = ByPlace(Replay(rest, bindings, kLater));
    const auto same = after.find(place);
    const bool unchanged = same != after.end() && same->second.outcome == Outcome::kFail &&
                           same->second.entries == verdict.entries;
    EXPECT_FALSE(unchanged) << Named(place);
  }
}

// Time alone only lets deadlines pass: a pass or fail of now stays one later.
TEST_P(ReplayProperty, LaterNothingButPendingChanges) {
  const story::Record all = Read("all");
  const auto before = ByPlace(Replay(all.acts, all.bindings, kLater));
  const auto after = ByPlace(Replay(all.acts, all.bindings, {kLater.value + 86400 * 300}));
  for (const auto& [place, verdict] : before) {
    if (verdict.outcome == Outcome::kPending) continue;
    const auto later = after.find(place);
    ASSERT_NE(later, after.end()) << Named(place);
    EXPECT_EQ(later->second.outcome, verdict.outcome) << Named(place);
  }
}

// Fields of bodies turned into other types, keys into objects, dates into nonsense.
TEST_P(ReplayProperty, NoContentsMakeItCrash) {
  std::mt19937 random(11);
  const char* const kValues[] = {
      "null", "7",     "true",       "\"\"",           "\"x\"",         "[]",
      "{}",   "[[1]]", "{\"a\":{}}", "\"2024-06-31\"", "[null,\"r1\"]", "-1"};
  for (int round = 0; round < 40; ++round) {
    story::Record all = Read("all");
    for (Act& act : all.acts) {
      if (act.body_state != BodyState::kPresent || random() % 3 != 0) continue;
      json::Value body = json::Value::Object();
      for (const json::Member& member : act.body.members()) {
        const std::string value = kValues[random() % std::size(kValues)];
        body.Add(member.name,
                 random() % 2 == 0 ? *json::Parse(value, json::Rules::kContainer) : member.value);
      }
      act.body = std::move(body);
      if (random() % 5 == 0) act.body_state = BodyState::kUnfit;
    }
    const Judgement judgement = Replay(all.acts, all.bindings, kLater);
    for (const RuleVerdict& verdict : judgement.rules) {
      EXPECT_FALSE(verdict.outcome != Outcome::kNotApplicable && verdict.detail.id.empty());
      EXPECT_EQ(verdict.causes.any(), verdict.outcome == Outcome::kUnknown) << verdict.rule;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(All, ReplayProperty, ::testing::ValuesIn(story::kStories),
                         [](const auto& story) { return std::string(story.param); });

}  // namespace
}  // namespace jejak::procedure
