// SPDX-License-Identifier: Apache-2.0
#include "ledger/tlog/merkle.h"

#include <gtest/gtest.h>

#include <bit>
#include <map>

#include "ledger/base/text.h"
#include "tests/tlog/reference.h"

namespace jejak::tlog {
namespace {

std::string Hex(const Digest& digest) { return EncodeHex(digest.view()); }

TEST(Merkle, EmptyRootIsTheHashOfNothing) {
  EXPECT_EQ(Hex(EmptyRoot()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(RootOf({}), EmptyRoot());
}

TEST(Merkle, KnownRootsOfCertificateTransparency) {
  const char* entries[] = {"",
                           "00",
                           "10",
                           "2021",
                           "3031",
                           "40414243",
                           "5051525354555657",
                           "606162636465666768696a6b6c6d6e6f"};
  const std::map<std::size_t, std::string> roots = {
      {1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"},
      {2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"},
      {3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"},
      {8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"}};
  std::vector<Digest> leaves;
  for (const char* entry : entries) {
    leaves.push_back(LeafHash(ParseHex(entry).value()));
    const auto known = roots.find(leaves.size());
    if (known != roots.end()) {
      EXPECT_EQ(Hex(RootOf(leaves)), known->second) << leaves.size();
    }
  }
}

TEST(Merkle, LeafAndNodeHashesAreApart) {
  const Digest a = LeafHash(AsBytes("a"));
  const Digest b = LeafHash(AsBytes("b"));
  Bytes both(a.bytes.begin(), a.bytes.end());
  both.insert(both.end(), b.bytes.begin(), b.bytes.end());
  EXPECT_NE(NodeHash(a, b), LeafHash(both));
  EXPECT_NE(NodeHash(a, b), NodeHash(b, a));
}

TEST(Merkle, RootsEqualTheDefinitionForAllSizesTo256) {
  const std::vector<Digest> leaves = reference::Leaves(256);
  CompactRange range;
  for (std::size_t size = 0; size <= leaves.size(); ++size) {
    const std::span<const Digest> tree = std::span(leaves).first(size);
    ASSERT_EQ(range.size(), size);
    ASSERT_EQ(range.Root(), reference::Root(tree)) << size;
    ASSERT_EQ(RootOf(tree), range.Root());
    if (size < leaves.size()) range.Append(leaves[size]);
  }
}

TEST(Merkle, RightEdgeNamesTheNodesOfARange) {
  const std::vector<Digest> leaves = reference::Leaves(130);
  reference::MemoryReader reader(leaves);
  CompactRange range;
  for (const Digest& leaf : leaves) {
    range.Append(leaf);
    EXPECT_EQ(reader.ReadNodes(RightEdge(range.size())).value(), range.nodes()) << range.size();
  }
  EXPECT_TRUE(RightEdge(0).empty());
  EXPECT_EQ(RightEdge(7), (std::vector<NodeId>{{2, 0}, {1, 2}, {0, 6}}));
  EXPECT_EQ(RightEdge(~std::uint64_t{0}).size(), 64U);
  EXPECT_EQ(RightEdge(~std::uint64_t{0}).back(), (NodeId{0, ~std::uint64_t{0} - 1}));
}

struct Recorder final : NodeSink {
  void Complete(NodeId id, const Digest& hash) override {
    EXPECT_TRUE(nodes.emplace(id, hash).second) << "told twice";
    order.push_back(id);
  }
  std::map<NodeId, Digest> nodes;
  std::vector<NodeId> order;
};

TEST(Merkle, SinkHearsOfEveryPerfectSubtreeOnce) {
  const std::vector<Digest> leaves = reference::Leaves(200);
  Recorder sink;
  CompactRange range;
  for (const Digest& leaf : leaves) range.Append(leaf, &sink);
  reference::MemoryReader reader(leaves);
  std::size_t expected = 0;
  for (std::uint32_t level = 0; (std::uint64_t{1} << level) <= leaves.size(); ++level) {
    for (std::uint64_t index = 0; index < leaves.size() >> level; ++index, ++expected) {
      const NodeId id{level, index};
      EXPECT_EQ(sink.nodes.at(id), reader.ReadNodes({&id, 1}).value()[0]);
    }
  }
  EXPECT_EQ(sink.nodes.size(), expected);
  EXPECT_EQ(std::vector(sink.order.begin(), sink.order.begin() + 3),
            (std::vector<NodeId>{{0, 0}, {0, 1}, {1, 0}}));
}

TEST(Merkle, RangeContinuesFromItsNodes) {
  const std::vector<Digest> leaves = reference::Leaves(70);
  for (std::size_t cut = 0; cut <= leaves.size(); ++cut) {
    CompactRange first;
    for (std::size_t i = 0; i < cut; ++i) first.Append(leaves[i]);
    CompactRange second = CompactRange::From(first.size(), first.nodes()).value();
    EXPECT_EQ(second, first);
    for (std::size_t i = cut; i < leaves.size(); ++i) second.Append(leaves[i]);
    EXPECT_EQ(second.Root(), reference::Root(leaves));
  }
}

TEST(Merkle, RangeRefusesAnotherNumberOfNodes) {
  const std::vector<Digest> three(3), two(2);
  EXPECT_TRUE(CompactRange::From(7, three).ok());
  EXPECT_FALSE(CompactRange::From(7, two).ok());
  EXPECT_FALSE(CompactRange::From(8, three).ok());
  EXPECT_FALSE(CompactRange::From(0, two).ok());
  EXPECT_TRUE(CompactRange::From(0, {}).ok());
  EXPECT_TRUE(CompactRange::From(kMaxTreeSize, std::vector<Digest>(63)).ok());
  EXPECT_FALSE(CompactRange::From(kMaxTreeSize + 1, std::vector<Digest>(1)).ok());
}

TEST(Merkle, LargestRangeAppendsWithoutOverflow) {
  CompactRange range = CompactRange::From(kMaxTreeSize, std::vector<Digest>(63)).value();
  Recorder sink;
  range.Append(Digest{}, &sink);
  EXPECT_EQ(range.size(), kMaxTreeSize + 1);
  EXPECT_EQ(range.nodes().size(), 1U);
  EXPECT_EQ(sink.order.back(), (NodeId{63, 0}));
}

}  // namespace
}  // namespace jejak::tlog
