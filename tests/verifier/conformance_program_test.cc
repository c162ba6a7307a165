// SPDX-License-Identifier: Apache-2.0
//
// How the program tells whether the procedure was followed: of a case and of a whole log, in text
// and JSON, with every rule, and when it must not judge at all.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "ledger/evidence/casefile.h"
#include "tests/procedure/story_record.h"
#include "tests/support/temporary_directory.h"
#include "tests/verifier/program.h"
#include "tests/verifier/story_log.h"

namespace jejak::verifier::test {
namespace {

using nlohmann::json;

constexpr const char* kNow = "2025-01-31T12:00:00+07:00";

// C04: an examination without a panel, an examiner who isn't one; intact all the same.
class ToldCase : public testing::Test {
 protected:
  ToldCase() {
    std::ofstream(directory_ / "policy") << Log().policy();
    std::ofstream(File("all")) << Log().CaseFile(ParseAt(kNow)->instant, "all");
    std::ofstream(File("none")) << Log().CaseFile(ParseAt(kNow)->instant, "none");
    std::ofstream(File("no_definition")) << Log().CaseFile(ParseAt(kNow)->instant, "no_definition");
  }

  static StoryLog& Log() {
    static auto* log = new StoryLog(procedure::story::ReadText("docs/stories/C04.json"));
    return *log;
  }
  std::string File(const std::string& contents) const {
    return directory_ / (contents + ".casefile.json");
  }
  Outcome Run(std::vector<std::string> words) const {
    words.insert(words.begin() + 1, {"--policy", directory_ / "policy", "--now", kNow});
    return RunProgram(words);
  }
  json RunJson(std::vector<std::string> words) const {
    words.emplace_back("--json");
    return json::parse(Run(std::move(words)).out);
  }

  TemporaryDirectory directory_;
};

std::string LineWith(const std::string& text, const std::string& what) {
  const std::size_t at = text.find(what);
  if (at == std::string::npos) return {};
  const std::size_t begin = text.rfind('\n', at) + 1;
  return text.substr(begin, text.find('\n', at) - begin);
}

TEST_F(ToldCase, TextNamesTheProcedureThenWhatFailed) {
  const Outcome run = Run({"case", File("all")});
  EXPECT_EQ(run.exit_code, 11) << run.out;
  const std::string first = run.out.substr(0, run.out.find('\n'));
  EXPECT_NE(first.find(": intact, but the procedure was broken (pp94-kota 1.0.0, entry "),
            std::string::npos)
      << first;
  EXPECT_EQ(LineWith(run.out, "R05 officer P052").substr(0, 16), "  BROKEN        ") << run.out;
  EXPECT_NE(LineWith(run.out, "check.predecessor").find("entry "), std::string::npos);
  EXPECT_LT(run.out.find("R05 officer P052"), run.out.find("check.checkpoint"));
  EXPECT_NE(run.out.find("  followed      "), std::string::npos);
  const std::string answer = Run({"case", "-q", File("all")}).out;
  EXPECT_EQ(answer, first + "\n");
  const std::string indonesian = Run({"case", "--lang", "id", File("all")}).out;
  EXPECT_NE(indonesian.find(": utuh, tetapi prosedur dilanggar (pp94-kota 1.0.0, entri "),
            std::string::npos);
  EXPECT_EQ(LineWith(indonesian, "R05 officer P052").substr(0, 16), "  DILANGGAR     ");
  EXPECT_NE(LineWith(indonesian, "R05 officer P052"), LineWith(run.out, "R05 officer P052"));
}

TEST_F(ToldCase, IntegrityAndConformanceHaveALineEach) {
  const json report = RunJson({"case", File("all")});
  EXPECT_EQ(report["verdict"], "violation");
  std::size_t fails = 0;
  for (const json& check : report["checks"]) {
    if (check["status"] == "fail") ++fails;
    if (check["id"] == "check.conformance") {
      EXPECT_EQ(check["status"], "violation");
    }
  }
  EXPECT_EQ(fails, 0u);
  EXPECT_TRUE(report["verified"]["procedure"].get<std::string>().starts_with("pp94-kota 1.0.0 ("));
  EXPECT_FALSE(report["unverified"].contains("conformance"));
  EXPECT_TRUE(RunJson({"case", File("none")})["unverified"].contains("conformance"));
  EXPECT_FALSE(report["conformance"]["states"].empty());
  EXPECT_EQ(report["conformance"]["rules"][0].contains("title"), false);
}

TEST_F(ToldCase, OnlyIntegrityIfAskedOrIfItFailed) {
  const Outcome ignored = Run({"case", "--ignore-conformance", "--json", File("all")});
  EXPECT_EQ(ignored.exit_code, 0);
  EXPECT_TRUE(json::parse(ignored.out)["conformance"].is_null());
  auto file = evidence::ParseCaseFile(Log().CaseFile(ParseAt(kNow)->instant, "all"));
  file->bodies.front().text.back() = ' ';
  std::ofstream(File("altered")) << evidence::EncodeCaseFile(*file);
  const Outcome altered = Run({"case", "--json", File("altered")});
  EXPECT_EQ(altered.exit_code, 10);
  const json report = json::parse(altered.out);
  EXPECT_EQ(report["verdict"], "fail");
  EXPECT_TRUE(report["conformance"].is_null());
  EXPECT_NE(report["unverified"]["conformance"].get<std::string>().find("not intact"),
            std::string::npos);
}

TEST_F(ToldCase, WithoutADefinitionNothingIsJudged) {
  const Outcome run = Run({"case", "--json", File("no_definition")});
  EXPECT_EQ(run.exit_code, 12);
  const json report = json::parse(run.out);
  EXPECT_EQ(report["conformance"]["judged"], false);
  EXPECT_TRUE(report["conformance"]["rules"].empty());
  EXPECT_NE(report["conformance"]["why_not"]["en"].get<std::string>().find("is not held"),
            std::string::npos);
}

// A format or an operator of a later time: this program can't judge by it, and says so.
TEST_F(ToldCase, UnderWhatItDoesNotUnderstandNothingIsJudged) {
  const std::map<std::string, StoryLog::Change> later = {
      {"/format", [](auto& definition) { definition["format"] = "jejak/procedure/v2"; }},
      {"/rules/0/duties/0/require", [](auto& definition) {
         definition["rules"][0]["duties"][0]["require"] = {{"foretold", "report.submit"}};
       }}};
  for (const auto& [pointer, change] : later) {
    StoryLog log(procedure::story::ReadText("docs/stories/C04.json"), change);
    std::ofstream(directory_ / "policy") << log.policy();
    std::ofstream(File("later")) << log.CaseFile(ParseAt(kNow)->instant, "all");
    const Outcome run = Run({"case", "--json", File("later")});
    EXPECT_EQ(run.exit_code, 12) << pointer;
    const json report = json::parse(run.out);
    EXPECT_EQ(report["conformance"]["judged"], false) << pointer;
    EXPECT_NE(report["conformance"]["why_not"]["en"].get<std::string>().find(pointer),
              std::string::npos)
        << run.out;
    EXPECT_EQ(Run({"case", "--ignore-conformance", File("later")}).exit_code, 0) << "but intact";
    log.WriteMirror(ParseAt(kNow)->instant, directory_ / "mirror");
    EXPECT_EQ(Run({"log", directory_ / "mirror"}).exit_code, 12) << pointer;
    std::filesystem::remove_all(directory_ / "mirror");
  }
}

TEST_F(ToldCase, TheProcedureMayBePinned) {
  EXPECT_EQ(Run({"case", "--procedure", "pp94-kota", File("all")}).exit_code, 11);
  const Outcome other = Run({"case", "--procedure", "malang-article-2024", File("all")});
  EXPECT_EQ(other.exit_code, 12);
  EXPECT_NE(other.out.find("the procedure asked for is malang-article-2024, the case is under "
                           "pp94-kota"),
            std::string::npos)
      << other.out;
  EXPECT_EQ(Run({"case", "--procedure", "Not An Id", File("all")}).exit_code, 2);
}

TEST_F(ToldCase, AFailIsNotHiddenByContentsThatAreDemanded) {
  EXPECT_EQ(Run({"case", "--require-contents", File("none")}).exit_code, 11);
}

TEST_F(ToldCase, TheTableShowsEveryRuleWithItsBasis) {
  const Outcome run = Run({"conformance", File("all")});
  EXPECT_EQ(run.exit_code, 11);
  const json definition = json::parse(procedure::story::ReadText("docs/procedures/pp94-kota.json"));
  const json report = RunJson({"conformance", File("all")});
  std::set<std::string> ids;
  for (const json& rule : report["conformance"]["rules"]) {
    ids.insert(rule["id"]);
    EXPECT_FALSE(rule["title"]["id"].get<std::string>().empty());
    EXPECT_TRUE(rule["basis"].is_array());
  }
  for (const json& rule : definition["rules"]) {
    EXPECT_TRUE(ids.contains(rule["id"])) << rule["id"];
    EXPECT_NE(run.out.find("\n  " + rule["id"].get<std::string>() + "  "), std::string::npos);
    for (const json& basis : rule["basis"]) {
      EXPECT_NE(run.out.find(basis.get<std::string>()), std::string::npos) << basis;
    }
  }
  EXPECT_EQ(ids.size(), definition["rules"].size());
  // Not applicable here, and told all the same.
  EXPECT_NE(LineWith(run.out, "  R22  "), "");
}

TEST_F(ToldCase, SeveralCasesAreOneDocument) {
  const json report = RunJson({"case", File("all"), File("no_definition")});
  EXPECT_EQ(report["verdict"], "inconclusive");
  const json& conformance = report["conformance"];
  ASSERT_EQ(conformance["cases"].size(), 2u);
  EXPECT_EQ(conformance["cases"][0]["judged"], true);
  EXPECT_EQ(conformance["cases"][1]["judged"], false);
  EXPECT_FALSE(conformance["rules"].empty());
  for (const json& rule : conformance["rules"]) EXPECT_EQ(rule["input"], 0);
  for (const json& check : conformance["checks"]) EXPECT_EQ(check["input"], 0);
}

TEST_F(ToldCase, AWholeLogIsJudgedCaseByCase) {
  const std::string mirror = directory_ / "mirror";
  Log().WriteMirror(ParseAt(kNow)->instant, mirror);
  const Outcome one = Run({"log", "--json", "--jobs", "1", mirror});
  EXPECT_EQ(one.exit_code, 11) << one.out;
  EXPECT_EQ(Run({"log", "--json", "--jobs", "3", mirror}).out, one.out);
  const json conformance = json::parse(one.out)["conformance"];
  EXPECT_EQ(conformance["cases"], 1);
  EXPECT_EQ(conformance["unjudged"], 0);
  ASSERT_EQ(conformance["procedures"].size(), 1u);
  // A mirror has no bodies: the log says of the case what its skeleton says.
  const json skeleton = RunJson({"case", File("none")})["conformance"];
  std::map<std::string, std::string> worst;
  const std::vector<std::string> order = {"not_applicable", "pass", "pending", "unknown", "fail"};
  for (const json& rule : skeleton["rules"]) {
    std::string& now = worst.emplace(rule["id"], "not_applicable").first->second;
    const std::string verdict = rule["verdict"];
    if (std::find(order.begin(), order.end(), verdict) >
        std::find(order.begin(), order.end(), now)) {
      now = verdict;
    }
  }
  for (const json& rule : conformance["procedures"][0]["rules"]) {
    const auto found = worst.find(rule["id"].get<std::string>());
    const std::string expected = found == worst.end() ? "not_applicable" : found->second;
    EXPECT_EQ(rule[expected], 1) << rule;
  }
  ASSERT_EQ(conformance["broken"].size(), 1u);
  EXPECT_EQ(conformance["broken"][0]["stream"], "case/" + Log().case_id());
  EXPECT_EQ(conformance["broken"][0]["rules"], (json{"R05", "R10", "R14", "R15", "R19", "R25"}));
  const Outcome table = Run({"conformance", mirror});
  EXPECT_EQ(table.exit_code, 11);
  EXPECT_NE(table.out.find("was broken in 1 of 1 case"), std::string::npos) << table.out;
  EXPECT_NE(LineWith(table.out, "case/" + Log().case_id()).find("R05"), std::string::npos);
}

TEST_F(ToldCase, AMirrorsDocumentsAreNeededAndNotTrusted) {
  const std::string mirror = directory_ / "mirror";
  Log().WriteMirror(ParseAt(kNow)->instant, mirror, false);
  EXPECT_EQ(Run({"log", mirror}).exit_code, 12);
  EXPECT_EQ(Run({"log", "--ignore-conformance", mirror}).exit_code, 0);
  Log().WriteMirror(ParseAt(kNow)->instant, mirror);
  EXPECT_EQ(Run({"log", mirror}).exit_code, 11);
  for (const auto& document : std::filesystem::directory_iterator(mirror + "/documents")) {
    std::ofstream(document.path(), std::ios::app) << " ";
  }
  const Outcome altered = Run({"log", mirror});
  EXPECT_EQ(altered.exit_code, 12);
  EXPECT_NE(altered.out.find("is not held"), std::string::npos) << altered.out;
}

}  // namespace
}  // namespace jejak::verifier::test
