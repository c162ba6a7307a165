// SPDX-License-Identifier: Apache-2.0
#include "ledger/tlog/proof.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <limits>

#include "tests/tlog/reference.h"
#include "tests/tlog/vectors.h"

namespace jejak::tlog {
namespace {

constexpr std::uint64_t kMax = std::numeric_limits<std::uint64_t>::max();

using Proof = std::vector<Digest>;

class Proofs : public ::testing::Test {
 protected:
  Proofs() : leaves(reference::Leaves(256)), reader(leaves) {
    for (std::size_t size = 0; size <= leaves.size(); ++size) {
      roots.push_back(RootOf(std::span(leaves).first(size)));
    }
  }
  std::vector<Digest> leaves;
  std::vector<Digest> roots;
  reference::MemoryReader reader;
};

TEST_F(Proofs, InclusionEqualsTheDefinitionForAllSizes) {
  for (std::size_t size = 1; size <= leaves.size(); size += size < 70 ? 1 : 31) {
    for (std::size_t index = 0; index < size; ++index) {
      const Proof path = reference::Path(index, std::span(leaves).first(size));
      ASSERT_EQ(BuildInclusion(reader, index, size).value(), path) << index << " in " << size;
      ASSERT_EQ(RootFromInclusion(index, size, leaves[index], path).value(), roots[size]);
      ASSERT_TRUE(VerifyInclusion(index, size, leaves[index], path, roots[size]));
    }
  }
}

TEST_F(Proofs, InclusionOfEveryLeafVerifiesToSize256) {
  for (std::size_t size = 1; size <= leaves.size(); ++size) {
    for (std::size_t index = 0; index < size; index += size < 64 ? 1 : 5) {
      const Proof path = reference::Path(index, std::span(leaves).first(size));
      ASSERT_TRUE(VerifyInclusion(index, size, leaves[index], path, roots[size]));
    }
  }
}

TEST_F(Proofs, OneChangeAnywhereFailsInclusion) {
  const std::size_t size = 101;
  for (const std::size_t index : {0UL, 1UL, 63UL, 64UL, 99UL, 100UL}) {
    const Proof good = reference::Path(index, std::span(leaves).first(size));
    const Digest& leaf = leaves[index];
    const Digest& root = roots[size];
    ASSERT_TRUE(VerifyInclusion(index, size, leaf, good, root));
    for (std::size_t i = 0; i < good.size(); ++i) {
      Proof bad = good;
      bad[i] = reference::Turned(bad[i], 255 - i);
      EXPECT_FALSE(VerifyInclusion(index, size, leaf, bad, root)) << "hash " << i;
      bad = good;
      bad.erase(bad.begin() + static_cast<std::ptrdiff_t>(i));
      EXPECT_FALSE(RootFromInclusion(index, size, leaf, bad).ok()) << "without hash " << i;
      bad = good;
      bad.insert(bad.begin() + static_cast<std::ptrdiff_t>(i), root);
      EXPECT_FALSE(RootFromInclusion(index, size, leaf, bad).ok()) << "more before hash " << i;
    }
    Proof longer = good;
    longer.push_back(root);
    EXPECT_FALSE(RootFromInclusion(index, size, leaf, longer).ok());
    EXPECT_FALSE(VerifyInclusion(index + 1, size, leaf, good, root));
    EXPECT_FALSE(VerifyInclusion(index, size, reference::Turned(leaf), good, root));
    EXPECT_FALSE(VerifyInclusion(index, size, leaf, good, reference::Turned(root)));
  }
}

TEST_F(Proofs, InclusionRefusesIndexesBeyondTheTree) {
  EXPECT_FALSE(RootFromInclusion(0, 0, leaves[0], {}).ok());
  EXPECT_FALSE(RootFromInclusion(1, 1, leaves[0], {}).ok());
  EXPECT_FALSE(RootFromInclusion(kMax, kMax, leaves[0], Proof(64)).ok());
  EXPECT_FALSE(InclusionNodes(5, 5).ok());
  EXPECT_FALSE(InclusionNodes(0, 0).ok());
}

TEST_F(Proofs, HugeSizesWantExactlyTheirLength) {
  for (const std::uint64_t size : {kMax, kMaxTreeSize, kMaxTreeSize + 1, kMaxTreeSize + 2}) {
    for (const std::uint64_t index : {std::uint64_t{0}, size / 2, size - 1}) {
      const std::size_t length = InclusionNodes(index, size).value().widths.size();
      EXPECT_TRUE(RootFromInclusion(index, size, leaves[0], Proof(length)).ok());
      EXPECT_FALSE(RootFromInclusion(index, size, leaves[0], Proof(length + 1)).ok());
      if (length > 0) {
        EXPECT_FALSE(RootFromInclusion(index, size, leaves[0], Proof(length - 1)).ok());
      }
    }
    for (const std::uint64_t from : {std::uint64_t{1}, size / 2 + 1, size - 1}) {
      const std::size_t length = ConsistencyNodes(from, size).value().widths.size();
      EXPECT_TRUE(RootsFromConsistency(from, size, leaves[0], Proof(length)).ok()) << from;
      EXPECT_FALSE(RootsFromConsistency(from, size, leaves[0], Proof(length + 1)).ok());
      EXPECT_FALSE(RootsFromConsistency(from, size, leaves[0], Proof(length - 1)).ok());
    }
  }
}

TEST_F(Proofs, ConsistencyEqualsTheDefinition) {
  for (std::size_t to = 1; to <= leaves.size(); to += to < 70 ? 1 : 31) {
    for (std::size_t from = 1; from <= to; ++from) {
      const Proof proof = reference::Subproof(from, std::span(leaves).first(to), true);
      ASSERT_EQ(BuildConsistency(reader, from, to).value(), proof) << from << " to " << to;
      ASSERT_TRUE(VerifyConsistency(from, to, roots[from], roots[to], proof)) << from << " " << to;
    }
  }
}

TEST_F(Proofs, ConsistencyOfAllSizesTo256Verifies) {
  for (std::size_t to = 1; to <= leaves.size(); ++to) {
    for (std::size_t from = 1; from <= to; from += to < 64 ? 1 : 7) {
      const Proof proof = reference::Subproof(from, std::span(leaves).first(to), true);
      ASSERT_TRUE(VerifyConsistency(from, to, roots[from], roots[to], proof)) << from << " " << to;
    }
  }
}

TEST_F(Proofs, OneChangeAnywhereFailsConsistency) {
  const std::size_t to = 101;
  for (const std::size_t from : {1UL, 2UL, 63UL, 64UL, 65UL, 96UL, 100UL}) {
    const Proof good = reference::Subproof(from, std::span(leaves).first(to), true);
    ASSERT_TRUE(VerifyConsistency(from, to, roots[from], roots[to], good));
    for (std::size_t i = 0; i < good.size(); ++i) {
      Proof bad = good;
      bad[i] = reference::Turned(bad[i], 8 * i);
      EXPECT_FALSE(VerifyConsistency(from, to, roots[from], roots[to], bad)) << "hash " << i;
      bad = good;
      bad.erase(bad.begin() + static_cast<std::ptrdiff_t>(i));
      EXPECT_FALSE(RootsFromConsistency(from, to, roots[from], bad).ok()) << "without " << i;
    }
    Proof longer = good;
    longer.push_back(roots[from]);
    EXPECT_FALSE(RootsFromConsistency(from, to, roots[from], longer).ok());
    EXPECT_FALSE(RootsFromConsistency(from, to, roots[from], {}).ok());
    EXPECT_FALSE(VerifyConsistency(from, to, reference::Turned(roots[from]), roots[to], good));
    EXPECT_FALSE(VerifyConsistency(from, to, roots[from], reference::Turned(roots[to]), good));
    EXPECT_FALSE(VerifyConsistency(from, to, roots[to], roots[from], good));
    EXPECT_FALSE(VerifyConsistency(to, from, roots[to], roots[from], good));
  }
}

TEST_F(Proofs, ConsistencyBetweenEqualSizesIsEmpty) {
  EXPECT_TRUE(VerifyConsistency(7, 7, roots[7], roots[7], {}));
  EXPECT_FALSE(VerifyConsistency(7, 7, roots[7], roots[7], Proof(1)));
  EXPECT_FALSE(VerifyConsistency(7, 7, roots[7], roots[6], {}));
}

TEST_F(Proofs, ConsistencyFromTheEmptyTreeProvesNothing) {
  EXPECT_EQ(BuildConsistency(reader, 0, 9).value(), Proof{});
  EXPECT_FALSE(VerifyConsistency(0, 9, EmptyRoot(), roots[9], {}));
  EXPECT_FALSE(VerifyConsistency(0, 0, EmptyRoot(), EmptyRoot(), {}));
  EXPECT_FALSE(ConsistencyNodes(9, 8).ok());
}

TEST_F(Proofs, ReaderIsAskedOnce) {
  ASSERT_TRUE(BuildInclusion(reader, 77, 201).ok());
  EXPECT_EQ(reader.calls, 1);
  ASSERT_TRUE(BuildConsistency(reader, 77, 201).ok());
  EXPECT_EQ(reader.calls, 2);
  ASSERT_TRUE(BuildInclusion(reader, 0, 1).ok());
  EXPECT_EQ(reader.calls, 2) << "nothing to read";
}

TEST_F(Proofs, AssembleRefusesAnotherNumberOfHashes) {
  const ProofPlan plan = InclusionNodes(3, 100).value();
  EXPECT_TRUE(Assemble(plan, Proof(plan.nodes.size())).ok());
  EXPECT_FALSE(Assemble(plan, Proof(plan.nodes.size() + 1)).ok());
  EXPECT_FALSE(Assemble(plan, Proof(plan.nodes.size() - 1)).ok());
}

// The probes of transparency-dev/merkle. Their hashes may have any length; a length other than 32
// can't be said with our types, so such a probe must be one that is to fail.
struct Hashes {
  std::vector<Digest> digests;
  bool whole = true;

  Digest Take(const nlohmann::json& value) {
    if (value.is_null()) {
      whole = false;
      return {};
    }
    const Bytes bytes = ParseBase64(value.get<std::string>()).value();
    const Result<Digest> digest = DigestFromBytes(bytes);
    whole = whole && digest.ok();
    return digest.ok() ? digest.value() : Digest{};
  }
  void TakeAll(const nlohmann::json& values) {
    for (const auto& value : values) digests.push_back(Take(value));
  }
};

template <class Check>
std::size_t ForEachProbe(const std::string& folder, Check check) {
  std::size_t count = 0;
  for (const auto& file : std::filesystem::recursive_directory_iterator(vectors::kRoot + folder)) {
    if (file.path().extension() != ".json") continue;
    const std::string name = file.path().string().substr(vectors::kRoot.size());
    check(vectors::ReadJson(name), name);
    ++count;
  }
  return count;
}

TEST(MerkleVectors, InclusionVerdictsAgree) {
  const std::size_t count =
      ForEachProbe("merkle/inclusion", [](const auto& probe, const auto& name) {
        Hashes hashes;
        const Digest root = hashes.Take(probe["root"]);
        const Digest leaf = hashes.Take(probe["leafHash"]);
        hashes.TakeAll(probe["proof"]);
        const bool good =
            hashes.whole && VerifyInclusion(probe["leafIdx"].template get<std::uint64_t>(),
                                            probe["treeSize"].template get<std::uint64_t>(), leaf,
                                            hashes.digests, root);
        EXPECT_EQ(good, !probe["wantErr"].template get<bool>()) << name;
      });
  EXPECT_EQ(count, 98U);
}

TEST(MerkleVectors, ConsistencyVerdictsAgree) {
  const std::size_t count =
      ForEachProbe("merkle/consistency", [](const auto& probe, const std::string& name) {
        // Its roots have 12 bytes; a Digest can't.
        if (name.find("sizes-are-equal-one-and-proof-is-empty") != std::string::npos) return;
        Hashes hashes;
        const Digest root1 = hashes.Take(probe["root1"]);
        const Digest root2 = hashes.Take(probe["root2"]);
        hashes.TakeAll(probe["proof"]);
        const bool good =
            hashes.whole && VerifyConsistency(probe["size1"].template get<std::uint64_t>(),
                                              probe["size2"].template get<std::uint64_t>(), root1,
                                              root2, hashes.digests);
        EXPECT_EQ(good, !probe["wantErr"].template get<bool>()) << name;
      });
  EXPECT_EQ(count, 98U);
}

}  // namespace
}  // namespace jejak::tlog
