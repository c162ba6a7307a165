// SPDX-License-Identifier: Apache-2.0
// A log whose newest write-ahead log was cut, zeroed or flipped after a crash. Everything after the
// last acknowledged byte may go; nothing before it may, and its loss is never silent.
//
// Samples by default; with JEJAK_EVERY_BYTE set, every byte (ctest label long).
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "ledger/sequencer/durable_file.h"
#include "tests/support/temporary_directory.h"
#include "tests/tools/small_directory.h"

namespace jejak {
namespace {

namespace fs = std::filesystem;
using test::SmallDirectory;

std::string NewestWal(const std::string& db) {
  std::string newest;
  for (const auto& file : fs::directory_iterator(db)) {
    if (file.path().extension() == ".log") newest = std::max(newest, file.path().string());
  }
  return newest;
}

bool EveryByte() { return std::getenv("JEJAK_EVERY_BYTE") != nullptr; }

// A log that stopped between the commit of its last batch and the guard.
class WalTailTest : public testing::Test {
 protected:
  void SetUp() override {
    SmallDirectory log(dir_ / "log");
    log.Grow(1, 3);
    log.Start();  // what was there goes into tables, a new WAL begins
    log.Grow(2, 6);
    last_ = log.text().AddNote(2, SmallDirectory::kNow, "the last one acknowledged");
    receipt_ = log.Send({last_})[0];
    size_ = log.Reader().size();
    root_ = log.Reader().head().log.record.root;
    const std::string wal = NewestWal(log.path() + "/db");
    acknowledged_ = fs::file_size(wal);
    log.CommitUnsigned({log.text().AddNote(2, SmallDirectory::kNow, "not acknowledged")});
    log.Stop();
    bytes_ = sequencer::ReadFile(wal, 1U << 24U).value();
    ASSERT_GT(acknowledged_, 4000U);
    ASSERT_GT(bytes_.size(), acknowledged_ + 1000);
  }

  // Opens a copy of the log with this WAL.
  Result<sequencer::OpenLog> OpenWith(const std::string& wal) {
    const std::string copy = dir_ / "copy";
    fs::remove_all(copy);
    fs::copy(dir_ / "log", copy, fs::copy_options::recursive);
    std::ofstream(NewestWal(copy + "/db"), std::ios::binary | std::ios::trunc) << wal;
    return sequencer::OpenLogDirectory(copy, SmallDirectory::kPassphrase, "", SmallDirectory::kNow);
  }

  void ExpectKeepsAll(const std::string& wal, const std::string& how) {
    const auto open = OpenWith(wal);
    ASSERT_TRUE(open.ok()) << how << ": " << open.error().detail;
    ASSERT_GE(open->head->size(), size_) << how;
    sequencer::LogReader reader(open->head, *open->tiles);
    if (open->head->size() == size_) {
      ASSERT_EQ(open->head->log.record.root, root_) << how;
    } else {
      const auto proof = reader.Consistency(size_, reader.size()).value();
      ASSERT_TRUE(
          tlog::VerifyConsistency(size_, reader.size(), root_, open->head->log.record.root, proof))
          << how;
    }
    const auto index = reader.FindAction(record::ParseAction(last_.note).value().id()).value();
    ASSERT_TRUE(index) << how;
    ASSERT_EQ(reader.ActionReceipt(*index).value(), receipt_) << how;
  }

  void ExpectRollback(const std::string& wal, const std::string& how) {
    const auto open = OpenWith(wal);
    ASSERT_FALSE(open.ok()) << how;
    ASSERT_EQ(open.error().code, Code::kRefused) << how << ": " << open.error().detail;
    ASSERT_NE(open.error().detail.find("acknowledged entries are missing"), std::string::npos)
        << open.error().detail;
    ASSERT_NE(open.error().detail.find("mirror"), std::string::npos) << open.error().detail;
  }

  std::string Zeroed(std::size_t from) const {
    return bytes_.substr(0, from) + std::string(bytes_.size() - from, '\0');
  }

  TemporaryDirectory dir_;
  record::Envelope last_;
  std::string receipt_;
  std::uint64_t size_ = 0;
  Digest root_;
  std::size_t acknowledged_ = 0;  // bytes of the WAL that acknowledged batches need
  std::string bytes_;             // the whole WAL
};

TEST_F(WalTailTest, CutOrZeroedAfterTheLastAcknowledgedByteItOpensWithEverything) {
  const std::size_t step = EveryByte() ? 1 : (bytes_.size() - acknowledged_) / 30;
  for (std::size_t at = acknowledged_; at <= bytes_.size(); at += step) {
    const std::string where = std::to_string(at) + " of " + std::to_string(bytes_.size());
    ASSERT_NO_FATAL_FAILURE(ExpectKeepsAll(bytes_.substr(0, at), "cut at " + where));
    ASSERT_NO_FATAL_FAILURE(ExpectKeepsAll(Zeroed(at), "zeroed from " + where));
  }
}

TEST_F(WalTailTest, CutOrZeroedBeforeItItIsRefusedAsARollback) {
  const std::size_t step = EveryByte() ? 1 : acknowledged_ / 25;
  for (std::size_t at = 0; at < acknowledged_; at += step) {
    const std::string where = std::to_string(at) + " of " + std::to_string(bytes_.size());
    ASSERT_NO_FATAL_FAILURE(ExpectRollback(bytes_.substr(0, at), "cut at " + where));
    ASSERT_NO_FATAL_FAILURE(ExpectRollback(Zeroed(at), "zeroed from " + where));
  }
  ASSERT_NO_FATAL_FAILURE(ExpectRollback(bytes_.substr(0, acknowledged_ - 1), "one byte short"));
}

TEST_F(WalTailTest, AFlippedBitBeforeItNeverOpensTheLog) {
  const std::size_t step = EveryByte() ? 1 : acknowledged_ / 40;
  for (std::size_t at = 3; at < acknowledged_; at += step) {
    std::string flipped = bytes_;
    flipped[at] = static_cast<char>(flipped[at] ^ 0x10);
    const auto open = OpenWith(flipped);
    ASSERT_FALSE(open.ok()) << at;
    ASSERT_TRUE(open.error().code == Code::kRefused || open.error().code == Code::kInternal)
        << at << ": " << open.error().detail;
  }
}

}  // namespace
}  // namespace jejak
