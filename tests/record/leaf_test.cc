// SPDX-License-Identifier: Apache-2.0
#include "ledger/record/leaf.h"

#include <gtest/gtest.h>

#include "ledger/base/text.h"
#include "ledger/tlog/merkle.h"
#include "tests/record/golden.h"

namespace jejak::record {
namespace {

TEST(Leaf, GoldenLeavesKeepTheirBytesAndChain) {
  const auto hashes = golden::ReadJson("expected.json")["leaves"];
  Digest before = tlog::EmptyRoot();
  UnixSeconds time{};
  std::size_t seals = 0;
  for (std::size_t i = 0; i < golden::Leaves().size(); ++i) {
    const std::string& bytes = golden::Leaves()[i];
    const auto leaf = ParseLeaf(bytes);
    ASSERT_TRUE(leaf.ok()) << i << leaf.error().detail;
    const auto* seal = std::get_if<Seal>(&*leaf);
    EXPECT_EQ(LooksLikeSeal(bytes), seal != nullptr);
    EXPECT_EQ(seal ? EncodeSeal(*seal) : EncodeEntry(std::get_if<LoggedAction>(&*leaf)->entry),
              bytes);
    EXPECT_EQ(LeafIndex(*leaf), i);
    EXPECT_EQ(LeafPrev(*leaf), before);
    EXPECT_GE(LeafTime(*leaf), time);
    before = tlog::LeafHash(AsBytes(bytes));
    EXPECT_EQ(EncodeHex(before.view()), hashes[i].get<std::string>());
    time = LeafTime(*leaf);
    seals += seal != nullptr ? 1 : 0;
  }
  EXPECT_EQ(seals, 57u);
}

// What a header line may not be; `line` is replaced by each.
struct Row {
  const char* line;
  std::vector<std::string> instead;
};

std::vector<Row> HeaderRows() {
  const std::string hash = EncodeHash(Digest{});
  return {{"index ",
           {"", "index", "index ", "index 01", "index -1", "index 1 ", "index 9007199254740992",
            "index x", "Index 1", "index 1\nindex 1"}},
          {"time ",
           {"", "time 2026-01-05T08:00:00+00:00", "time 2026-02-30T08:00:00Z",
            "time 2026-01-05T08:00:60Z", "time 2026-01-05 08:00:00Z", "time 1767600000"}},
          {"prev ",
           {"", "prev -", "prev AAAA", "prev " + hash.substr(0, 43),
            "prev " + hash.substr(0, 42) + "B=", "prev " + hash + " "}}};
}

TEST(Entry, RefusesEveryOtherHeader) {
  const std::string& bytes = golden::Leaves()[0];
  ASSERT_TRUE(ParseEntry(bytes).ok());
  auto rows = HeaderRows();
  rows.push_back({"seq ", {"", "seq", "seq 00", "seq -", "seq 0\nx y", "seq 0\nseq 0"}});
  rows.push_back({"\n", {"x"}});
  for (const Row& row : rows) {
    for (const std::string& instead : row.instead) {
      const std::string mutant = golden::Replaced(bytes, row.line, instead);
      EXPECT_FALSE(ParseEntry(mutant).ok()) << mutant;
      EXPECT_FALSE(ParseLeaf(mutant).ok()) << mutant;
    }
  }
  EXPECT_FALSE(ParseEntry("").ok());
  EXPECT_FALSE(ParseEntry("jejak/entry/v2" + bytes.substr(14)).ok());
  EXPECT_FALSE(ParseEntry(" " + bytes).ok());
  EXPECT_FALSE(ParseEntry(bytes.substr(0, bytes.find("\n\n") + 1)).ok());
  EXPECT_FALSE(ParseEntry(bytes.substr(0, bytes.find("\n\n") + 2)).ok());
}

TEST(Entry, LeavesTheNoteToTheLeaf) {
  const std::string& bytes = golden::Leaves()[0];
  EXPECT_TRUE(ParseEntry(bytes + "x").ok());
  EXPECT_FALSE(ParseLeaf(bytes + "x").ok());
}

TEST(Entry, SizeIsCountedWithTheHeaderAtHand) {
  for (const auto& [index, seq] : std::vector<std::pair<std::uint64_t, std::uint64_t>>{
           {0, 0}, {9, 10}, {41, 4}, {99, 100}, {kMaxDecimal, 0}, {kMaxDecimal, kMaxDecimal}}) {
    Entry entry{index, UnixSeconds{1767600000}, {}, seq, "x"};
    const std::size_t header = EncodeEntry(entry).size() - 1;
    EXPECT_TRUE(FitsEntry(index, seq, kMaxEntryBytes - header)) << index;
    EXPECT_FALSE(FitsEntry(index, seq, kMaxEntryBytes - header + 1)) << index;
    entry.action_note = std::string(kMaxEntryBytes - header, 'x');
    ASSERT_EQ(EncodeEntry(entry).size(), kMaxEntryBytes);
    EXPECT_TRUE(ParseEntry(EncodeEntry(entry)).ok()) << index;
    entry.action_note += 'x';
    EXPECT_FALSE(ParseEntry(EncodeEntry(entry)).ok()) << index;
  }
  EXPECT_EQ(EncodeEntry({0, {}, {}, 0, ""}).size(), kMinEntryHeaderBytes);
  EXPECT_FALSE(FitsEntry(0, 0, std::size_t{0} - 1));
}

TEST(Seal, RefusesEveryOtherForm) {
  const std::string bytes = EncodeSeal({42, UnixSeconds{1767600000}, {}, 17, {}});
  ASSERT_TRUE(ParseSeal(bytes).ok());
  auto rows = HeaderRows();
  rows.push_back({"streams ", {"", "streams 017", "streams -1", "streams 17\nstreams 17"}});
  rows.push_back({"state ", {"", "state -", "state AAAA", "state " + EncodeHash({}) + "\nx y"}});
  for (const Row& row : rows) {
    for (const std::string& instead : row.instead) {
      EXPECT_FALSE(ParseSeal(golden::Replaced(bytes, row.line, instead)).ok()) << instead;
    }
  }
  EXPECT_FALSE(ParseSeal(bytes + "\n").ok());
  EXPECT_FALSE(ParseSeal(bytes.substr(0, bytes.size() - 1)).ok());
  EXPECT_FALSE(ParseSeal("jejak/seal/v1").ok());
  EXPECT_FALSE(LooksLikeSeal("jejak/seal/v1"));
  EXPECT_FALSE(LooksLikeSeal("jejak/seal/v11\n"));
  EXPECT_FALSE(ParseLeaf("jejak/seal/v1\n").ok());
}

TEST(Leaf, MutantsOfSealsAreRefusedOrKept) {
  const std::string bytes = EncodeSeal({42, UnixSeconds{1767600000}, {}, 17, {}});
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    for (int byte = 0; byte < 256; ++byte) {
      std::string mutant = bytes;
      mutant[at] = static_cast<char>(byte);
      const auto seal = ParseSeal(mutant);
      EXPECT_TRUE(!seal.ok() || EncodeSeal(*seal) == mutant) << mutant;
    }
  }
}

}  // namespace
}  // namespace jejak::record
