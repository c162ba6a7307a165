// SPDX-License-Identifier: Apache-2.0
// kill -9 at random points under load, and what must hold afterwards: every receipt verifies against
// the restarted log, no size has two roots, the same bytes sent again get the first receipt.
//
// JEJAK_CRASH_CYCLES: how many (50 unless set; ctest label long: 1000). JEJAK_CRASH_SEED replays.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <deque>
#include <filesystem>
#include <iostream>
#include <map>
#include <mutex>
#include <random>
#include <thread>

#include "api/client.h"
#include "ledger/base/text.h"
#include "ledger/evidence/receipt.h"
#include "ledger/evidence/verify.h"
#include "ledger/sequencer/clock.h"
#include "ledger/sequencer/durable_file.h"
#include "ledger/sequencer/log_directory.h"
#include "ledger/sequencer/log_reader.h"
#include "ledger/store/rocksdb_store.h"
#include "ledger/tlog/tlog_proof.h"
#include "tests/crash/daemon.h"
#include "tests/support/small_log.h"
#include "tests/support/temporary_directory.h"
#include "tools/operation/fsck.h"

namespace jejak {
namespace {

using test::SmallLog;

constexpr int kCyclesOfOneLog = 100;        // then a fresh one: a log of 8 MiB batches grows fast
constexpr std::uint64_t kBatchNotes = 130;  // of 60,000 bytes: just below 8 MiB
constexpr std::uint64_t kSingleWriters = 3;

unsigned FromEnvironment(const char* name, unsigned otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : static_cast<unsigned>(std::stoul(text));
}

template <class T>
T Must(Result<T> result) {
  if (!result.ok()) throw std::runtime_error(result.error().detail);
  return std::move(result).value();
}

std::string TextOf(const record::Envelope& envelope) {
  return Must(record::EncodeEnvelope(envelope));
}

struct Acknowledged {
  std::string envelope;
  std::string receipt;
};

// One client: sends what it has in order, keeps what was not acknowledged and sends it again.
class Writer final {
 public:
  Writer(SmallLog& log, std::mutex& log_mutex, std::uint64_t number)
      : log_(log), log_mutex_(log_mutex), case_(1000 * number) {}

  // Until the server is gone.
  void SendSingles(const std::string& url, const std::atomic<bool>& stop) {
    api::LedgerClient client(url, {}, {1, {}, {}});
    while (!stop) {
      if (waiting_.empty()) waiting_.push_back(Next("one"));
      const auto answer = client.Submit(waiting_.front());
      if (!answer.ok()) return;
      Take(*answer);
    }
  }
  // One batch of 8 MiB, or what is left of the last.
  void SendBatch(const std::string& url) {
    api::LedgerClient client(url, {}, {1, {}, {}});
    if (waiting_.empty()) {
      const std::string filler(60000, 'x');
      for (std::uint64_t i = 0; i < kBatchNotes; ++i) waiting_.push_back(Next(filler));
    }
    const auto answers =
        client.SubmitBatch(std::vector<std::string>(waiting_.begin(), waiting_.end()));
    if (!answers.ok()) return;
    for (const api::SubmitAnswer& answer : *answers) Take(answer);
  }

  std::vector<Acknowledged> TakeAcknowledged() { return std::exchange(acknowledged_, {}); }
  const std::string& problem() const { return problem_; }

 private:
  std::string Next(const std::string& text) {
    const std::scoped_lock lock(log_mutex_);
    const UnixSeconds now = sequencer::SystemClock().Wall();
    if (notes_++ % 4000 == 0) return TextOf(log_.Open(++case_, now));
    return TextOf(log_.AddNote(case_, now, text));
  }
  // A refusal is never right here: all is sent in order, and nothing acknowledged may be forgotten.
  void Take(const api::SubmitAnswer& answer) {
    if (answer.logged()) {
      acknowledged_.push_back({waiting_.front(), answer.receipt});
    } else if (problem_.empty()) {
      problem_ = answer.problem->code + ": " + answer.problem->detail;
    }
    waiting_.pop_front();
  }

  SmallLog& log_;
  std::mutex& log_mutex_;
  std::uint64_t case_;
  std::uint64_t notes_ = 0;
  std::deque<std::string> waiting_;
  std::vector<Acknowledged> acknowledged_;
  std::string problem_;
};

// One log, killed many times.
class Life final {
 public:
  explicit Life(std::mt19937& random) : random_(random) {
    sequencer::NewLog made{log_.log_key(), {}, Create(), "crash test", crypto::kLeastCost, {}};
    {
      const auto open = Must(sequencer::CreateLogDirectory(dir_ / "log", std::move(made),
                                                           sequencer::SystemClock().Wall()));
      trust_.genesis =
          tlog::LeafHash(AsBytes(Must(sequencer::LogReader(open.head, *open.tiles).Entry(0))));
    }
    trust_.policy.log = log_.log_key().verifier_key();
    trust_.ignore_conformance = true;
    trust_.now = sequencer::SystemClock().Wall();
    Write("passphrase", "crash test\n");
    Write("log/config.toml",
          "entries = \"public\"\nlisten = \"127.0.0.1:0\"\nlisten_oversight = \"none\"\n"
          "low_water_mib = 0\nactions_per_minute = 0\nheartbeat_s = 0\npassphrase_file = \"" +
              dir_.path() + "/passphrase\"\n");
    for (std::uint64_t i = 0; i <= kSingleWriters; ++i) writers_.emplace_back(log_, mutex_, i + 1);
  }

  void Cycle(int number) {
    if (number % 9 == 5) KillInStartup();
    test::Daemon daemon(dir_ / "log", dir_ / "daemon.log");
    const std::string url = daemon.WaitUntilServing();
    ASSERT_FALSE(url.empty()) << daemon.Said();
    if (number == 0) {
      ASSERT_NO_FATAL_FAILURE(LogSetup(url));
    }
    ASSERT_NO_FATAL_FAILURE(CheckRestarted(url));
    Load(daemon, url, number % 2 == 0);
    for (Writer& writer : writers_) {
      ASSERT_EQ(writer.problem(), "");
      for (Acknowledged& one : writer.TakeAcknowledged()) fresh_.push_back(std::move(one));
    }
  }

  // All that was ever said, against the store at rest; then the whole of it.
  void CheckAtEnd() {
    {
      test::Daemon daemon(dir_ / "log", dir_ / "daemon.log");
      const std::string url = daemon.WaitUntilServing();
      ASSERT_FALSE(url.empty()) << daemon.Said();
      ASSERT_NO_FATAL_FAILURE(CheckRestarted(url));
    }
    verifier::CallerOnly workers;
    const evidence::Verdict verdict =
        operation::CheckDirectory({dir_ / "log", {}, trust_.policy}, workers, nullptr);
    for (const evidence::CheckLine& line : verdict.checks)
      EXPECT_NE(line.status, evidence::Status::kFail) << line.id << ": " << line.detail;
    EXPECT_EQ(verdict.exit_code, 0);
    const auto store = Must(store::RocksdbStore::OpenReadOnly(dir_ / "log/db"));
    const auto view = Must(store->Latest());
    for (const auto& [size, root] : roots_) {
      const std::string key = store::SealKey(size - 1);
      const auto row = Must(view->Read(std::span(&key, 1)));
      ASSERT_TRUE(row[0]) << "a tree of size " << size << " was signed and is not in the log";
      ASSERT_EQ(*row[0], store::DigestValue(root)) << size;
    }
  }

  std::size_t acknowledged() const { return old_.size(); }
  std::size_t checkpoints() const { return roots_.size(); }

 private:
  sequencer::Submission Create() {
    auto read = sequencer::ReadSubmission(TextOf(log_.create()), sequencer::Contents::kRequired);
    return std::get<sequencer::Submission>(std::move(read));
  }
  void Write(const std::string& name, const std::string& text) {
    const auto written = sequencer::ReplaceFile(dir_ / name, text, 0600);
    if (!written.ok()) throw std::runtime_error(written.error().detail);
  }
  void Sleep(unsigned most_ms) {
    std::this_thread::sleep_for(std::chrono::milliseconds(random_() % most_ms));
  }

  void KillInStartup() {
    test::Daemon daemon(dir_ / "log", dir_ / "daemon.log");
    Sleep(150);
  }

  void LogSetup(const std::string& url) {
    std::vector<std::string> setup;
    for (const record::Envelope& envelope : log_.setup()) setup.push_back(TextOf(envelope));
    for (const api::SubmitAnswer& answer : Must(api::LedgerClient(url).SubmitBatch(setup)))
      ASSERT_TRUE(answer.logged()) << answer.problem->detail;
  }

  void Load(test::Daemon& daemon, const std::string& url, bool with_batch) {
    std::atomic<bool> stop{false};
    std::vector<std::thread> threads;
    for (std::uint64_t i = 0; i < kSingleWriters; ++i)
      threads.emplace_back([&, i] { writers_[i].SendSingles(url, stop); });
    if (with_batch) threads.emplace_back([&] { writers_[kSingleWriters].SendBatch(url); });
    Sleep(with_batch ? 1200 : 400);
    daemon.Kill();
    stop = true;
    for (std::thread& thread : threads) thread.join();
  }

  // Remembers a checkpoint; the same size must always have the same root.
  void See(const std::string& note) {
    const auto parsed = Must(tlog::ParseNote(note));
    const auto outcome = tlog::JudgeCheckpoint(trust_.policy, parsed);
    ASSERT_TRUE(outcome.log_signed && !outcome.known_signature_failed);
    const auto checkpoint = Must(tlog::ParseCheckpoint(parsed.text));
    const auto [seen, fresh] = roots_.emplace(checkpoint.size, checkpoint.root);
    ASSERT_EQ(seen->second, checkpoint.root) << "two roots of size " << checkpoint.size;
  }

  void CheckRestarted(const std::string& url) {
    api::LedgerClient client(url);
    ASSERT_NO_FATAL_FAILURE(See(Must(client.Get("/checkpoint"))));
    const std::uint64_t size = roots_.rbegin()->first;
    for (const Acknowledged& one : fresh_) {
      const evidence::Verdict verdict = evidence::VerifyReceipt(one.receipt, trust_);
      ASSERT_EQ(verdict.exit_code, 0);
      const tlog::TlogProof proof = Must(tlog::ParseTlogProof(one.receipt));
      ASSERT_NO_FATAL_FAILURE(See(proof.checkpoint));
      ASSERT_LT(proof.index, size);
    }
    ASSERT_EQ(roots_.rbegin()->first, size) << "a larger tree was signed than the log has now";
    old_.insert(old_.end(), std::make_move_iterator(fresh_.begin()),
                std::make_move_iterator(fresh_.end()));
    const std::size_t newest = fresh_.size();
    fresh_.clear();
    // The newest ones are at risk; of the others, a few.
    for (std::size_t i = 0; i < 12 && !old_.empty(); ++i) {
      const std::size_t among = i < 8 && newest != 0 ? newest : old_.size();
      const Acknowledged& one = old_[old_.size() - 1 - random_() % among];
      const api::SubmitAnswer answer = Must(client.Submit(one.envelope));
      ASSERT_TRUE(answer.duplicate()) << answer.status;
      ASSERT_EQ(answer.receipt, one.receipt);
    }
  }

  std::mt19937& random_;
  TemporaryDirectory dir_;
  SmallLog log_{sequencer::SystemClock().Wall()};
  std::mutex mutex_;
  std::deque<Writer> writers_;
  evidence::Trust trust_;
  std::vector<Acknowledged> fresh_;  // since the last restart
  std::vector<Acknowledged> old_;
  std::map<std::uint64_t, Digest> roots_;  // every checkpoint ever seen
};

TEST(Kill, NothingAcknowledgedIsLost) {
  const unsigned seed = FromEnvironment("JEJAK_CRASH_SEED", std::random_device{}());
  const int cycles = static_cast<int>(FromEnvironment("JEJAK_CRASH_CYCLES", 50));
  std::cout << "seed " << seed << ", " << cycles << " cycles\n";
  std::mt19937 random(seed);
  for (int done = 0; done < cycles;) {
    Life life(random);
    for (int i = 0; i < kCyclesOfOneLog && done < cycles; ++i, ++done)
      ASSERT_NO_FATAL_FAILURE(life.Cycle(i)) << "cycle " << done << " of seed " << seed;
    ASSERT_NO_FATAL_FAILURE(life.CheckAtEnd()) << "seed " << seed;
    std::cout << life.acknowledged() << " actions acknowledged under " << life.checkpoints()
              << " checkpoints\n";
    EXPECT_GT(life.acknowledged(), 100U);
  }
}

}  // namespace
}  // namespace jejak
