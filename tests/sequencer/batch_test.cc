// SPDX-License-Identifier: Apache-2.0
#include "ledger/sequencer/batch.h"

#include <gtest/gtest.h>

#include "ledger/base/text.h"
#include "ledger/sequencer/log_reader.h"
#include "ledger/sequencer/recovery.h"
#include "ledger/statemap/stream_head.h"
#include "ledger/store/memory_store.h"
#include "tests/support/golden_log.h"
#include "tests/support/golden_submission.h"
#include "tests/support/temporary_directory.h"

namespace jejak::sequencer {
namespace {

using test::GoldenLog;

// The golden log rebuilt from its actions, bodies and times, batch by batch, into a memory store.
class GoldenRebuild : public testing::Test {
 protected:
  void SetUp() override {
    auto guard = Guard::Create(directory_ / "guard", golden_.origin);
    ASSERT_TRUE(guard.ok()) << guard.error().detail;
    signer_ = std::make_unique<Signer>(
        golden_.origin, crypto::SecretKey::FromSeed(golden_.log_key.seed()), std::move(*guard));
    state_ = EmptyLog(golden_.origin);
    for (std::size_t i = 0; i < golden_.batches.size(); ++i) ASSERT_NO_FATAL_FAILURE(Rebuild(i));
  }

  void Rebuild(std::size_t number) {
    const test::GoldenBatch& batch = golden_.batches[number];
    BatchBuilder builder(state_, store_.Latest().value());
    std::vector<Submission> submissions;
    std::uint64_t index = state_.record.size;
    for (const std::string& note : batch.notes)
      submissions.push_back(test::GoldenSubmission(golden_, note, index++));
    const auto outcomes = builder.Add(submissions, batch.time);
    ASSERT_TRUE(outcomes.ok()) << outcomes.error().detail;
    for (const Outcome& outcome : *outcomes) {
      ASSERT_EQ(outcome.kind, OutcomeKind::kLogged)
          << outcome.refusal.code << ": " << outcome.refusal.detail;
    }
    auto built = builder.Finish(batch.time);
    ASSERT_TRUE(built.ok()) << built.error().detail;
    const std::string expected = store_.Latest().value()->head();
    const auto committed =
        store_.Commit(expected, store::EncodeHead(built->next.record), built->writes);
    ASSERT_TRUE(committed.ok()) << committed.error().detail;
    state_ = built->next;
    const auto note = signer_->Sign(state_.record.size, state_.record.root, batch.time);
    ASSERT_TRUE(note.ok());
    notes_.push_back(*note);
    EXPECT_EQ(state_.record.size, golden_.checkpoints[number].size);
    EXPECT_EQ(*note, golden_.checkpoints[number].note);
  }

  LogReader Reader() {
    auto head = std::make_shared<Head>(Head{state_, notes_.back(), store_.Latest().value()});
    return LogReader(head, tiles_);
  }

  GoldenLog golden_ = test::LoadGoldenLog();
  TemporaryDirectory directory_;
  store::MemoryStore store_;
  TileCache tiles_{16};
  std::unique_ptr<Signer> signer_;
  LogState state_;
  std::vector<std::string> notes_;
};

TEST_F(GoldenRebuild, GivesTheSameLeavesByteForByte) {
  LogReader reader = Reader();
  ASSERT_EQ(reader.size(), golden_.leaves.size());
  for (std::uint64_t i = 0; i < reader.size(); ++i)
    EXPECT_EQ(reader.Entry(i).value(), golden_.leaves[i]) << i;
}

TEST_F(GoldenRebuild, GivesTheSameTilesByteForByte) {
  LogReader reader = Reader();
  for (const char* path : {"tile/0/000", "tile/0/001.p/77", "tile/1/000.p/1", "tile/entries/000",
                           "tile/entries/001.p/77"}) {
    const auto tile = reader.Tile(tlog::ParseTilePath(path).value());
    ASSERT_TRUE(tile.ok()) << path << ": " << tile.error().detail;
    EXPECT_EQ(*tile, test::ReadVector(std::string("log/") + path)) << path;
  }
  for (const char* path :
       {"tile/0/001", "tile/0/001.p/78", "tile/0/002.p/1", "tile/1/000.p/2", "tile/2/000.p/1"}) {
    EXPECT_EQ(reader.Tile(tlog::ParseTilePath(path).value()).error().code, Code::kNotFound) << path;
  }
}

TEST_F(GoldenRebuild, GivesTheSameStreamHeads) {
  LogReader reader = Reader();
  EXPECT_EQ(reader.head().log.record.streams, golden_.stream_heads.size());
  for (const auto& [name, hex] : golden_.stream_heads) {
    const auto state = reader.Stream(record::ParseStream(name).value());
    ASSERT_TRUE(state.ok() && state->has_value()) << name;
    EXPECT_EQ(EncodeHex(statemap::EncodeStreamHead((*state)->head)), hex) << name;
  }
}

TEST_F(GoldenRebuild, GivesTheGoldenReceipts) {
  LogReader reader = Reader();
  const auto stream = record::ParseStream("case/5MG3Z0FSDG8122AFHMEK5J0EY2").value();
  EXPECT_EQ(reader.StateReceipt(stream).value(), test::ReadVector("head-A.tlog-proof"));
}

TEST_F(GoldenRebuild, RecoversFromWhatItStored) {
  const auto state = LoadState(*store_.Latest().value());
  ASSERT_TRUE(state.ok()) << state.error().detail;
  EXPECT_EQ(state->record, state_.record);
  EXPECT_EQ(state->edge.Root(), state_.edge.Root());
  EXPECT_EQ(state->administration->keys().size(), state_.administration->keys().size());
  const auto head = Recover(store_, *signer_, tiles_, golden_.batches.back().time);
  ASSERT_TRUE(head.ok()) << head.error().detail;
  EXPECT_EQ((*head)->checkpoint, golden_.checkpoints.back().note);
}

TEST_F(GoldenRebuild, KeepsNoPageOfTheMapThatNothingNeeds) {
  const auto view = store_.Latest().value();
  const auto pages = view->Scan("M", "N", 100000).value();
  const auto lists = view->Scan("X", "Y", 100000).value();
  EXPECT_LE(lists.size(), kKeptSeals + 1);
  EXPECT_GE(pages.size(), lists.size());
}

TEST_F(GoldenRebuild, RefusesTheSameActionAgainAndNamesTheFirst) {
  BatchBuilder builder(state_, store_.Latest().value());
  const std::string note = golden_.batches[1].notes[0];
  const std::vector<Submission> again{test::GoldenSubmission(golden_, note, 2)};
  const auto outcomes = builder.Add(again, golden_.batches.back().time);
  ASSERT_TRUE(outcomes.ok());
  EXPECT_EQ((*outcomes)[0].kind, OutcomeKind::kDuplicate);
  EXPECT_EQ((*outcomes)[0].index, 2u);
  EXPECT_EQ(builder.added(), 0u);
}

}  // namespace
}  // namespace jejak::sequencer
