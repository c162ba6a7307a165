// SPDX-License-Identifier: Apache-2.0
#include "ledger/sequencer/sequencer.h"

#include <gtest/gtest.h>

#include <future>

#include "ledger/base/text.h"
#include "ledger/evidence/verify.h"
#include "ledger/sequencer/case_file_builder.h"
#include "ledger/sequencer/log_reader.h"
#include "ledger/sequencer/recovery.h"
#include "ledger/store/memory_store.h"
#include "tests/support/fault_store.h"
#include "tests/support/manual_clock.h"
#include "tests/support/small_log.h"
#include "tests/support/temporary_directory.h"

namespace jejak::sequencer {
namespace {

using store::FaultStore;
using test::SmallLog;

constexpr UnixSeconds kStart{1767574800};

Submission Read(const record::Envelope& envelope,
                const registry::Administration* administration = nullptr) {
  auto read = ReadSubmission(record::EncodeEnvelope(envelope).value(), Contents::kRequired);
  if (auto* refusal = std::get_if<registry::Refusal>(&read))
    throw std::runtime_error(refusal->detail);
  Submission submission = std::get<Submission>(std::move(read));
  if (administration != nullptr) VerifySignatures(submission, *administration);
  return submission;
}

// A log in memory behind a store that can fail, with a sequencer that a test starts, stops and starts again.
class SequencerTest : public testing::Test {
 protected:
  void SetUp() override {
    options_.heartbeat_s = 0;
    NewSigner(true);
    auto head = CreateLog(store_, *signer_, Read(log_.create()), kStart);
    ASSERT_TRUE(head.ok()) << head.error().detail;
    Start(*head);
    std::vector<Submission> setup;
    for (const record::Envelope& envelope : log_.setup()) setup.push_back(Read(envelope));
    const Completed done = Send(std::move(setup));
    ASSERT_FALSE(done.error) << done.error->detail;
    for (const Outcome& outcome : done.outcomes) {
      ASSERT_EQ(outcome.kind, OutcomeKind::kLogged)
          << outcome.refusal.code << " " << outcome.refusal.detail;
    }
  }

  void NewSigner(bool create) {
    const std::string path = directory_ / "guard";
    auto guard =
        create ? Guard::Create(path, SmallLog::kOrigin) : Guard::Open(path, SmallLog::kOrigin);
    ASSERT_TRUE(guard.ok()) << guard.error().detail;
    signer_ = std::make_unique<Signer>(SmallLog::kOrigin, log_.log_key().secret, std::move(*guard));
  }

  void Start(HeadPointer head) {
    sequencer_ =
        std::make_unique<Sequencer>(store_, *signer_, clock_, tiles_, std::move(head), options_);
  }

  // As a restarted process does: what is stored becomes visible, the guard is read, the head recovered.
  void Restart() {
    sequencer_.reset();
    store_.Reopen();
    NewSigner(false);
    auto head = Recover(store_, *signer_, tiles_, clock_.Wall());
    ASSERT_TRUE(head.ok()) << head.error().detail;
    Start(*head);
  }

  Completed Send(std::vector<Submission> submissions) {
    std::promise<Completed> done;
    const Result<void> queued = sequencer_->Submit(
        std::move(submissions), [&done](Completed c) { done.set_value(std::move(c)); });
    if (!queued.ok()) return {queued.error(), {}, nullptr};
    return done.get_future().get();
  }
  Completed Send(const record::Envelope& envelope) {
    std::vector<Submission> one;
    one.push_back(Read(envelope, &sequencer_->head()->administration()));
    return Send(std::move(one));
  }

  evidence::Trust Trust() {
    evidence::Trust trust;
    trust.policy.log = log_.log_key().verifier_key();
    trust.genesis = tlog::LeafHash(AsBytes(LogReader(sequencer_->head(), tiles_).Entry(0).value()));
    trust.ignore_conformance = true;
    trust.now = clock_.Wall();
    return trust;
  }

  std::string Receipt(std::uint64_t index) {
    const auto receipt = LogReader(sequencer_->head(), tiles_).ActionReceipt(index);
    EXPECT_TRUE(receipt.ok()) << receipt.error().detail;
    return receipt.ok() ? *receipt : "";
  }

  void ExpectVerifies(const std::string& receipt) {
    const evidence::Verdict verdict = evidence::VerifyReceipt(receipt, Trust());
    EXPECT_EQ(verdict.exit_code, 0) << verdict.checks.back().detail;
  }

  SmallLog log_{kStart};
  TemporaryDirectory directory_;
  FaultStore store_{std::make_shared<store::MemoryStore>()};
  test::ManualClock clock_{kStart};
  TileCache tiles_{64};
  SequencerOptions options_;
  std::unique_ptr<Signer> signer_;
  std::unique_ptr<Sequencer> sequencer_;
};

TEST_F(SequencerTest, AcknowledgesWithAReceiptThatVerifies) {
  const Completed done = Send(log_.Open(1, kStart));
  ASSERT_FALSE(done.error);
  ASSERT_EQ(done.outcomes[0].kind, OutcomeKind::kLogged)
      << done.outcomes[0].refusal.code << ": " << done.outcomes[0].refusal.detail;
  EXPECT_GT(done.head->size(), done.outcomes[0].index);
  ExpectVerifies(Receipt(done.outcomes[0].index));
}

TEST_F(SequencerTest, HandsOutWhatABatchHasLogged) {
  const Completed one = Send(log_.Open(1, kStart));
  EXPECT_TRUE(one.alone);
  LogReader reader(one.head, tiles_);
  ASSERT_NE(one.batch, nullptr);
  EXPECT_EQ(one.batch->Entry(one.outcomes[0].index), *reader.Entry(one.outcomes[0].index));
  std::vector<Submission> many;
  for (int i = 0; i < 40; ++i)
    many.push_back(Read(log_.AddNote(1, kStart, std::to_string(i)), nullptr));
  const Completed all = Send(std::move(many));
  EXPECT_FALSE(all.alone) << "a large batch has the other thread";
  LogReader later(all.head, tiles_);
  for (const Outcome& outcome : all.outcomes)
    EXPECT_EQ(all.batch->Entry(outcome.index), *later.Entry(outcome.index));
}

// Each action here replaces a page of the state map; the lists of them are found again at the start.
TEST_F(SequencerTest, PrunesPagesOfTheMapAcrossARestart) {
  ASSERT_FALSE(Send(log_.Open(1, kStart)).error);
  const auto lists = [this] { return sequencer_->head()->view->Scan("X", "Y", 1000).value(); };
  for (int i = 0; i < 50; ++i) ASSERT_FALSE(Send(log_.AddNote(1, kStart, std::to_string(i))).error);
  const std::string first = lists().front().first;
  Restart();
  for (int i = 50; i < 100; ++i)
    ASSERT_FALSE(Send(log_.AddNote(1, kStart, std::to_string(i))).error);
  EXPECT_EQ(lists().size(), kKeptSeals + 1);
  EXPECT_GT(lists().front().first, first);
  const std::size_t pages = sequencer_->head()->view->Scan("M", "N", 1000).value().size();
  EXPECT_LE(pages, 2 * (kKeptSeals + 2)) << "a page of one version, and what it replaced";
}

TEST_F(SequencerTest, AnswersAResubmissionWithTheFirstReceipt) {
  const record::Envelope envelope = log_.Open(1, kStart);
  const Completed first = Send(envelope);
  const std::string receipt = Receipt(first.outcomes[0].index);
  ASSERT_FALSE(Send(log_.Open(2, kStart)).error);
  const Completed again = Send(envelope);
  ASSERT_EQ(again.outcomes[0].kind, OutcomeKind::kDuplicate);
  EXPECT_EQ(again.outcomes[0].index, first.outcomes[0].index);
  EXPECT_EQ(Receipt(again.outcomes[0].index), receipt);
  Restart();
  EXPECT_EQ(Receipt(Send(envelope).outcomes[0].index), receipt);
}

TEST_F(SequencerTest, BuildsCaseFilesThatVerify) {
  ASSERT_FALSE(Send(log_.Open(1, kStart)).error);
  for (int i = 0; i < 19; ++i)
    ASSERT_EQ(Send(log_.AddNote(1, kStart)).outcomes[0].kind, OutcomeKind::kLogged);
  LogReader reader(sequencer_->head(), tiles_);
  const std::vector<std::uint64_t> from{2};
  for (const Disclosure& disclosure :
       {Disclosure{}, Disclosure{true, false, false, {}}, Disclosure{false, false, false, {}}}) {
    const auto file = BuildCaseFile(reader, SmallLog::CaseStream(1), from, disclosure);
    ASSERT_TRUE(file.ok()) << file.error().detail;
    const evidence::Verdict verdict = evidence::VerifyCaseFile(*file, Trust());
    EXPECT_EQ(verdict.exit_code, 0) << verdict.checks.back().detail;
  }
  EXPECT_EQ(BuildCaseFile(reader, SmallLog::CaseStream(9), {}, {}).error().code, Code::kNotFound);
}

TEST_F(SequencerTest, SharesTheEntriesThatItReads) {
  ASSERT_FALSE(Send(log_.Open(1, kStart)).error);
  for (std::uint64_t i = 0; i < kRunEntries; ++i) {
    ASSERT_EQ(Send(log_.AddNote(1, kStart)).outcomes[0].kind, OutcomeKind::kLogged);
    LogReader reader(sequencer_->head(), tiles_);  // the last run is whole at one of these sizes
    for (std::uint64_t index = 0; index < reader.size(); ++index) {
      const auto shared = reader.SharedEntry(index);
      ASSERT_TRUE(shared.ok()) << shared.error().detail;
      EXPECT_EQ(**shared, reader.Entry(index).value());
    }
    EXPECT_EQ(reader.SharedEntry(reader.size()).error().code, Code::kNotFound);
    EXPECT_EQ(reader.SharedEntry(~std::uint64_t{0}).error().code, Code::kNotFound);
  }
  LogReader reader(sequencer_->head(), tiles_);
  EXPECT_EQ(reader.SharedEntry(0)->get(), reader.SharedEntry(0)->get());  // the second from memory
  EXPECT_EQ(reader.SharedEntry(1)->get(), reader.SharedEntry(0)->get() + 1);
}

TEST_F(SequencerTest, ServesManyWritersAtOnce) {
  constexpr std::uint64_t kWriters = 8;
  constexpr std::uint64_t kEach = 50;
  std::vector<std::vector<record::Envelope>> work(kWriters);
  for (std::uint64_t w = 0; w < kWriters; ++w) {
    work[w].push_back(log_.Open(w, kStart));
    for (std::uint64_t i = 1; i < kEach; ++i)
      work[w].push_back(log_.AddNote(w, kStart, std::to_string(i)));
  }
  std::vector<std::thread> writers;
  std::atomic<int> logged{0};
  for (std::uint64_t w = 0; w < kWriters; ++w) {
    writers.emplace_back([&, w] {
      for (const record::Envelope& envelope : work[w]) {
        const Completed done = Send(envelope);
        if (!done.error && done.outcomes[0].kind == OutcomeKind::kLogged) ++logged;
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  EXPECT_EQ(logged, static_cast<int>(kWriters * kEach));
  LogReader reader(sequencer_->head(), tiles_);
  for (std::uint64_t w = 0; w < kWriters; ++w) {
    const auto file = BuildCaseFile(reader, SmallLog::CaseStream(w), {}, {});
    EXPECT_EQ(evidence::VerifyCaseFile(*file, Trust()).exit_code, 0);
  }
}

TEST_F(SequencerTest, DecidesWhatComesTogetherInOrder) {
  std::vector<Submission> batch;
  batch.push_back(Read(log_.Open(1, kStart)));
  batch.push_back(Read(log_.AddNote(1, kStart)));
  batch.push_back(batch[1]);
  const Completed done = Send(std::move(batch));
  ASSERT_EQ(done.outcomes.size(), 3u);
  EXPECT_EQ(done.outcomes[0].kind, OutcomeKind::kLogged);
  EXPECT_EQ(done.outcomes[1].kind, OutcomeKind::kLogged);
  EXPECT_EQ(done.outcomes[2].kind, OutcomeKind::kDuplicate);
  EXPECT_EQ(done.outcomes[2].index, done.outcomes[1].index);
}

TEST_F(SequencerTest, RefusesOneWithoutTouchingTheOthers) {
  std::vector<Submission> batch;
  batch.push_back(Read(log_.Open(1, kStart)));
  record::Envelope skipped = log_.AddNote(1, kStart);
  batch.push_back(Read(log_.AddNote(1, kStart)));  // stands after one that was not sent
  batch.push_back(Read(skipped));
  const Completed done = Send(std::move(batch));
  EXPECT_EQ(done.outcomes[0].kind, OutcomeKind::kLogged);
  EXPECT_EQ(done.outcomes[1].refusal.code, "conflict");
  EXPECT_EQ(done.outcomes[1].refusal.head->count, 1u);
  EXPECT_EQ(done.outcomes[2].kind, OutcomeKind::kLogged);
}

// Stages of a commit x how it fails. After the restart: nothing acknowledged is lost, the same bytes get one receipt, no size has
// two roots.
class SequencerFault : public SequencerTest,
                       public testing::WithParamInterface<FaultStore::Fault> {};

TEST_P(SequencerFault, LosesNothingAcknowledged) {
  const record::Envelope first = log_.Open(1, kStart);
  const std::uint64_t first_index = Send(first).outcomes[0].index;
  const std::string first_receipt = Receipt(first_index);
  const record::Envelope second = log_.AddNote(1, kStart);
  store_.FailAt(store_.commits() + 1, GetParam());
  const Completed failed = Send(second);
  ASSERT_TRUE(failed.error);
  EXPECT_EQ(failed.error->code, Code::kUnknownOutcome);
  EXPECT_NE(sequencer_->health().health, Health::kOk);
  EXPECT_TRUE(Send(log_.Open(2, kStart)).error);  // it has stopped
  Restart();
  EXPECT_EQ(Receipt(first_index), first_receipt);
  const Completed again = Send(second);
  ASSERT_FALSE(again.error);
  EXPECT_EQ(again.outcomes[0].kind, GetParam() == FaultStore::Fault::kFailStored
                                        ? OutcomeKind::kDuplicate
                                        : OutcomeKind::kLogged);
  ExpectVerifies(Receipt(again.outcomes[0].index));
  ExpectVerifies(first_receipt);
  const auto file = BuildCaseFile(*std::make_unique<LogReader>(sequencer_->head(), tiles_),
                                  SmallLog::CaseStream(1), {}, {});
  EXPECT_EQ(evidence::VerifyCaseFile(*file, Trust()).exit_code, 0);
}

INSTANTIATE_TEST_SUITE_P(EveryFault, SequencerFault,
                         testing::Values(FaultStore::Fault::kRefuse, FaultStore::Fault::kConflict,
                                         FaultStore::Fault::kFailUnstored,
                                         FaultStore::Fault::kFailStored));

TEST_F(SequencerTest, RefusesToSignOverAStoreBehindItsGuard) {
  auto old_store = std::make_shared<store::MemoryStore>();
  TemporaryDirectory other;
  {
    // A twin of this log that stops early: the old backup.
    auto guard = Guard::Create(other / "guard", SmallLog::kOrigin);
    Signer signer(SmallLog::kOrigin, log_.log_key().secret, std::move(*guard));
    ASSERT_TRUE(CreateLog(*old_store, signer, Read(log_.create()), kStart).ok());
  }
  sequencer_.reset();
  NewSigner(false);
  const auto head = Recover(*old_store, *signer_, tiles_, clock_.Wall());
  ASSERT_FALSE(head.ok());
  EXPECT_EQ(head.error().code, Code::kRefused);
  EXPECT_NE(head.error().detail.find("mirror"), std::string::npos) << head.error().detail;
}

TEST_F(SequencerTest, CallsAnEmptiedStoreARollbackAndNotANewLog) {
  sequencer_.reset();
  NewSigner(false);
  store::MemoryStore emptied;
  const auto head = Recover(emptied, *signer_, tiles_, clock_.Wall());
  ASSERT_FALSE(head.ok());
  EXPECT_EQ(head.error().code, Code::kRefused);
  EXPECT_NE(head.error().detail.find("the store holds 0 entries"), std::string::npos)
      << head.error().detail;
}

TEST_F(SequencerTest, StopsAtAClockThatJumpsUntilItIsConfirmed) {
  clock_.JumpWall(61);
  const Completed stalled = Send(log_.Open(1, kStart));
  ASSERT_TRUE(stalled.error);
  EXPECT_EQ(stalled.error->code, Code::kUnavailable);
  EXPECT_EQ(sequencer_->health().health, Health::kReadOnly);
  sequencer_->ConfirmClock();
  EXPECT_EQ(sequencer_->health().health, Health::kOk);
  EXPECT_FALSE(Send(log_.Open(2, kStart)).error);
}

TEST_F(SequencerTest, RefusesWhenTheQueueIsFull) {
  sequencer_.reset();
  NewSigner(false);
  options_.queue_submissions = 0;
  Start(*Recover(store_, *signer_, tiles_, clock_.Wall()));
  const Completed full = Send(log_.Open(1, kStart));
  ASSERT_TRUE(full.error);
  EXPECT_EQ(full.error->code, Code::kUnavailable);
  EXPECT_EQ(sequencer_->stats().queue_full, 1u);
}

TEST_F(SequencerTest, AcceptsNothingWhenTheDiskIsNearlyFull) {
  std::atomic<std::uint64_t> free{0};
  sequencer_.reset();
  NewSigner(false);
  options_.free_bytes = [&free] { return free.load(); };
  Start(*Recover(store_, *signer_, tiles_, clock_.Wall()));
  const record::Envelope envelope = log_.Open(1, kStart);
  ASSERT_TRUE(Send(envelope).error);
  EXPECT_EQ(sequencer_->health().health, Health::kFull);
  free = std::uint64_t{1} << 40;
  while (sequencer_->health().health != Health::kOk)
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  EXPECT_FALSE(Send(envelope).error);
}

TEST_F(SequencerTest, SealsAHeartbeatWhenNothingHappens) {
  sequencer_.reset();
  NewSigner(false);
  options_.heartbeat_s = 600;
  Start(*Recover(store_, *signer_, tiles_, clock_.Wall()));
  const std::uint64_t size = sequencer_->head()->size();
  for (int i = 0; i < 11; ++i) {  // as slowly as the jump check allows
    clock_.Advance(59);
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  for (int i = 0; i < 300 && sequencer_->head()->size() == size; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  EXPECT_EQ(sequencer_->head()->size(), size + 1);
}

}  // namespace
}  // namespace jejak::sequencer
