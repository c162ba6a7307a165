// SPDX-License-Identifier: Apache-2.0
// Exports with verdicts: what a story expects stands in its trace and on its objects; an import takes none of it; the object-centric
// log has the structure of OCEL 2.0.
#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "tests/verifier/story_log.h"
#include "tools/xes/mapping.h"
#include "tools/xes/ocel.h"
#include "tools/xes/reader.h"
#include "tools/xes/verdicts.h"

namespace jejak::xes {
namespace {

using Json = nlohmann::json;
using verifier::test::StoryLog;

constexpr const char* kNow = "2025-01-31T12:00:00+07:00";
UnixSeconds Now() { return ParseAt(kNow)->instant; }

std::string StoryText(const std::string& name) {
  std::ifstream in(JEJAK_SOURCE_DIR "/docs/stories/" + name + ".json", std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

struct Exported {
  ExportedCase plain;
  JudgedCase judged;

  Trace WithVerdicts() const {
    ExportedCase with = plain;
    AddVerdicts(*judged.conformance, with);
    return with.trace;
  }
};

Exported ExportStory(const std::string& name, const std::string& contents = "all") {
  StoryLog log(StoryText(name));
  const std::string file = log.CaseFile(Now(), contents);
  evidence::DocumentCache documents;
  return {ReadCase(file).value(), JudgeFile(file, Now(), documents).value()};
}

// The worst of each rule over all instances, as the story expects it of the whole case at the end.
std::map<std::string, std::string> ExpectedWorst(const std::string& story) {
  static const std::map<std::string, int> kRank{
      {"not_applicable", 0}, {"pass", 1}, {"pending", 2}, {"unknown", 3}, {"fail", 4}};
  const Json told = Json::parse(StoryText(story));
  Json last;
  for (const Json& expected : told.at("expected")) {
    if (expected.at("contents") == "all" && expected.at("now") == kNow) last = expected;
  }
  std::map<std::string, std::string> worst;
  const auto add = [&worst](const Json& rules) {
    for (const auto& [rule, v] : rules.items()) {
      const std::string verdict = v.is_string() ? v : v.at("verdict");
      std::string& known = worst.emplace(rule, "not_applicable").first->second;
      if (kRank.at(verdict) > kRank.at(known)) known = verdict;
    }
  };
  for (const auto& [scope, verdicts] : last.at("verdicts").items()) {
    if (scope == "case") {
      add(verdicts);
    } else {
      for (const auto& [instance, rules] : verdicts.items()) add(rules);
    }
  }
  return worst;
}

class ExportedStory : public testing::TestWithParam<const char*> {};

TEST_P(ExportedStory, HasTheVerdictsThatItExpects) {
  const Trace trace = ExportStory(GetParam()).WithVerdicts();
  const std::map<std::string, std::string> expected = ExpectedWorst(GetParam());
  ASSERT_FALSE(expected.empty());
  std::size_t rules = 0;
  for (const Attribute& attribute : trace.attributes) {
    const std::string prefix = "jejak:verdict:";
    if (!attribute.key.starts_with(prefix)) continue;
    const auto found = expected.find(attribute.key.substr(prefix.size()));
    EXPECT_EQ(attribute.value, found == expected.end() ? "not_applicable" : found->second)
        << attribute.key;
    ++rules;
  }
  EXPECT_EQ(rules, GetParam()[0] == 'C' ? 25u : 12u);
  EXPECT_EQ(*Find(trace.attributes, "jejak:judged"), "true");
}
INSTANTIATE_TEST_SUITE_P(Export, ExportedStory, testing::Values("C03", "C04", "C12", "M02", "M08"),
                         [](const auto& story) { return std::string(story.param); });

TEST(ExportVerdicts, FailedChecksStandWithTheirEvents) {
  const Trace trace = ExportStory("C04").WithVerdicts();
  std::map<std::string, std::string> failed;
  for (const Event& event : trace.events) {
    if (const std::string* checks = Find(event.attributes, "jejak:failed_checks"))
      failed[*Find(event.attributes, kName)] = *checks;
  }
  EXPECT_EQ(failed, (std::map<std::string, std::string>{
                        {"decide.sanction", "check.predecessor check.transition"},
                        {"case.close", "check.role"}}));
}

TEST(ExportVerdicts, WhatIsNotJudgedSaysWhyAndHasNone) {
  const Trace trace = ExportStory("M01", "no_definition").WithVerdicts();
  EXPECT_EQ(*Find(trace.attributes, "jejak:judged"), "false");
  EXPECT_NE(Find(trace.attributes, "jejak:why_not")->find("not held"), std::string::npos);
  for (const Attribute& attribute : trace.attributes)
    EXPECT_FALSE(attribute.key.starts_with("jejak:verdict:")) << attribute.key;
}

TEST(ExportVerdicts, AreNoPartOfTheCase) {
  const Exported story = ExportStory("C04");
  const Trace with = story.WithVerdicts();
  EXPECT_NE(with, story.plain.trace);
  const auto read = ParseXes(WriteXes({{with}}));
  ASSERT_TRUE(read.ok()) << read.error().detail;
  EXPECT_EQ(read->traces[0], with);
  EXPECT_EQ(WithoutVerdicts(with.attributes), story.plain.trace.attributes);
  for (std::size_t i = 0; i < with.events.size(); ++i) {  // what an import would sign
    EXPECT_EQ(BodyOf(with.events[i], &with.attributes).value(),
              BodyOf(story.plain.trace.events[i], &story.plain.trace.attributes).value());
  }
  ExportedCase again = story.plain;
  again.trace = with;
  AddVerdicts(*story.judged.conformance, again);
  EXPECT_EQ(again.trace, with);
}

TEST(ExportVerdicts, WhatIsNestedInAVerdictGoesWithIt) {
  const Attributes nested{{"list", "jejak:x", "", 0},
                          {"values", "", "", 1},
                          {"int", "n", "7", 2},
                          {"string", "kept", "1", 0},
                          {"string", "jejak:y", "2", 1}};
  EXPECT_EQ(WithoutVerdicts(nested), (Attributes{nested[3], nested[4]}));
}

// What is wrong with a log by the structure of OCEL 2.0; "" if nothing.
class OcelStructure final {
 public:
  static std::string Fault(const Json& log) {
    OcelStructure structure;
    return structure.Check(log);
  }

 private:
  using Types = std::map<std::string, std::map<std::string, std::string>>;

  std::string Check(const Json& log) {
    for (const char* member : {"objectTypes", "eventTypes", "objects", "events"}) {
      if (!log.contains(member) || !log[member].is_array()) return std::string(member) + " missing";
    }
    if (log.size() != 4) return "another member";
    const Types objects = Declared(log["objectTypes"]), events = Declared(log["eventTypes"]);
    for (const Json& object : log["objects"]) CheckItem(object, objects, true);
    for (const Json& object : log["objects"]) CheckRelations(object);
    for (const Json& event : log["events"]) {
      CheckItem(event, events, false);
      CheckRelations(event);
      if (event["relationships"].empty()) Say("an event of nothing");
      if (!ParseAt(event.at("time").get<std::string>()).ok()) Say("a time that is none");
    }
    return fault_;
  }

  Types Declared(const Json& types) {
    static const std::set<std::string> kTypes{"string", "time", "integer", "float", "boolean"};
    Types declared;
    for (const Json& type : types) {
      const auto [at, added] = declared.try_emplace(type.at("name"));
      if (!added) Say("a type twice");
      for (const Json& attribute : type.at("attributes")) {
        if (!kTypes.contains(attribute.at("type"))) Say("a type of attribute that is none");
        if (!at->second.emplace(attribute.at("name"), attribute.at("type")).second)
          Say("an attribute twice");
      }
    }
    return declared;
  }

  void CheckItem(const Json& item, const Types& types, bool object) {
    std::set<std::string>& ids = object ? objects_ : events_;
    if (!ids.insert(item.at("id")).second) Say("an id twice");
    const auto type = types.find(item.at("type"));
    if (type == types.end()) return Say("a type not declared");
    for (const Json& attribute : item.at("attributes")) {
      const auto declared = type->second.find(attribute.at("name"));
      if (declared == type->second.end()) return Say("an attribute not declared");
      const Json& value = attribute.at("value");
      const std::string is = value.is_boolean()          ? "boolean"
                             : value.is_number_integer() ? "integer"
                             : value.is_string()         ? "string"
                                                         : "?";
      if (is != declared->second) Say("a value of another type: " + declared->first);
      if (attribute.contains("time") != object) Say("a time where none is, or none");
    }
  }

  void CheckRelations(const Json& item) {
    for (const Json& relation : item.at("relationships")) {
      if (!objects_.contains(relation.at("objectId"))) Say("a relation to nothing");
      if (relation.at("qualifier").get<std::string>().empty()) Say("a relation without qualifier");
    }
  }

  void Say(const std::string& fault) {
    if (fault_.empty()) fault_ = fault;
  }

  std::set<std::string> objects_, events_;
  std::string fault_;
};

Json OcelOf(const std::vector<const char*>& stories, bool verdicts = true) {
  OcelLog log(Now());
  for (const char* story : stories) {
    Exported exported = ExportStory(story);
    if (!verdicts) exported.judged.conformance.reset();
    // All stories are told as the same case; two of them in one log need two names.
    exported.judged.record.stream = std::string("case/") + story;
    if (exported.judged.conformance)
      exported.judged.conformance->stream = "case/" + std::string(story);
    log.Add(exported.judged);
  }
  return Json::parse(log.Write());
}

std::map<std::string, int> Count(const Json& items) {
  std::map<std::string, int> count;
  for (const Json& item : items) ++count[item["type"]];
  return count;
}

TEST(Ocel, HasTheStructureOfTheStandard) {
  const Json log = OcelOf({"C12", "M02"});
  EXPECT_EQ(OcelStructure::Fault(log), "");
  const std::map<std::string, int> objects = Count(log["objects"]);
  EXPECT_EQ(objects.at("case"), 2);
  EXPECT_EQ(objects.at("officer"), 15);  // fourteen and one
  EXPECT_EQ(objects.at("report"), 1);    // C12 comes from nobody's report
  EXPECT_EQ(log["events"].size(), 69u + 7u);
}

TEST(Ocel, WhatIsNotThatStructureIsFound) {
  const Json log = OcelOf({"M02"});
  const std::vector<std::pair<std::string, std::function<void(Json&)>>> faults{
      {"objects missing", [](Json& j) { j.erase("objects"); }},
      {"another member", [](Json& j) { j["global"] = 1; }},
      {"a type twice", [](Json& j) { j["eventTypes"].push_back(j["eventTypes"][0]); }},
      {"a type not declared", [](Json& j) { j["events"][0]["type"] = "nothing"; }},
      {"an attribute not declared",
       [](Json& j) { j["events"][0]["attributes"][0]["name"] = "nothing"; }},
      {"a value of another type: entry",
       [](Json& j) { j["events"][0]["attributes"][0]["value"] = "12"; }},
      {"an id twice", [](Json& j) { j["events"].push_back(j["events"][0]); }},
      {"a relation to nothing",
       [](Json& j) { j["events"][0]["relationships"][0]["objectId"] = "x"; }},
      {"an event of nothing", [](Json& j) { j["events"][0]["relationships"] = Json::array(); }},
      {"a time that is none", [](Json& j) { j["events"][0]["time"] = "yesterday"; }}};
  for (const auto& [fault, make] : faults) {
    Json changed = log;
    make(changed);
    EXPECT_EQ(OcelStructure::Fault(changed), fault);
  }
}

TEST(Ocel, VerdictsAreOnCasesAndOnTheirOfficers) {
  const Json log = OcelOf({"C03"});
  std::map<std::string, std::map<std::string, std::string>> of;
  for (const Json& object : log["objects"]) {
    for (const Json& attribute : object["attributes"]) {
      if (attribute["value"].is_string()) of[object["id"]][attribute["name"]] = attribute["value"];
    }
  }
  EXPECT_EQ(of.at("case/C03").at("procedure"), "pp94-kota");
  EXPECT_EQ(of.at("case/C03").at("verdict:R07"), "fail");
  EXPECT_EQ(of.at("case/C03").at("verdict:R01"), "pass");
  EXPECT_EQ(of.at("case/C03/officer/P044").at("verdict:R07"), "fail");
  EXPECT_FALSE(of.at("case/C03/officer/P044").at("state").empty());
}

TEST(Ocel, WithoutVerdictsThereAreNone) {
  const Json log = OcelOf({"C03"}, false);
  EXPECT_EQ(OcelStructure::Fault(log), "");
  EXPECT_EQ(log.dump().find("verdict:"), std::string::npos);
  EXPECT_EQ(log.dump().find("failed_checks"), std::string::npos);
}

// Nothing that is sealed is shown, even where the opening is at hand.
TEST(Ocel, WhatIsSealedStaysOut) {
  const std::string text = OcelOf({"M02"}).dump();
  EXPECT_NE(text.find("body.mode"), std::string::npos);
  EXPECT_EQ(text.find("Warga"), std::string::npos);
}

}  // namespace
}  // namespace jejak::xes
