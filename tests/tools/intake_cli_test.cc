// SPDX-License-Identifier: Apache-2.0
// jejak intake and jejak reply as an officer and a reporter use them, against a ledger that serves
// the demo log.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <regex>

#include "ledger/record/receipt_code.h"
#include "tests/tools/demo_server.h"
#include "tests/tools/lying_front.h"

namespace jejak {
namespace {

constexpr const char* kOrigin = "demo.jejak.example/1";

using test::Answer;
using test::LyingFront;
using test::ProblemOf;

class IntakeVerb : public test::DemoServerTest {
 protected:
  void SetUp() override {
    ASSERT_NO_FATAL_FAILURE(MakeDemo());
    api::Config config = DemoConfig();
    config.status_step_ms = 20;
    ASSERT_NO_FATAL_FAILURE(Serve(config, clock_));
    Write("report.json",
          R"({"mode":"confidential","what":"CANARY-WHAT","where":"CANARY-WHERE",)"
          R"("when":"Senin","identity":{"name":"CANARY-NAME","contact":"CANARY-0812"}})");
  }

  int Intake(const std::string& options) {
    return Run("intake --key " + KeyFile("inspektorat.contohkota.go.id/p-10") +
               " --passphrase-file " + demo_ + "/passphrase --file report.json --yes " + options);
  }
  int Reply(const std::string& verb, const std::string& options = "") {
    return Run("reply " + verb + " --code-file code --yes --ledger " + server_->url() + options);
  }
  // Takes a report and keeps its code where the reporter would.
  void TakeReport(const std::string& options = "") {
    ASSERT_EQ(Intake("--procedure pp94-kota --receipt r.tlog-proof --ledger " + server_->url() +
                     " " + options),
              0)
        << err_;
    RememberCode();
  }
  void RememberCode() {
    std::smatch found;
    ASSERT_TRUE(std::regex_search(out_, found, std::regex("([0-9A-Z]{4}-){4}[0-9A-Z]{4}"))) << out_;
    code_ = found[0];
    Write("code", code_ + "\n");
    std::smatch id;
    if (std::regex_search(err_, id, std::regex("[0-7][0-9A-Z]{25}"))) case_ = id[0];
  }
  // 0: no such file.
  unsigned ModeOf(const std::string& name) const {
    struct stat status {};
    return ::stat((dir_ / name).c_str(), &status) == 0 ? status.st_mode & 0777 : 0;
  }
  bool Exists(const std::string& name) const { return ModeOf(name) != 0; }
  std::string Tag() const {
    return record::LookupTag(record::ParseReceiptCode(code_).value(), kOrigin);
  }
  // An officer's next action in the case.
  void Act(const std::string& type, const std::string& role, const std::string& key,
           const std::string& members = "") {
    const std::string body = Write("body.json", R"({"report":")" + Tag() + "\"" + members + "}");
    ASSERT_EQ(Run("sign --case " + case_ + " --type " + type + " --body " + body + " --by " + role +
                  "=" + KeyFile(key) + " --passphrase-file " + demo_ + "/passphrase --ledger " +
                  server_->url()),
              0)
        << err_;
  }

  std::string code_, case_;
  sequencer::SystemClock clock_;
};

TEST_F(IntakeVerb, FromTheCounterToTheWithdrawal) {
  ASSERT_NO_FATAL_FAILURE(TakeReport("--slip slip.html"));
  EXPECT_EQ(err_.find(code_), std::string::npos) << "the code is on the slip alone";
  EXPECT_EQ(
      Shell(std::string(JEJAK_VERIFY) + " receipt r.tlog-proof --policy " + demo_ + "/policy"), 0)
      << err_;
  const std::string page = test::ReadText(dir_ / "slip.html");
  EXPECT_NE(page.find(code_), std::string::npos);
  EXPECT_EQ(ModeOf("slip.html"), 0600u);
  EXPECT_EQ(page.find("Belum pasti tercatat"), std::string::npos);

  // Registered and waiting: nothing to complete yet.
  EXPECT_EQ(Reply("add"), 4) << out_ << err_;
  EXPECT_NE(err_.find("report.withdraw: Laporan dicabut"), std::string::npos) << err_;
  ASSERT_NO_FATAL_FAILURE(Act("report.register", "petugas", "inspektorat.contohkota.go.id/p-10"));
  ASSERT_NO_FATAL_FAILURE(Act("report.request_completion", "verifikator",
                              "inspektorat.contohkota.go.id/p-11", R"(,"missing":["jam"])"));
  EXPECT_EQ(Reply("add"), 3) << out_ << err_;  // says nothing
  EXPECT_NE(err_.find("/text is missing"), std::string::npos) << err_;
  Write("text", "CANARY-MORE\n");
  ASSERT_EQ(Reply("add", " --text-file text"), 0) << out_ << err_;
  EXPECT_EQ(Reply("object"), 4) << out_ << err_;
  ASSERT_EQ(Reply("withdraw"), 0) << out_ << err_;
  EXPECT_EQ(Reply("withdraw"), 4) << out_ << err_;
  ASSERT_EQ(Run("show " + case_ + " --ledger " + server_->url()), 0) << err_;
  EXPECT_NE(out_.find("report.complete"), std::string::npos) << out_;
  EXPECT_NE(out_.find("(pelapor)"), std::string::npos) << out_;
  EXPECT_EQ(out_.find("CANARY"), std::string::npos) << out_;
  EXPECT_EQ(out_.find(code_), std::string::npos) << out_;
}

TEST_F(IntakeVerb, ACaseFileIsEnoughToSignAwayFromTheLedger) {
  ASSERT_NO_FATAL_FAILURE(TakeReport());
  api::HttpClient client({});
  const auto answer =
      client.Request(server_->url(), "POST", "/v1/status/casefile",
                     {{"Content-Type", "application/json"}}, R"({"code":")" + code_ + "\"}");
  ASSERT_TRUE(answer.ok() && answer->status == 200);
  Write("one.casefile.json", answer->body);
  ASSERT_EQ(Run("reply withdraw --case one.casefile.json --code-file code --yes -o w.action"), 0)
      << err_;
  EXPECT_EQ(Run("submit w.action --ledger " + server_->url()), 0) << err_;
  Write("other", "0000-0000-0000-0000-0000");
  EXPECT_EQ(Run("reply withdraw --case one.casefile.json --code-file other --yes -o x.action"), 3)
      << err_;
}

TEST_F(IntakeVerb, AnUnknownOutcomeKeepsTheReportAndShowsTheCode) {
  const LyingFront front(server_->url(), true, [] { return ProblemOf(503, "outcome_unknown"); });
  EXPECT_EQ(Intake("--procedure pp94-kota --keep kept.action --ledger " + front.url()), 5) << err_;
  ASSERT_NO_FATAL_FAILURE(RememberCode());
  EXPECT_NE(err_.find("kept.action"), std::string::npos) << err_;
  EXPECT_NE(out_.find("Belum pasti tercatat"), std::string::npos) << out_;
  EXPECT_EQ(ModeOf("kept.action"), 0600u);
  EXPECT_EQ(test::ReadText(dir_ / "kept.action").find(code_), std::string::npos);
  EXPECT_EQ(Intake("--procedure pp94-kota --keep kept.action --ledger " + front.url()), 4)
      << "what isn't sent yet is never written over";
  EXPECT_EQ(out_, "");
  ASSERT_EQ(Run("submit kept.action --ledger " + server_->url()), 0) << err_;
  EXPECT_NE(out_.find("logged before"), std::string::npos) << out_;
  EXPECT_EQ(Reply("withdraw"), 0) << out_ << err_;
}

// Whatever stands before a ledger says of a report that is logged.
TEST_F(IntakeVerb, OnlyTheLedgersOwnRefusalIsBelieved) {
  const LyingFront::Lie lies[] = {
      [] { return ProblemOf(500, "internal"); },
      [] { return Answer(502, "<html>Bad Gateway</html>", "text/html"); },
      [] { return Answer(504, "{}"); },
      [] { return Answer(403, "<html>Forbidden</html>", "text/html"); },
      [] { return Answer(200, "{}"); },
      [] { return Answer(201, R"({"index":1,"rec)"); }};
  int number = 0;
  for (const LyingFront::Lie& lie : lies) {
    const LyingFront front(server_->url(), true, lie);
    const std::string kept = "kept-" + std::to_string(++number) + ".action";
    EXPECT_EQ(
        Intake("--procedure pp94-kota --keep " + kept + " --slip s.html --ledger " + front.url()),
        5)
        << number << err_;
    ASSERT_NO_FATAL_FAILURE(RememberCode());
    EXPECT_NE(test::ReadText(dir_ / "s.html").find(code_), std::string::npos) << number;
    EXPECT_NE(err_.find("jejak submit " + kept), std::string::npos) << err_;
    ASSERT_EQ(Run("submit " + kept + " --ledger " + server_->url()), 0) << err_;
    EXPECT_NE(out_.find("logged before"), std::string::npos) << out_;
  }
  // The same of what a code's holder sends.
  const LyingFront front(server_->url(), true, lies[0]);
  EXPECT_EQ(Run("reply withdraw --code-file code --yes --keep w.action --ledger " + front.url()), 5)
      << out_ << err_;
  EXPECT_EQ(ModeOf("w.action"), 0600u);
  ASSERT_EQ(Run("submit w.action --ledger " + server_->url()), 0) << err_;
  EXPECT_NE(out_.find("logged before"), std::string::npos) << out_;
}

// What is on disk and on the screen at the moment when the ledger has the report, and a power cut
// comes.
TEST_F(IntakeVerb, ReportAndCodeAreSafeBeforeAnythingIsSent) {
  std::string kept, slip, screen;
  const LyingFront front(server_->url(), false, [&] {
    kept = test::ReadText(dir_ / "kept.action");
    slip = test::ReadText(dir_ / "s.html");
    screen = test::ReadText(dir_ / "out");
    return ProblemOf(422, "no_such_thing");
  });
  const std::string options = "--procedure pp94-kota --keep kept.action --ledger " + front.url();
  EXPECT_EQ(Intake(options), 4) << err_;
  EXPECT_NE(kept.find("report.submit"), std::string::npos);
  ASSERT_NO_FATAL_FAILURE(RememberCode());
  EXPECT_NE(screen.find(code_), std::string::npos) << screen;
  EXPECT_FALSE(Exists("kept.action")) << "refused for certain: what was said isn't left about";

  EXPECT_EQ(Intake(options + " --slip s.html"), 4) << err_;
  EXPECT_TRUE(std::regex_search(slip, std::regex("([0-9A-Z]{4}-){4}[0-9A-Z]{4}"))) << slip;
  EXPECT_NE(slip.find("Belum pasti tercatat"), std::string::npos);
  EXPECT_FALSE(Exists("s.html")) << "a code that never will be valid";

  ASSERT_NO_FATAL_FAILURE(TakeReport("--keep kept.action"));
  EXPECT_FALSE(Exists("kept.action")) << "logged: what was said isn't left about";
  EXPECT_EQ(Run("reply withdraw --code-file code --yes --keep kept.action --ledger " + front.url()),
            4)
      << out_ << err_;
  EXPECT_NE(kept.find("report.withdraw"), std::string::npos);
  EXPECT_FALSE(Exists("kept.action"));
  ASSERT_EQ(Reply("withdraw", " --keep kept.action"), 0) << err_;
  EXPECT_FALSE(Exists("kept.action"));
}

TEST_F(IntakeVerb, APartysCodeIsShownBeforeItsActionIsSent) {
  ASSERT_NO_FATAL_FAILURE(TakeReport());
  std::string screen;
  const LyingFront front(server_->url(), false, [&] {
    screen = test::ReadText(dir_ / "out");
    return ProblemOf(500, "internal");
  });
  Run("sign --case " + case_ + " --type clarify.record --party-code terperiksa=t1 --by petugas=" +
      KeyFile("inspektorat.contohkota.go.id/p-10") + " --passphrase-file " + demo_ +
      "/passphrase --ledger " + front.url());
  EXPECT_TRUE(std::regex_search(screen, std::regex("([0-9A-Z]{4}-){4}[0-9A-Z]{4}"))) << err_;
}

TEST_F(IntakeVerb, WrongInputsAreNamedWithTheirMend) {
  const auto expect = [this](int code, int wanted, const std::string& sentence) {
    EXPECT_EQ(code, wanted) << err_;
    EXPECT_NE(err_.find(sentence), std::string::npos) << err_;
    EXPECT_EQ(out_, "");
  };
  const std::string to = "--ledger " + server_->url() + " ";
  expect(Intake(to), 3, "--procedure: ");
  expect(Intake(to + "--procedure nothing"), 3, "no procedure nothing");
  expect(Run("intake --key k --ledger " + server_->url()), 2, "--file FILE.json and --yes");
  Write("report.json", R"({"mode":"anonymous","what":"a","where":"b","when":"c",)"
                       R"("identity":{"name":"CANARY"}})");
  expect(Intake(to + "--procedure pp94-kota"), 3, "/identity: an anonymous report");
  EXPECT_EQ(err_.find("CANARY"), std::string::npos);
  Write("report.json", R"({"mode":"anonymous","what":"a","where":"b","when":"c","x":1})");
  expect(Intake(to + "--procedure pp94-kota"), 3, "report.json: /x ");

  Write("code", "7KQ2-M4XD-9HTP-W6ZB-3RN7");
  expect(Reply("add"), 3, "mistyped");
  EXPECT_EQ(err_.find("7KQ2"), std::string::npos) << err_;
  Write("code", "7KQ2-M4XD-9HTP-W6ZB-3RN6");
  expect(Reply("add"), 3, "");
  expect(Run("reply add --code-file code --yes"), 2, "--ledger");
  expect(Run("reply add --code-file code --ledger " + server_->url()), 2, "--yes");
  expect(Run("reply add --yes --ledger " + server_->url()), 4, "--code-file");
  expect(Run("reply"), 2, "");
}

}  // namespace
}  // namespace jejak
