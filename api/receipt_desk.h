// SPDX-License-Identifier: Apache-2.0
//
// Writes the receipts of what the sequencer has logged, on a thread of its own: the sequencer's is
// for order, and the waiters of one batch share most of their proofs.
//
//   sequencer thread:  completion -> Post(head, outcomes, done)
//   desk thread:       each node of the tree once, the entries out of the batch, done(receipts)
//
// A receipt is the same one every time: under the checkpoint that the action was acknowledged with,
// which is the head that comes with a `logged` outcome. Any thread may Post or AnswerNow; `done` of
// what was posted runs on the desk's thread, in the order of posting. Stop answers what waits, then
// ends the thread.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "ledger/sequencer/log_reader.h"
#include "ledger/sequencer/sequencer.h"

namespace jejak::api {

class ReceiptDesk final {
 public:
  // One result per outcome, in order; empty text where the outcome is a refusal.
  using Receipts = std::vector<Result<std::string>>;
  struct Job {
    sequencer::HeadPointer head;
    std::shared_ptr<const sequencer::Batch> batch;  // with every entry that was logged now
    std::vector<sequencer::Outcome> outcomes;
    std::function<void(const std::vector<sequencer::Outcome>&, Receipts)> done;
  };

  explicit ReceiptDesk(sequencer::TileCache& tiles);
  ~ReceiptDesk();
  ReceiptDesk(const ReceiptDesk&) = delete;
  ReceiptDesk& operator=(const ReceiptDesk&) = delete;

  void Post(Job job);
  // The same at once, on the calling thread: where only one waits, waking another takes longer.
  void AnswerNow(Job job) const { Answer({&job, 1}); }
  void Stop();

 private:
  void Run();
  // All under one head.
  void Answer(std::span<Job> jobs) const;

  sequencer::TileCache& tiles_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Job> jobs_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace jejak::api
