// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "ledger/base/text.h"
#include "ledger/statemap/pages.h"
#include "tests/statemap/map_reference.h"

namespace jejak::statemap {
namespace {

constexpr PageId kRootId{43, 0, {}};

IndexPage ExampleIndex() {
  IndexPage page;
  page.slots[0] = {42, 20, LateKey(1, 8)};
  page.slots[15] = {43, 5, LateKey(2, 8)};
  return page;
}

BucketPage ExampleBucket() {
  return {{LateKey(1, 8), LateKey(9, 8)}, {LateKey(2, 8), LateKey(9, 8)}};
}

TEST(PageCodecTest, TheIndexPageOfTheHeaderHasTheseBytes) {
  const Bytes bytes = EncodePage(ExampleIndex());
  EXPECT_EQ(EncodeHex(bytes), "0180012a14" + EncodeHex(LateKey(1, 8).view()) + "2b05" +
                                  EncodeHex(LateKey(2, 8).view()));
  const auto page = ParsePage(kRootId, bytes);
  ASSERT_TRUE(page.ok());
  EXPECT_EQ(EncodePage(*page), bytes);
  EXPECT_EQ(PageCount(*page), 25U);
}

TEST(PageCodecTest, ABucketHasTheseBytes) {
  const Bytes bytes = EncodePage(ExampleBucket());
  ASSERT_EQ(bytes.size(), 2U + 2 * 64);
  EXPECT_EQ(bytes[0], 2);
  EXPECT_EQ(bytes[1], 2);
  const auto page = ParsePage(kRootId, bytes);
  ASSERT_TRUE(page.ok());
  EXPECT_EQ(EncodePage(*page), bytes);
}

struct IndexFault {
  const char* name;
  std::function<void(IndexPage&)> break_it;
};

TEST(PageCodecTest, RefusesIndexPagesThatNoUpdateWrites) {
  const IndexFault faults[] = {
      {"child newer than the page", [](IndexPage& page) { page.slots[0].version = 44; }},
      {"few enough keys for a bucket", [](IndexPage& page) { page.slots[15].count = 4; }},
      {"too many keys below a child", [](IndexPage& page) { page.slots[0].count = 1ULL << 53U; }},
      {"too many keys in all",
       [](IndexPage& page) {
         page.slots[0].count = kMaxDecimal;
         page.slots[15].count = kMaxDecimal;
       }},
      {"no child", [](IndexPage& page) { page = IndexPage{}; }},
  };
  for (const IndexFault& fault : faults) {
    IndexPage page = ExampleIndex();
    fault.break_it(page);
    EXPECT_FALSE(ParsePage(kRootId, EncodePage(page)).ok()) << fault.name;
  }
}

TEST(PageCodecTest, RefusesBucketsThatNoUpdateWrites) {
  const auto refused = [](const PageId& id, const BucketPage& page) {
    return !ParsePage(id, EncodePage(page)).ok();
  };
  EXPECT_TRUE(refused(kRootId, {}));
  BucketPage swapped = ExampleBucket();
  std::swap(swapped[0], swapped[1]);
  EXPECT_TRUE(refused(kRootId, swapped));
  BucketPage twice = ExampleBucket();
  twice[1].first = twice[0].first;
  EXPECT_TRUE(refused(kRootId, twice));
  BucketPage crowded;
  for (std::uint64_t i = 0; i < kBucketItems; ++i) crowded.emplace_back(LateKey(i, 8), Digest{});
  EXPECT_FALSE(refused(kRootId, crowded));
  crowded.emplace_back(LateKey(kBucketItems, 8), Digest{});
  EXPECT_TRUE(refused(kRootId, crowded));
  EXPECT_FALSE(refused({43, 1, FromHex("a" + std::string(63, '0'))}, ExampleBucket()));
  EXPECT_TRUE(refused({43, 1, FromHex("b" + std::string(63, '0'))}, ExampleBucket()));
}

TEST(PageCodecTest, RefusesNumbersThatAreNotMinimalAndOtherTags) {
  const Bytes good = EncodePage(ExampleIndex());
  Bytes padded = good;
  padded[3] = 0xaa;  // 42 as aa 00
  padded.insert(padded.begin() + 4, 0x00);
  EXPECT_FALSE(ParsePage(kRootId, padded).ok());
  Bytes endless = good;
  endless.insert(endless.begin() + 3, 9, 0x80);
  EXPECT_FALSE(ParsePage(kRootId, endless).ok());
  Bytes zero_keys = good;
  zero_keys[38] = 25;  // enough at the other child alone
  ASSERT_TRUE(ParsePage(kRootId, zero_keys).ok());
  zero_keys[4] = 0;
  EXPECT_FALSE(ParsePage(kRootId, zero_keys).ok());
  Bytes tag = good;
  tag[0] = 3;
  EXPECT_FALSE(ParsePage(kRootId, tag).ok());
  EXPECT_FALSE(ParsePage({43, 63, {}}, good).ok()) << "an index page at the last depth";
  EXPECT_TRUE(ParsePage({43, 62, {}}, good).ok());
  const Bytes one_key = EncodePage(BucketPage{{LateKey(1, 8), LateKey(9, 8)}});
  EXPECT_FALSE(ParsePage({43, 64, LateKey(1, 8)}, one_key).ok());
  EXPECT_TRUE(ParsePage({43, 63, LateKey(1, 8)}, one_key).ok());
}

TEST(PageCodecTest, RefusesEveryTruncationAndEveryExtension) {
  for (const Page& page : {Page(ExampleIndex()), Page(ExampleBucket())}) {
    Bytes bytes = EncodePage(page);
    for (std::size_t n = 0; n < bytes.size(); ++n) {
      EXPECT_FALSE(ParsePage(kRootId, ByteView(bytes).first(n)).ok()) << n;
    }
    bytes.push_back(0);
    EXPECT_FALSE(ParsePage(kRootId, bytes).ok());
  }
}

TEST(PageCodecTest, ChildIdsFillThePrefixNibbleByNibble) {
  const PageId first = ChildId(kRootId, 0xa, 40);
  const PageId second = ChildId(first, 0x3, 39);
  EXPECT_EQ(second.depth, 2);
  EXPECT_EQ(second.version, 39U);
  EXPECT_EQ(second.prefix.bytes[0], 0xa3);
  EXPECT_EQ(KeyNibble(second.prefix, 0), 0xaU);
  EXPECT_EQ(KeyNibble(second.prefix, 1), 0x3U);
}

TEST(PageCodecTest, PageKeysSortByVersionAndHoldThePrefixAlone) {
  const auto key = [](const PageId& id) {
    Bytes bytes;
    AppendPageKey(bytes, id);
    return EncodeHex(bytes);
  };
  EXPECT_EQ(key(kRootId), "000000000000002b00");
  EXPECT_EQ(key(ChildId(kRootId, 0xa, 42)), "000000000000002a01a0");
  EXPECT_EQ(key(ChildId(ChildId(kRootId, 0xa, 42), 3, 258)), "000000000000010202a3");
  EXPECT_EQ(key({1, 63, LateKey(1, 8)}).size(), 2U * (8 + 1 + 32));
}

}  // namespace
}  // namespace jejak::statemap
