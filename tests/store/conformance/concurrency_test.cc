// SPDX-License-Identifier: Apache-2.0
// What every engine answers to many callers at once.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <set>
#include <thread>

#include "tests/store/conformance/engine.h"

namespace jejak::store {
namespace {

constexpr int kReaders = 64, kCommits = 100, kKeys = 16;

class StoreConcurrencyTest : public StorePortTest {};

// Each commit writes its number under every key and as the head: a reader that sees two numbers saw
// half a commit.
TEST_P(StoreConcurrencyTest, SixtyFourReadersNeverSeeHalfACommitOrGoBack) {
  std::vector<std::string> keys;
  for (int i = 0; i < kKeys; ++i) keys.push_back("k" + std::to_string(i));
  std::vector<Write> writes;
  for (const auto& key : keys) writes.push_back({key, "0"});
  ASSERT_TRUE(store().Commit("", "0", writes).ok());

  std::atomic<bool> done = false;
  std::atomic<int> torn = 0, backwards = 0, reads = 0;
  const auto read = [&] {
    int newest = 0;
    while (!done) {
      const auto view = store().Latest().value();
      const std::string head = view->head();
      const auto values = view->Read(keys).value();
      for (const auto& value : values) torn += value == head ? 0 : 1;
      for (const auto& row : Rows(*view, "k", "l", kKeys)) torn += row.second == head ? 0 : 1;
      backwards += std::stoi(head) < newest ? 1 : 0;
      newest = std::stoi(head);
      ++reads;
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  };
  std::vector<std::jthread> readers;
  for (int i = 0; i < kReaders; ++i) readers.emplace_back(read);
  for (int n = 1; n <= kCommits; ++n) {
    for (auto& write : writes) write.value = std::to_string(n);
    EXPECT_TRUE(store().Commit(std::to_string(n - 1), std::to_string(n), writes).ok());
  }
  while (reads < kReaders) std::this_thread::yield();
  done = true;
  readers.clear();
  EXPECT_EQ(torn, 0);
  EXPECT_EQ(backwards, 0);
  EXPECT_EQ(Head(), std::to_string(kCommits));
}

// Writers race on the head; each success must have built on the success before it.
TEST_P(StoreConcurrencyTest, OfTwoWritersOnOneHeadExactlyOneWins) {
  constexpr int kWriters = 4, kWins = 50;
  std::atomic<int> other_errors = 0;
  const auto write = [&](int writer) {
    for (int wins = 0; wins < kWins;) {
      const auto view = store().Latest().value();
      const int count = Get(*view, "count") ? std::stoi(*Get(*view, "count")) : 0;
      const std::string head = std::to_string(writer) + "/" + std::to_string(wins);
      const Write writes[] = {{"count", std::to_string(count + 1)}, {"won/" + head, view->head()}};
      const auto done = store().Commit(view->head(), head, writes);
      if (done.ok()) {
        ++wins;
      } else if (done.error().code != Code::kConflict) {
        ++other_errors;
        return;
      }
    }
  };
  {
    std::vector<std::jthread> writers;
    for (int i = 0; i < kWriters; ++i) writers.emplace_back(write, i);
  }
  EXPECT_EQ(other_errors, 0);
  EXPECT_EQ(Get(*Now(), "count"), std::to_string(kWriters * kWins));
  std::set<std::string> parents;
  for (const auto& row : Rows(*Now(), "won/", "won0", 1000)) parents.insert(row.second);
  EXPECT_EQ(parents.size(), static_cast<std::size_t>(kWriters * kWins))
      << "a head had two successors";
}

INSTANTIATE_TEST_SUITE_P(Engines, StoreConcurrencyTest, testing::ValuesIn(AllEngines()),
                         [](const auto& tested) { return tested.param.name; });

}  // namespace
}  // namespace jejak::store
