// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "ledger/crypto/hash.h"
#include "ledger/sequencer/map_pages.h"
#include "ledger/statemap/pages.h"
#include "ledger/statemap/proof.h"

namespace jejak::sequencer {
namespace {

class CountingPages final : public statemap::PageReader {
 public:
  Result<std::vector<Bytes>> ReadPages(std::span<const statemap::PageId> ids) override {
    reads += static_cast<int>(ids.size());
    std::vector<Bytes> found;
    for (const statemap::PageId& id : ids) found.push_back(pages[id]);
    return found;
  }

  std::map<statemap::PageId, Bytes> pages;
  int reads = 0;
};

class MapTreesTest : public testing::Test {
 protected:
  MapTreesTest() {
    std::vector<statemap::MapItem> sets;
    for (int i = 0; i < 100; ++i)
      sets.emplace_back(crypto::Sha256(AsBytes(std::to_string(i))), Digest{});
    std::sort(sets.begin(), sets.end());
    auto update = statemap::UpdateMap(pages_, {}, sets, 7);
    for (auto& [id, bytes] : update->written) pages_.pages[id] = std::move(bytes);
    root_ = update->next;
    key_ = sets[50].first;
  }

  CountingPages pages_;
  TreeCache cache_{64};
  MapTrees trees_{pages_, cache_};
  statemap::MapRoot root_;
  Digest key_;
};

TEST_F(MapTreesTest, ReadsAPageOnceAndProvesTheSame) {
  const auto fresh = statemap::BuildMapPath(pages_, root_, key_);
  const auto first = statemap::BuildMapPaths(trees_, root_, std::span(&key_, 1));
  const int reads = pages_.reads;
  const auto again = statemap::BuildMapPaths(trees_, root_, std::span(&key_, 1));
  ASSERT_TRUE(fresh.ok() && first.ok() && again.ok());
  EXPECT_EQ(first->front(), *fresh);
  EXPECT_EQ(again->front(), *fresh);
  EXPECT_EQ(pages_.reads, reads);
}

TEST_F(MapTreesTest, RefusesAKeptPageWithAnotherNumberOfKeys) {
  ASSERT_TRUE(statemap::BuildMapPaths(trees_, root_, std::span(&key_, 1)).ok());
  statemap::MapRoot other = root_;
  other.streams += 1;
  const auto paths = statemap::BuildMapPaths(trees_, other, std::span(&key_, 1));
  ASSERT_FALSE(paths.ok());
  EXPECT_EQ(paths.error().code, Code::kInternal);
}

}  // namespace
}  // namespace jejak::sequencer
