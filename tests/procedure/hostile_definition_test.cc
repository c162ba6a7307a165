// SPDX-License-Identifier: Apache-2.0
// Definitions made to hurt: deep, wide, repetitive, or cut to pieces. Refused in bounded time and
// space, never a crash; seeds are fixed and printed.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "ledger/procedure/definition.h"
#include "tests/procedure/small_definition.h"
#include "tests/procedure/stopwatch.h"

namespace jejak::procedure {
namespace {

std::string Repeated(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

// In a rule's require; the edit's other parts stay.
std::string Requiring(const std::string& requirement) {
  return Edited(R"({"on":{"date":"$a.on","from":"$a@date","plus":0,"unit":"calendar_days"}})",
                requirement);
}

ParsedDefinition ParsedInTime(const std::string& text) {
  EXPECT_FALSE(text.empty());
  const Stopwatch watch;
  ParsedDefinition parsed = ParseDefinition(text);
  EXPECT_LT(watch.Seconds(), 4.0);
  EXPECT_LE(parsed.problems.size(), 200U);
  EXPECT_EQ(parsed.definition.has_value(), parsed.Explain().empty());
  return parsed;
}

TEST(HostileDefinition, DepthEndsWhereJsonEndsIt) {
  for (std::size_t depth : {2U, 8U, 9U, 20U, 100'000U}) {
    const auto parsed =
        ParsedInTime(Requiring(Repeated(R"({"not":)", depth) + "true" + Repeated("}", depth)));
    // root, rules, rule, duties, duty: five are taken
    EXPECT_EQ(parsed.definition.has_value(), depth <= 11) << depth;
  }
}

TEST(HostileDefinition, AMillionFaultsAreTwoHundredProblems) {
  const auto parsed = ParsedInTime(Requiring(R"({"all":[)" + Repeated("1,", 500'000) + "1]}"));
  EXPECT_EQ(parsed.problems.size(), 200U);
}

TEST(HostileDefinition, LongNamesAreNotRepeatedWithoutEnd) {
  const std::string name(400'000, 'n');
  const auto parsed =
      ParsedInTime(Requiring("{\"" + name + "\":{\"a\":1}}").insert(1, "\"" + name + "\":1,"));
  std::size_t bytes = 0;
  for (const Problem& problem : parsed.problems) {
    bytes += problem.pointer.size();
    EXPECT_LT(problem.message.size(), 1000U);
  }
  EXPECT_LT(bytes, 2U << 20);
}

TEST(HostileDefinition, AnErrorAfterManyWarningsStillCounts) {
  std::string text = Edited(R"("DONE":{"id":"Selesai")", [] {
    std::string states;
    for (int i = 0; i < 500; ++i) {
      states += "\"S" + std::to_string(i) + R"(":{"id":"","en":"x"},)";
    }
    return states + R"("DONE":{"id":"Selesai")";
  }());
  EXPECT_TRUE(ParsedInTime(text).definition.has_value());
  text.replace(text.find(R"("min":0})"), 8, R"("min":"a")");
  EXPECT_FALSE(ParsedInTime(text).definition.has_value());
}

TEST(HostileDefinition, SmallTextsOfLargePartsAreCounted) {
  const auto conditions =
      ParsedInTime(Requiring(R"({"all":[)" + Repeated("true,", 200'000) + "1]}"));
  EXPECT_NE(conditions.Explain().find("more than 20000 conditions"), std::string::npos);
  const auto actions = ParsedInTime(Edited(
      R"({"type":"case.end","title")", Repeated("{},", 300'000) + R"({"type":"case.end","title")"));
  EXPECT_TRUE(std::any_of(actions.problems.begin(), actions.problems.end(), [](const Problem& p) {
    return p.message.find("more than 10000 actions") != std::string::npos;
  }));
  const auto items = ParsedInTime(Requiring(R"({"in":[1,[)" + Repeated("1,", 400'000) + "1]]}"));
  EXPECT_NE(items.Explain().find("too often"), std::string::npos);
}

TEST(HostileDefinition, OneLongListNamedOften) {
  std::string text =
      Requiring(R"({"all":[)" + Repeated(R"({"in":["a","$param.bosses"]},)", 15'000) + "true]}");
  text.replace(text.find(R"("value":["chair")"), 16,
               "\"value\":[" + Repeated("\"chair\",", 30'000) + "\"chair\"");
  const auto parsed = ParsedInTime(text);
  EXPECT_NE(parsed.Explain().find("named too often"), std::string::npos) << parsed.Explain();
}

TEST(HostileDefinition, OneLongTextPutInOften) {
  std::string text = Edited("By {bosses}", Repeated("{bosses}", 20'000));
  text.replace(text.find(R"("value":["chair")"), 16,
               "\"value\":[\"" + std::string(100'000, 'x') + "\"");
  const auto parsed = ParsedInTime(text);
  EXPECT_TRUE(
      std::any_of(parsed.problems.begin(), parsed.problems.end(), [](const Problem& problem) {
        return problem.message.find("too long") != std::string::npos;
      }));
}

TEST(HostileDefinition, ManyTypesAndManyFields) {
  std::string actions;
  std::string types;
  for (int i = 0; i < 3000; ++i) {
    const std::string type = "t.a" + std::to_string(i);
    actions += R"({"type":")" + type +
               R"(","title":{"id":"a","en":"a"},"roles":[],"fields":{"f":{"type":"integer"}}},)";
    types += ",\"" + type + "\"";
  }
  std::string text = Requiring(R"({"all":[)" + Repeated(R"({"has":"$a.f"},)", 15'000) + "true]}");
  text.replace(text.find(R"({"type":"case.end","title")"), 0, actions);
  text.replace(text.find(R"({"type":"hear.hold","as":"a"})"), 29,
               R"({"type":["hear.hold")" + types + R"(],"as":"a"})");
  EXPECT_NE(ParsedInTime(text).Explain().find("too many fields of too many types"),
            std::string::npos);
}

TEST(HostileDefinition, RandomBytesAndPiecesNeverCrash) {
  constexpr unsigned kSeed = 20261124;
  std::mt19937 random(kSeed);
  const std::string_view whole = kSmall;
  std::size_t whole_ones = 0;
  for (int round = 0; round < 6000; ++round) {
    std::string text(whole);
    for (std::size_t n = 1 + random() % 3; n > 0; --n) {
      const std::size_t at = random() % text.size();
      const std::size_t from = random() % whole.size();
      switch (random() % 4) {
        case 0:
          text[at] = static_cast<char>(random());
          break;
        case 1:
          text.erase(at, random() % 20);
          break;
        case 2:
          text.insert(at, whole.substr(from, random() % 40));
          break;
        default:
          text.replace(at, 1, 1, whole[from]);
      }
    }
    const auto parsed = ParseDefinition(text);
    whole_ones += parsed.definition.has_value() ? 1 : 0;
    ASSERT_EQ(parsed.definition.has_value(), parsed.Explain().empty()) << round << " of " << kSeed;
  }
  EXPECT_GT(whole_ones, 100U);
}

// Tokens for tokens: the JSON stays JSON, so the grammar is what refuses.
TEST(HostileDefinition, RandomTokensNeverCrash) {
  constexpr unsigned kSeed = 94;
  std::mt19937 random(kSeed);
  std::vector<std::pair<std::size_t, std::size_t>> tokens;
  const std::string_view whole = kSmall;
  for (std::size_t at = 0; at < whole.size(); ++at) {
    if (whole[at] != '"') continue;
    const std::size_t end = whole.find('"', at + 1);
    tokens.emplace_back(at, end + 1 - at);
    at = end;
  }
  const std::string_view constants[] = {"true",
                                        "0",
                                        "[]",
                                        "{}",
                                        "\"$key\"",
                                        "\"*\"",
                                        "null",
                                        "\"$x\"",
                                        "[\"$h.level\"]",
                                        "{\"found\":\"h\"}"};
  std::size_t grammar = 0;
  for (int round = 0; round < 6000; ++round) {
    std::string text(whole);
    const auto [at, size] = tokens[random() % tokens.size()];
    const auto [other, other_size] = tokens[random() % tokens.size()];
    text.replace(at, size,
                 random() % 2 == 0 ? whole.substr(other, other_size)
                                   : constants[random() % std::size(constants)]);
    const auto parsed = ParseDefinition(text);
    if (!parsed.definition && !parsed.problems[0].message.starts_with("JSON")) ++grammar;
    ASSERT_EQ(parsed.definition.has_value(), parsed.Explain().empty()) << round << " of " << kSeed;
  }
  EXPECT_GT(grammar, 1000U);
}

}  // namespace
}  // namespace jejak::procedure
