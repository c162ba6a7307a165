// SPDX-License-Identifier: Apache-2.0
//
// The second half of the sequencer: a built batch becomes durable, guarded, signed and published,
// in this order, and its waiters hear of it; or the sequencer stops.
#include <utility>

#include "ledger/sequencer/sequencer.h"

namespace jejak::sequencer {

void Sequencer::CommitLoop() {
  std::unique_lock lock(mutex_);
  for (;;) {
    commit_wake_.wait(lock, [this] { return flight_ != nullptr || !building_; });
    if (flight_ == nullptr) return;
    Flight flight = std::move(*std::exchange(flight_, nullptr));
    lock.unlock();
    Carry(std::move(flight));
    lock.lock();
  }
}

void Sequencer::Carry(Flight flight) {
  Result<HeadPointer> landed = MakeDurable(flight);
  if (!landed.ok()) {
    const Health health =
        landed.error().code == Code::kRefused ? Health::kRollback : Health::kCorrupt;
    return Fail(health, landed.error(), std::move(flight.waiters));
  }
  const HeadPointer head = std::move(landed).value();
  bool worth_waking = false;
  {
    const std::lock_guard lock(mutex_);
    stats_.batches += 1;
    stats_.entries += head->size() - head_->size() - 1;
    head_ = head;
    flying_ = false;
    // Else the build thread has nothing to do before the next Submit, which wakes it.
    worth_waking = gathering_ || stopping_ || !queue_.empty();
  }
  if (worth_waking) build_wake_.notify_all();
  for (Pending& waiter : flight.waiters)
    waiter.done({std::nullopt, std::move(waiter.outcomes), head, flight.batch, flight.alone});
}

// commit -> guard -> sign. Only the last of them makes the batch an acknowledged one.
Result<HeadPointer> Sequencer::MakeDurable(Flight& flight) {
  const HeadPointer before = head();
  const std::string expected = store::EncodeHead(before->log.record);
  Batch& batch = *flight.batch;
  const std::string next = store::EncodeHead(batch.next.record);
  JEJAK_CHECKED(store_.Commit(expected, next, batch.writes));
  JEJAK_TRY(view, store_.Latest());
  if (view->head() != next)
    return Internal("the store shows another head than the one just committed");
  const store::HeadRecord& record = batch.next.record;
  JEJAK_TRY(checkpoint, signer_.Sign(record.size, record.root, clock_.Wall()));
  for (FullTile& tile : batch.full_tiles) {
    const TileCache::Id id{tile.level, tile.index};
    tiles_.Insert(id, std::make_shared<const ExpandedTile>(ExpandedTile::From(std::move(tile))));
  }
  for (auto& [id, page] : batch.map_pages)
    tiles_.pages().Insert(id, std::make_shared<const Bytes>(std::move(page)));
  return std::make_shared<const Head>(
      Head{std::move(batch.next), std::move(checkpoint), std::move(view)});
}

// Not fatal: nothing more is accepted until the cause is gone. Called with the mutex held; waiters
// of the queue are told.
void Sequencer::Stall(Health health, std::string reason) {
  health_ = {health, std::move(reason)};
  if (queue_.empty()) return;
  std::deque<Waiter> queue = std::exchange(queue_, {});
  queued_submissions_ = queued_bytes_ = 0;
  const Error error = Unavailable(health_.reason);
  mutex_.unlock();
  for (Waiter& waiter : queue) waiter.done({error, {}, nullptr});
  mutex_.lock();
}

void Sequencer::Fail(Health health, const Error& error, std::vector<Pending> in_flight) {
  std::deque<Waiter> queue;
  {
    const std::lock_guard lock(mutex_);
    if (!failed_) health_ = {health, "the ledger has stopped: " + error.detail};
    failed_ = true;
    flying_ = false;
    queue.swap(queue_);
    queued_submissions_ = queued_bytes_ = 0;
  }
  build_wake_.notify_all();
  // What was in flight may be stored although its commit failed: its outcome is unknown, never
  // "refused".
  const Error unknown =
      UnknownOutcome("the outcome is unknown; sending the same bytes again is safe");
  for (Pending& waiter : in_flight) waiter.done({unknown, {}, nullptr});
  const Error unavailable =
      Unavailable("the ledger has stopped; sending the same bytes again is safe");
  for (Waiter& waiter : queue) waiter.done({unavailable, {}, nullptr});
}

}  // namespace jejak::sequencer
