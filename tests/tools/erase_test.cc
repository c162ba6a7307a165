// SPDX-License-Identifier: Apache-2.0
// T41: what `jejak erase` destroys is nowhere any more, what it doesn't stays, and the log verifies.
#include <gtest/gtest.h>

#include <filesystem>

#include "ledger/base/text.h"
#include "ledger/store/rocksdb_store.h"
#include "ledger/store/schema.h"
#include "tests/api/released_story.h"
#include "tests/support/must.h"
#include "tests/tools/erasable_log.h"
#include "tests/tools/shell.h"

namespace jejak {
namespace {

using nlohmann::ordered_json;
using test::ErasableEntry;
using test::ErasableLog;
using test::Must;
using test::Residue;

std::vector<std::string> Both(std::vector<std::string> words,
                              const std::vector<std::string>& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

class EraseTest : public test::ShellTest {
 protected:
  void Begin(const api::StatusServer::Change& change = {}) {
    log_ = std::make_unique<ErasableLog>(change);
  }
  void Stop() { log_->server().stories().Stop(); }

  int Run(const std::string& arguments) { return Shell(std::string(JEJAK) + " " + arguments); }
  int Erase(const std::string& arguments) { return Run("erase " + log_->path() + " " + arguments); }
  std::string Action(std::string_view type, std::size_t n = 0) {
    return "--action " + log_->entry(type, n).id;
  }
  // All rows but the engine's own, and the head.
  std::vector<store::Row> Rows() {
    const auto store = Must(store::RocksdbStore::OpenReadOnly(log_->path() + "/db"));
    const auto view = Must(store->Latest());
    std::vector<store::Row> rows = Must(view->Scan("", "\xff", 1U << 20U));
    rows.emplace_back("", view->head());
    return rows;
  }
  std::string CaseFile() {
    return log_->server().stories().Oversight("v1/cases/" + log_->case_id() + "/casefile").body;
  }

  std::unique_ptr<ErasableLog> log_;
};

TEST_F(EraseTest, AnActionsContentsAreGoneFromEveryFileAndFromBackups) {
  Begin();
  EXPECT_EQ(Erase("--yes " + Action("report.submit")), 5) << "it runs";
  Stop();
  const ErasableEntry report = log_->entry("report.submit"),
                      correction = log_->entry("record.correct");
  const auto words = Both(log_->ContentsOf(report.index), log_->ContentsOf(correction.index));
  const auto others = log_->ContentsOf(log_->entry("report.submit", 1).index);
  ASSERT_GE(words.size(), 8U);
  for (const std::string& word : words)
    ASSERT_NE(Residue(log_->path(), {word}), "") << "the search is blind";
  ASSERT_EQ(Run("backup " + log_->path() + " " + (dir_ / "before")), 0) << err_;
  EXPECT_NE(Residue(dir_ / "before", words), "");

  ASSERT_EQ(Erase("--yes " + Action("report.submit") + " " + Action("record.correct")), 0) << err_;
  EXPECT_NE(out_.find("entry " + std::to_string(report.index) + "  erased: body /identity /text"),
            out_.npos)
      << out_;
  EXPECT_NE(err_.find("privacy.shred by diskominfo.contohkota.go.id/p-71 as admin, 2024-10-11"),
            err_.npos)
      << err_;
  EXPECT_EQ(Residue(log_->path(), words), "");
  for (const std::string& word : others) EXPECT_NE(Residue(log_->path(), {word}), "");
  ASSERT_EQ(Run("backup " + log_->path() + " " + (dir_ / "after")), 0) << err_;
  EXPECT_EQ(Residue(dir_ / "after", words), "");
  EXPECT_NE(Residue(dir_ / "before", words), "") << "old backups are the operator's";
  for (const std::string& dir : {log_->path(), dir_ / "after"})
    EXPECT_EQ(Run("fsck " + dir), 0) << out_;

  ASSERT_EQ(Erase(Action("report.submit")), 0) << "nothing to ask about: " << err_;
  EXPECT_NE(out_.find("already erased"), out_.npos) << out_;
  EXPECT_EQ(Run("fsck " + log_->path()), 0) << out_;
}

TEST_F(EraseTest, TheLogVerifiesAndAnswersAfterwards) {
  Begin();
  const std::string code = log_->code();
  const api::ClientResponse status = log_->server().Post(code);
  EXPECT_EQ(status.status, 404) << "since privacy.shred";
  const std::string before = CaseFile();
  EXPECT_NE(before.find("kenari"), before.npos);
  const std::string page = "/cases/" + log_->case_id();
  Stop();
  const ErasableEntry report = log_->entry("report.submit");
  const auto words = log_->ContentsOf(report.index);
  ASSERT_EQ(Erase("--yes " + Action("report.submit")), 0) << err_;

  log_->server().stories().Restart();
  api::StoryServer& stories = log_->server().stories();
  api::AwaitIndex(stories);
  const std::string file = CaseFile();
  const auto held = ordered_json::parse(file);
  for (const auto& body : held["bodies"]) EXPECT_NE(body["index"], report.index);
  for (const auto& opening : held["openings"]) EXPECT_NE(opening["index"], report.index);
  EXPECT_EQ(held["streams"], ordered_json::parse(before)["streams"]);
  EXPECT_FALSE(held["bodies"].empty() || held["openings"].empty());
  const api::Verified intact = api::Verify(stories, "case --ignore-conformance", file);
  EXPECT_EQ(intact.exit_code, 0) << intact.said;
  const auto conformance = stories.Oversight("v1/cases/" + log_->case_id() + "/conformance");
  EXPECT_EQ(conformance.status, 200) << conformance.body;
  EXPECT_NE(conformance.body.find("unknown"), std::string::npos) << conformance.body;
  for (const char* lang : {"id", "en"}) {
    const auto shown = api::Ask(stories->oversight_port(), "GET", page + "?lang=" + lang);
    EXPECT_EQ(shown.status, 200);
    for (const std::string& word : words) EXPECT_EQ(shown.body.find(word), std::string::npos);
  }
  EXPECT_EQ(log_->server().Post(code).body, status.body);
  EXPECT_EQ(log_->server().Post(code).status, 404);
  EXPECT_EQ(stories.Oversight("v1/cases").status, 200);
}

TEST_F(EraseTest, OneFieldCanBeMadeUnopenable) {
  Begin();
  Stop();
  const ErasableEntry report = log_->entry("report.submit");
  const auto identity = log_->ContentsOf(report.index, "/identity");
  const auto text = log_->ContentsOf(report.index, "/text");
  ASSERT_EQ(identity.size(), 2U);
  for (const std::string& word : identity) ASSERT_NE(Residue(log_->path(), {word}), "");
  ASSERT_EQ(Erase("--yes --field /identity " + Action("report.submit")), 0) << err_;
  EXPECT_EQ(Residue(log_->path(), identity), "");
  for (const std::string& word : text) EXPECT_NE(Residue(log_->path(), {word}), "");
  ASSERT_EQ(Erase("--field /identity --action " + std::to_string(report.index)), 0) << err_;
  EXPECT_NE(out_.find("already erased"), out_.npos) << out_;
  EXPECT_EQ(Run("fsck " + log_->path()), 0) << out_;

  log_->server().stories().Restart();
  const auto held = ordered_json::parse(CaseFile());
  const auto of_report = [&](const char* kind) {
    std::string found;
    for (const auto& one : held[kind]) {
      if (one["index"] == report.index) found += one.value("pointer", "body") + " ";
    }
    return found;
  };
  EXPECT_EQ(of_report("bodies"), "body ");
  EXPECT_EQ(of_report("openings"), "/text ");
  const auto verified =
      api::Verify(log_->server().stories(), "case --ignore-conformance", held.dump());
  EXPECT_EQ(verified.exit_code, 0) << verified.said;
}

struct Refusal {
  std::string arguments;
  int exit_code;
  std::string says;
};

TEST_F(EraseTest, WhatMayNotGoStaysAsItWas) {
  Begin();
  Stop();
  const auto before = Rows();
  const std::string unknown = EncodeHash(Digest{});
  const Refusal refusals[] = {
      {"--yes --action " + unknown, 3, "has no action"},
      {"--yes --action 999999", 3, "has no action"},
      {"--yes --action nonsense", 3, "has no action"},
      {"--yes --field /nothing " + Action("report.submit"), 3, "seals nothing at /nothing"},
      {"--yes --field /mode " + Action("report.submit"), 3, "/identity /text"},
      {"--yes --action 0", 4, "no action of a case"},
      {"--yes " + Action("officer.name"), 4, "does not belong to"},
      {"--yes " + Action("report.submit", 1), 4, "does not belong to"},
      {"--yes " + Action("notify.reporter"), 4, "no privacy.shred after"},
      {"--yes " + Action("privacy.shred"), 4, "no privacy.shred after"},
      {"--yes " + Action("report.submit") + " " + Action("officer.name"), 4, "does not belong to"},
      {Action("report.submit"), 4, "nothing was erased"},
      {"--yes", 2, "--action"},
      {"--yes --field /text " + Action("report.submit") + " " + Action("record.correct"), 2,
       "--field"},
  };
  for (const Refusal& refusal : refusals) {
    EXPECT_EQ(Erase(refusal.arguments), refusal.exit_code) << refusal.arguments << err_;
    EXPECT_NE(err_.find(refusal.says), err_.npos) << refusal.arguments << err_;
    EXPECT_TRUE(Rows() == before) << refusal.arguments;
  }
  EXPECT_EQ(Run("erase " + (dir_ / "nowhere") + " --yes --action 1"), 3);
}

TEST_F(EraseTest, NothingGoesBeforeItIsRecordedWhy) {
  const auto until = [](ordered_json& story, const char* type) {
    while (story["actions"].back()["type"] != type)
      story["actions"].erase(story["actions"].size() - 1);
  };
  Begin([&](ordered_json& story) { until(story, "privacy.erase_decide"); });
  Stop();
  EXPECT_EQ(Erase("--yes " + Action("report.submit")), 4);
  EXPECT_NE(err_.find("has no privacy.shred"), err_.npos) << err_;

  Begin([&](ordered_json& story) {
    until(story, "privacy.shred");
    story["actions"].back()["by"] =
        ordered_json::parse(R"([["inspektorat.contohkota.go.id/p-10","petugas"]])");
  });
  Stop();
  EXPECT_EQ(Erase("--yes " + Action("report.submit")), 4);
  EXPECT_NE(err_.find("does not count"), err_.npos) << err_;
  EXPECT_NE(Residue(log_->path(), log_->ContentsOf(log_->entry("report.submit").index)), "");
}

TEST_F(EraseTest, NothingGoesWithoutTheDecisionThatTheProcedureWants) {
  Begin([](ordered_json& story) {
    ordered_json& actions = story["actions"];
    for (std::size_t i = actions.size(); i-- > 0;) {
      if (actions[i]["type"] == "privacy.erase_decide") actions.erase(i);
    }
  });
  Stop();
  EXPECT_EQ(Erase("--yes " + Action("report.submit")), 4);
  EXPECT_NE(err_.find("breaks the procedure"), err_.npos) << err_;
}

// As after healing from a mirror, which has no bodies: what it named can't be told any more.
TEST_F(EraseTest, ARecordThatLostItsBodyCoversNothing) {
  Begin();
  Stop();
  const std::string body = store::BodyKey(log_->entry("privacy.shred").index);
  const store::KeyRange range{body, store::PrefixEnd(body)};
  Must(Must(store::RocksdbStore::Open(log_->path() + "/db"))->Erase(std::span(&range, 1)));
  EXPECT_EQ(Erase("--yes " + Action("report.submit")), 4);
  EXPECT_NE(err_.find("its body is not here"), err_.npos) << err_;
}

TEST_F(EraseTest, ATornLogIsForTheLedgerToMend) {
  Begin();
  Stop();
  std::string wal;
  for (const auto& file : std::filesystem::directory_iterator(log_->path() + "/db")) {
    if (file.path().extension() == ".log") wal = std::max(wal, file.path().string());
  }
  std::filesystem::resize_file(wal, std::filesystem::file_size(wal) - 3);
  EXPECT_EQ(Erase("--yes " + Action("report.submit")), 1);
  EXPECT_NE(err_.find("start jejakd once"), err_.npos) << err_;
}

}  // namespace
}  // namespace jejak
