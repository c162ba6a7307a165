// SPDX-License-Identifier: Apache-2.0
// Which contents whom the definition gives: acts by hand under the shipped definition, as it is and
// changed.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "api/audience.h"
#include "api/case_record.h"

namespace jejak::api {
namespace {

using evidence::BoundVersion;
using evidence::CaseRecord;
using procedure::Act;

nlohmann::ordered_json Definition() {
  std::ifstream in(JEJAK_SOURCE_DIR "/docs/procedures/pp94-kota.json", std::ios::binary);
  return nlohmann::ordered_json::parse(in);
}

// The definition with one member of one of its actions set.
nlohmann::ordered_json With(const std::string& type, const std::string& pointer,
                            const nlohmann::ordered_json& to) {
  nlohmann::ordered_json definition = Definition();
  for (nlohmann::ordered_json& action : definition["actions"]) {
    if (action["type"] == type) action[nlohmann::ordered_json::json_pointer(pointer)] = to;
  }
  return definition;
}

std::shared_ptr<const BoundVersion> Bound(const nlohmann::ordered_json& definition) {
  BoundVersion version;
  auto parsed =
      std::make_shared<procedure::ParsedDefinition>(procedure::ParseDefinition(definition.dump()));
  if (!parsed->definition) throw std::runtime_error(parsed->Explain());
  version.definition = std::move(parsed);
  return std::make_shared<const BoundVersion>(std::move(version));
}

constexpr const char* kSealed = R"({"$sealed":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="})";

// "%" in the body stands for a sealed value; those named are opened with a text.
Act MadeAct(const std::string& type, std::vector<std::string> about, std::string body,
            const std::vector<std::string>& opened = {}, const std::string& role = "",
            const std::string& label = "") {
  Act act;
  act.type = type;
  act.about = std::move(about);
  for (std::size_t at; (at = body.find('%')) != body.npos;) body.replace(at, 1, kSealed);
  act.body = json::Parse(body, json::Rules::kBody).value();
  act.body_state = procedure::BodyState::kPresent;
  for (const std::string& pointer : opened) {
    json::Value value = json::Value::String("rahasia");
    if (pointer == "/identity") {
      value = json::Value::Object();
      value.Add("name", json::Value::String("Budi"));
    }
    act.opened.push_back({pointer, std::move(value)});
  }
  if (!role.empty()) act.parties.emplace_back(role, label);
  return act;
}

// Places in the record of those that tests change or name.
enum : std::size_t {
  kReport = 0,
  kRegistered = 1,
  kSummonedOne = 3,
  kSummonedOther = 4,
  kSummonedBoth = 5,
  kClarified = 6,
  kReleased = 9
};

CaseRecord Record() {
  CaseRecord record;
  record.acts = {
      MadeAct("report.submit", {}, R"({"report":"L1","mode":"named","text":%,"identity":%})",
              {"/text", "/identity"}, "pelapor", "r1"),
      MadeAct("report.register", {}, R"({"report":"L1","receipt":"T1"})"),
      MadeAct("officer.name", {"P1"}, R"({"rank":"pelaksana","name":%})", {"/name"}),
      MadeAct("exam.summon", {"P1"}, R"({"number":1,"letter":%})"),
      MadeAct("exam.summon", {"P2"}, R"({"number":1,"letter":%})"),
      MadeAct("exam.summon", {"P1", "P2"}, R"({"number":2,"letter":%})"),
      MadeAct("clarify.record", {"P1"}, R"({"letter_claimed":true,"statement":%})", {"/statement"},
              "terperiksa", "t1"),
      MadeAct("report.submit", {}, R"({"report":"L2","mode":"named","text":%})", {"/text"},
              "pelapor", "r2"),
      MadeAct("record.correct", {}, R"({"target":"x","pointer":"/y","value":1,"reason":"z"})"),
      MadeAct("case.release", {}, R"({"parts":["timeline"],"harm_test":true})"),
  };
  for (std::size_t at = 0; at < record.acts.size(); ++at) record.acts[at].index = 10 + at;
  record.bindings = {{0, Bound(Definition())}};
  return record;
}

// "0 2/name 9": the acts whose bodies are given, each with its openings.
std::string Told(const Audience& audience, const CaseRecord& record) {
  std::string told;
  const std::vector<Given> given = GivenTo(audience, record);
  for (std::size_t at = 0; at < given.size(); ++at) {
    if (!given[at].body) continue;
    told += (told.empty() ? "" : " ") + std::to_string(at);
    for (const std::string& pointer : given[at].openings) told += pointer;
  }
  return told;
}

TEST(Audiences, EachHasWhatTheDefinitionSays) {
  const CaseRecord record = Record();
  EXPECT_EQ(Told(Audience::Public(), record), "9");
  EXPECT_EQ(Told(Audience::Party("r1"), record), "0 1 9") << "not the other report, nor officers";
  EXPECT_EQ(Told(Audience::Party("r2"), record), "7 9");
  EXPECT_EQ(Told(Audience::Party("t1"), record), "3 6/statement 9") << "never the reporter";
  EXPECT_EQ(Told(Audience::Party("nobody"), record), "9");
  EXPECT_EQ(Told(Audience::Oversight(), record),
            "0/text/identity 1 2/name 3 4 5 6/statement 7/text 8 9");
}

TEST(Audiences, AKeyBroughtInForSeveralIsForNone) {
  CaseRecord record = Record();
  record.acts[kClarified].about = {"P1", "P2"};
  EXPECT_EQ(Told(Audience::Party("t1"), record), "9");
  record.acts[kSummonedOther].parties.emplace_back("terperiksa", "t1");
  EXPECT_EQ(Told(Audience::Party("t1"), record), "4 9");
  record.acts[kSummonedOne].parties.emplace_back("terperiksa", "t1");
  EXPECT_EQ(Told(Audience::Party("t1"), record), "3 4 5 6/statement 9") << "in all of them";
}

TEST(Audiences, AnActThatNamesNoInstanceIsForTheOnlyOne) {
  CaseRecord record = Record();
  record.acts[kSummonedOther].about.clear();
  EXPECT_EQ(Told(Audience::Party("t1"), record), "3 6/statement 9") << "P2 is there as well";
  record.acts[kSummonedBoth].about = {"P1"};
  EXPECT_EQ(Told(Audience::Party("t1"), record), "3 4 5 6/statement 9");
}

TEST(Audiences, AnOpeningGoesToItsOwn) {
  CaseRecord record = Record();
  record.bindings = {{0, Bound(With("report.submit", "/fields/text/audience", "party"))}};
  EXPECT_EQ(Told(Audience::Party("r1"), record), "0/text 1 9");
  record.bindings = {{0, Bound(With("clarify.record", "/fields/statement/audience", "oversight"))}};
  EXPECT_EQ(Told(Audience::Party("t1"), record), "3 6 9");
  record.bindings = {{0, Bound(With("officer.name", "/fields/name/audience", "public"))}};
  EXPECT_EQ(Told(Audience::Public(), record), "9") << "no opening without its body";
  // What is below the field may be narrower.
  nlohmann::ordered_json below = With("report.submit", "/fields/identity/audience", "party");
  record.bindings = {{0, Bound(below)}};
  EXPECT_EQ(Told(Audience::Party("r1"), record), "0/identity 1 9");
  for (nlohmann::ordered_json& action : below["actions"]) {
    if (action["type"] == "report.submit")
      action["fields"]["identity"]["fields"]["name"]["audience"] = "oversight";
  }
  record.bindings = {{0, Bound(below)}};
  EXPECT_EQ(Told(Audience::Party("r1"), record), "0 1 9");
}

struct Body {
  const char* name;
  const char* text;
};

// All of these would be public if the action's audience were all that counts.
TEST(Audiences, ABodyThatIsNotAsDeclaredIsForOversight) {
  CaseRecord record = Record();
  record.bindings = {{0, Bound(With("report.submit", "/audience", "public"))}};
  EXPECT_EQ(Told(Audience::Public(), record), "0 7 9");
  for (const Body& body : std::initializer_list<Body>{
           {"must be sealed, and isn't", R"({"report":"L1","mode":"named","text":"Budi"})"},
           {"not declared", R"({"report":"L1","mode":"named","text":%,"note":"Budi"})"},
           {"of another kind", R"({"report":{"name":"Budi"},"mode":"named","text":%})"},
           {"a list", R"({"report":"L1","mode":["Budi"],"text":%})"}}) {
    record.acts[kReport] = MadeAct("report.submit", {}, body.text);
    EXPECT_EQ(Told(Audience::Public(), record), "7 9") << body.name;
    EXPECT_EQ(Told(Audience::Party("r1"), record), "7 9") << body.name;
    EXPECT_EQ(Told(Audience::Oversight(), record).substr(0, 2), "0 ") << body.name;
  }
  record.acts[kReport].type = "no.such_type";
  EXPECT_EQ(Told(Audience::Public(), record), "7 9");
}

// Though the field has no audience of its own.
TEST(Audiences, WhatMustBeSealedAndIsNotIsForOversight) {
  CaseRecord record = Record();
  record.bindings = {{0, Bound(With("clarify.record", "/audience", "public"))}};
  EXPECT_EQ(Told(Audience::Public(), record), "6/statement 9");
  record.acts[kClarified] =
      MadeAct("clarify.record", {"P1"}, R"({"letter_claimed":true,"statement":"belanja"})");
  EXPECT_EQ(Told(Audience::Public(), record), "9");
  const char* document = R"({"letter_claimed":true,"letter":{"sha256":"x","size":1,"media":"y"}})";
  record.acts[kClarified] = MadeAct("clarify.record", {"P1"}, document);
  EXPECT_EQ(Told(Audience::Public(), record), "9") << "an attachment always must";
}

TEST(Audiences, AFieldInTheClearNarrowsTheWholeBody) {
  CaseRecord record = Record();
  nlohmann::ordered_json definition = With("report.register", "/audience", "public");
  record.bindings = {{0, Bound(definition)}};
  EXPECT_EQ(Told(Audience::Public(), record), "1 9");
  for (nlohmann::ordered_json& action : definition["actions"]) {
    if (action["type"] == "report.register") action["fields"]["receipt"]["audience"] = "party";
  }
  record.bindings = {{0, Bound(definition)}};
  EXPECT_EQ(Told(Audience::Public(), record), "9");
  EXPECT_EQ(Told(Audience::Party("r1"), record), "0 1 9");
}

TEST(Audiences, EveryVersionSinceTheActMustAllowIt) {
  CaseRecord record = Record();
  const auto wide = Bound(With("report.register", "/audience", "public"));
  const auto narrow = Bound(Definition());
  record.bindings = {{0, wide}, {5, narrow}};
  EXPECT_EQ(Told(Audience::Public(), record), "9") << "narrowed later";
  record.bindings = {{0, narrow}, {5, wide}};
  EXPECT_EQ(Told(Audience::Public(), record), "9") << "not widened later";
  record.bindings = {{0, narrow}, {kRegistered, wide}};
  EXPECT_EQ(Told(Audience::Public(), record), "1 9") << "written under it";
  auto broken = std::make_shared<BoundVersion>(*wide);
  broken->why_not = procedure::Words{"tak ada", "absent"};
  record.bindings = {{0, wide}, {5, broken}};
  EXPECT_EQ(Told(Audience::Public(), record), "");
  record.bindings.clear();
  EXPECT_EQ(Told(Audience::Public(), record), "");
  EXPECT_NE(Told(Audience::Oversight(), record), "");
}

TEST(Audiences, WhatIsUnfitOrAbsentIsGivenToNobodyElse) {
  CaseRecord record = Record();
  record.acts[kReleased].body_state = procedure::BodyState::kUnfit;
  EXPECT_EQ(Told(Audience::Public(), record), "");
  record.acts[kReport].opened[0].value.reset();
  record.bindings = {{0, Bound(With("report.submit", "/fields/text/audience", "party"))}};
  EXPECT_EQ(Told(Audience::Party("r1"), record), "0 1");
}

TEST(Audiences, WhatIsWithheldIsAbsent) {
  CaseRecord record = Record();
  const sequencer::Disclosure disclosure = DisclosureTo(Audience::Party("t1"), record);
  Withhold(GivenTo(Audience::Party("t1"), record), record);
  for (std::size_t at = 0; at < record.acts.size(); ++at) {
    const Act& act = record.acts[at];
    const bool given = at == kSummonedOne || at == kClarified || at == kReleased;
    EXPECT_EQ(act.body_state == procedure::BodyState::kPresent, given) << at;
    EXPECT_EQ(act.body.members().empty(), !given) << at;
    EXPECT_EQ(act.opened.size(), at == kClarified ? 1U : 0U) << at;
    EXPECT_EQ(disclosure.gives(act.index, ""), given) << at;
    EXPECT_EQ(disclosure.gives(act.index, "/statement"), at == kClarified) << at;
  }
  EXPECT_FALSE(disclosure.gives(9, ""));
}

}  // namespace
}  // namespace jejak::api
