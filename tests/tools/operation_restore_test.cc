// SPDX-License-Identifier: Apache-2.0
// Backups, what a restored log may do, and healing from a mirror.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "ledger/evidence/verify.h"
#include "ledger/sequencer/durable_file.h"
#include "ledger/store/rocksdb_store.h"
#include "tests/support/temporary_directory.h"
#include "tests/tools/small_directory.h"
#include "tools/mirror/mirror.h"
#include "tools/operation/fsck.h"
#include "tools/operation/restore.h"

namespace jejak::operation {
namespace {

namespace fs = std::filesystem;
using store::Row;
using test::SmallDirectory;

Result<std::string> Passphrase() { return std::string(SmallDirectory::kPassphrase); }

std::vector<Row> RowsOf(const std::string& db, std::string_view without = {}) {
  const auto store = store::RocksdbStore::OpenReadOnly(db).value();
  std::vector<Row> rows = store->Latest().value()->Scan("\x01", "\xff", 100000).value();
  std::erase_if(rows, [&](const Row& row) { return without.find(row.first[0]) != without.npos; });
  return rows;
}

// A log of which a backup was made early; then it went on, and a mirror with it.
class RestoreTest : public testing::Test {
 protected:
  RestoreTest() : log_(dir_ / "log", dir_ / "guard") {
    log_.Grow(1, 5);
    log_.Stop();
    backed_up_ = BackUp(dir_ / "log", dir_ / "backup", dir_ / "guard").value();
    log_.Start();
  }

  void GoOn() {
    const record::Envelope late = log_.text().Open(2, SmallDirectory::kNow);
    late_ = late;
    receipt_ = log_.Send({late})[0];
    std::vector<record::Envelope> many;
    for (int i = 0; i < 300; ++i)
      many.push_back(log_.text().AddNote(2, SmallDirectory::kNow, std::to_string(i)));
    log_.Send(many);
    for (int i = 0; i < 80; ++i) log_.Send({log_.text().AddNote(1, SmallDirectory::kNow)});
    size_ = log_.Reader().size();
    root_ = log_.Reader().head().log.record.root;
  }
  void Mirror(const std::string& name = "mirror") {
    test::LogUpstream upstream(log_);
    auto files = mirror::MirrorFiles::Open(dir_ / name);
    const auto report = mirror::UpdateMirror(upstream, *files, log_.policy(), nullptr);
    ASSERT_TRUE(report.ok()) << report.error().detail;
    ASSERT_TRUE(mirror::FetchDocuments(upstream, *files, report->size).ok());
  }
  // The disk with the log is lost; the guard is on another one.
  void LoseDirectory() {
    log_.Stop();
    fs::rename(dir_ / "log", dir_ / "lost");
  }
  RestoreRequest Request(const std::string& mirror = {}) {
    return {dir_ / "backup", dir_ / "log", dir_ / "guard", mirror.empty() ? "" : dir_ / mirror,
            false};
  }
  int Fsck() {
    verifier::CallerOnly workers;
    return CheckDirectory({dir_ / "log", dir_ / "guard", {}}, workers, nullptr).exit_code;
  }

  TemporaryDirectory dir_;
  SmallDirectory log_;
  BackupReport backed_up_;
  std::optional<record::Envelope> late_;
  std::string receipt_;
  std::uint64_t size_ = 0;
  Digest root_;
};

TEST_F(RestoreTest, ABackupIsALogThatChecksClean) {
  verifier::CallerOnly workers;
  EXPECT_EQ(CheckDirectory({dir_ / "backup", {}, {}}, workers, nullptr).exit_code, 0);
  EXPECT_EQ(backed_up_.size, backed_up_.guard_size);
  EXPECT_EQ(fs::status(dir_ / "backup/log.key").permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_FALSE(fs::exists(dir_ / "backup.unfinished"));
}

TEST_F(RestoreTest, ABackupIsRefusedWhereItCanNotBeMade) {
  EXPECT_EQ(BackUp(dir_ / "log", dir_ / "b", dir_ / "guard").error().code, Code::kUnavailable);
  log_.Stop();
  EXPECT_EQ(BackUp(dir_ / "log", dir_ / "backup", dir_ / "guard").error().code, Code::kConflict);
  EXPECT_EQ(BackUp(dir_ / "none", dir_ / "b", dir_ / "guard").error().code, Code::kNotFound);
  EXPECT_EQ(BackUp(dir_ / "log", dir_ / "b", dir_ / "none").error().code, Code::kNotFound);
  EXPECT_FALSE(fs::exists(dir_ / "b"));
  EXPECT_FALSE(fs::exists(dir_ / "b.unfinished"));
}

TEST_F(RestoreTest, ABackupOfALogBehindItsGuardIsRefused) {
  GoOn();
  LoseDirectory();
  EXPECT_EQ(BackUp(dir_ / "backup", dir_ / "b", dir_ / "guard").error().code, Code::kRefused);
}

TEST_F(RestoreTest, ANewBackupMaySign) {
  LoseDirectory();
  const auto report = Restore(Request(), Passphrase);
  ASSERT_TRUE(report.ok()) << report.error().detail;
  EXPECT_FALSE(report->will_not_sign) << *report->will_not_sign;
  log_.Start();
  log_.Grow(3, 2);
  log_.Stop();
  EXPECT_EQ(Fsck(), 0);
}

TEST_F(RestoreTest, AnOldBackupWithTheNewerGuardWillNotSignAndSaysHowToHeal) {
  GoOn();
  LoseDirectory();
  const auto report = Restore(Request(), Passphrase);
  ASSERT_TRUE(report.ok()) << report.error().detail;
  ASSERT_TRUE(report->will_not_sign);
  EXPECT_NE(report->will_not_sign->find("mirror"), std::string::npos) << *report->will_not_sign;
  EXPECT_NE(report->will_not_sign->find("successor"), std::string::npos) << *report->will_not_sign;
  EXPECT_EQ(Fsck(), 10);
  const auto started = log_.TryStart();
  ASSERT_FALSE(started.ok());
  EXPECT_EQ(started.error().code, Code::kRefused);
  EXPECT_NE(started.error().detail.find("mirror"), std::string::npos) << started.error().detail;
}

TEST_F(RestoreTest, AMirrorBringsBackTheSameRootAndEveryRowButContents) {
  GoOn();
  Mirror();
  LoseDirectory();
  const auto report = Restore(Request("mirror"), Passphrase);
  ASSERT_TRUE(report.ok()) << report.error().detail;
  EXPECT_FALSE(report->will_not_sign) << *report->will_not_sign;
  ASSERT_TRUE(report->healed);
  EXPECT_EQ(report->healed->from, backed_up_.size);
  EXPECT_EQ(report->healed->to, size_);
  EXPECT_EQ(report->healed->bodies_lost, 381U);
  EXPECT_EQ(report->log.root, root_);
  EXPECT_EQ(RowsOf(dir_ / "log/db", "BO"), RowsOf(dir_ / "lost/db", "BO"));
  EXPECT_EQ(Fsck(), 0);
  log_.Start();
  EXPECT_EQ(log_.Send({*late_})[0], receipt_) << "the first receipt, byte for byte";
  log_.Grow(3, 2);
  const auto proof = log_.Reader().Consistency(size_, log_.Reader().size()).value();
  EXPECT_TRUE(tlog::VerifyConsistency(size_, log_.Reader().size(), root_,
                                      log_.Reader().head().log.record.root, proof));
  log_.Stop();
  EXPECT_EQ(Fsck(), 0);
}

TEST_F(RestoreTest, HealsInPlace) {
  GoOn();
  Mirror();
  LoseDirectory();
  ASSERT_TRUE(Restore(Request(), Passphrase)->will_not_sign);
  EXPECT_EQ(Restore(Request("mirror"), Passphrase).error().code, Code::kConflict);
  RestoreRequest in_place = Request("mirror");
  in_place.backup = in_place.directory;
  const auto report = Restore(in_place, Passphrase);
  ASSERT_TRUE(report.ok()) << report.error().detail;
  EXPECT_FALSE(report->will_not_sign);
  EXPECT_EQ(report->log.root, root_);
  log_.Start();
}

TEST_F(RestoreTest, AMirrorThatIsAheadOfTheGuardHealsToItsEnd) {
  GoOn();
  const std::string guard = sequencer::ReadFile(dir_ / "guard", 1U << 20U).value();
  log_.Grow(4, 2);
  Mirror();
  const std::uint64_t newest = log_.Reader().size();
  LoseDirectory();
  std::ofstream(dir_ / "guard", std::ios::binary) << guard;
  const auto report = Restore(Request("mirror"), Passphrase);
  ASSERT_TRUE(report.ok()) << report.error().detail;
  EXPECT_EQ(report->log.size, newest);
  log_.Start();
}

TEST_F(RestoreTest, AMirrorBehindTheGuardIsRefused) {
  Mirror();
  GoOn();
  LoseDirectory();
  const auto report = Restore(Request("mirror"), Passphrase);
  ASSERT_FALSE(report.ok());
  EXPECT_EQ(report.error().code, Code::kRefused);
  EXPECT_NE(report.error().detail.find("newer mirror"), std::string::npos);
  EXPECT_FALSE(fs::exists(dir_ / "log/db"));
  EXPECT_FALSE(fs::exists(dir_ / "log/db.unfinished"));
}

TEST_F(RestoreTest, WrongOrMissingEntriesOfAMirrorAreRefused) {
  GoOn();
  Mirror();
  LoseDirectory();
  const std::string bundle = dir_ / "mirror/tile/entries/000";
  const std::string bytes = sequencer::ReadFile(bundle, 1U << 25U).value();
  for (std::size_t at = bytes.size() - 10; at > bytes.size() / 2; at -= bytes.size() / 9) {
    std::string wrong = bytes;
    wrong[at] = static_cast<char>(wrong[at] ^ 1);
    std::ofstream(bundle, std::ios::binary | std::ios::trunc) << wrong;
    const auto report = Restore(Request("mirror"), Passphrase);
    ASSERT_FALSE(report.ok()) << at;
    EXPECT_FALSE(fs::exists(dir_ / "log/db")) << at;
  }
  fs::remove(bundle);
  EXPECT_FALSE(Restore(Request("mirror"), Passphrase).ok());
  std::ofstream(bundle, std::ios::binary | std::ios::trunc) << bytes;
  EXPECT_TRUE(Restore(Request("mirror"), Passphrase).ok());
}

TEST_F(RestoreTest, AMirrorOfAForkIsRefused) {
  GoOn();
  LoseDirectory();
  // What must never happen: the backup goes on under its old guard. All that it signs is admissible.
  const std::string guard = sequencer::ReadFile(dir_ / "guard", 1U << 20U).value();
  fs::copy(dir_ / "backup", dir_ / "log", fs::copy_options::recursive);
  fs::copy_file(dir_ / "backup/guard", dir_ / "guard", fs::copy_options::overwrite_existing);
  log_.Start();
  for (std::uint64_t n = 0; n < 10; ++n) log_.Grow(100 + n, 50);
  ASSERT_GT(log_.Reader().size(), size_);
  Mirror();
  log_.Stop();
  fs::remove_all(dir_ / "log");
  std::ofstream(dir_ / "guard", std::ios::binary) << guard;
  const auto report = Restore(Request("mirror"), Passphrase);
  ASSERT_FALSE(report.ok());
  EXPECT_EQ(report.error().code, Code::kRefused) << report.error().detail;
  EXPECT_FALSE(fs::exists(dir_ / "log/db"));
}

TEST_F(RestoreTest, AWrongPassphraseHealsNothing) {
  GoOn();
  Mirror();
  LoseDirectory();
  const auto wrong = [] { return Result<std::string>(std::string("wrong passphrase")); };
  EXPECT_EQ(Restore(Request("mirror"), wrong).error().code, Code::kForbidden);
  EXPECT_FALSE(fs::exists(dir_ / "log/db"));
}

TEST_F(RestoreTest, WithoutASurvivingGuardTheOperatorMustSpeak) {
  LoseDirectory();
  fs::remove(dir_ / "guard");
  RestoreRequest request = Request();
  EXPECT_EQ(Restore(request, Passphrase).error().code, Code::kRefused);
  EXPECT_FALSE(fs::exists(dir_ / "log/db"));
  request.nothing_signed_since = true;
  const auto report = Restore(request, Passphrase);
  ASSERT_TRUE(report.ok()) << report.error().detail;
  log_.Start();
}

}  // namespace
}  // namespace jejak::operation
