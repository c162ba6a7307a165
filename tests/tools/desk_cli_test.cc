// SPDX-License-Identifier: Apache-2.0
// The verbs of officers and administrators as a shell sees them, against a ledger that serves the
// demo log.
#include <gtest/gtest.h>

#include <filesystem>

#include "ledger/sequencer/durable_file.h"
#include "tests/tools/demo_server.h"
#include "tests/tools/lying_front.h"

namespace jejak {
namespace {

class DeskVerbs : public test::DemoServerTest {
 protected:
  void SetUp() override {
    ASSERT_NO_FATAL_FAILURE(MakeDemo());
    Serve(DemoConfig(), clock_);
  }

  int Verify(const std::string& arguments) {
    return Shell(std::string(JEJAK_VERIFY) + " " + arguments);
  }

  // Options that every writing verb takes here.
  std::string To() const {
    return " --ledger " + server_->url() + " --passphrase-file " + demo_ + "/passphrase";
  }
  std::string By(const std::string& role, const std::string& name) const {
    return " --by " + role + "=" + KeyFile(name);
  }
  std::string Roots() const {
    return By("root", "contohkota.go.id/root-a") + By("root", "contohkota.go.id/root-b");
  }
  std::string NewKey(const std::string& name, const std::string& file) {
    EXPECT_EQ(Run("keygen --name " + name + " -o " + file + " --passphrase-file " + demo_ +
                  "/passphrase"),
              0)
        << err_;
    return dir_ / file;
  }
  std::string NewCase() {
    EXPECT_EQ(Run("case-id"), 0);
    return out_.substr(0, out_.size() - 1);
  }

  int OpenCaseAt(const std::string& ledger, const std::string& options) {
    return Run("sign --case " + NewCase() + " --type report.submit --open-under pp94-kota" +
               By("petugas", clerk_) + " --passphrase-file " + demo_ + "/passphrase --ledger " +
               ledger + options);
  }
  // Names of files of kept actions.
  std::vector<std::string> Kept() const {
    std::vector<std::string> names;
    for (const auto& file : std::filesystem::directory_iterator(dir_.path())) {
      if (file.path().extension() == ".action") names.push_back(file.path().filename());
    }
    return names;
  }

  const std::string clerk_ = "inspektorat.contohkota.go.id/p-10";
  const std::string inspector_ = "inspektorat.contohkota.go.id/p-14";
  sequencer::SystemClock clock_;
};

TEST_F(DeskVerbs, OpenACaseShowItAndCheckItsReceipt) {
  const std::string id = NewCase();
  const std::string body = Write("body.json", R"({"channel":"counter","text":"secret words"})");
  ASSERT_EQ(Run("sign --case " + id + " --type report.submit --open-under pp94-kota --body " +
                body + " --seal /text --receipt r.tlog-proof" + By("petugas", clerk_) + To()),
            0)
      << err_;
  EXPECT_EQ(Verify("receipt r.tlog-proof --policy " + demo_ + "/policy"), 0) << out_ << err_;
  ASSERT_EQ(Run("show " + id + " --ledger " + server_->url()), 0) << err_;
  EXPECT_NE(out_.find("report.submit"), std::string::npos) << out_;
  EXPECT_EQ(out_.find("secret words"), std::string::npos) << out_;
}

TEST_F(DeskVerbs, AnEnvelopeGoesRoundAndIsLoggedOnce) {
  const std::string id = NewCase();
  ASSERT_EQ(Run("sign --case " + id + " --type report.submit --open-under pp94-kota" +
                By("petugas", clerk_) + To()),
            0)
      << err_;
  const std::string later = " --by inspektorat=" + inspector_;
  EXPECT_EQ(Run("sign --case " + id + " --type note.add" + By("petugas", clerk_) + later + To()),
            2);  // no -o
  ASSERT_EQ(Run("sign --case " + id + " --type note.add -o d.action" + By("petugas", clerk_) +
                later + To()),
            0)
      << err_;
  EXPECT_NE(err_.find("1 of 2 have signed"), std::string::npos) << err_;
  EXPECT_EQ(Run("submit d.action --ledger " + server_->url()), 4) << err_;
  ASSERT_EQ(Run("cosign d.action --key " + KeyFile(inspector_) + " --passphrase-file " + demo_ +
                "/passphrase"),
            0)
      << err_;
  EXPECT_EQ(Run("cosign d.action --key " + KeyFile(inspector_) + " --passphrase-file " + demo_ +
                "/passphrase"),
            4);  // has signed
  EXPECT_EQ(Run("validate d.action --ledger " + server_->url()), 0) << err_;
  ASSERT_EQ(Run("submit d.action --receipt first --ledger " + server_->url()), 0) << err_;
  ASSERT_EQ(Run("submit d.action --receipt again --ledger " + server_->url()), 0) << err_;
  EXPECT_NE(out_.find("logged before"), std::string::npos) << out_;
  EXPECT_EQ(sequencer::ReadFile(dir_ / "first", 1U << 20U).value(),
            sequencer::ReadFile(dir_ / "again", 1U << 20U).value());
}

// Neither success nor failure is told where the answer tells neither; the action is kept.
TEST_F(DeskVerbs, AnAnswerThatTellsNothingIsNoRefusal) {
  struct Row {
    const char* name;
    api::Response lie;
  };
  for (const bool logged : {true, false}) {
    for (const Row& row : {Row{"a fault", test::ProblemOf(500, "internal")},
                           Row{"a gateway's page", test::Answer(502, "<html>", "text/html")},
                           Row{"a garbled answer", test::Answer(201, "{\"index\":")},
                           Row{"a receipt without its entry", test::Answer(201, "{}")}}) {
      const test::LyingFront front(server_->url(), logged, [&] { return row.lie; });
      EXPECT_EQ(OpenCaseAt(front.url(), " --receipt no"), 5) << row.name << out_ << err_;
      EXPECT_EQ(out_, "") << row.name;
      ASSERT_EQ(Kept().size(), 1U) << row.name << err_;
      const std::string file = Kept()[0];
      const std::string again = "submit " + file + " --ledger ";
      EXPECT_NE(err_.find("not known yet"), std::string::npos) << err_;
      EXPECT_NE(err_.find("jejak " + again + front.url()), std::string::npos) << err_;
      EXPECT_EQ(Run(again + front.url()), 5) << row.name << err_;
      EXPECT_EQ(Run(again + server_->url() + " --receipt r"), 0) << err_;
      EXPECT_EQ(out_.find("logged before") == 0, logged) << row.name << out_;
      EXPECT_EQ(Verify("receipt r --policy " + demo_ + "/policy"), 0) << out_ << err_;
      std::filesystem::remove(dir_ / file);
    }
  }
}

TEST_F(DeskVerbs, AnActionIsOnDiskBeforeItIsSentAndNoLongerThanNeeded) {
  std::string kept;
  const test::LyingFront front(server_->url(), false, [&] {
    kept = test::ReadText(dir_ / "kept.action");
    return test::ProblemOf(422, "no_such_thing");
  });
  EXPECT_EQ(OpenCaseAt(front.url(), " --keep kept.action"), 4) << err_;
  EXPECT_NE(kept.find("report.submit"), std::string::npos);
  EXPECT_EQ(Kept(), std::vector<std::string>()) << "refused for certain";
  EXPECT_EQ(OpenCaseAt(server_->url(), ""), 0) << err_;
  EXPECT_EQ(Kept(), std::vector<std::string>()) << "logged";
  EXPECT_EQ(OpenCaseAt(server_->url(), " --keep kept.action --receipt nowhere/r"), 5);
  EXPECT_NE(err_.find("logged as entry"), std::string::npos) << err_;
  ASSERT_EQ(Kept(), std::vector<std::string>{"kept.action"});
  EXPECT_EQ(OpenCaseAt(server_->url(), " --keep kept.action"), 4) << "that file isn't lost";
  EXPECT_EQ(Run("submit kept.action --ledger " + server_->url()), 0) << err_;
  EXPECT_EQ(Kept(), std::vector<std::string>{"kept.action"}) << "whoever names a file keeps it";
}

// An administrator's action as well, and whoever it is that didn't answer.
TEST_F(DeskVerbs, WhatNobodyAnsweredIsKeptToo) {
  const test::LyingFront front(server_->url(), true, [] { return test::ProblemOf(500, "x"); });
  const std::string verb = "unit register --unit uji --title-id Uji --title-en Test" + Roots() +
                           " --passphrase-file " + demo_ + "/passphrase --ledger ";
  EXPECT_EQ(Run(verb + front.url()), 5) << err_;
  ASSERT_EQ(Kept().size(), 1U);
  EXPECT_TRUE(Kept()[0].starts_with("unit.register-")) << Kept()[0];
  EXPECT_EQ(Run("submit " + Kept()[0] + " --ledger http://127.0.0.1:1/1"), 5) << err_;
  EXPECT_NE(err_.find("not known yet"), std::string::npos) << err_;
}

TEST_F(DeskVerbs, KeysAreEnrolledGrantedRotatedAndRevoked) {
  const std::string key = NewKey("inspektorat.contohkota.go.id/p-77", "p77");
  ASSERT_EQ(Run("unit register --unit uji --title-id Uji --title-en Test" + Roots() + To()), 0)
      << err_;
  ASSERT_EQ(Run("enroll --key " + key + ".key --unit uji --holder h-77 --grant verifikator" +
                Roots() + To()),
            0)
      << err_;
  ASSERT_EQ(Run("grant --name inspektorat.contohkota.go.id/p-77 --grant peninjau,until=2030-01-31" +
                Roots() + To()),
            0)
      << err_;
  ASSERT_EQ(Run("ungrant --name inspektorat.contohkota.go.id/p-77 --role verifikator" +
                By("root", "contohkota.go.id/root-a") + To()),
            0)
      << err_;
  const std::string next = NewKey("inspektorat.contohkota.go.id/p-77", "p77b");
  ASSERT_EQ(Run("rotate --key " + next + ".key" + Roots() + To()), 0) << err_;
  ASSERT_EQ(Run("revoke --name inspektorat.contohkota.go.id/p-77 --reason lost" +
                By("root", "contohkota.go.id/root-a") + To()),
            0)
      << err_;
  EXPECT_EQ(Run("revoke --name inspektorat.contohkota.go.id/p-77 --reason lost" +
                By("root", "contohkota.go.id/root-a") + To()),
            4);
}

TEST_F(DeskVerbs, ProceduresAndCalendarsAreRead) {
  const std::string owner =
      By("procedure_owner", "hukum.contohkota.go.id/p-90") + By("root", "contohkota.go.id/root-a");
  const std::string docs = std::string(JEJAK_SOURCE_DIR) + "/docs/procedures/";
  ASSERT_EQ(Run("publish " + docs + "none.calendar.json" + owner + To()), 0) << err_;
  // The demo has both shipped versions; this is one more.
  std::string text =
      sequencer::ReadFile(docs + "malang-article-2024-1.1.0.json", 1U << 20U).value();
  text.replace(text.find("\"1.1.0\""), 7, "\"1.2.0\"");
  ASSERT_EQ(Run("publish " + Write("next.json", text) + owner + To()), 0) << err_;
  ASSERT_EQ(Run("retire --procedure malang-article-2024" + owner + To()), 0) << err_;
  EXPECT_EQ(
      Run("sign --case " + NewCase() + " --type report.submit --open-under malang-article-2024" +
          By("petugas", clerk_) + To()),
      4);
  EXPECT_NE(err_.find("retired"), std::string::npos) << err_;
}

TEST_F(DeskVerbs, WrongInputsAreNamedWithTheirMend) {
  const std::string id = NewCase();
  const auto expect = [this](const std::string& arguments, int code, const std::string& sentence) {
    EXPECT_EQ(Run(arguments), code) << arguments << "\n" << err_;
    EXPECT_NE(err_.find(sentence), std::string::npos) << arguments << "\n" << err_;
  };
  expect("sign --case " + id + " --type note.add" + By("petugas", clerk_) + To(), 3,
         "--open-under");
  expect("sign --case X --type note.add" + By("petugas", clerk_) + To(), 3, "not a case id");
  expect("sign --case " + id + " --type note.add" + To(), 3, "nobody signs");
  expect("sign --case " + id + " --type note.add --by petugas" + To(), 3, "ROLE=FILE.key");
  expect("sign --case " + id + " --type report.submit --open-under nothing" +
             By("petugas", clerk_) + To(),
         3, "no procedure nothing");
  expect("sign --case " + id + " --type report.submit --open-under pp94-kota" +
             By("kepala", clerk_) + To(),
         4, "role_not_held");
  expect("submit nowhere --ledger " + server_->url(), 3, "nowhere is not there");
  expect("submit " + Write("junk", "junk") + " --ledger " + server_->url(), 4, "malformed");
  expect("validate " + (dir_ / "junk") + " --ledger " + server_->url(), 4, "malformed");
  expect("cosign " + (dir_ / "junk") + " --key " + KeyFile(clerk_), 3, "note");
  expect("show " + id + " --ledger " + server_->url(), 3, "");
  expect("enroll --key nowhere.key --unit u --holder h --grant a" + Roots() + To(), 3,
         "nowhere.vkey");
  expect("grant --name x/y --grant NO" + Roots() + To(), 3, "--grant NO");
  expect("nonsense", 2, "no verb `nonsense`");
  expect("keygen --name 'bad name' -o k", 2, "not a key name");
  expect("submit junk --ledger http://127.0.0.1:1/1", 5, "");
}

}  // namespace
}  // namespace jejak
