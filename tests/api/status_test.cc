// SPDX-License-Identifier: Apache-2.0
// What a right code is told, in each state of three stories.
#include "api/status.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "ledger/evidence/casefile.h"
#include "ledger/evidence/verify.h"
#include "tests/api/status_fixture.h"
#include "tests/support/must.h"

namespace jejak::api {
namespace {

using nlohmann::json;

std::string StateOf(const json& status) {
  return status["stage"]["state"].is_null() ? "-" : status["stage"]["state"].get<std::string>();
}

std::vector<std::string> Of(const json& list, const char* member) {
  std::vector<std::string> texts;
  for (const json& one : list) texts.push_back(one[member]);
  return texts;
}

using Strings = std::vector<std::string>;

class StatusTest : public testing::Test {
 protected:
  StatusServer server_;
};

// M02: a report, an inspection, a clarification with a valid letter, the answer, the end.
TEST_F(StatusTest, AReporterFollowsTheReport) {
  const std::string code = CodeOf(1);
  const std::size_t told = server_.Begin("M02", "r1", code);
  Strings states;
  while (!server_.stories().Ended(told)) {
    server_.stories().Tell(told, 1);
    states.push_back(StateOf(server_.Status(code)));
  }
  // What the inspection found is in a body that isn't the reporter's: at work, and no more.
  EXPECT_EQ(states, (Strings{"RECEIVED", "-", "-", "-", "-", "ANSWERED", "ANSWERED"}));
  const json status = server_.Status(code);
  EXPECT_EQ(status["closed"], true);
  EXPECT_EQ(status["since"], "2024-05-16");
  EXPECT_EQ(Of(status["outcome"], "en"), Strings{"Cleared"});
  EXPECT_EQ(status["due"], json::array());
  EXPECT_EQ(status["events"].size(), 4u) << "not the inspection, nor the assents to it";
  EXPECT_EQ(status["events"].back()["own"], true);
  EXPECT_EQ(status["party"]["role"], "pelapor");
  EXPECT_EQ(status["instance"], TagOf(code));
}

// Admission takes any type from any key of the case; what closes, archives or decides counts in a
// role that may.
TEST_F(StatusTest, AnExaminedOfficerEndsNothing) {
  unsigned number = 0;
  for (const char* type : {"case.close", "archive.transfer"}) {
    const std::string code = CodeOf(++number);
    const std::size_t told = server_.Begin("C04", "r1", code, [&](nlohmann::ordered_json& story) {
      auto& last = story["actions"].back();
      last["type"] = type;
      last["by"] = nlohmann::ordered_json::array({{"P052", "terperiksa"}});
    });
    server_.stories().Tell(told);
    EXPECT_EQ(server_.Status(code)["closed"], false) << type;
  }
}

TEST_F(StatusTest, AnExaminedOfficerMovesNothing) {
  const std::size_t told = server_.Begin("C04", "r1", CodeOf(1), [](nlohmann::ordered_json& story) {
    auto& answer = story["actions"][7];
    ASSERT_EQ(answer["type"], "report.answer");
    answer["by"] = nlohmann::ordered_json::array({{"P052", "terperiksa"}});
  });
  server_.stories().Tell(told, 7);
  EXPECT_EQ(StateOf(server_.Status(CodeOf(1))), "DELIVERED");
  server_.stories().Tell(told, 1);
  const json status = server_.Status(CodeOf(1));
  EXPECT_EQ(StateOf(status), "-") << "at work, not answered";
  EXPECT_EQ(status["outcome"], json::array());
}

TEST_F(StatusTest, TheHeadIsWhatAReplyFollows) {
  const std::size_t told = server_.Begin("M02", "r1", CodeOf(1));
  server_.stories().Tell(told, 3);
  const json status = server_.Status(CodeOf(1));
  const json held =
      json::parse(server_.stories().Oversight("v1/cases/" + server_.stories().case_id(told)).body);
  EXPECT_EQ(status["head"], held["head"]);
  EXPECT_EQ(status["stream"], held["stream"]);
  EXPECT_EQ(status["log"], StoryServer::kOrigin);
  EXPECT_EQ(status["at_size"], server_.stories()->sequencer().head()->size());
}

TEST_F(StatusTest, DaysAreCountedByTheCalendar) {
  const std::size_t told = server_.Begin("C04", "r1", CodeOf(1));
  server_.stories().Tell(told, 1);  // Monday 2024-07-01
  json status = server_.Status(CodeOf(1));
  EXPECT_EQ(status["due"][0]["due"], (json{{"date", "2024-07-02"}, {"late", false}, {"days", 1}}));
  EXPECT_EQ(status["held_by"][0]["role"], "petugas");
  server_.stories().Tell(told, 1);
  status = server_.Status(CodeOf(1));
  EXPECT_EQ(status["due"][0]["due"], (json{{"date", "2024-07-04"}, {"late", false}, {"days", 3}}));
  EXPECT_EQ(status["held_by"][0]["role"], "verifikator");
  server_.stories().PassTo(ParseTime("2024-07-08T03:00:00Z").value());  // Monday a week later
  status = server_.Status(CodeOf(1));
  EXPECT_EQ(status["due"][0]["due"], (json{{"date", "2024-07-04"}, {"late", true}, {"days", 2}}));
}

TEST_F(StatusTest, EveryStateOfASanctionWithoutExamination) {
  const std::string code = CodeOf(1);
  const std::size_t told = server_.Begin("C04", "r1", code);
  Strings states;
  while (!server_.stories().Ended(told)) {
    server_.stories().Tell(told, 1);
    states.push_back(StateOf(server_.Status(code)));
  }
  EXPECT_EQ(states, (Strings{"RECEIVED", "RECEIVED", "VERIFIED", "NAMED", "DECIDED", "DECIDED",
                             "DELIVERED", "ANSWERED", "ANSWERED", "ANSWERED"}));
  const json status = server_.Status(code);
  EXPECT_EQ(Of(status["outcome"], "en"), (Strings{"In force", "Proven"}));
  ASSERT_FALSE(status["rules"].empty());
  for (const json& rule : status["rules"]) EXPECT_EQ(rule["verdict"], "pass") << rule;
}

TEST_F(StatusTest, AReporterMayWhatTheDefinitionAllows) {
  const std::size_t told = server_.Begin("C04", "r1", CodeOf(1));
  server_.stories().Tell(told, 1);
  EXPECT_EQ(Of(server_.Status(CodeOf(1))["may"], "type"),
            (Strings{"report.withdraw", "privacy.erase_request"}));
}

// C02: summoned twice, absent twice, a sanction; the code came with the decision.
TEST_F(StatusTest, AnExaminedOfficerSeesTheDecisionAndTheDeadlineToObject) {
  const std::string code = CodeOf(7);
  const std::size_t told = server_.Begin("C02", "P031", code);
  server_.stories().Tell(told, 15);
  EXPECT_EQ(server_.Post(code).status, 404) << "the log has no key of his yet";
  server_.stories().Tell(told, 1);  // decide.receive on 2024-07-12
  json status = server_.Status(code);
  EXPECT_EQ(status["of"], "officer");
  EXPECT_EQ(status["instance"], "P031");
  EXPECT_EQ(StateOf(status), "DELIVERED");
  EXPECT_EQ(Of(status["may"], "type"), (Strings{"appeal.objection", "appeal.banding"}));
  EXPECT_EQ(status["may"][0]["due"]["date"], "2024-08-01");
  EXPECT_EQ(status["may"][0]["due"]["days"], 14);
  const Strings papers = [&] {
    Strings titles;
    for (const json& paper : status["papers"]) titles.push_back(paper["title"]["en"]);
    return titles;
  }();
  EXPECT_EQ(papers, (Strings{"Summons", "No-show", "Summons", "No-show", "Sanction decided",
                             "Decision delivered"}));
  EXPECT_EQ(status["papers"][4]["fields"]["level"], "sedang");
  EXPECT_EQ(status["due"], json::array()) << "what the units owe each other isn't his";
  server_.stories().Tell(told);
  status = server_.Status(code);
  EXPECT_EQ(StateOf(status), "EFFECTIVE");
  EXPECT_EQ(status["may"], json::array());
}

// The reporter's side of the same case: key, label, tag, mode, words, dates.
TEST_F(StatusTest, AnExaminedOfficerSeesNothingOfTheReporter) {
  const auto change = [](nlohmann::ordered_json& story) {
    auto& body = story["actions"][0]["body"];
    body["mode"] = "confidential";
    body["text"]["$seal"] = "CANARYTEXT";
    body["identity"]["$seal"]["name"] = "CANARYNAME";
  };
  const std::size_t told = server_.Begin("C04", "r1", CodeOf(1), change);
  server_.Hold(told, "P052", CodeOf(2));
  server_.stories().Tell(told);
  const std::string cased = server_.stories().case_id(told);
  const std::string key =
      json::parse(server_.stories().Oversight("v1/cases/" + cased).body)["parties"][0]["key"];
  const std::string canaries[] = {
      "CANARY",     "confidential", TagOf(CodeOf(1)), "pelapor",
      "Pelapor",    "/r1",          "Reporter",       key.substr(key.size() - 40),
      "2024-07-01", "report.submit"};
  const std::string form = "code=" + CodeOf(2) + "&lang=";
  const std::string told_to_him[] = {
      server_.Post(CodeOf(2)).body, server_.Post(CodeOf(2), "v1/status/proof").body,
      server_.PostPage(form + "id").body, server_.PostPage(form + "en").body};
  for (const std::string& text : told_to_him) {
    EXPECT_GT(text.size(), 500u);
    for (const std::string& canary : canaries)
      EXPECT_EQ(text.find(canary), std::string::npos) << canary << "\n" << text;
  }
  const ClientResponse file = server_.Post(CodeOf(2), "v1/status/casefile");
  EXPECT_EQ(file.status, 403);
  EXPECT_EQ(json::parse(file.body)["code"], "not_for_this_party");
  EXPECT_EQ(json::parse(told_to_him[0])["files"], json::array({"v1/status/proof"}));
}

TEST_F(StatusTest, ACaseWithoutAnotherPartyIsGivenWhole) {
  const std::size_t told = server_.Begin("C02", "P031", CodeOf(7));
  server_.stories().Tell(told);
  const ClientResponse file = server_.Post(CodeOf(7), "v1/status/casefile");
  ASSERT_EQ(file.status, 200);
  const auto held = test::Must(evidence::ParseCaseFile(file.body));
  // Two summonses, two no-shows, the decision and its delivery; no proposal, no reasons.
  EXPECT_EQ(held.bodies.size(), 6u);
}

TEST_F(StatusTest, AReportersFileHoldsTheReportsOwnBodies) {
  const std::size_t told = server_.Begin("C04", "r1", CodeOf(1));
  server_.stories().Tell(told);
  const ClientResponse file = server_.Post(CodeOf(1), "v1/status/casefile");
  ASSERT_EQ(file.status, 200);
  EXPECT_EQ(FieldOf(file, "content-disposition"), "attachment; filename=\"berkas.casefile.json\"");
  const auto held = test::Must(evidence::ParseCaseFile(file.body));
  EXPECT_EQ(held.bodies.size(), 4u) << "submit, register, verify, answer";
  EXPECT_TRUE(held.openings.empty());
  const ClientResponse proof = server_.Post(CodeOf(1), "v1/status/proof");
  EXPECT_EQ(proof.status, 200);
  EXPECT_TRUE(proof.body.starts_with("c2sp.org/tlog-proof@v1\n"));
  EXPECT_EQ(FieldOf(proof, "cache-control"), "no-store");
}

TEST_F(StatusTest, TwoReportersOfOneCaseDontSeeEachOther) {
  const auto name_second = [](nlohmann::ordered_json& story) {
    for (auto& action : story["actions"]) {
      if (action.contains("body") && action["body"].is_object() &&
          action["body"].value("report", json()) == "r2")
        action["body"]["report"] = TagOf(CodeOf(2));
    }
  };
  const std::size_t told = server_.Begin("C08", "r1", CodeOf(1), name_second);
  server_.Hold(told, "r2", CodeOf(2));
  server_.stories().Tell(told);
  for (const auto& [own, other] : {std::pair(1U, 2U), std::pair(2U, 1U)}) {
    const std::string tag = TagOf(CodeOf(other));
    EXPECT_EQ(server_.Status(CodeOf(own))["instance"], TagOf(CodeOf(own)));
    for (const std::string& text :
         {server_.Post(CodeOf(own)).body, server_.Post(CodeOf(own), "v1/status/casefile").body,
          server_.PostPage("code=" + CodeOf(own)).body})
      EXPECT_EQ(text.find(tag), std::string::npos) << own;
  }
}

// A letter without a name: nobody can sign for it, but who kept the code can follow it.
TEST_F(StatusTest, AReportKnownByItsTagAloneCanBeFollowed) {
  const auto unsigned_by_r1 = [](nlohmann::ordered_json& story) {
    story["actions"][0]["by"].erase(0);
  };
  const std::size_t told = server_.Begin("C04", "r1", CodeOf(1), unsigned_by_r1);
  server_.stories().Tell(told, 2);
  const json status = server_.Status(CodeOf(1));
  EXPECT_EQ(StateOf(status), "RECEIVED");
  EXPECT_EQ(status["party"], json());
  EXPECT_EQ(status["may"], json::array());
  EXPECT_EQ(status["instance"], TagOf(CodeOf(1)));
}

TEST_F(StatusTest, TheOversightListenerSaysTheSame) {
  const std::size_t told = server_.Begin("M02", "r1", CodeOf(1));
  server_.stories().Tell(told, 2);
  EXPECT_EQ(server_.Post(CodeOf(1)).body, server_.Post(CodeOf(1), "v1/status", true).body);
}

TEST_F(StatusTest, ACodeMayBeWrittenAsPeopleDo) {
  const std::size_t told = server_.Begin("M02", "r1", CodeOf(1));
  server_.stories().Tell(told, 1);
  std::string small;
  for (const char c : CodeOf(1)) small += c == '-' ? ' ' : static_cast<char>(std::tolower(c));
  EXPECT_EQ(server_.Post(small).body, server_.Post(CodeOf(1)).body);
}

TEST_F(StatusTest, RequestsThatAreNoneAreRefused) {
  for (const char* body : {"", "{", "[]", "{}", R"({"code":7})", R"({"code":"x","more":1})"}) {
    const ClientResponse answer = Ask(server_.stories()->port(), "POST", "/1/v1/status", {}, body);
    EXPECT_EQ(answer.status, 400) << body;
  }
  const auto status = [&](const char* method, const char* path) {
    return Ask(server_.stories()->port(), method, path).status;
  };
  EXPECT_EQ(status("GET", "/1/v1/status"), 405);
  EXPECT_EQ(status("GET", "/1/v1/status/proof"), 405);
  EXPECT_EQ(status("POST", "/1/v1/status?code=x"), 400);
  EXPECT_EQ(status("POST", "/status?code=x"), 400);
  EXPECT_EQ(status("GET", "/status?code=x"), 400);
  EXPECT_EQ(status("GET", "/v1/status"), 404);
}

}  // namespace
}  // namespace jejak::api
