// SPDX-License-Identifier: Apache-2.0
// A million keys: pages and memory agree, and what an update costs is printed.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <iostream>
#include <unordered_map>

#include "ledger/statemap/memory_map.h"
#include "ledger/statemap/proof.h"
#include "tests/statemap/map_reference.h"

namespace jejak::statemap {
namespace {

constexpr std::size_t kKeys = 1'000'000, kBatch = 256, kUpdates = 200;

struct PageIdHash {
  std::size_t operator()(const PageId& id) const {
    return DigestHash()(id.prefix) ^ (id.version * 0x9e3779b97f4a7c15U) ^
           (std::size_t{id.depth} << 56U);
  }
};

class HashedPages final : public PageReader {
 public:
  Result<std::vector<Bytes>> ReadPages(std::span<const PageId> ids) override {
    std::vector<Bytes> found;
    found.reserve(ids.size());
    for (const PageId& id : ids) {
      const auto page = pages.find(id);
      if (page == pages.end()) return Internal("a page is missing");
      found.push_back(page->second);
    }
    return found;
  }
  void Apply(MapUpdate&& update) {
    for (const PageId& id : update.replaced) pages.erase(id);
    for (auto& [id, bytes] : update.written) pages.emplace(id, std::move(bytes));
  }
  std::unordered_map<PageId, Bytes, PageIdHash> pages;
};

double Microseconds(std::chrono::steady_clock::duration time) {
  return std::chrono::duration<double, std::micro>(time).count();
}

TEST(MapScaleTest, AMillionKeysInBatchesOf256) {
  Seeded seeded(31);
  std::vector<MapItem> items(kKeys);
  for (MapItem& item : items) item = {seeded.NextDigest(), seeded.NextDigest()};
  std::ranges::sort(items);
  MemoryMap memory;
  const auto fill = std::chrono::steady_clock::now();
  for (const auto& [key, value] : items) memory.Set(key, value);
  const Digest filled = memory.Root();
  const auto filled_after = std::chrono::steady_clock::now() - fill;
  HashedPages pages;
  auto first = UpdateMap(pages, {}, items, 1);
  ASSERT_TRUE(first.ok());
  MapRoot root = first->next;
  pages.Apply(std::move(*first));
  ASSERT_EQ(root.root, filled);
  ASSERT_EQ(root.streams, kKeys);

  std::chrono::steady_clock::duration in_pages{}, in_memory{};
  std::size_t written_bytes = 0;
  for (std::size_t round = 0; round < kUpdates; ++round) {
    Items sets;
    while (sets.size() < kBatch) sets[items[seeded.Below(kKeys)].first] = seeded.NextDigest();
    const std::vector<MapItem> sorted = Sorted(sets);
    const auto start = std::chrono::steady_clock::now();
    auto update = UpdateMap(pages, root, sorted, root.version + 1);
    const auto middle = std::chrono::steady_clock::now();
    for (const auto& [key, value] : sorted) memory.Set(key, value);
    const Digest expected = memory.Root();
    in_memory += std::chrono::steady_clock::now() - middle;
    in_pages += middle - start;
    ASSERT_TRUE(update.ok());
    for (const auto& page : update->written) written_bytes += page.second.size();
    root = update->next;
    pages.Apply(std::move(*update));
    ASSERT_EQ(root.root, expected) << round;
  }
  ASSERT_TRUE(CheckMap(pages, root).ok());
  ASSERT_EQ(BuildMapPath(pages, root, items[777].first).value(), memory.Path(items[777].first));
  const double keys = kUpdates * kBatch;
  std::cout << "fill in memory " << Microseconds(filled_after) / kKeys << " us per key\n"
            << "update in pages " << Microseconds(in_pages) / keys << " us per key, "
            << static_cast<double>(written_bytes) / keys << " bytes written per key, "
            << pages.pages.size() << " pages\n"
            << "update in memory " << Microseconds(in_memory) / keys << " us per key\n";
}

}  // namespace
}  // namespace jejak::statemap
