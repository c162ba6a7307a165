// SPDX-License-Identifier: Apache-2.0
//
// The one place where order is made. Submissions wait in a bounded queue; one thread builds batches
// from it, a second carries each batch through
//
//   commit -> guard -> sign -> publish -> complete the waiters
//
// and while it does, the first fills the next batch (docs/architecture.md, One append). A batch is
// *alone* if it is small, of one waiter at most, and nobody queues behind it: then the build thread
// carries it itself, since there is nothing to fill meanwhile, and on an idle machine waking a
// thread takes as long as deciding. A waiter hears "logged" only after its entry is on disk, synced,
// and under a signed checkpoint. What a failure means at each point:
//
//   before the commit      nothing is stored; the waiter hears "unavailable", resubmitting is safe
//   commit refused         another writer moved the head: fatal, nothing of this batch is stored
//   outcome unknown        fatal; the waiter is told so; the same bytes sent again get the first
//                          receipt after a restart
//   guard or signature     the batch is stored but not acknowledged: fatal; recovery proves the
//                          extension and signs it
//
// Fatal means: no further batch, every waiter told, the published head stays readable, health()
// says why. The process is restarted from outside; recovery never runs inside a sequencer that has
// failed.
//
// Thread rule: every public function may be called from any thread. Completions run on the
// sequencer's threads and must be short.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "ledger/sequencer/batch.h"
#include "ledger/sequencer/clock.h"
#include "ledger/sequencer/head.h"
#include "ledger/sequencer/signer.h"
#include "ledger/sequencer/tile_cache.h"
#include "ledger/store/store.h"

namespace jejak::sequencer {

// What the operator sees (docs/api.md, readyz).
enum class Health { kOk, kReadOnly, kRollback, kCorrupt, kFull };
std::string_view HealthWord(Health health);  // OK READ_ONLY ROLLBACK CORRUPT FULL

struct HealthReport {
  Health health = Health::kOk;
  std::string reason;  // one sentence; empty when OK
};

// What one waiter hears. Either `error` is set and nothing is known to be logged, or there is one
// outcome per submission, in order, and `head` covers every logged one, which `batch` holds.
struct Completed {
  std::optional<Error> error;
  std::vector<Outcome> outcomes;
  HeadPointer head;
  std::shared_ptr<const Batch> batch = nullptr;  // nullptr: nothing was logged
  bool alone = false;  // as above: a few microseconds more of this thread keep nobody waiting
};
using Completion = std::function<void(Completed)>;

struct SequencerOptions {
  std::size_t queue_submissions = 16384;
  std::size_t queue_bytes = std::size_t{128} << 20;
  std::size_t batch_submissions = 2048;
  std::size_t batch_bytes = std::size_t{32} << 20;
  std::int64_t heartbeat_s = 3600;             // 0: none; at least 600
  std::int64_t clock_jump_s = 60;              // wall against monotonic
  std::uint64_t low_water_bytes = 512u << 20;  // free space below which nothing more is accepted
  // Free bytes where the store lies; nullptr: not watched.
  std::function<std::uint64_t()> free_bytes;
};

struct SequencerStats {
  std::uint64_t batches = 0;
  std::uint64_t entries = 0;
  std::uint64_t duplicates = 0;
  std::uint64_t refused = 0;
  std::uint64_t queue_full = 0;
  std::uint64_t queued = 0;  // now
};

class Sequencer final {
 public:
  // Starts from a recovered head (recovery.h). The store, signer and clock outlive the sequencer.
  Sequencer(store::Store& store, Signer& signer, Clock& clock, TileCache& tiles, HeadPointer head,
            SequencerOptions options);
  Sequencer(const Sequencer&) = delete;
  Sequencer& operator=(const Sequencer&) = delete;
  ~Sequencer();

  // Queues submissions that one waiter sent together; they stay together and in order. kUnavailable
  // at once when the queue is full, the disk nearly so, or the sequencer has stopped; then `done`
  // is never called. Else it is called exactly once.
  Result<void> Submit(std::vector<Submission> submissions, Completion done);

  HeadPointer head() const;
  HealthReport health() const;
  SequencerStats stats() const;

  // Waits for what is queued, then stops. Later submissions are refused. Idempotent.
  void Stop();

  // After a clock jump: the operator has looked and says that the wall clock is right now.
  void ConfirmClock();

 private:
  struct Waiter {
    std::vector<Submission> submissions;
    std::size_t bytes = 0;
    Completion done;
  };
  // A waiter whose submissions are decided and whose batch is on its way.
  struct Pending {
    Completion done;
    std::vector<Outcome> outcomes;
  };
  struct Flight {
    std::shared_ptr<Batch> batch;  // its writes are others' to read meanwhile and afterwards
    std::vector<Pending> waiters;
    bool alone = false;
  };

  // sequencer.cc: from the queue to a built batch.
  void BuildLoop();
  bool BuildOne();
  enum class Step { kTake, kFinish, kAnswer, kWait, kEnd };
  Step NextStep(const BatchBuilder& builder, const std::vector<Pending>& pending) const;
  std::vector<Waiter> TakeWaiters(std::size_t room_submissions);
  Result<void> AddWaiters(BatchBuilder& builder, std::vector<Waiter> waiters,
                          std::vector<Pending>& pending);
  bool HeartbeatDue() const;
  void Watch();
  std::optional<std::string> ClockFault();
  void Launch(Batch batch, std::vector<Pending> pending);
  bool IsAlone(const BatchBuilder& builder, const std::vector<Pending>& pending) const;
  void CarryHere(Batch batch, std::vector<Pending> pending);
  void KeepCheckpoint(Batch& batch) const;

  // commit_loop.cc: from a built batch to its waiters, and what ends both threads.
  void CommitLoop();
  void Carry(Flight flight);
  Result<HeadPointer> MakeDurable(Flight& flight);

  void Stall(Health health, std::string reason);
  void Fail(Health health, const Error& error, std::vector<Pending> in_flight);

  store::Store& store_;
  Signer& signer_;
  Clock& clock_;
  TileCache& tiles_;
  const SequencerOptions options_;

  mutable std::mutex mutex_;
  std::condition_variable build_wake_;   // the queue grew, the flight has landed, or it ends
  std::condition_variable commit_wake_;  // a flight was launched, or it ends
  std::deque<Waiter> queue_;
  std::size_t queued_submissions_ = 0;
  std::size_t queued_bytes_ = 0;
  std::unique_ptr<Flight> flight_;  // launched, not yet taken by the commit thread
  bool flying_ = false;             // launched and not yet landed
  bool gathering_ = false;          // the build thread holds waiters of the next batch
  bool stopping_ = false;           // Stop was called
  bool building_ = true;            // the build thread may still launch
  bool failed_ = false;             // fatal
  HeadPointer head_;
  HealthReport health_;
  SequencerStats stats_;

  // The build thread's own: what the next batch is built on, which may be in flight.
  LogState built_;
  std::shared_ptr<const store::View> built_view_;
  std::int64_t wall_minus_monotonic_s_ = 0;  // under mutex_, because ConfirmClock sets it

  std::thread build_thread_;
  std::thread commit_thread_;
};

}  // namespace jejak::sequencer
