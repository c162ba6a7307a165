// SPDX-License-Identifier: Apache-2.0
#include "ledger/tlog/multiproof.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "tests/tlog/reference.h"

namespace jejak::tlog {
namespace {

constexpr std::uint64_t kMax = std::numeric_limits<std::uint64_t>::max();

class Multiproofs : public ::testing::Test {
 protected:
  Multiproofs() : leaves(reference::Leaves(256)), reader(leaves) {}

  std::vector<HeldLeaf> Hold(const std::set<std::uint64_t>& indexes) const {
    std::vector<HeldLeaf> held;
    for (const std::uint64_t index : indexes) held.push_back({index, leaves[index]});
    return held;
  }
  std::vector<Digest> Prove(const std::set<std::uint64_t>& indexes, std::size_t size) const {
    std::vector<Digest> proof;
    reference::Multiproof(indexes, 0, std::span(leaves).first(size), proof);
    return proof;
  }
  void Check(const std::set<std::uint64_t>& held, std::size_t size) {
    const std::vector<Digest> proof = Prove(held, size);
    const std::vector<std::uint64_t> indexes(held.begin(), held.end());
    ASSERT_EQ(BuildMultiproof(reader, indexes, size).value(), proof);
    ASSERT_EQ(RootFromMultiproof(Hold(held), size, proof).value(),
              RootOf(std::span(leaves).first(size)));
  }

  std::vector<Digest> leaves;
  reference::MemoryReader reader;
};

TEST_F(Multiproofs, EverySubsetOfSmallTrees) {
  for (std::size_t size = 1; size <= 9; ++size) {
    for (unsigned subset = 1; subset < (1U << size); ++subset) {
      std::set<std::uint64_t> held;
      for (unsigned i = 0; i < size; ++i) {
        if ((subset >> i & 1) != 0) held.insert(i);
      }
      Check(held, size);
    }
  }
}

TEST_F(Multiproofs, RandomSubsetsOfAllSizesTo256) {
  reference::Random random(20260705);
  for (std::size_t size = 1; size <= leaves.size(); ++size) {
    std::set<std::uint64_t> held{random.Below(size)};
    for (std::uint64_t more = random.Below(12); more > 0; --more) held.insert(random.Below(size));
    Check(held, size);
  }
}

TEST_F(Multiproofs, OfOneLeafHoldsItsPath) {
  std::vector<Digest> proof = Prove({5}, 100);
  std::vector<Digest> path = reference::Path(5, std::span(leaves).first(100));
  std::sort(proof.begin(), proof.end());
  std::sort(path.begin(), path.end());
  EXPECT_EQ(proof, path);
}

TEST_F(Multiproofs, OfAllLeavesIsEmpty) {
  EXPECT_TRUE(Prove({0, 1, 2}, 3).empty());
  Check({0, 1, 2}, 3);
  EXPECT_EQ(reader.calls, 0);
}

TEST_F(Multiproofs, OneChangeAnywhereFails) {
  const std::set<std::uint64_t> held = {0, 3, 4, 77, 100};
  const std::size_t size = 101;
  const Digest root = RootOf(std::span(leaves).first(size));
  const std::vector<HeldLeaf> good = Hold(held);
  const std::vector<Digest> proof = Prove(held, size);
  ASSERT_EQ(RootFromMultiproof(good, size, proof).value(), root);
  for (std::size_t i = 0; i < proof.size(); ++i) {
    std::vector<Digest> bad = proof;
    bad[i] = reference::Turned(bad[i]);
    EXPECT_NE(RootFromMultiproof(good, size, bad).value(), root) << "hash " << i;
    bad = proof;
    bad.erase(bad.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_FALSE(RootFromMultiproof(good, size, bad).ok()) << "without hash " << i;
  }
  for (std::size_t i = 0; i < good.size(); ++i) {
    std::vector<HeldLeaf> bad = good;
    bad[i].hash = reference::Turned(bad[i].hash);
    EXPECT_NE(RootFromMultiproof(bad, size, proof).value(), root) << "leaf " << i;
  }
  std::vector<Digest> longer = proof;
  longer.push_back(root);
  EXPECT_FALSE(RootFromMultiproof(good, size, longer).ok());
}

TEST_F(Multiproofs, RefusesWhatIsNotASetOfLeavesOfTheTree) {
  const Digest& leaf = leaves[0];
  EXPECT_TRUE(RootFromMultiproof(std::vector<HeldLeaf>{{0, leaf}}, 1, {}).ok());
  EXPECT_FALSE(RootFromMultiproof({}, 1, std::vector<Digest>(1)).ok()) << "no leaf";
  EXPECT_FALSE(RootFromMultiproof({}, 0, {}).ok()) << "no leaf, no tree";
  EXPECT_FALSE(RootFromMultiproof(std::vector<HeldLeaf>{{0, leaf}}, 0, {}).ok()) << "size 0";
  EXPECT_FALSE(RootFromMultiproof(std::vector<HeldLeaf>{{1, leaf}}, 1, {}).ok()) << "index = size";
  const std::vector<HeldLeaf> twice{{0, leaf}, {0, leaf}};
  const std::vector<HeldLeaf> falling{{1, leaf}, {0, leaf}};
  const std::vector<HeldLeaf> growing{{0, leaf}, {1, leaf}};
  EXPECT_TRUE(RootFromMultiproof(growing, 2, {}).ok());
  EXPECT_FALSE(RootFromMultiproof(twice, 2, {}).ok());
  EXPECT_FALSE(RootFromMultiproof(falling, 2, {}).ok());
  EXPECT_FALSE(BuildMultiproof(reader, std::vector<std::uint64_t>{3, 3}, 9).ok());
  EXPECT_FALSE(BuildMultiproof(reader, std::vector<std::uint64_t>{9}, 9).ok());
  EXPECT_FALSE(BuildMultiproof(reader, {}, 9).ok());
}

TEST_F(Multiproofs, HugeSizesCostNothing) {
  for (const std::uint64_t size : {kMax, kMaxTreeSize, kMaxTreeSize + 1}) {
    const std::vector<HeldLeaf> held{{0, leaves[0]}, {size / 2, leaves[1]}, {size - 1, leaves[2]}};
    const std::vector<std::uint64_t> indexes{0, size / 2, size - 1};
    const std::size_t length = MultiproofNodes(indexes, size).value().widths.size();
    EXPECT_LE(length, 3U * 64U);
    EXPECT_TRUE(RootFromMultiproof(held, size, std::vector<Digest>(length)).ok());
    EXPECT_FALSE(RootFromMultiproof(held, size, std::vector<Digest>(length - 1)).ok());
    EXPECT_FALSE(RootFromMultiproof(held, size, std::vector<Digest>(length + 1)).ok());
    EXPECT_FALSE(RootFromMultiproof(held, size, {}).ok());
  }
}

}  // namespace
}  // namespace jejak::tlog
