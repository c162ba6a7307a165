// SPDX-License-Identifier: Apache-2.0
//
// The golden log of tests/vectors/jejak, made by another implementation: 333 entries, 57
// checkpoints.
#include <gtest/gtest.h>

#include <map>

#include "ledger/tlog/checkpoint.h"
#include "ledger/tlog/cosignature.h"
#include "ledger/tlog/merkle.h"
#include "ledger/tlog/multiproof.h"
#include "ledger/tlog/note.h"
#include "ledger/tlog/policy.h"
#include "ledger/tlog/proof.h"
#include "ledger/tlog/tile.h"
#include "ledger/tlog/tlog_proof.h"
#include "tests/tlog/reference.h"
#include "tests/tlog/vectors.h"

namespace jejak::tlog {
namespace {

using vectors::FromHex;
using vectors::ReadFile;

// Files of the golden log, as a mirror would hold them.
class GoldenTiles final : public TileReader {
 public:
  Result<std::vector<Bytes>> ReadTiles(std::span<const TileId> tiles) override {
    std::vector<Bytes> contents;
    for (const TileId& tile : tiles) {
      const std::string bytes = ReadFile("jejak/log/" + TilePath(tile));
      contents.emplace_back(bytes.begin(), bytes.end());
    }
    return contents;
  }
};

class Golden : public ::testing::Test {
 protected:
  Golden() {
    for (const auto& leaf : expected["leaves"]) leaves.push_back(FromHex(leaf));
    for (const auto& entry : expected["checkpoints"]) {
      roots[entry["size"]] = FromHex(entry["root"]);
    }
  }
  nlohmann::json expected = vectors::ReadJson("jejak/expected.json");
  std::vector<Digest> leaves;
  std::map<std::uint64_t, Digest> roots;
};

TEST_F(Golden, RootsOfAllCheckpointsRebuild) {
  ASSERT_EQ(roots.size(), 57U);
  CompactRange range;
  std::size_t seen = 0;
  for (const Digest& leaf : leaves) {
    range.Append(leaf);
    const auto known = roots.find(range.size());
    if (known == roots.end()) continue;
    EXPECT_EQ(range.Root(), known->second) << range.size();
    ++seen;
  }
  EXPECT_EQ(seen, roots.size());
}

TEST_F(Golden, CheckpointNotesVerify) {
  const VerifierKey key =
      ParseVerifierKey(expected["log_vkey"].get<std::string>(), kEd25519Key).value();
  EXPECT_EQ(EncodeVerifierKey(key), expected["log_vkey"].get<std::string>());
  for (const auto& entry : expected["checkpoints"]) {
    const std::string bytes = entry["note"];
    const Note note = ParseNote(bytes).value();
    EXPECT_EQ(EncodeNote(note), bytes);
    const SignatureVerdict verdict = VerifySignatures(note, {&key, 1});
    EXPECT_FALSE(verdict.failed);
    EXPECT_EQ(verdict.verified.size(), 1U);
    const Checkpoint checkpoint = ParseCheckpoint(note.text).value();
    EXPECT_EQ(EncodeCheckpoint(checkpoint), note.text);
    EXPECT_EQ(checkpoint.origin, expected["origin"].get<std::string>());
    EXPECT_EQ(checkpoint.size, entry["size"].get<std::uint64_t>());
    EXPECT_EQ(checkpoint.root, FromHex(entry["root"]));
  }
}

TEST_F(Golden, KeysRoundTripAndBelongToTheirSeeds) {
  for (const char* group : {"keys", "rotated_out"}) {
    for (const auto& [name, value] : expected[group].items()) {
      const VerifierKey key =
          ParseVerifierKey(value["vkey"].get<std::string>(), kEd25519Key).value();
      EXPECT_EQ(key.name, name);
      EXPECT_EQ(EncodeVerifierKey(key), value["vkey"].get<std::string>());
      const Bytes seed = ParseHex(value["seed"].get<std::string>()).value();
      EXPECT_EQ(crypto::SecretKey::FromSeed(seed).public_key(), key.key);
    }
  }
}

TEST_F(Golden, HashTilesEqualTheFiles) {
  struct Shelf final : NodeSink {
    void Complete(NodeId id, const Digest& hash) override {
      if (id.level % kTileHeight != 0) return;
      const TileSlot slot = SlotOf(id).value();
      tiles[{slot.level, slot.index}].append(AsText(hash.view()));
    }
    std::map<std::pair<std::uint8_t, std::uint64_t>, std::string> tiles;
  } shelf;
  CompactRange range;
  for (const Digest& leaf : leaves) range.Append(leaf, &shelf);
  const std::vector<TileId> tiles = TilesOf(leaves.size());
  EXPECT_EQ(tiles.size(), 3U);
  for (const TileId& tile : tiles) {
    EXPECT_EQ(shelf.tiles.at({tile.level, tile.index}), ReadFile("jejak/log/" + TilePath(tile)))
        << TilePath(tile);
  }
}

TEST_F(Golden, EntryBundlesHashToTheLeaves) {
  std::size_t index = 0;
  for (const TileId& tile : BundlesOf(leaves.size())) {
    const std::string file = ReadFile("jejak/log/" + TilePath(tile));
    const std::vector<ByteView> entries = ParseBundle(AsBytes(file), tile.width).value();
    Bytes again;
    for (const ByteView entry : entries) {
      EXPECT_EQ(LeafHash(entry), leaves[index++]);
      ASSERT_TRUE(AppendBundleEntry(again, entry).ok());
    }
    EXPECT_EQ(AsText(again), file);
  }
  EXPECT_EQ(index, leaves.size());
}

TEST_F(Golden, ProofsOutOfTheTilesVerify) {
  GoldenTiles tiles;
  TileNodeReader reader(tiles, leaves.size());
  const Digest& root = roots.at(leaves.size());
  for (std::size_t index = 0; index < leaves.size(); index += 7) {
    const auto path = BuildInclusion(reader, index, leaves.size()).value();
    EXPECT_TRUE(VerifyInclusion(index, leaves.size(), leaves[index], path, root));
  }
  for (const auto& [size, earlier] : roots) {
    const auto proof = BuildConsistency(reader, size, leaves.size()).value();
    EXPECT_TRUE(VerifyConsistency(size, leaves.size(), earlier, root, proof)) << size;
  }
}

TEST_F(Golden, ConsistencyProofsEqualTheVectors) {
  reference::MemoryReader reader(leaves);
  const nlohmann::json vectors = vectors::ReadJson("jejak/consistency.json");
  EXPECT_GE(vectors.size(), 4U);
  for (const auto& vector : vectors) {
    std::vector<Digest> proof;
    for (const auto& hash : vector["proof"]) proof.push_back(FromHex(hash));
    const std::uint64_t from = vector["from"];
    const std::uint64_t to = vector["to"];
    EXPECT_EQ(BuildConsistency(reader, from, to).value(), proof);
    EXPECT_TRUE(VerifyConsistency(from, to, RootOf(std::span(leaves).first(from)),
                                  RootOf(std::span(leaves).first(to)), proof));
  }
}

TEST_F(Golden, CaseFilesHoldOneProofOfAllTheirEntries) {
  for (const char* file : {"case-A", "case-B", "case-c0", "case-A.skeleton"}) {
    const auto casefile = vectors::ReadJson("jejak/" + std::string(file) + ".casefile.json");
    const Note note = ParseNote(casefile["checkpoint"].get<std::string>()).value();
    const Checkpoint checkpoint = ParseCheckpoint(note.text).value();
    std::map<std::uint64_t, Digest> held;
    const auto hold = [&](const std::string& entry) {
      const std::size_t begin = entry.find("\nindex ") + 7;
      const auto index = ParseDecimal(entry.substr(begin, entry.find('\n', begin) - begin));
      held[index.value()] = LeafHash(AsBytes(entry));
    };
    hold(casefile["seal"]);
    for (const auto& stream : casefile["streams"]) {
      for (const auto& entry : stream["entries"]) hold(entry);
    }
    std::vector<HeldLeaf> in_order;
    std::vector<std::uint64_t> indexes;
    for (const auto& [index, hash] : held) {
      in_order.push_back({index, hash});
      indexes.push_back(index);
    }
    std::vector<Digest> proof;
    for (const auto& hash : casefile["inclusion"]) {
      proof.push_back(ParseHash(hash.get<std::string>()).value());
    }
    EXPECT_EQ(RootFromMultiproof(in_order, checkpoint.size, proof).value(), checkpoint.root)
        << file;
    GoldenTiles tiles;
    TileNodeReader reader(tiles, leaves.size());
    if (checkpoint.size == leaves.size()) {
      EXPECT_EQ(BuildMultiproof(reader, indexes, checkpoint.size).value(), proof) << file;
    }
  }
}

TEST_F(Golden, ReceiptsRoundTripAndProveTheirLeaf) {
  for (const char* file : {"action-A0", "head-A", "absent"}) {
    const std::string text = ReadFile("jejak/" + std::string(file) + ".tlog-proof");
    const TlogProof proof = ParseTlogProof(text).value();
    EXPECT_EQ(EncodeTlogProof(proof), text);
    const Checkpoint checkpoint = ParseCheckpoint(ParseNote(proof.checkpoint).value().text).value();
    EXPECT_TRUE(VerifyInclusion(proof.index, checkpoint.size, leaves[proof.index], proof.path,
                                checkpoint.root));
  }
  const TlogProof action = ParseTlogProof(ReadFile("jejak/action-A0.tlog-proof")).value();
  EXPECT_EQ(LeafHash(action.extra.value()), leaves[action.index]);
}

TEST_F(Golden, ReceiptsThatAreNotTheirFormatAreRefused) {
  std::size_t receipts = 0;
  for (const auto& row : vectors::ReadJson("jejak/negative/expected.json")) {
    const std::string file = row["file"];
    if (!file.ends_with(".tlog-proof")) continue;
    EXPECT_EQ(ParseTlogProof(ReadFile("jejak/negative/" + file)).ok(), row["exit"] != 3) << file;
    ++receipts;
  }
  EXPECT_GE(receipts, 4U);
}

TEST_F(Golden, CosignedCheckpointMeetsTwoOfThreeNotThree) {
  const Note note = ParseNote(ReadFile("jejak/checkpoint-cosigned")).value();
  const Policy two = ParsePolicy(ReadFile("jejak/policy-2-of-3")).value();
  const PolicyOutcome met = JudgeCheckpoint(two, note);
  EXPECT_TRUE(met.accepted());
  ASSERT_EQ(met.witnesses.size(), 2U);
  EXPECT_EQ(met.witnesses[0].name, "w0");
  EXPECT_EQ(met.witnesses[1].name, "w2");
  EXPECT_EQ(met.missing, std::vector<std::string>{"w1"});
  EXPECT_EQ(met.witnesses[0].time.value, 0x695b13ba);
  EXPECT_EQ(EncodeHash(two.genesis.value()), expected["genesis"].get<std::string>());
  EXPECT_EQ(two.genesis.value(), leaves[0]);
  EXPECT_EQ(two.witnesses[2].url, "https://witness-3.example/");

  const Policy three = ParsePolicy(ReadFile("jejak/policy-3-of-3")).value();
  const PolicyOutcome unmet = JudgeCheckpoint(three, note);
  EXPECT_TRUE(unmet.log_signed);
  EXPECT_FALSE(unmet.quorum_met);
  EXPECT_FALSE(unmet.known_signature_failed);
}

TEST_F(Golden, PoliciesRoundTrip) {
  for (const char* file : {"policy", "policy-2-of-3", "policy-3-of-3"}) {
    const std::string text = ReadFile("jejak/" + std::string(file));
    EXPECT_EQ(EncodePolicy(ParsePolicy(text).value()), text) << file;
  }
}

}  // namespace
}  // namespace jejak::tlog
