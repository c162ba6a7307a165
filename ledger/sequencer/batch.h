// SPDX-License-Identifier: Apache-2.0
//
// Building one batch: from the state of the log and some submissions to the entries, the seal, and
// everything that is written beside them (docs/formats.md sections 3 to 5 and 9). It reads through
// a View and computes; it has no clock, thread or write of its own, so the same submissions at the
// same times give the same bytes on every machine.
//
//   BatchBuilder builder(state, view);
//   builder.Add(submissions, now);   // any number of times, while the batch before it syncs
//   builder.Finish(now);             // the seal, the map, the writes
//
// Plan, fetch once, compute: Add first lists the keys that its submissions touch, reads them in one
// call, then decides. One thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "ledger/base/time.h"
#include "ledger/registry/admission.h"
#include "ledger/sequencer/batch_ledger.h"
#include "ledger/sequencer/head.h"
#include "ledger/sequencer/map_pages.h"
#include "ledger/sequencer/submission.h"

namespace jejak::sequencer {

enum class OutcomeKind { kLogged, kDuplicate, kRefused };

struct Outcome {
  OutcomeKind kind = OutcomeKind::kRefused;
  std::uint64_t index = 0;      // of the entry: logged now, or the first one
  registry::Refusal refusal{};  // when refused
};

// A built batch, ready to commit. `writes` hold all but the head record, which is `next.record`
// encoded.
struct Batch {
  LogState next;
  std::vector<store::Write> writes;
  // For the caches, once the batch is durable; they are among the writes too.
  std::vector<FullTile> full_tiles;
  std::vector<std::pair<statemap::PageId, Bytes>> map_pages;
  // Where in `writes` the entries stand, from `first_index` on: receipts needn't read them back.
  std::uint64_t first_index = 0;
  std::vector<std::size_t> entry_writes;

  // Precondition: the batch holds entry `index`.
  const std::string& Entry(std::uint64_t index) const {
    return *writes[entry_writes[index - first_index]].value;
  }
};

// How many seals back a state map page that is no longer current is kept.
inline constexpr std::uint64_t kKeptSeals = 64;

// The state of a log that holds nothing yet, not even entry 0.
LogState EmptyLog(const std::string& origin);

class BatchBuilder final {
 public:
  // `state` is what `view` shows: the newest head, or the head that a batch in flight is about to
  // make. `pages` may be null, else it outlives the builder.
  BatchBuilder(LogState state, std::shared_ptr<const store::View> view, PageCache* pages = nullptr);

  // Decides each submission in order, each seeing those before it. `now` is the ledger's clock; an
  // entry's time never decreases. kInternal when the store does not hold what it should.
  Result<std::vector<Outcome>> Add(std::span<const Submission> submissions, UnixSeconds now);

  // Entries added so far.
  std::uint64_t added() const { return state_.record.size - base_size_; }
  std::size_t bytes() const { return bytes_; }

  // Closes the batch with a seal. A heartbeat is a Finish without Add. The builder is used up.
  Result<Batch> Finish(UnixSeconds now);

 private:
  Outcome Decide(const Submission& submission, UnixSeconds now);
  void Log(const Submission& submission, UnixSeconds time);
  void KeepParts(const Submission& submission, std::uint64_t index);
  void AppendLeaf(std::string leaf, UnixSeconds time);
  UnixSeconds TimeOf(UnixSeconds now) const;
  Result<void> UpdateStateMap(std::uint64_t seal_index);
  Result<void> Prune(std::uint64_t seal_index, std::span<const statemap::PageId> replaced);
  Result<void> FindListedSeals(std::uint64_t seal_index);
  Result<void> DropListed(std::uint64_t seal_index);
  void Put(std::string key, std::string value);

  LogState state_;
  std::shared_ptr<const store::View> view_;
  std::uint64_t base_size_;
  BatchLedger ledger_;
  std::vector<store::Write> writes_;
  std::vector<std::size_t> entry_writes_;
  std::vector<FullTile> full_tiles_;
  PageCache* pages_;
  std::vector<std::pair<statemap::PageId, Bytes>> map_pages_;
  std::size_t bytes_ = 0;
};

}  // namespace jejak::sequencer
