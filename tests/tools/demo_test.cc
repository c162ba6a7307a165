// SPDX-License-Identifier: Apache-2.0
// The demo log: each story in it comes to the exit code that it expects, and the five commands that are printed end as they say.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "api/client.h"
#include "api/ledger_server.h"
#include "ledger/sequencer/clock.h"
#include "ledger/sequencer/durable_file.h"
#include "tests/support/temporary_directory.h"

namespace jejak {
namespace {

namespace fs = std::filesystem;

class Demo : public testing::Test {
 protected:
  // Made once: it is only read, and added to by the last of the five commands.
  static void SetUpTestSuite() {
    dir_ = new TemporaryDirectory();
    ASSERT_EQ(Shell(std::string(JEJAK) + " demo demo"), 0) << out_;
    printed_ = out_;
  }
  static void TearDownTestSuite() { delete dir_; }

  // In the suite's own folder.
  static int Shell(const std::string& command) {
    const std::string line =
        "cd " + dir_->path() + " && " + command + " >" + (*dir_ / "out") + " 2>&1 </dev/null";
    const int status = std::system(line.c_str());
    out_ = sequencer::ReadFile(*dir_ / "out", 1U << 22U).value();
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  static std::vector<std::string> Commands(const std::string& ledger) {
    const std::string told = "http://127.0.0.1:8080/1";
    std::vector<std::string> commands;
    std::istringstream lines(printed_);
    for (std::string line; std::getline(lines, line);) {
      if (!line.starts_with("   ") || line.find("/jejak") == line.npos) continue;
      if (const auto at = line.find(told); at != line.npos) line.replace(at, told.size(), ledger);
      commands.push_back(line.substr(3));
    }
    return commands;
  }

  static std::unique_ptr<api::LedgerServer> Serve() {
    api::Config config;
    config.data = *dir_ / "demo";
    config.entries = api::Entries::kPublic;
    config.listen.port = 0;
    config.listen_oversight->port = 0;
    config.passphrase_file = config.data + "/passphrase";
    config.log_level = api::LogLevel::kError;
    return api::LedgerServer::Start(config, clock_).value();
  }

  static inline TemporaryDirectory* dir_ = nullptr;
  static inline std::string out_, printed_;
  static inline sequencer::SystemClock clock_;
};

nlohmann::json ReadJson(const fs::path& path) {
  return nlohmann::json::parse(sequencer::ReadFile(path.string(), 1U << 22U).value());
}

// "fail corrected": a verdict as a story and as the verifier's JSON write it.
std::string Flagged(const nlohmann::json& verdict) {
  std::string text = verdict.at("verdict").get<std::string>();
  for (const char* flag : {"remedied", "corrected", "kept"}) {
    if (verdict.value(flag, false)) text += std::string(" ") + flag;
  }
  return text;
}

using Verdicts = std::map<std::string, std::string>;

// What a story expects, by scope, instance and rule.
Verdicts Stated(const nlohmann::json& expected) {
  Verdicts verdicts;
  for (const auto& [scope, of_scope] : expected.at("verdicts").items()) {
    const nlohmann::json alone = {{"", of_scope}};
    for (const auto& [instance, rules] : (scope == "case" ? alone : of_scope).items()) {
      for (const auto& [rule, verdict] : rules.items()) {
        verdicts[scope + " " + instance + " " + rule] = Flagged(verdict);
      }
    }
  }
  return verdicts;
}

Verdicts Told(const nlohmann::json& conformance) {
  Verdicts verdicts;
  for (const auto& rule : conformance.at("rules")) {
    const std::string instance = rule.at("instance").is_null() ? "" : rule.at("instance");
    verdicts[rule.at("scope").get<std::string>() + " " + instance + " " +
             rule.at("id").get<std::string>()] = Flagged(rule);
  }
  return verdicts;
}

// Each story beside 21 others: what it expects of itself alone, and its exit code.
TEST_F(Demo, EveryStoryIsInItAndIsJudgedAsItIsAlone) {
  int stories = 0;
  for (const auto& file : fs::directory_iterator(JEJAK_SOURCE_DIR "/docs/stories")) {
    if (file.path().extension() != ".json") continue;
    const nlohmann::json story = ReadJson(file.path());
    nlohmann::json last;
    for (const auto& expected : story.at("expected")) {
      if (expected.at("contents") == "all" && !expected.contains("require_contents"))
        last = expected;
    }
    ASSERT_FALSE(last.is_null()) << file.path();
    const std::string name = file.path().stem().string();
    const int exit = Shell(std::string(JEJAK_VERIFY) + " case demo/cases/" + name +
                           ".casefile.json --policy demo/policy --json --now " +
                           last.at("now").get<std::string>());
    EXPECT_EQ(exit, last.at("exit").get<int>()) << name << "\n" << out_;
    EXPECT_EQ(Told(nlohmann::json::parse(out_).at("conformance")), Stated(last)) << name;
    ++stories;
  }
  EXPECT_EQ(stories, 22);
}

TEST_F(Demo, TheCommandsThatItPrintsEndAsItSays) {
  const auto server = Serve();
  struct Expected {
    int exit;
    const char* says;
  };
  // show, a broken case, one that is in order, tampering, the check after it, an action, its receipt, the mirror, its audit
  const std::vector<Expected> expected{{0, "exam.summon"},
                                       {11, "3 working days late"},
                                       {0, "the procedure was followed so far"},
                                       {0, "one letter is changed"},
                                       {10, "NOT intact"},
                                       {0, "receipt.tlog-proof"},
                                       {0, "intact"},
                                       {0, "4 documents published, 4 fetched"},
                                       {11, "the procedure was broken in 4 of 26 cases"}};
  const std::vector<std::string> commands = Commands(server->url());
  ASSERT_EQ(commands.size(), expected.size()) << printed_;
  for (std::size_t n = 0; n < commands.size(); ++n) {
    EXPECT_EQ(Shell(commands[n]), expected[n].exit) << commands[n] << "\n" << out_;
    EXPECT_NE(out_.find(expected[n].says), std::string::npos) << commands[n] << "\n" << out_;
  }
  server->Stop();
}

TEST_F(Demo, ItsCasesAreExportedWithVerdictsOrWithout) {
  const std::string of = " --now 2025-01-31T12:00:00+07:00 --case demo/cases/C03.casefile.json -o ";
  for (const char* format : {"xes", "ocel"}) {
    const std::string verb = std::string(JEJAK) + " export " + format;
    ASSERT_EQ(Shell(verb + of + "with"), 0) << out_;
    EXPECT_NE(out_.find("1 cases, 21 events"), std::string::npos) << out_;
    ASSERT_EQ(Shell(verb + " --no-verdicts" + of + "without"), 0) << out_;
    const std::string with = sequencer::ReadFile(*dir_ / "with", 1U << 22U).value();
    const std::string without = sequencer::ReadFile(*dir_ / "without", 1U << 22U).value();
    EXPECT_NE(with.find("verdict:R07"), std::string::npos) << format;
    EXPECT_EQ(without.find("verdict"), std::string::npos) << format;
  }
}

// What command 4 adds breaks no rule and no check of the case that it is added to, as whoever has the bodies can see.
TEST_F(Demo, TheActionToSubmitKeepsItsCaseInOrder) {
  const auto server = Serve();
  const std::string sign = Commands(server->url())[5];
  ASSERT_EQ(Shell(sign.substr(0, sign.find(" --receipt "))), 0) << out_;
  const auto begin = sign.find("--case ") + 7;
  const std::string id = sign.substr(begin, sign.find(' ', begin) - begin);
  const auto file = api::LedgerClient(server->oversight_url()).Get("/v1/cases/" + id + "/casefile");
  ASSERT_TRUE(file.ok()) << file.error().detail;
  std::ofstream(*dir_ / "now.casefile.json") << *file;
  EXPECT_EQ(Shell(std::string(JEJAK_VERIFY) + " case now.casefile.json --policy demo/policy"), 0)
      << out_;
  server->Stop();
}

}  // namespace
}  // namespace jejak
