// SPDX-License-Identifier: Apache-2.0
// Whether erased bytes are gone from RocksDB's files, wherever they lay before: memory and its log,
// tables of the first level, of the last, of both, or under a delete that destroyed nothing.
#include "ledger/store/rocksdb_erase.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstring>
#include <random>
#include <thread>

#include "ledger/store/rocksdb_store.h"
#include "tests/store/residue.h"
#include "tests/support/sought.h"
#include "tests/support/temporary_directory.h"

namespace jejak::store {
namespace {

class RocksdbEraseTest : public testing::Test {
 protected:
  void SetUp() override { store_ = RocksdbStore::Create(dir_ / "db", Settings()).value(); }

  static RocksdbSettings Settings() {
    RocksdbSettings settings;
    settings.memtable_bytes = std::size_t{1} << 20U;
    settings.cache_bytes = std::size_t{4} << 20U;
    return settings;
  }

  void Put(std::span<const Write> writes) {
    const std::string head = store_->Latest().value()->head();
    const auto done = store_->Commit(head, "head " + std::to_string(++commits_), writes);
    ASSERT_TRUE(done.ok()) << done.error().detail;
  }
  void PutSecret(const std::string& key) {
    std::string secret(32, '\0');
    for (char& c : secret) c = static_cast<char>(random_());
    secrets_.push_back(secret);
    const Write write{key, secret};
    Put(std::span(&write, 1));
  }
  // Memory goes to a table of the first level.
  void Reopen() {
    store_.reset();
    store_ = RocksdbStore::Open(dir_ / "db", Settings()).value();
  }
  // Rows on both sides of the secrets, more than the first levels hold.
  void Bury(int mebibytes = 16, const char* before = "a") {
    for (int i = 0; i < mebibytes * 8; ++i) {
      std::vector<Write> writes;
      for (int j = 0; j < 32; ++j) {
        std::string value(4096, '\0');
        for (char& c : value) c = static_cast<char>(random_());
        writes.push_back({(j % 2 == 0 ? before : "z") + std::to_string(random_() % 4000), value});
      }
      Put(writes);
    }
  }
  // In the files as they lie there now, whoever has them open; anew if one goes meanwhile.
  std::string ResidueNow() {
    const test::Sought sought(secrets_);
    const auto seen = [&sought](std::string_view bytes) { return sought.Seen(bytes); };
    for (int tries = 0; tries < 100; ++tries) {
      try {
        return ResidueIn(dir_ / "db", seen);
      } catch (const std::exception&) {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
      }
    }
    return ResidueIn(dir_ / "db", seen);
  }
  std::string Residue() {
    store_.reset();
    std::string found = ResidueNow();
    store_ = RocksdbStore::Open(dir_ / "db", Settings()).value();
    return found;
  }
  std::vector<Row> Others() {
    const auto view = store_->Latest().value();
    std::vector<Row> rows = view->Scan("", "m", 99999).value();
    const std::vector<Row> after = view->Scan("n", "\xff", 99999).value();
    rows.insert(rows.end(), after.begin(), after.end());
    return rows;
  }
  // Every secret is under "m…".
  void ExpectErased() {
    const std::vector<Row> others = Others();
    const KeyRange range{"m", "n"};
    const auto done = store_->Erase(std::span(&range, 1));
    ASSERT_TRUE(done.ok()) << done.error().detail;
    EXPECT_EQ(ResidueNow(), "");
    EXPECT_TRUE(Others() == others);
    EXPECT_EQ(Residue(), "");
    EXPECT_TRUE(Others() == others);
    EXPECT_TRUE(store_->CheckFiles().ok());
  }

  TemporaryDirectory dir_;
  std::unique_ptr<RocksdbStore> store_;
  std::mt19937_64 random_{41};
  std::vector<std::string> secrets_;
  int commits_ = 0;
};

TEST_F(RocksdbEraseTest, FromMemoryAndItsLog) {
  PutSecret("m1");
  ExpectErased();
}

TEST_F(RocksdbEraseTest, WhatTheSearchFindsBefore) {
  PutSecret("m1");
  EXPECT_NE(Residue(), "") << "in the log";
  EXPECT_NE(Residue(), "") << "in a table";
}

TEST_F(RocksdbEraseTest, FromATableOfTheFirstLevel) {
  PutSecret("m1");
  Reopen();
  ExpectErased();
}

TEST_F(RocksdbEraseTest, FromSeveralTablesOfTheFirstLevel) {
  for (const char* key : {"m1", "m2", "m1"}) {
    PutSecret(key);
    Reopen();
  }
  PutSecret("m3");
  ExpectErased();
}

TEST_F(RocksdbEraseTest, FromTheLastLevel) {
  PutSecret("m1");
  PutSecret("m2");
  Bury();
  EXPECT_NE(Residue(), "");
  ExpectErased();
}

TEST_F(RocksdbEraseTest, FromEveryLevelAtOnce) {
  for (int i = 0; i < 4; ++i) {
    PutSecret("m1");
    PutSecret("m2" + std::to_string(i));
    Bury(4);
    Reopen();
  }
  PutSecret("m1");
  ExpectErased();
}

// A delete alone leaves the bytes, and so does what a crash leaves of an erasure.
TEST_F(RocksdbEraseTest, FromUnderADelete) {
  for (const bool deep : {false, true}) {
    PutSecret("m1");
    if (deep) Bury(8);
    Reopen();
    const Write gone{"m1", std::nullopt};
    Put(std::span(&gone, 1));
    EXPECT_NE(Residue(), "") << "the trap is gone";
    ExpectErased();
  }
}

// While somebody reads an old state, value and delete go down to the last level together, into a
// table that begins behind the first key of the range.
TEST_F(RocksdbEraseTest, FromUnderADeleteThatAViewKeptAway) {
  PutSecret("m1");
  auto view = store_->Latest().value();
  const Write gone{"m1", std::nullopt};
  Put(std::span(&gone, 1));
  Bury(16, "y");
  EXPECT_NE(ResidueNow(), "");
  view.reset();  // from here on any compaction may drop it, and none has to
  ExpectErased();
}

// More than a level holds, in tables of the first level alone, just opened: a compaction is under
// way that moves everything to the last one.
TEST_F(RocksdbEraseTest, WhileALargeDatabaseIsBeingCompacted) {
  store_.reset();
  store_ = RocksdbStore::Open(dir_ / "db").value();
  for (int i = 0; i < 500; ++i) {
    std::vector<Write> writes;
    std::string value(std::size_t{1} << 20U, '\0');
    for (std::size_t at = 0; at < value.size(); at += 8) {
      const std::uint64_t random = random_();
      std::memcpy(&value[at], &random, sizeof random);
    }
    const Write write{(i % 2 == 0 ? "a" : "z") + std::to_string(i), value};
    Put(std::span(&write, 1));
    if (i == 490) PutSecret("m1");
  }
  store_.reset();
  store_ = RocksdbStore::Open(dir_ / "db").value();
  const KeyRange range{"m", "n"};
  const auto done = store_->Erase(std::span(&range, 1));
  ASSERT_TRUE(done.ok()) << done.error().detail;
  EXPECT_EQ(Residue(), "");
}

TEST_F(RocksdbEraseTest, TwoRangesFarApart) {
  PutSecret("m1");
  Bury(4);
  PutSecret("m9");
  const KeyRange ranges[] = {{"m1", "m2"}, {"m9", "n"}};
  ASSERT_TRUE(store_->Erase(ranges).ok());
  EXPECT_EQ(Residue(), "");
}

TEST_F(RocksdbEraseTest, AgainInADatabaseThatNothingWasWrittenToMeanwhile) {
  PutSecret("m1");
  PutSecret("x");
  for (int i = 0; i < 3; ++i) {
    const KeyRange range{"m", "n"};
    const auto done = store_->Erase(std::span(&range, 1));
    ASSERT_TRUE(done.ok()) << done.error().detail;
    Reopen();
    Reopen();
  }
}

TEST_F(RocksdbEraseTest, WhatIsNotErasedIsStillFound) {
  PutSecret("m1");
  PutSecret("m2");
  const KeyRange range{"m1", "m2"};
  ASSERT_TRUE(store_->Erase(std::span(&range, 1)).ok());
  EXPECT_NE(Residue(), "");
  secrets_.pop_back();
  EXPECT_EQ(Residue(), "");
}

TEST_F(RocksdbEraseTest, ReadersMayNot) {
  store_.reset();
  const auto reader = RocksdbStore::OpenReadOnly(dir_ / "db").value();
  const KeyRange range{"m", "n"};
  EXPECT_EQ(reader->Erase(std::span(&range, 1)).error().code, Code::kRefused);
}

}  // namespace
}  // namespace jejak::store
