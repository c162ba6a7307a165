// SPDX-License-Identifier: Apache-2.0
// Definitions with parts exchanged, doubled and removed at random: refused with a reason, or judged
// within the cost bound; never a crash. The seed is printed.
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "ledger/procedure/replay.h"
#include "tests/procedure/stopwatch.h"
#include "tests/procedure/story_record.h"

namespace jejak::procedure {
namespace {

using story::Json;

void Gather(Json& value, std::vector<Json*>& all) {
  all.push_back(&value);
  for (auto& part : value) {
    if (part.is_structured()) {
      Gather(part, all);
    } else {
      all.push_back(&part);
    }
  }
}

// One change: a value becomes another's copy, is removed from its list, doubled, or a constant.
void Mutate(Json& definition, std::mt19937& random) {
  std::vector<Json*> all;
  const char* const kParts[] = {"rules", "actions", "tracks", "tables", "parameters"};
  Gather(definition[kParts[random() % std::size(kParts)]], all);
  Json& target = *all[random() % all.size()];
  const Json constants = Json::array({0, -1, 3, "x", "case", "$key", "$x.result", "$x@holders",
                                      true, Json::array(), Json::object(), "officer", "*"});
  switch (random() % 4) {
    case 0:
      target = Json(*all[random() % all.size()]);
      break;
    case 1:
      if (target.is_array() && !target.empty()) target.erase(random() % target.size());
      break;
    case 2:
      if (target.is_array() && !target.empty()) target.push_back(Json(target[0]));
      break;
    default:
      target = constants[random() % constants.size()];
  }
}

TEST(MutatedDefinition, IsRefusedWithAReasonOrJudgedWithinItsCost) {
  constexpr unsigned kSeed = 20261124;
  std::mt19937 random(kSeed);
  std::size_t judged = 0, refused = 0;
  for (const char* name : {"M07", "C06"}) {
    const story::StoryRecord record(story::ReadJson("docs/stories/" + std::string(name) + ".json"));
    const story::Record all = record.AsOf({1738300000}, story::Holdings::Named("all"));
    const bool article = name[0] == 'M';
    const Json definition = story::ReadJson(article ? "docs/procedures/malang-article-2024.json"
                                                    : "docs/procedures/pp94-kota.json");
    for (int round = 0; round < (article ? 600 : 100); ++round) {
      Json mutant = definition;
      for (std::size_t n = 1 + random() % 3; n > 0; --n) Mutate(mutant, random);
      const ParsedDefinition parsed = ParseDefinition(mutant.dump());
      if (!parsed.definition) {
        EXPECT_FALSE(parsed.Explain().empty()) << "seed " << kSeed << " round " << round;
        ++refused;
        continue;
      }
      ++judged;
      Binding binding = all.bindings.front();
      binding.definition = &*parsed.definition;
      const Stopwatch watch;
      const Judgement judgement = Replay(all.acts, {&binding, 1}, {1738300000});
      EXPECT_LT(watch.Seconds(), 2.0) << "seed " << kSeed << " round " << round;
      EXPECT_TRUE(judgement.judged || !judgement.why_not.en.empty());
    }
  }
  EXPECT_GT(judged, 50U);
  EXPECT_GT(refused, 50U);
}

}  // namespace
}  // namespace jejak::procedure
