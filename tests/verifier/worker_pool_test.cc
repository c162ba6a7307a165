// SPDX-License-Identifier: Apache-2.0
#include "verifier/cli/worker_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <thread>
#include <vector>

#include "ledger/crypto/hash.h"

namespace jejak::verifier {
namespace {

TEST(WorkerPool, DoesEachTaskOnce) {
  for (const unsigned jobs : {1U, 2U, 5U}) {
    WorkerPool pool(jobs);
    for (const std::size_t count : {0U, 1U, 2U, 7U, 1000U}) {
      std::vector<int> done(count, 0);
      pool.ForEach(count, [&](std::size_t i) { ++done[i]; });
      EXPECT_EQ(done, std::vector<int>(count, 1)) << jobs << " " << count;
    }
  }
}

TEST(WorkerPool, UsesItsThreads) {
  WorkerPool pool(3);
  // Three tasks that wait for each other end only if three hands are at work.
  std::atomic<int> arrived{0};
  pool.ForEach(3, [&](std::size_t) {
    ++arrived;
    while (arrived < 3) std::this_thread::yield();
  });
  EXPECT_EQ(arrived, 3);
}

TEST(ParallelRunner, FindsTheSameAsTheSequentialOne) {
  const Digest seed = crypto::Sha256(AsBytes("seed"));
  const crypto::SecretKey secret = crypto::SecretKey::FromSeed(seed.view());
  std::vector<evidence::SignatureJob> jobs;
  for (std::uint64_t i = 0; i < 200; ++i) {
    auto text = std::make_shared<const std::string>("text " + std::to_string(i));
    jobs.push_back({i, "signer", secret.public_key(), secret.Sign(AsBytes(*text)), text});
  }
  WorkerPool pool(2);
  const ParallelRunner runner(pool);
  EXPECT_TRUE(runner.Run(jobs).empty());
  for (const std::size_t wrong : {0U, 3U, 4U, 31U, 32U, 150U, 199U})
    jobs[wrong].signature.bytes[3] ^= 1;
  EXPECT_EQ(runner.Run(jobs), (std::vector<std::size_t>{0, 3, 4, 31, 32, 150, 199}));
  EXPECT_EQ(runner.Run(jobs), evidence::SequentialRunner().Run(jobs));
  EXPECT_TRUE(runner.Run({}).empty());
}

// Counts the tasks that it is asked for.
class TaskCounter final : public Workers {
 public:
  void ForEach(std::size_t count, const std::function<void(std::size_t)>& task) override {
    tasks_ += count;
    CallerOnly().ForEach(count, task);
  }
  std::size_t tasks() const { return tasks_; }

 private:
  std::size_t tasks_ = 0;
};

// 34 signatures: a case of 20 actions. In two slices of 32 and 2 one hand would do all the work.
TEST(ParallelRunner, SharesTheSignaturesOfASmallCaseFileEvenly) {
  TaskCounter counter;
  std::vector<evidence::SignatureJob> jobs(34);
  EXPECT_EQ(ParallelRunner(counter).Run(jobs).size(), jobs.size()) << "none of them is signed";
  EXPECT_GE(counter.tasks(), 8u);
}

}  // namespace
}  // namespace jejak::verifier
