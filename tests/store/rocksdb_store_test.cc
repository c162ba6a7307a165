// SPDX-License-Identifier: Apache-2.0
// What RocksDB adds to the port: opening, locks, space, checkpoints, damaged tables.
#include "ledger/store/rocksdb_store.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <limits>
#include <set>

#include "tests/support/temporary_directory.h"

namespace jejak::store {
namespace {

class RocksdbStoreTest : public testing::Test {
 protected:
  std::string Path() { return dir_ / "db"; }

  void Fill(RocksdbStore& store, int commits) {
    for (int i = 0; i < commits; ++i) {
      const std::string before = store.Latest().value()->head();
      const Write write{"key" + std::to_string(i), std::string(500, 'v')};
      ASSERT_TRUE(store.Commit(before, "head" + std::to_string(i), std::span(&write, 1)).ok());
    }
  }

  template <class T>
  static Code CodeOf(const Result<T>& result) {
    return result.ok() ? Code::kConflict : result.error().code;
  }

  TemporaryDirectory dir_;
};

TEST_F(RocksdbStoreTest, OpeningNeverCreatesAndCreatingNeverOpens) {
  EXPECT_EQ(CodeOf(RocksdbStore::Open(Path())), Code::kNotFound);
  EXPECT_EQ(CodeOf(RocksdbStore::OpenTolerant(Path())), Code::kNotFound);
  EXPECT_EQ(CodeOf(RocksdbStore::OpenReadOnly(Path())), Code::kNotFound);
  EXPECT_FALSE(std::filesystem::exists(Path()));
  ASSERT_TRUE(RocksdbStore::Create(Path()).ok());
  const auto again = RocksdbStore::Create(Path());
  ASSERT_FALSE(again.ok());
  EXPECT_EQ(again.error().code, Code::kConflict);
  EXPECT_TRUE(RocksdbStore::Open(Path()).ok());
  EXPECT_EQ(CodeOf(RocksdbStore::Create(dir_ / "no/parent")), Code::kUnavailable);
}

TEST_F(RocksdbStoreTest, ASecondWriterIsToldThatTheStoreIsInUse) {
  const auto store = RocksdbStore::Create(Path());
  ASSERT_TRUE(store.ok());
  const auto second = RocksdbStore::Open(Path());
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().code, Code::kUnavailable);
  EXPECT_EQ(second.error().detail, "the store is in use by another process; stop it first");
  EXPECT_EQ(CodeOf(RocksdbStore::OpenReadOnly(Path())), Code::kUnavailable);
  const pid_t child = fork();
  if (child == 0) {
    const auto other = RocksdbStore::Open(Path());
    _exit(!other.ok() && other.error().code == Code::kUnavailable ? 0 : 1);
  }
  int status = -1;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
}

TEST_F(RocksdbStoreTest, AViewKeepsTheStoreInUse) {
  auto store = RocksdbStore::Create(Path()).value();
  auto view = store->Latest().value();
  store.reset();
  EXPECT_EQ(CodeOf(RocksdbStore::Open(Path())), Code::kUnavailable);
  view.reset();
  EXPECT_TRUE(RocksdbStore::Open(Path()).ok());
}

TEST_F(RocksdbStoreTest, ReadersShareAStoppedStoreAndChangeNothing) {
  Fill(*RocksdbStore::Create(Path()).value(), 5);
  const auto names = [&] {
    std::set<std::string> found;
    for (const auto& file : std::filesystem::recursive_directory_iterator(Path())) {
      found.insert(file.path().filename().string() + " " + std::to_string(file.file_size()));
    }
    return found;
  };
  const auto before = names();
  const auto one = RocksdbStore::OpenReadOnly(Path());
  const auto two = RocksdbStore::OpenReadOnly(Path(), WalTail::kMayBeTorn);
  ASSERT_TRUE(one.ok());
  ASSERT_TRUE(two.ok());
  EXPECT_EQ((*one)->Latest().value()->head(), "head4");
  EXPECT_EQ((*two)->Latest().value()->Scan("key", "kez", 9).value().size(), 5U);
  EXPECT_EQ(CodeOf((*one)->Commit("head4", "head5", {})), Code::kRefused);
  EXPECT_EQ(CodeOf(RocksdbStore::Open(Path())), Code::kUnavailable);
  EXPECT_EQ(names(), before);
}

TEST_F(RocksdbStoreTest, LowDiskSpaceRefusesToOpenForWritingButNotToRead) {
  RocksdbSettings settings;
  { ASSERT_TRUE(RocksdbStore::Create(Path()).ok()); }
  settings.min_free_bytes = std::numeric_limits<std::uint64_t>::max();
  EXPECT_EQ(CodeOf(RocksdbStore::Open(Path(), settings)), Code::kUnavailable);
  EXPECT_TRUE(RocksdbStore::OpenReadOnly(Path(), WalTail::kExact, settings).ok());
}

TEST_F(RocksdbStoreTest, CommitsStopWhileDiskSpaceIsLowAndGoOnAfterwards) {
  constexpr std::uint64_t kMargin = std::uint64_t{512} << 20U;  // what others may use meanwhile
  const std::uint64_t available = std::filesystem::space(dir_.path()).available;
  if (available < 8 * kMargin) GTEST_SKIP() << "too little free disk space for this test";
  RocksdbSettings settings;
  settings.min_free_bytes = available - kMargin;
  const auto store = RocksdbStore::Create(Path(), settings).value();
  Fill(*store, 1);
  const std::string ballast = dir_ / "ballast";
  const int file = open(ballast.c_str(), O_CREAT | O_WRONLY, 0600);
  ASSERT_EQ(posix_fallocate(file, 0, static_cast<off_t>(2 * kMargin)), 0);
  close(file);
  EXPECT_EQ(CodeOf(store->Commit("head0", "head1", {})), Code::kUnavailable);
  EXPECT_EQ(store->Latest().value()->head(), "head0");
  std::filesystem::remove(ballast);
  EXPECT_TRUE(store->Commit("head0", "head1", {}).ok());
}

// A child may write files of 1 MiB at most, so that a write to the WAL fails; it reports the last
// acknowledged commit, or a negative number if the store did not stop as it should.
int CommitUntilAWriteFails(const std::string& path) {
  const auto store = RocksdbStore::Open(path).value();
  signal(SIGXFSZ, SIG_IGN);
  const rlimit limit{1U << 20U, 1U << 20U};
  setrlimit(RLIMIT_FSIZE, &limit);
  const Write write{"key", std::string(8000, 'v')};
  for (int n = 1; n < 1000; ++n) {
    const std::string before = n == 1 ? "" : std::to_string(n - 1);
    const auto done = store->Commit(before, std::to_string(n), std::span(&write, 1));
    if (done.ok()) continue;
    if (done.error().code != Code::kUnknownOutcome) return -1;
    const auto next = store->Commit(before, "next", {});
    if (next.ok() || next.error().code != Code::kUnknownOutcome) return -2;
    const auto view = store->Latest().value();
    if (view->head() != before || !view->Read(std::span(&write.key, 1)).ok()) return -3;
    return n - 1;
  }
  return -4;
}

TEST_F(RocksdbStoreTest, AFailedWriteStopsTheStoreAndLosesNothingAcknowledged) {
  { ASSERT_TRUE(RocksdbStore::Create(Path()).ok()); }
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  const pid_t child = fork();
  if (child == 0) {
    const int result = CommitUntilAWriteFails(Path());
    _exit(write(ends[1], &result, sizeof result) == sizeof result ? 0 : 1);
  }
  int acknowledged = 0;
  ASSERT_EQ(read(ends[0], &acknowledged, sizeof acknowledged),
            static_cast<ssize_t>(sizeof acknowledged));
  int status = -1;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  close(ends[0]);
  close(ends[1]);
  ASSERT_GT(acknowledged, 10);
  const auto store = RocksdbStore::OpenReadOnly(Path(), WalTail::kMayBeTorn);
  ASSERT_TRUE(store.ok()) << store.error().detail;
  const int head = std::stoi((*store)->Latest().value()->head());
  EXPECT_GE(head, acknowledged);
  EXPECT_LE(head, acknowledged + 1);
}

TEST_F(RocksdbStoreTest, ACheckpointIsAWholeStoreOfTheMomentItWasMade) {
  auto store = RocksdbStore::Create(Path()).value();
  Fill(*store, 50);
  ASSERT_TRUE(store->Checkpoint(dir_ / "copy").ok());
  EXPECT_EQ(CodeOf(store->Checkpoint(dir_ / "copy")), Code::kRefused);
  ASSERT_TRUE(store->Commit("head49", "later", {}).ok());
  {
    const auto reader = RocksdbStore::OpenReadOnly(dir_ / "copy");
    ASSERT_TRUE(reader.ok()) << reader.error().detail;
    EXPECT_EQ((*reader)->Latest().value()->head(), "head49");
    EXPECT_TRUE((*reader)->CheckFiles().ok());
  }
  const auto copy = RocksdbStore::Open(dir_ / "copy");
  ASSERT_TRUE(copy.ok()) << copy.error().detail;
  EXPECT_EQ((*copy)->Latest().value()->Scan("key", "kez", 99).value().size(), 50U);
  ASSERT_TRUE((*copy)->Commit("head49", "mine", {}).ok());
  EXPECT_EQ(store->Latest().value()->head(), "later");
}

// Every 13th byte of every table file: refused when opened, when read, or by CheckFiles; never
// other data.
TEST_F(RocksdbStoreTest, AFlippedBitInATableIsAlwaysFound) {
  {
    auto store = RocksdbStore::Create(Path()).value();
    Fill(*store, 20);
    ASSERT_TRUE(store->Checkpoint(dir_ / "copy").ok());
  }
  std::string table;
  for (const auto& file : std::filesystem::directory_iterator(dir_ / "copy")) {
    if (file.path().extension() == ".sst") table = file.path().string();
  }
  ASSERT_FALSE(table.empty());
  std::fstream file(table, std::ios::in | std::ios::out | std::ios::binary);
  const auto size = static_cast<std::streamoff>(std::filesystem::file_size(table));
  int found = 0, probes = 0;
  for (std::streamoff at = 0; at < size; at += 13, ++probes) {
    const auto flip = [&] {
      file.seekg(at);
      const int byte = file.get();
      file.seekp(at);
      file.put(static_cast<char>(byte ^ 0x04));
      file.flush();
    };
    flip();
    const auto store = RocksdbStore::OpenReadOnly(dir_ / "copy");
    found += !store.ok() || !(*store)->CheckFiles().ok() ? 1 : 0;
    flip();
  }
  EXPECT_EQ(found, probes);
  EXPECT_TRUE(RocksdbStore::OpenReadOnly(dir_ / "copy").value()->CheckFiles().ok());
}

}  // namespace
}  // namespace jejak::store
