// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fault_store.h"

#include <gtest/gtest.h>

#include "ledger/store/memory_store.h"

namespace jejak::store {
namespace {

class FaultStoreTest : public testing::Test {
 protected:
  Code Commit(const std::string& expected, const std::string& head) {
    const auto done = store_.Commit(expected, head, {});
    return done.ok() ? Code::kNotFound : done.error().code;
  }
  std::string Head() { return store_.Latest().value()->head(); }

  FaultStore store_{std::make_shared<MemoryStore>()};
};

TEST_F(FaultStoreTest, ARefusedCommitLeavesTheStoreAsItWas) {
  store_.FailAt(2, FaultStore::Fault::kRefuse);
  store_.FailAt(3, FaultStore::Fault::kConflict);
  EXPECT_EQ(Commit("", "1"), Code::kNotFound);
  EXPECT_EQ(Commit("1", "2"), Code::kUnavailable);
  EXPECT_EQ(Commit("1", "2"), Code::kConflict);
  EXPECT_EQ(Commit("1", "2"), Code::kNotFound);
  EXPECT_EQ(Head(), "2");
  EXPECT_EQ(store_.commits(), 4U);
}

TEST_F(FaultStoreTest, AnUnknownOutcomeStopsAllCommitsUntilReopened) {
  store_.FailAt(2, FaultStore::Fault::kFailUnstored);
  store_.FailAt(4, FaultStore::Fault::kFailStored);
  EXPECT_EQ(Commit("", "1"), Code::kNotFound);
  EXPECT_EQ(Commit("1", "2"), Code::kUnknownOutcome);
  EXPECT_EQ(Commit("1", "2"), Code::kUnknownOutcome);
  store_.Reopen();
  EXPECT_EQ(Head(), "1");
  EXPECT_EQ(Commit("1", "2"), Code::kUnknownOutcome);
  EXPECT_EQ(Head(), "1") << "stored, but not acknowledged";
  store_.Reopen();
  EXPECT_EQ(Head(), "2");
  EXPECT_EQ(Commit("2", "3"), Code::kNotFound);
}

TEST_F(FaultStoreTest, AnErasureFailsLikeACommit) {
  const KeyRange range{"a", "b"};
  const Write write{"a", "1"};
  const auto erase = [&] {
    const auto done = store_.Erase(std::span(&range, 1));
    return done.ok() ? Code::kNotFound : done.error().code;
  };
  const auto rows = [&] { return store_.Latest().value()->Scan("a", "b", 9).value().size(); };
  ASSERT_TRUE(store_.Commit("", "1", std::span(&write, 1)).ok());
  store_.FailAt(2, FaultStore::Fault::kRefuse);
  store_.FailAt(3, FaultStore::Fault::kFailUnstored);
  store_.FailAt(5, FaultStore::Fault::kFailStored);
  EXPECT_EQ(erase(), Code::kUnavailable);
  EXPECT_EQ(erase(), Code::kUnknownOutcome);
  EXPECT_EQ(rows(), 1U);
  EXPECT_EQ(erase(), Code::kUnknownOutcome) << "until reopened";
  store_.Reopen();
  EXPECT_EQ(erase(), Code::kUnknownOutcome);
  store_.Reopen();
  EXPECT_EQ(rows(), 0U);
  EXPECT_EQ(erase(), Code::kNotFound);
  EXPECT_EQ(Head(), "1");
}

}  // namespace
}  // namespace jejak::store
