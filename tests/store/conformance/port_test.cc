// SPDX-License-Identifier: Apache-2.0
// What every engine answers, one caller at a time.
#include <gtest/gtest.h>

#include <map>
#include <random>

#include "tests/store/conformance/engine.h"

namespace jejak::store {
namespace {

using std::string_literals::operator""s;

TEST_P(StorePortTest, AFreshStoreHasAnEmptyHeadAndNoKeys) {
  EXPECT_EQ(Head(), "");
  EXPECT_EQ(Get(*Now(), "a"), std::nullopt);
  EXPECT_TRUE(Now()->Scan("", "\xff", 10).value().empty());
}

TEST_P(StorePortTest, ACommitSetsHeadAndKeysTogether) {
  const Write writes[] = {{"a", "1"}, {"b", "2"}};
  ASSERT_TRUE(store().Commit("", "head-1", writes).ok());
  EXPECT_EQ(Head(), "head-1");
  const std::vector<std::string> keys{"b", "missing", "a", "b"};
  const std::vector<std::optional<std::string>> expected{"2", std::nullopt, "1", "2"};
  EXPECT_EQ(Now()->Read(keys).value(), expected);
  EXPECT_TRUE(Now()->Read({}).value().empty());
}

TEST_P(StorePortTest, AnotherHeadThanExpectedStoresNothing) {
  Put({{"a", "1"}});
  const Write write{"a", "2"};
  for (const char* expected : {"", "put 0", "put 11"}) {
    const auto done = store().Commit(expected, "mine", std::span(&write, 1));
    ASSERT_FALSE(done.ok());
    EXPECT_EQ(done.error().code, Code::kConflict);
  }
  EXPECT_EQ(Head(), "put 1");
  EXPECT_EQ(Get(*Now(), "a"), "1");
  EXPECT_TRUE(store().Commit("put 1", "mine", std::span(&write, 1)).ok());
}

TEST_P(StorePortTest, RefusesAnEmptyHeadAndTheEnginesOwnKeys) {
  const Write empty{"", "1"}, own{"\0head"s, "1"}, good{"a", "1"};
  const auto code = [&](const char* head, const Write& write) {
    const Write writes[] = {good, write};
    const auto done = store().Commit("", head, writes);
    return done.ok() ? Code::kNotFound : done.error().code;
  };
  EXPECT_EQ(code("", good), Code::kInternal);
  EXPECT_EQ(code("head", empty), Code::kInternal);
  EXPECT_EQ(code("head", own), Code::kInternal);
  EXPECT_EQ(Head(), "");
  EXPECT_EQ(Get(*Now(), "a"), std::nullopt);
  EXPECT_EQ(code("head", good), Code::kNotFound);
}

TEST_P(StorePortTest, AViewNeverChanges) {
  Put({{"a", "1"}, {"b", "1"}});
  const auto before = Now();
  Put({{"a", "2"}, {"b", std::nullopt}, {"c", "2"}});
  Put({{"a", "3"}});
  EXPECT_EQ(before->head(), "put 1");
  EXPECT_EQ(Get(*before, "a"), "1");
  EXPECT_EQ(Get(*before, "b"), "1");
  EXPECT_EQ(Get(*before, "c"), std::nullopt);
  EXPECT_EQ(before->Scan("a", "z", 9).value(), (std::vector<Row>{{"a", "1"}, {"b", "1"}}));
  EXPECT_EQ(Now()->Scan("a", "z", 9).value(), (std::vector<Row>{{"a", "3"}, {"c", "2"}}));
}

TEST_P(StorePortTest, AViewOutlivesItsStore) {
  Put({{"a", "1"}});
  const auto view = Now();
  engine_.reset();
  EXPECT_EQ(view->head(), "put 1");
  EXPECT_EQ(Get(*view, "a"), "1");
}

TEST_P(StorePortTest, DeletesAreDeletesAndEmptyValuesAreValues) {
  Put({{"a", ""}, {"b", "1"}, {"c", "1"}});
  EXPECT_EQ(Get(*Now(), "a"), "");
  Put({{"b", std::nullopt}, {"never", std::nullopt}});
  EXPECT_EQ(Get(*Now(), "b"), std::nullopt);
  EXPECT_EQ(Now()->Scan("a", "z", 9).value(), (std::vector<Row>{{"a", ""}, {"c", "1"}}));
  Put({{"b", "again"}});
  EXPECT_EQ(Get(*Now(), "b"), "again");
}

TEST_P(StorePortTest, TheLastWriteToAKeyInABatchWins) {
  Put({{"a", "1"}, {"a", "2"}, {"b", "1"}, {"b", std::nullopt}, {"c", std::nullopt}, {"c", "1"}});
  EXPECT_EQ(Now()->Scan("a", "z", 9).value(), (std::vector<Row>{{"a", "2"}, {"c", "1"}}));
}

TEST_P(StorePortTest, ScansAreHalfOpenOrderedAndLimited) {
  Put({{"k1", "1"}, {"k2", "2"}, {"k3", "3"}, {"k20", "20"}});
  const auto keys = [&](std::string_view from, std::string_view to, std::size_t limit) {
    std::string joined;
    for (const auto& row : Rows(*Now(), from, to, limit)) joined += row.first + " ";
    return joined;
  };
  EXPECT_EQ(keys("k1", "k3", 9), "k1 k2 k20 ");
  EXPECT_EQ(keys("k1", "k3\0"s, 9), "k1 k2 k20 k3 ");
  EXPECT_EQ(keys("k10", "k9", 2), "k2 k20 ");
  EXPECT_EQ(keys("", "\xff", 1), "k1 ");
  EXPECT_EQ(keys("k1", "k3", 0), "");
  EXPECT_EQ(keys("k3", "k1", 9), "");
  EXPECT_EQ(keys("k1", "k1", 9), "");
  EXPECT_EQ(keys("k1", "", 9), "");
}

TEST_P(StorePortTest, KeysAndValuesAreBytesOrderedAsUnsigned) {
  std::vector<Write> writes;
  for (int byte = 255; byte >= 1; --byte) {
    const std::string key(1, static_cast<char>(byte));
    writes.push_back({key, "\0\xff\n"s + key});
    writes.push_back({key + "\0"s, key});
  }
  ASSERT_TRUE(store().Commit("", "\0\x01\xff"s, writes).ok());
  EXPECT_EQ(Head(), "\0\x01\xff"s);
  const auto rows = Now()->Scan("", "\xff\xff", 1000).value();
  ASSERT_EQ(rows.size(), writes.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    EXPECT_EQ(static_cast<unsigned char>(rows[i].first[0]), i / 2 + 1);
  }
  EXPECT_EQ(Get(*Now(), "\x80"), "\0\xff\n\x80"s);
}

TEST_P(StorePortTest, TheEnginesOwnKeysAreNotInAScan) {
  Put({{"\x01", "1"}});
  EXPECT_EQ(Now()->Scan("\0"s, "\x02", 9).value().size(), 1U);
}

TEST_P(StorePortTest, LargeBatchesAreWholeOrNothing) {
  std::vector<Write> writes;
  for (int i = 0; i < 20000; ++i) {
    writes.push_back(
        {"key" + std::to_string(i), std::string(1000, static_cast<char>('a' + i % 26))});
  }
  writes.push_back({"big", std::string(std::size_t{8} << 20U, 'x')});
  EXPECT_EQ(store().Commit("other", "large", writes).error().code, Code::kConflict);
  EXPECT_TRUE(Now()->Scan("", "\xff", 9).value().empty());
  ASSERT_TRUE(store().Commit("", "large", writes).ok());
  EXPECT_EQ(Now()->Scan("key", "kez", 30000).value().size(), 20000U);
  EXPECT_EQ(Get(*Now(), "big")->size(), std::size_t{8} << 20U);
  EXPECT_EQ(Get(*Now(), "key19999"), writes[19999].value);
}

TEST_P(StorePortTest, SeededOperationsEqualAModelAlsoAfterReopening) {
  std::mt19937_64 random(7);
  std::map<std::string, std::string> model;
  for (int round = 0; round < 200; ++round) {
    std::vector<Write> writes;
    for (std::uint64_t i = 0, n = random() % 50; i < n; ++i) {
      const std::string key = "k" + std::to_string(random() % 300);
      if (random() % 4 == 0) {
        writes.push_back({key, std::nullopt});
        model.erase(key);
      } else {
        writes.push_back({key, std::string(random() % 700, static_cast<char>(random() % 256))});
        model[key] = *writes.back().value;
      }
    }
    ASSERT_TRUE(store().Commit(Head(), "round " + std::to_string(round), writes).ok());
    if (round % 40 == 39) engine_->Reopen();
    if (round % 10 != 9) continue;
    EXPECT_EQ(Head(), "round " + std::to_string(round));
    EXPECT_EQ(Now()->Scan("", "\xff", 1000).value(), std::vector<Row>(model.begin(), model.end()));
  }
}

TEST_P(StorePortTest, EverythingIsThereAfterReopening) {
  Put({{"a", "1"}, {"b", "1"}});
  Put({{"b", std::nullopt}});
  if (!engine_->Reopen()) GTEST_SKIP() << "this engine keeps nothing";
  EXPECT_EQ(Head(), "put 2");
  EXPECT_EQ(Get(*Now(), "a"), "1");
  EXPECT_EQ(Get(*Now(), "b"), std::nullopt);
  Put({{"a", "2"}});
  EXPECT_EQ(Get(*Now(), "a"), "2");
}

INSTANTIATE_TEST_SUITE_P(Engines, StorePortTest, testing::ValuesIn(AllEngines()),
                         [](const auto& tested) { return tested.param.name; });

}  // namespace
}  // namespace jejak::store
