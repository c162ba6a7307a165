// SPDX-License-Identifier: Apache-2.0
#include "api/receipt_desk.h"

#include <unordered_map>
#include <utility>

#include "ledger/evidence/receipt.h"
#include "ledger/tlog/proof.h"

namespace jejak::api {
namespace {

using sequencer::OutcomeKind;

// Nodes of one head's tree, each read once: neighbours share all but the lowest of their paths.
class RememberedNodes final : public tlog::NodeReader {
 public:
  RememberedNodes(const sequencer::Head& head, sequencer::TileCache& tiles)
      : nodes_(head.log.edge, *head.view, tiles) {}

  Result<std::vector<Digest>> ReadNodes(std::span<const tlog::NodeId> ids) override {
    unknown_.clear();
    for (const tlog::NodeId& id : ids) {
      if (!known_.contains(KeyOf(id))) unknown_.push_back(id);
    }
    if (!unknown_.empty()) {
      JEJAK_TRY(read, nodes_.ReadNodes(unknown_));
      for (std::size_t i = 0; i < unknown_.size(); ++i) known_[KeyOf(unknown_[i])] = read[i];
    }
    std::vector<Digest> hashes;
    hashes.reserve(ids.size());
    for (const tlog::NodeId& id : ids) hashes.push_back(known_[KeyOf(id)]);
    return hashes;
  }

 private:
  // Levels are below 64 and a level's indexes below 2^(64 - level): no two nodes share a key.
  static std::uint64_t KeyOf(const tlog::NodeId& id) {
    return (id.index << 1U | 1U) << (id.level < 63 ? id.level : 63);
  }

  sequencer::StoredNodes nodes_;
  std::unordered_map<std::uint64_t, Digest> known_;
  std::vector<tlog::NodeId> unknown_;
};

}  // namespace

ReceiptDesk::ReceiptDesk(sequencer::TileCache& tiles) : tiles_(tiles) {
  thread_ = std::thread([this] { Run(); });
}

ReceiptDesk::~ReceiptDesk() { Stop(); }

void ReceiptDesk::Post(Job job) {
  {
    const std::lock_guard lock(mutex_);
    jobs_.push_back(std::move(job));
    if (jobs_.size() != 1) return;  // the thread is awake, or has been told already
  }
  changed_.notify_one();
}

void ReceiptDesk::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void ReceiptDesk::Run() {
  std::vector<Job> jobs;
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
    if (jobs_.empty()) return;
    jobs.swap(jobs_);
    lock.unlock();
    for (std::size_t begin = 0, end = 0; begin < jobs.size(); begin = end) {
      while (end < jobs.size() && jobs[end].head == jobs[begin].head) ++end;
      Answer(std::span(jobs).subspan(begin, end - begin));
    }
    jobs.clear();
    lock.lock();
  }
}

void ReceiptDesk::Answer(std::span<Job> jobs) const {
  const sequencer::Head& head = *jobs.front().head;
  sequencer::LogReader reader(jobs.front().head, tiles_);
  RememberedNodes nodes(head, tiles_);
  const auto receipt = [&](const Job& job,
                           const sequencer::Outcome& outcome) -> Result<std::string> {
    if (outcome.kind == OutcomeKind::kRefused) return std::string();
    if (outcome.kind == OutcomeKind::kDuplicate) return reader.ActionReceipt(outcome.index);
    JEJAK_TRY(path, tlog::BuildInclusion(nodes, outcome.index, head.size()));
    return evidence::BuildActionReceipt(job.batch->Entry(outcome.index), outcome.index, path,
                                        head.checkpoint);
  };
  for (Job& job : jobs) {
    Receipts receipts;
    receipts.reserve(job.outcomes.size());
    for (const sequencer::Outcome& outcome : job.outcomes)
      receipts.push_back(receipt(job, outcome));
    job.done(job.outcomes, std::move(receipts));
  }
}

}  // namespace jejak::api
