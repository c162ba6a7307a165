// SPDX-License-Identifier: Apache-2.0
// What a damaged or torn write-ahead log does to a store, and what kill -9 leaves.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <fstream>

#include "ledger/store/rocksdb_store.h"
#include "tests/support/temporary_directory.h"

namespace jejak::store {
namespace {

constexpr int kCommits = 20;
constexpr std::size_t kValueBytes = 300;

std::string HeadOf(int commit) { return "head" + std::to_string(commit); }
std::string KeyOf(int commit) { return "key" + std::to_string(1000 + commit); }

// A store of kCommits commits that was closed, and its newest WAL.
class WalDamageTest : public testing::Test {
 protected:
  void SetUp() override {
    auto store = RocksdbStore::Create(dir_ / "db").value();
    std::string before;
    for (int i = 1; i <= kCommits; ++i) {
      const Write write{KeyOf(i), std::string(kValueBytes, static_cast<char>('a' + i))};
      ASSERT_TRUE(store->Commit(before, HeadOf(i), std::span(&write, 1)).ok());
      before = HeadOf(i);
    }
    store.reset();
    std::ifstream file(NewestWal(dir_ / "db"), std::ios::binary);
    wal_.assign(std::istreambuf_iterator<char>(file), {});
    ASSERT_GT(wal_.size(), kCommits * kValueBytes);
  }

  static std::string NewestWal(const std::string& dir) {
    std::string newest;
    for (const auto& file : std::filesystem::directory_iterator(dir)) {
      if (file.path().extension() == ".log") newest = std::max(newest, file.path().string());
    }
    return newest;
  }

  // A fresh copy of the store with this WAL.
  std::string CopyWith(const std::string& wal) {
    const std::string copy = dir_ / "copy";
    std::filesystem::remove_all(copy);
    std::filesystem::copy(dir_ / "db", copy);
    std::ofstream(NewestWal(copy), std::ios::binary | std::ios::trunc) << wal;
    return copy;
  }

  // The number of the commit that the view is at; fails unless exactly the commits up to it are
  // there.
  static int CommitOf(RocksdbStore& store) {
    const auto view = store.Latest().value();
    const std::string head = view->head();
    const int commit = head.empty() ? 0 : std::stoi(head.substr(4));
    const auto rows = view->Scan("key", "kez", 1000).value();
    EXPECT_EQ(rows.size(), static_cast<std::size_t>(commit));
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const auto number = static_cast<int>(i) + 1;
      EXPECT_EQ(rows[i].first, KeyOf(number));
      EXPECT_EQ(rows[i].second, std::string(kValueBytes, static_cast<char>('a' + number)));
    }
    return commit;
  }

  TemporaryDirectory dir_;
  std::string wal_;
};

TEST_F(WalDamageTest, StrictOpenRefusesEveryFlippedBit) {
  for (std::size_t at = 0; at < wal_.size(); at += 97) {
    std::string damaged = wal_;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
    const auto store = RocksdbStore::OpenReadOnly(CopyWith(damaged));
    ASSERT_FALSE(store.ok()) << "byte " << at << " of " << wal_.size();
    EXPECT_EQ(store.error().code, Code::kInternal);
  }
}

TEST_F(WalDamageTest, StrictOpenRefusesATornTailAndTolerantOpenLosesTheTornCommitAlone) {
  for (const std::size_t cut : {1U, 2U, 7U, 100U, 200U, 300U}) {
    const std::string torn = wal_.substr(0, wal_.size() - cut);
    const std::string copy = CopyWith(torn);
    const auto strict = RocksdbStore::Open(copy);
    ASSERT_FALSE(strict.ok()) << cut;
    EXPECT_EQ(strict.error().code, Code::kInternal);
    {
      const auto look = RocksdbStore::OpenReadOnly(copy, WalTail::kMayBeTorn);
      ASSERT_TRUE(look.ok()) << look.error().detail;
      EXPECT_EQ(CommitOf(**look), kCommits - 1);
    }
    EXPECT_FALSE(RocksdbStore::Open(copy).ok()) << "looking has changed the store";
    {
      const auto tolerant = RocksdbStore::OpenTolerant(copy);
      ASSERT_TRUE(tolerant.ok()) << tolerant.error().detail;
      EXPECT_EQ(CommitOf(**tolerant), kCommits - 1);
      ASSERT_TRUE((*tolerant)->Commit(HeadOf(kCommits - 1), HeadOf(99), {}).ok());
    }
    const auto again = RocksdbStore::Open(copy);
    ASSERT_TRUE(again.ok()) << again.error().detail;
    EXPECT_EQ((*again)->Latest().value()->head(), HeadOf(99));
  }
}

// Whole records that are gone from the end can't be told from records that were never written: the
// store then opens as an earlier, whole state, and the guard sees that it is too old. Everything
// else is refused.
TEST_F(WalDamageTest, ACutIsRefusedOrIsAnEarlierWholeState) {
  int refused = 0, earlier = 0;
  for (std::size_t size = 0; size < wal_.size(); size += 23) {
    const auto store = RocksdbStore::OpenReadOnly(CopyWith(wal_.substr(0, size)));
    if (store.ok()) {
      EXPECT_LT(CommitOf(**store), kCommits);
      ++earlier;
    } else {
      ++refused;
    }
  }
  EXPECT_GT(refused, 250);
  EXPECT_LE(earlier, kCommits);
}

TEST_F(WalDamageTest, AZeroedTailIsRefusedOrIsAnEarlierWholeState) {
  for (std::size_t zeros = 1; zeros < wal_.size(); zeros += 61) {
    std::string damaged = wal_;
    std::fill(damaged.end() - static_cast<std::ptrdiff_t>(zeros), damaged.end(), '\0');
    const auto store = RocksdbStore::OpenReadOnly(CopyWith(damaged));
    if (zeros < kValueBytes) {
      EXPECT_FALSE(store.ok()) << zeros;
    } else if (store.ok()) {
      EXPECT_LT(CommitOf(**store), kCommits) << zeros;
    }
  }
}

TEST_F(WalDamageTest, ZerosAfterTheLastCommitChangeNothing) {
  const auto store = RocksdbStore::OpenReadOnly(CopyWith(wal_ + std::string(100, '\0')));
  ASSERT_TRUE(store.ok()) << store.error().detail;
  EXPECT_EQ(CommitOf(**store), kCommits);
}

TEST_F(WalDamageTest, WithoutItsNewestWalItIsTheStateBeforeThatWal) {
  const std::string copy = CopyWith(wal_);
  std::filesystem::remove(NewestWal(copy));
  const auto store = RocksdbStore::OpenReadOnly(copy);
  ASSERT_TRUE(store.ok()) << store.error().detail;
  EXPECT_EQ(CommitOf(**store), 0);
}

// A child commits and reports each acknowledged number; it is killed in full flight. What it had
// reported is there.
TEST(KillTest, EveryAcknowledgedCommitSurvivesKill9) {
  TemporaryDirectory dir;
  const std::string path = dir / "db";
  { ASSERT_TRUE(RocksdbStore::Create(path).ok()); }
  int newest = 0;
  for (int cycle = 0; cycle < 10; ++cycle) {
    int pipe_ends[2];
    ASSERT_EQ(pipe(pipe_ends), 0);
    const pid_t child = fork();
    if (child == 0) {
      auto store = RocksdbStore::Open(path);
      if (!store.ok()) store = RocksdbStore::OpenTolerant(path);
      if (!store.ok()) _exit(1);
      std::string head = (*store)->Latest().value()->head();
      for (int n = head.empty() ? 1 : std::stoi(head) + 1;; ++n) {
        std::vector<Write> writes;
        for (int i = 0; i < 20; ++i) {
          writes.push_back({std::to_string(n) + "/" + std::to_string(i), std::string(2000, 'x')});
        }
        if (!(*store)->Commit(head, std::to_string(n), writes).ok()) _exit(2);
        head = std::to_string(n);
        if (write(pipe_ends[1], &n, sizeof n) != sizeof n) _exit(3);
      }
    }
    close(pipe_ends[1]);
    const int wanted = 5 + cycle * 17;
    for (int seen = 0; seen < wanted; ++seen) {
      ASSERT_EQ(read(pipe_ends[0], &newest, sizeof newest), static_cast<ssize_t>(sizeof newest));
    }
    kill(child, SIGKILL);
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status)) << "the child ended by itself";
    int reported = 0;
    while (read(pipe_ends[0], &reported, sizeof reported) ==
           static_cast<ssize_t>(sizeof reported)) {
      newest = reported;
    }
    close(pipe_ends[0]);

    auto store = RocksdbStore::OpenReadOnly(path, WalTail::kMayBeTorn);
    ASSERT_TRUE(store.ok()) << store.error().detail;
    const auto view = (*store)->Latest().value();
    const int head = std::stoi(view->head());
    EXPECT_GE(head, newest) << "cycle " << cycle;
    EXPECT_LE(head, newest + 1) << "cycle " << cycle;
    const auto rows = view->Scan("", "\xff", 1000000).value();
    EXPECT_EQ(rows.size(), static_cast<std::size_t>(head) * 20) << "half a commit is there";
  }
}

}  // namespace
}  // namespace jejak::store
