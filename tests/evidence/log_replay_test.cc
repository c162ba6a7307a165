// SPDX-License-Identifier: Apache-2.0
//
// The golden log replayed: every checkpoint's root, every stream's head, and one probe per
// condition.
#include "ledger/evidence/log_replay.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "ledger/base/text.h"
#include "ledger/evidence/signatures.h"
#include "ledger/record/entry.h"
#include "ledger/record/seal.h"
#include "ledger/statemap/stream_head.h"
#include "tests/evidence/golden.h"

namespace jejak::evidence::test {
namespace {

constexpr const char* kOrigin = "golden.jejak.example/1";

bool Feed(LogReplay& replay, const std::string& leaf) {
  return replay.Feed(PrepareLeaf(AsBytes(leaf)));
}

TEST(LogReplay, GoldenLogHasEveryCheckpointAndHead) {
  const nlohmann::json expected = ReadVectorJson("expected.json");
  const registry::SignatureCheck verifying;
  LogReplay replay(kOrigin, verifying);
  std::size_t checkpoints = 0;
  for (const std::string& leaf : GoldenLeaves()) {
    ASSERT_TRUE(Feed(replay, leaf)) << replay.fault()->index << replay.fault()->detail;
    for (const auto& row : expected["checkpoints"]) {
      if (row["size"] != replay.size()) continue;
      EXPECT_TRUE(replay.sealed());
      EXPECT_EQ(EncodeHex(replay.Root().view()), row["root"].get<std::string>());
      EXPECT_EQ(EncodeHex(replay.last_seal()->state.view()), row["state"].get<std::string>());
      ++checkpoints;
    }
  }
  EXPECT_EQ(checkpoints, 57u);
  EXPECT_EQ(replay.size(), 333u);
  EXPECT_EQ(EncodeHash(*replay.genesis()), "YVDIe/IdaKPgcggMMvap55J5g5/8cFwbIpmgrWZhS10=");
  std::size_t heads = 0;
  for (const auto& [stream, row] : expected["stream_heads"].items()) {
    const registry::StreamState* state = replay.ledger().Find(*record::ParseStream(stream));
    ASSERT_NE(state, nullptr) << stream;
    EXPECT_EQ(EncodeHex(statemap::EncodeStreamHead(state->head)), row["head"].get<std::string>());
    ++heads;
  }
  EXPECT_EQ(replay.ledger().streams(), heads);
  EXPECT_EQ(replay.ledger().actions(), expected["action_ids"].size());
}

TEST(LogReplay, DeferredSignaturesAreThoseOfTheLog) {
  DeferredSignatures deferred;
  LogReplay replay(kOrigin, deferred);
  for (const std::string& leaf : GoldenLeaves()) {
    deferred.Begin(replay.size());
    ASSERT_TRUE(Feed(replay, leaf));
  }
  std::vector<SignatureJob> jobs = deferred.Take();
  ASSERT_GT(jobs.size(), 276u);
  const SequentialRunner runner;
  EXPECT_TRUE(runner.Run(jobs).empty());
  jobs[7].signature.bytes[1] ^= 1;
  jobs[100].key = jobs[0].key;
  EXPECT_EQ(runner.Run(jobs), (std::vector<std::size_t>{7, 100}));
  EXPECT_TRUE(deferred.Take().empty());
}

// Changes one leaf of the golden log, with every hash after it refitted, and expects the fault
// there.
struct Probe {
  const char* name;
  std::size_t at;
  std::function<std::string(const std::string& leaf)> change;
  const char* id;
  const char* sentence;
};

std::string Reseal(const std::string& leaf, const std::function<void(record::Seal&)>& change) {
  record::Seal seal = *record::ParseSeal(leaf);
  change(seal);
  return record::EncodeSeal(seal);
}

std::string Reenter(const std::string& leaf, const std::function<void(record::Entry&)>& change) {
  record::Entry entry = *record::ParseEntry(leaf);
  change(entry);
  return record::EncodeEntry(entry);
}

TEST(LogReplay, EachConditionHasItsFault) {
  const std::vector<std::string> leaves = GoldenLeaves();
  const std::vector<Probe> probes = {
      {"index", 29, [](auto& leaf) { return Reenter(leaf, [](auto& e) { e.index = 30; }); },
       "check.headers", "index is not its place in the log"},
      {"time", 29, [](auto& leaf) { return Reenter(leaf, [](auto& e) { e.time.value -= 3600; }); },
       "check.headers", "time is earlier"},
      {"seq", 29, [](auto& leaf) { return Reenter(leaf, [](auto& e) { e.seq = 2; }); },
       "check.headers", "seq is not its place"},
      {"prev", 29, [](auto& leaf) { return Reenter(leaf, [](auto& e) { e.prev.bytes[3] ^= 1; }); },
       "check.chain", "does not chain"},
      {"prev of the first", 0,
       [](auto& leaf) { return Reenter(leaf, [](auto& e) { e.prev.bytes[3] ^= 1; }); },
       "check.chain", "does not chain"},
      {"seal's prev", 332, [](auto& leaf) { return Reseal(leaf, [](auto& s) { s.prev = {}; }); },
       "check.chain", "does not chain"},
      {"seal's state", 332,
       [](auto& leaf) { return Reseal(leaf, [](auto& s) { s.state.bytes[0] ^= 1; }); },
       "check.seal", "state is not that of the entries"},
      {"seal's streams", 332, [](auto& leaf) { return Reseal(leaf, [](auto& s) { ++s.streams; }); },
       "check.seal", "counts 55 streams where the entries before it have 54"},
      {"no leaf", 5, [](auto&) { return std::string("x"); }, "check.headers", "neither an entry"},
      {"no action", 5,
       [](auto& leaf) { return Reenter(leaf, [](auto& e) { e.action_note = "x\n"; }); },
       "check.admission", "does not hold an action"},
      {"signature", 29,
       [](auto& leaf) {
         return Reenter(leaf, [](auto& e) {
           auto at = e.action_note.rfind(' ') + 20;
           e.action_note[at] = e.action_note[at] == 'A' ? 'B' : 'A';
         });
       },
       "check.admission", "should not have been admitted"},
  };
  const registry::SignatureCheck verifying;
  for (const Probe& probe : probes) {
    LogReplay replay(kOrigin, verifying);
    for (std::size_t i = 0; i < probe.at; ++i) ASSERT_TRUE(Feed(replay, leaves[i]));
    EXPECT_FALSE(Feed(replay, probe.change(leaves[probe.at]))) << probe.name;
    ASSERT_TRUE(replay.fault()) << probe.name;
    EXPECT_EQ(replay.fault()->id, probe.id) << probe.name;
    EXPECT_EQ(replay.fault()->index, probe.at) << probe.name;
    EXPECT_NE(replay.fault()->detail.find(probe.sentence), std::string::npos)
        << probe.name << ": " << replay.fault()->detail;
    EXPECT_FALSE(Feed(replay, leaves[probe.at])) << "a fault stays";
    EXPECT_EQ(replay.size(), probe.at);
  }
}

TEST(LogReplay, RepeatedActionAndEarlyHeartbeatAreFaults) {
  const std::vector<std::string> leaves = GoldenLeaves();
  const registry::SignatureCheck verifying;
  LogReplay replay(kOrigin, verifying);
  for (const std::string& leaf : leaves) ASSERT_TRUE(Feed(replay, leaf));
  record::Seal seal = *replay.last_seal();
  seal.index = replay.size();
  seal.prev = PrepareLeaf(AsBytes(leaves.back())).hash;
  seal.time.value += 599;
  LogReplay early = replay;
  EXPECT_FALSE(Feed(early, record::EncodeSeal(seal)));
  EXPECT_NE(early.fault()->detail.find("less than 600 s"), std::string::npos);
  seal.time.value += 1;
  const std::string heartbeat = record::EncodeSeal(seal);
  ASSERT_TRUE(Feed(replay, heartbeat)) << replay.fault()->detail;
  record::Entry entry = *record::ParseEntry(leaves[29]);
  entry.index = replay.size();
  entry.time = seal.time;
  entry.prev = PrepareLeaf(AsBytes(heartbeat)).hash;
  entry.seq = 7;
  EXPECT_FALSE(Feed(replay, record::EncodeEntry(entry)));
  EXPECT_EQ(replay.fault()->detail, "the entry repeats the action of entry 29");
}

TEST(LogReplay, BeginsWithAnEntry) {
  const registry::SignatureCheck verifying;
  LogReplay replay(kOrigin, verifying);
  record::Seal seal;
  seal.time = UnixSeconds{1767574800};
  seal.prev = *ParseHash("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
  EXPECT_FALSE(Feed(replay, record::EncodeSeal(seal)));
  EXPECT_EQ(replay.fault()->detail, "a log does not begin with a seal");
}

}  // namespace
}  // namespace jejak::evidence::test
