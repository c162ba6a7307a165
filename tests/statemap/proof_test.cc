// SPDX-License-Identifier: Apache-2.0
#include "ledger/statemap/proof.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "ledger/statemap/memory_map.h"
#include "tests/statemap/map_reference.h"

namespace jejak::statemap {
namespace {

nlohmann::json Vectors() {
  std::ifstream file(JEJAK_SOURCE_DIR "/tests/vectors/jejak/statemap.json");
  return nlohmann::json::parse(file);
}

std::vector<MapStep> Steps(const nlohmann::json& path) {
  std::vector<MapStep> steps;
  for (const auto& step : path) {
    steps.push_back({step[0].get<std::uint16_t>(), FromHex(step[1].get<std::string>())});
  }
  return steps;
}

MemoryMap MapOf(const nlohmann::json& vectors) {
  MemoryMap map;
  for (const auto& leaf : vectors["leaves"]) {
    map.Set(FromHex(leaf[0].get<std::string>()), FromHex(leaf[1].get<std::string>()));
  }
  return map;
}

// A map of some random keys and some that differ late; its page form and a few keys to ask for.
class MapProofTest : public testing::Test {
 protected:
  void SetUp() override {
    Seeded seeded(11);
    for (int i = 0; i < 300; ++i) {
      const Digest key = seeded.NextDigest();  // first, whatever order a compiler likes
      items_.emplace(key, seeded.NextDigest());
    }
    for (std::uint64_t i = 0; i < 60; ++i) items_.emplace(LateKey(i, 6), seeded.NextDigest());
    for (const auto& [key, value] : items_) memory_.Set(key, value);
    auto update = UpdateMap(pages_, {}, Sorted(items_), 1);
    ASSERT_TRUE(update.ok());
    pages_.Apply(*update);
    root_ = update->next;
    for (const auto& item : items_) asked_.push_back(item.first);
    for (int i = 0; i < 100; ++i) asked_.push_back(seeded.NextDigest());
    for (std::uint64_t i = 60; i < 64; ++i) asked_.push_back(LateKey(i, 6));
  }

  Items items_;
  MemoryMap memory_;
  MemoryPages pages_;
  MapRoot root_;
  std::vector<Digest> asked_;
};

TEST(MapProofVectorTest, PathsOfPresenceAreTheVectors) {
  const auto vectors = Vectors();
  MemoryMap map = MapOf(vectors);
  const Digest root = FromHex(vectors["root"].get<std::string>());
  for (std::size_t i = 0; i < vectors["leaves"].size(); ++i) {
    const Digest key = FromHex(vectors["leaves"][i][0].get<std::string>());
    const Digest value = FromHex(vectors["leaves"][i][1].get<std::string>());
    const auto steps = Steps(vectors["paths"][i]);
    EXPECT_EQ(RootFromPresence(key, value, steps).value(), root) << i;
    const MapPath path = map.Path(key);
    EXPECT_TRUE(path.present);
    EXPECT_EQ(path.value, value);
    EXPECT_EQ(path.steps, steps) << i;
  }
}

TEST(MapProofVectorTest, PathsOfAbsenceAreTheVectors) {
  const auto vectors = Vectors();
  MemoryMap map = MapOf(vectors);
  for (const auto& absent : vectors["absent"]) {
    const Digest key = FromHex(absent["key"].get<std::string>());
    const Digest other = FromHex(absent["other"].get<std::string>());
    const MapPath expected{
        false, {}, MapItem{other, map.Find(other).value()}, Steps(absent["path"])};
    EXPECT_EQ(map.Path(key), expected);
    EXPECT_EQ(RootFromAbsence(key, expected).value(), map.Root());
  }
}

TEST_F(MapProofTest, PagesAndMemoryGiveTheSamePathsAndTheyVerify) {
  const auto paths = BuildMapPaths(pages_, root_, asked_);
  ASSERT_TRUE(paths.ok());
  ASSERT_EQ(paths->size(), asked_.size());
  int present = 0;
  for (std::size_t i = 0; i < asked_.size(); ++i) {
    const MapPath& path = (*paths)[i];
    ASSERT_EQ(path, memory_.Path(asked_[i])) << i;
    ASSERT_EQ(path, BuildMapPath(pages_, root_, asked_[i]).value()) << i;
    ASSERT_EQ(path.present, items_.contains(asked_[i])) << i;
    present += path.present ? 1 : 0;
    const auto root = path.present ? RootFromPresence(asked_[i], path.value, path.steps)
                                   : RootFromAbsence(asked_[i], path);
    ASSERT_EQ(root.value(), root_.root) << i;
  }
  EXPECT_EQ(present, 360);
}

TEST_F(MapProofTest, ManyPathsTakeOneReadPerLevel) {
  const int before = pages_.reads();
  ASSERT_TRUE(BuildMapPaths(pages_, root_, asked_).ok());
  EXPECT_LE(pages_.reads() - before, 64);
  const std::vector<Digest> random(asked_.end() - 104, asked_.end() - 4);
  const int between = pages_.reads();
  ASSERT_TRUE(BuildMapPaths(pages_, root_, random).ok());
  EXPECT_LE(pages_.reads() - between, 4);
}

TEST_F(MapProofTest, OneChangeAnywhereGivesAnotherRoot) {
  const Digest key = asked_[100];
  const MapPath good = memory_.Path(key);
  ASSERT_GE(good.steps.size(), 3U);
  Digest flipped = good.value;
  flipped.bytes[31] ^= 1;
  EXPECT_NE(RootFromPresence(key, flipped, good.steps).value(), root_.root);
  Digest other_key = key;
  other_key.bytes[31] ^= 1;
  EXPECT_NE(RootFromPresence(other_key, good.value, good.steps).value(), root_.root);
  for (std::size_t i = 0; i < good.steps.size(); ++i) {
    auto steps = good.steps;
    steps[i].sibling.bytes[0] ^= 0x80;
    EXPECT_NE(RootFromPresence(key, good.value, steps).value(), root_.root) << i;
    steps = good.steps;
    steps.erase(steps.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_NE(RootFromPresence(key, good.value, steps).value(), root_.root) << i;
    steps = good.steps;
    steps[i].bit = static_cast<std::uint16_t>(steps[i].bit + 1);
    const auto moved = RootFromPresence(key, good.value, steps);
    EXPECT_TRUE(!moved.ok() || *moved != root_.root) << i;
  }
}

TEST_F(MapProofTest, EveryConditionOfPresenceHasAProbeThatFailsIt) {
  const Digest key = asked_[7];
  const MapPath good = memory_.Path(key);
  const auto code = [&](std::vector<MapStep> steps) {
    const auto root = RootFromPresence(key, good.value, steps);
    return root.ok() ? Code::kInternal : root.error().code;
  };
  EXPECT_EQ(RootFromPresence(key, good.value, {}).value(), MapLeafHash(key, good.value));
  EXPECT_EQ(code({{256, {}}}), Code::kMalformed);
  EXPECT_EQ(code({{65535, {}}, {0, {}}}), Code::kMalformed);
  EXPECT_EQ(code({{9, {}}, {9, {}}}), Code::kMalformed);
  EXPECT_EQ(code({{9, {}}, {10, {}}}), Code::kMalformed);
  EXPECT_EQ(code({{255, {}}, {0, {}}, {0, {}}}), Code::kMalformed);
  EXPECT_TRUE(RootFromPresence(key, good.value, std::vector<MapStep>{{255, {}}, {0, {}}}).ok());
}

TEST_F(MapProofTest, EveryConditionOfAbsenceHasAProbeThatFailsIt) {
  const Digest key = asked_[365];
  const MapPath good = memory_.Path(key);
  ASSERT_FALSE(good.present);
  ASSERT_EQ(RootFromAbsence(key, good).value(), root_.root);
  const auto refused = [](const Digest& k, const MapPath& path) {
    const auto root = RootFromAbsence(k, path);
    return !root.ok() && root.error().code == Code::kMalformed;
  };
  MapPath claims_presence = good;
  claims_presence.present = true;
  EXPECT_TRUE(refused(key, claims_presence));
  EXPECT_TRUE(refused(good.other->first, good)) << "the key itself";
  for (const MapStep& step : good.steps) {
    Digest elsewhere = key;
    elsewhere.bytes[step.bit / 8] ^= static_cast<std::uint8_t>(0x80U >> (step.bit % 8));
    EXPECT_TRUE(refused(elsewhere, good)) << "disagrees at bit " << step.bit;
  }
  MapPath empty_with_steps;
  empty_with_steps.steps = good.steps;
  EXPECT_TRUE(refused(key, empty_with_steps));
  MapPath rising = good;
  std::swap(rising.steps.front(), rising.steps.back());
  EXPECT_TRUE(refused(key, rising));
  MapPath too_high = good;
  too_high.steps.insert(too_high.steps.begin(), {256, {}});
  EXPECT_TRUE(refused(key, too_high));
  EXPECT_EQ(RootFromAbsence(key, MapPath{}).value(), EmptyMapRoot());
}

TEST(MapProofEmptyTest, NothingIsPresentInTheEmptyMap) {
  MemoryPages pages;
  const Digest key = LateKey(1, 8);
  const MapPath path = BuildMapPath(pages, {}, key).value();
  EXPECT_EQ(path, MapPath{});
  EXPECT_EQ(RootFromAbsence(key, path).value(), EmptyMapRoot());
  MemoryMap map;
  EXPECT_EQ(map.Path(key), path);
}

TEST_F(MapProofTest, PagesOfAnotherRootNeverBecomeAProof) {
  MapRoot other = root_;
  other.root.bytes[31] ^= 1;
  for (const Digest& key : asked_) {
    const auto path = BuildMapPath(pages_, other, key);
    ASSERT_FALSE(path.ok());
    EXPECT_EQ(path.error().code, Code::kInternal);
  }
}

TEST_F(MapProofTest, APageThatWasChangedNeverBecomesAProof) {
  for (auto& [id, bytes] : pages_.pages()) bytes.back() ^= 1;
  int refused = 0;
  for (const Digest& key : asked_) {
    const auto path = BuildMapPath(pages_, root_, key);
    refused += path.ok() ? 0 : 1;
    if (!path.ok()) {
      EXPECT_EQ(path.error().code, Code::kInternal);
    }
  }
  EXPECT_EQ(refused, static_cast<int>(asked_.size()));
}

}  // namespace
}  // namespace jejak::statemap
