// SPDX-License-Identifier: Apache-2.0
#include "ledger/sequencer/sequencer.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <utility>

#include "ledger/sequencer/overlay_view.h"

namespace jejak::sequencer {
namespace {

constexpr std::int64_t kShortestHeartbeat_s = 600;
constexpr auto kTick = std::chrono::seconds(1);
// While a batch syncs the next one grows by so many submissions at a time: waking up and reading
// for each of them alone would cost more than deciding it does.
constexpr std::size_t kGathered = 32;

std::size_t BytesOf(const Submission& submission) {
  std::size_t bytes = 512 + 2 * submission.candidate.action.text.size();
  if (submission.body) bytes += submission.body->text.size();
  for (const record::FieldOpening& opening : submission.openings)
    bytes += opening.value.size() + opening.pointer.size();
  if (submission.document) bytes += submission.document->size();
  return bytes;
}

}  // namespace

std::string_view HealthWord(Health health) {
  switch (health) {
    case Health::kOk:
      return "OK";
    case Health::kReadOnly:
      return "READ_ONLY";
    case Health::kRollback:
      return "ROLLBACK";
    case Health::kCorrupt:
      return "CORRUPT";
    case Health::kFull:
      return "FULL";
  }
  return "CORRUPT";
}

Sequencer::Sequencer(store::Store& store, Signer& signer, Clock& clock, TileCache& tiles,
                     HeadPointer head, SequencerOptions options)
    : store_(store),
      signer_(signer),
      clock_(clock),
      tiles_(tiles),
      options_(std::move(options)),
      head_(std::move(head)),
      built_(head_->log),
      built_view_(head_->view),
      wall_minus_monotonic_s_(clock.WallMinusMonotonic()) {
  build_thread_ = std::thread([this] { BuildLoop(); });
  commit_thread_ = std::thread([this] { CommitLoop(); });
}

Sequencer::~Sequencer() { Stop(); }

void Sequencer::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  build_wake_.notify_all();
  if (build_thread_.joinable()) build_thread_.join();
  if (commit_thread_.joinable()) commit_thread_.join();
}

Result<void> Sequencer::Submit(std::vector<Submission> submissions, Completion done) {
  Waiter waiter{std::move(submissions), 0, std::move(done)};
  for (const Submission& submission : waiter.submissions) waiter.bytes += BytesOf(submission);
  bool worth_waking = false;
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return Unavailable("the ledger is stopping; send the same bytes again later");
    if (health_.health != Health::kOk) return Unavailable(health_.reason);
    if (queued_submissions_ + waiter.submissions.size() > options_.queue_submissions ||
        queued_bytes_ + waiter.bytes > options_.queue_bytes) {
      ++stats_.queue_full;
      return Unavailable("the queue is full; send the same bytes again in a moment");
    }
    const std::size_t before = queued_submissions_;
    queued_submissions_ += waiter.submissions.size();
    queued_bytes_ += waiter.bytes;
    const bool gathered = before < kGathered && queued_submissions_ >= kGathered;
    worth_waking = flying_ ? gathered : queue_.empty();
    queue_.push_back(std::move(waiter));
  }
  if (worth_waking) build_wake_.notify_one();
  return {};
}

HeadPointer Sequencer::head() const {
  const std::lock_guard lock(mutex_);
  return head_;
}

HealthReport Sequencer::health() const {
  const std::lock_guard lock(mutex_);
  return health_;
}

SequencerStats Sequencer::stats() const {
  const std::lock_guard lock(mutex_);
  SequencerStats stats = stats_;
  stats.queued = queued_submissions_;
  return stats;
}

void Sequencer::ConfirmClock() {
  const std::lock_guard lock(mutex_);
  if (failed_ || health_.health != Health::kReadOnly) return;
  wall_minus_monotonic_s_ = clock_.WallMinusMonotonic();
  health_ = {};
}

void Sequencer::BuildLoop() {
  while (BuildOne()) {
  }
  {
    const std::lock_guard lock(mutex_);
    building_ = false;
  }
  commit_wake_.notify_all();
}

// One batch from its first submission to its launch. False: nothing more will be built.
bool Sequencer::BuildOne() {
  std::vector<Pending> pending;
  std::unique_lock lock(mutex_);
  gathering_ = false;
  if (!flying_) built_view_ = head_->view;  // nothing is laid over it any more
  BatchBuilder builder(built_, built_view_, &tiles_.pages());
  for (;;) {
    Watch();
    const Step step = NextStep(builder, pending);
    if (step == Step::kEnd) break;
    if (step == Step::kFinish) {
      const bool alone = IsAlone(builder, pending);
      lock.unlock();
      Result<Batch> batch = builder.Finish(clock_.Wall());
      if (!batch.ok()) {
        Fail(Health::kCorrupt, batch.error(), std::move(pending));
        return false;
      }
      if (alone) {
        CarryHere(std::move(batch).value(), std::move(pending));
      } else {
        Launch(std::move(batch).value(), std::move(pending));
      }
      return true;
    }
    if (step == Step::kAnswer) {
      const HeadPointer head = head_;
      lock.unlock();
      for (Pending& waiter : pending) waiter.done({std::nullopt, std::move(waiter.outcomes), head});
      return true;
    }
    if (step == Step::kTake) {
      std::vector<Waiter> waiters = TakeWaiters(options_.batch_submissions - builder.added());
      lock.unlock();
      if (Result<void> added = AddWaiters(builder, std::move(waiters), pending); !added.ok()) {
        Fail(Health::kCorrupt, added.error(), std::move(pending));
        return false;
      }
      lock.lock();
      continue;
    }
    build_wake_.wait_for(lock, kTick);
  }
  const bool failed = failed_;
  lock.unlock();
  if (failed) Fail(Health::kCorrupt, Unavailable("the ledger has stopped"), std::move(pending));
  return false;
}

Sequencer::Step Sequencer::NextStep(const BatchBuilder& builder,
                                    const std::vector<Pending>& pending) const {
  if (failed_) return Step::kEnd;
  const bool room =
      builder.added() < options_.batch_submissions && builder.bytes() < options_.batch_bytes;
  const bool worth_taking = flying_ ? queued_submissions_ >= kGathered : !queue_.empty();
  if (worth_taking && room) return Step::kTake;
  if (flying_) return Step::kWait;
  // A waiter whose action is in the batch that has just landed must not be answered before it; now
  // it has.
  if (!pending.empty()) return builder.added() == 0 ? Step::kAnswer : Step::kFinish;
  if (stopping_) return Step::kEnd;
  return HeartbeatDue() ? Step::kFinish : Step::kWait;
}

std::vector<Sequencer::Waiter> Sequencer::TakeWaiters(std::size_t room_submissions) {
  std::vector<Waiter> taken;
  std::size_t count = 0;
  gathering_ = true;
  while (!queue_.empty()) {
    const std::size_t next = queue_.front().submissions.size();
    // The first is always taken: what one request brings may be larger than a batch ought to be.
    if (!taken.empty() && count + next > room_submissions) break;
    count += next;
    queued_submissions_ -= next;
    queued_bytes_ -= queue_.front().bytes;
    taken.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  return taken;
}

Result<void> Sequencer::AddWaiters(BatchBuilder& builder, std::vector<Waiter> waiters,
                                   std::vector<Pending>& pending) {
  std::vector<Submission> submissions;
  std::vector<std::size_t> counts;
  std::size_t total = 0;
  for (const Waiter& waiter : waiters) {
    counts.push_back(waiter.submissions.size());
    total += waiter.submissions.size();
  }
  submissions.reserve(total);
  const std::size_t first = pending.size();
  for (Waiter& waiter : waiters) {
    for (Submission& submission : waiter.submissions) submissions.push_back(std::move(submission));
    pending.push_back({std::move(waiter.done), {}});
  }
  JEJAK_TRY(outcomes, builder.Add(submissions, clock_.Wall()));
  SequencerStats seen;
  auto next = outcomes.begin();
  for (std::size_t i = 0; i < counts.size(); ++i) {
    for (std::size_t k = 0; k < counts[i]; ++k, ++next) {
      seen.duplicates += next->kind == OutcomeKind::kDuplicate;
      seen.refused += next->kind == OutcomeKind::kRefused;
      pending[first + i].outcomes.push_back(std::move(*next));
    }
  }
  const std::lock_guard lock(mutex_);
  stats_.duplicates += seen.duplicates;
  stats_.refused += seen.refused;
  return {};
}

bool Sequencer::HeartbeatDue() const {
  if (options_.heartbeat_s == 0 || health_.health != Health::kOk) return false;
  const std::int64_t wait = std::max(options_.heartbeat_s, kShortestHeartbeat_s);
  return clock_.Wall().value - built_.record.last_time >= wait;
}

// Once a tick and before each batch: the clock and the disk. What is queued when one of them fails
// is refused, not lost silently.
void Sequencer::Watch() {
  if (failed_) return;
  if (const std::optional<std::string> fault = ClockFault())
    return Stall(Health::kReadOnly, *fault);
  if (!options_.free_bytes) return;
  const std::uint64_t free = options_.free_bytes();
  if (free < options_.low_water_bytes)
    return Stall(Health::kFull, "the disk is nearly full; free space and go on");
  const bool roomy = free >= options_.low_water_bytes + options_.low_water_bytes / 8;
  if (health_.health == Health::kFull && roomy) health_ = {};
}

std::optional<std::string> Sequencer::ClockFault() {
  const std::int64_t difference = clock_.WallMinusMonotonic();
  if (std::llabs(difference - wall_minus_monotonic_s_) > options_.clock_jump_s) {
    return "the wall clock jumped; check the time and confirm it, or restart";
  }
  if (built_.record.last_time - clock_.Wall().value > options_.clock_jump_s) {
    return "the wall clock is behind the last entry; check the time and restart";
  }
  if (health_.health == Health::kOk) wall_minus_monotonic_s_ = difference;  // slewing is no jump
  return std::nullopt;
}

void Sequencer::Launch(Batch batch, std::vector<Pending> pending) {
  built_ = batch.next;
  auto shared = std::make_shared<Batch>(std::move(batch));
  {
    const std::lock_guard lock(mutex_);
    KeepCheckpoint(*shared);
    built_view_ = std::make_shared<OverlayView>(head_->view, store::EncodeHead(built_.record),
                                                OverlayView::Writes(shared, &shared->writes));
    flight_ = std::make_unique<Flight>(Flight{std::move(shared), std::move(pending)});
    flying_ = true;
  }
  commit_wake_.notify_one();
}

// A batch is launched only after the one before it has landed, so head_ is what this one follows.
// The checkpoint of the batch before is kept now: it was signed after that batch was committed. A
// crash in between loses nothing, because recovery signs the newest head again. With the mutex held.
void Sequencer::KeepCheckpoint(Batch& batch) const {
  batch.writes.push_back({store::CheckpointKey(head_->size()), head_->checkpoint});
}

// With the mutex held. Only small batches: a large one is worth the other thread.
bool Sequencer::IsAlone(const BatchBuilder& builder, const std::vector<Pending>& pending) const {
  return pending.size() <= 1 && builder.added() < kGathered && queue_.empty();
}

// As Launch, but the build thread itself does what the commit thread would.
void Sequencer::CarryHere(Batch batch, std::vector<Pending> pending) {
  built_ = batch.next;
  auto shared = std::make_shared<Batch>(std::move(batch));
  {
    const std::lock_guard lock(mutex_);
    KeepCheckpoint(*shared);
    flying_ = true;
  }
  Carry({std::move(shared), std::move(pending), true});
}

}  // namespace jejak::sequencer
