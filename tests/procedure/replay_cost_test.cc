// SPDX-License-Identifier: Apache-2.0
// Judging stays within its cost (language.md "Cost"): 10,000 acts in one case in under a second, and
// a case made to have too many activations is not judged, rather than judged for an hour.
#include <gtest/gtest.h>

#include <random>
#include <string>

#include "ledger/procedure/replay.h"
#include "tests/procedure/source_text.h"
#include "tests/procedure/stopwatch.h"
#include "tests/procedure/story_record.h"

namespace jejak::procedure {
namespace {

std::string ValueFor(const std::string& name, const Declaration& field,
                     const Definition& definition, std::mt19937& random) {
  switch (field.type) {
    case FieldType::kString:
      return name == "report" ? "\"r" + std::to_string(random() % 5) + "\"" : "\"x\"";
    case FieldType::kCode: {
      const auto& codes = definition.codes.at(field.codes);
      return "\"" + codes[random() % codes.size()].code + "\"";
    }
    case FieldType::kDate:
      return "\"2024-06-0" + std::to_string(1 + random() % 9) + "\"";
    case FieldType::kInteger:
      return std::to_string(random() % 3);
    case FieldType::kBoolean:
      return random() % 2 == 0 ? "true" : "false";
    case FieldType::kList:
      return "[]";
    default:
      return "";
  }
}

json::Value BodyFor(const ActionType& type, const Definition& definition, std::mt19937& random) {
  std::string body;
  for (const auto& [name, field] : type.fields) {
    const std::string value = ValueFor(name, field, definition, random);
    if (value.empty()) continue;
    body += (body.empty() ? "\"" : ",\"") + name + "\":" + value;
  }
  return *json::Parse("{" + body + "}", json::Rules::kContainer);
}

class ReplayCost : public ::testing::Test {
 protected:
  void SetUp() override {
    auto definition = ParseDefinition(story::ReadText("docs/procedures/pp94-kota.json"));
    ASSERT_TRUE(definition.definition) << definition.Explain();
    definition_ = std::move(*definition.definition);
    auto calendar = ParseCalendar(story::ReadText("docs/procedures/id-asn.calendar.json"));
    ASSERT_TRUE(calendar.calendar) << calendar.Explain();
    versions_.push_back({1, {0}, std::move(*calendar.calendar)});
  }

  // `n` acts of random types; officers P0 to P(officers-1), or none named at all.
  std::vector<Act> Acts(std::size_t n, std::size_t officers) {
    std::mt19937 random(7);
    std::vector<Act> acts(n);
    for (std::size_t i = 0; i < n; ++i) {
      Act& act = acts[i];
      const ActionType& type = definition_.actions[random() % definition_.actions.size()];
      act.index = 10 + i;
      act.seq = i;
      act.type = type.type;
      const bool about = type.track && definition_.tracks[*type.track].by_about();
      if (about && officers > 0) act.about = {"P" + std::to_string(random() % officers)};
      const auto second = 1716800000 + static_cast<std::int64_t>(i) * 600;
      act.at.instant = {second};
      act.entered = {second + 60};
      act.position = i;
      act.by = {{"u/p", type.roles.empty() ? "-" : type.roles[0],
                 "h-" + std::to_string(random() % 20), "u", ""}};
      act.body_state = BodyState::kPresent;
      act.body = BodyFor(type, definition_, random);
    }
    return acts;
  }

  Judgement Judge(const std::vector<Act>& acts) {
    const Binding binding{0, &definition_, 2, versions_};
    return Replay(acts, {&binding, 1}, {1790000000});
  }

  Definition definition_;
  std::vector<CalendarVersion> versions_;
};

TEST_F(ReplayCost, TenThousandActsAreJudgedInUnderASecond) {
  for (const std::size_t officers : {0U, 1U, 14U, 3000U}) {
    const std::vector<Act> acts = Acts(10'000, officers);
    const Stopwatch watch;
    const Judgement judgement = Judge(acts);
    EXPECT_LT(watch.Seconds(), 1.0) << officers << " officers";
    EXPECT_TRUE(judgement.judged) << judgement.why_not.en;
  }
}

// 4,000 officers are named; then 4,000 acts that name nobody concern each of them.
TEST_F(ReplayCost, ACaseOfTooManyActivationsIsNotJudged) {
  std::vector<Act> acts = Acts(8'000, 0);
  for (std::size_t i = 0; i < acts.size(); ++i) {
    acts[i].type = i < 4'000 ? "officer.name" : "case.screen";
    acts[i].about.clear();
    if (i < 4'000) acts[i].about = {"P" + std::to_string(i)};
  }
  const Stopwatch watch;
  const Judgement judgement = Judge(acts);
  EXPECT_FALSE(judgement.judged);
  EXPECT_EQ(ExitOf(judgement, false), 12);
  EXPECT_FALSE(judgement.why_not.id.empty());
  EXPECT_LT(watch.Seconds(), 5.0);
}

}  // namespace
}  // namespace jejak::procedure
