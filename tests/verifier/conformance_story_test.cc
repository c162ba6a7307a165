// SPDX-License-Identifier: Apache-2.0
//
// The whole path: each story told into a log, its case file as it was at each time and with each
// disclosure that the story names, judged by the program, comes to exactly what the story expects.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/procedure/story_outcome.h"
#include "tests/support/temporary_directory.h"
#include "tests/verifier/program.h"
#include "tests/verifier/story_log.h"

namespace jejak::verifier::test {
namespace {

using procedure::story::Outcomes;
using procedure::story::ReadText;
using Json = procedure::story::Json;

constexpr const char* kStories[] = {"C01", "C02", "C03", "C04", "C05", "C06", "C07", "C08",
                                    "C09", "C10", "C11", "C12", "C13", "C14", "M01", "M02",
                                    "M03", "M04", "M05", "M06", "M07", "M08"};

// Mutations whose edits move no action.
constexpr std::size_t kEditedInPlace = 43;

std::string Numbers(const Json& entries, const StoryLog& log) {
  std::set<int> numbers;
  for (const Json& entry : entries) numbers.insert(log.NumberOf(entry.get<std::uint64_t>()));
  std::string text = " actions";
  for (const int number : numbers) text += " " + std::to_string(number);
  return text;
}

void AddRule(const Json& rule, const StoryLog& log, Outcomes& outcomes) {
  const std::string word = rule["verdict"];
  std::string text = word;
  for (const char* mark : {"remedied", "corrected", "kept"}) {
    if (rule[mark].get<bool>()) text += std::string(" ") + mark;
  }
  if (!rule["due"].is_null()) text += " due " + rule["due"].get<std::string>();
  if (word == "fail" || word == "unknown" || word == "pending") {
    text += Numbers(rule["entries"], log);
  }
  const std::string scope = rule["scope"];
  const std::string instance = scope == "case" ? scope : rule["instance"].get<std::string>();
  const std::string key = scope + " " + instance + " " + rule["id"].get<std::string>();
  EXPECT_TRUE(outcomes.verdicts.emplace(key, text).second) << key << " twice";
}

// What the program said, in the form in which stories are compared.
Outcomes OutcomesOf(const Outcome& run, const StoryLog& log) {
  Outcomes outcomes;
  outcomes.exit = run.exit_code;
  const Json report = Json::parse(run.out);
  const Json& conformance = report["conformance"];
  EXPECT_TRUE(conformance.is_object()) << run.out;
  if (!conformance.is_object()) return outcomes;
  EXPECT_EQ(conformance["stream"], "case/" + log.case_id());
  for (const Json& rule : conformance["rules"]) AddRule(rule, log, outcomes);
  std::map<std::string, Json> failing;
  for (const Json& check : conformance["checks"]) {
    if (check["outcome"] != "fail") continue;
    for (const Json& entry : check["entries"]) failing[check["id"]].push_back(entry);
  }
  for (const auto& [id, entries] : failing) outcomes.checks[id] = Numbers(entries, log);
  return outcomes;
}

Outcome JudgeAs(StoryLog& log, const Json& entry, std::vector<std::string> flags = {}) {
  const std::string now = entry.at("now");
  const TemporaryDirectory directory;
  std::ofstream(directory / "policy") << log.policy();
  std::ofstream(directory / "c.casefile.json")
      << log.CaseFile(ParseAt(now)->instant, entry.at("contents"));
  std::vector<std::string> arguments{
      "case",   "--policy", directory / "policy",         "--now", now,
      "--jobs", "1",        directory / "c.casefile.json"};
  if (entry.value("require_contents", false)) flags.emplace_back("--require-contents");
  arguments.insert(arguments.end(), flags.begin(), flags.end());
  return RunProgram(arguments);
}

class StoryProgram : public testing::TestWithParam<const char*> {};

void ExpectSaid(StoryLog& log, const Json& entry, const std::string& name) {
  const Outcome run = JudgeAs(log, entry, {"--json"});
  const std::string difference =
      procedure::story::Difference(procedure::story::Expected(entry), OutcomesOf(run, log));
  EXPECT_EQ(difference, "") << name << " at " << entry["now"] << " with " << entry["contents"]
                            << "\n"
                            << difference;
  const std::string verdict = Json::parse(run.out)["verdict"];
  EXPECT_EQ(verdict, run.exit_code == 0    ? "pass"
                     : run.exit_code == 11 ? "violation"
                                           : "inconclusive");
}

TEST_P(StoryProgram, SaysExactlyWhatTheStoryExpects) {
  const std::string text = ReadText(std::string("docs/stories/") + GetParam() + ".json");
  StoryLog log(text);
  const Json story = Json::parse(text);
  ASSERT_FALSE(story["expected"].empty());
  for (const Json& entry : story["expected"]) ExpectSaid(log, entry, GetParam());
}

INSTANTIATE_TEST_SUITE_P(All, StoryProgram, testing::ValuesIn(kStories),
                         [](const auto& story) { return std::string(story.param); });

// A story after edits that leave its actions in their places; nullopt if some edit doesn't.
std::optional<Json> Edited(Json story, const Json& edits) {
  for (const Json& edit : edits) {
    const std::string op = edit.at("op");
    if (op == "calendar") {
      story["calendar"] = edit.at("value");
    } else if (op == "signer") {
      story["signers"][edit.at("name").get<std::string>()] = edit.at("value");
    } else if (op == "set" || op == "unset") {
      Json& action = story["actions"].at(edit.at("action").get<std::size_t>() - 1);
      const Json::json_pointer path(edit.at("path").get<std::string>());
      if (op == "set") {
        action[path] = edit.at("value");
      } else {
        action.at(path.parent_pointer()).erase(path.back());
      }
    } else {
      return std::nullopt;
    }
  }
  return story;
}

// Bodies that are none, calendars that come later, roles that nobody has: through a real log too.
TEST(MutatedStories, SayExactlyWhatIsExpectedOfThem) {
  std::size_t told = 0;
  for (const Json& mutation :
       procedure::story::ReadJson("tests/vectors/procedure/mutations.json")) {
    const std::string file = "docs/stories/" + mutation["story"].get<std::string>() + ".json";
    const auto story = Edited(procedure::story::ReadJson(file), mutation["edits"]);
    if (!story) continue;
    StoryLog log(story->dump());
    ExpectSaid(log, mutation["expected"], mutation["id"]);
    ++told;
  }
  EXPECT_EQ(told, kEditedInPlace);
}

}  // namespace
}  // namespace jejak::verifier::test
