// SPDX-License-Identifier: Apache-2.0
//
// A store that fails on purpose at chosen commits (an Erase counts as one), for tests of what stands
// on the port.
//
//   FaultStore store(memory);
//   store.FailAt(3, FaultStore::Fault::kFailStored);   the third commit is stored, and says that
//   nobody knows
//
// After a failure it behaves as an engine does: later commits are refused with kUnknownOutcome and
// Latest() stays at the last acknowledged state, until Reopen().
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "ledger/store/store.h"

namespace jejak::store {

class FaultStore final : public Store {
 public:
  enum class Fault {
    kRefuse,        // kUnavailable: nothing stored, later commits work
    kConflict,      // kConflict, as if another writer had moved the head; nothing stored
    kFailUnstored,  // kUnknownOutcome, and it was not stored
    kFailStored,    // kUnknownOutcome, and it was stored
  };

  explicit FaultStore(std::shared_ptr<Store> inner) : inner_(std::move(inner)) {}

  // `commit` counts from 1 over all calls of Commit and Erase.
  void FailAt(std::size_t commit, Fault fault) {
    const std::lock_guard lock(mutex_);
    faults_[commit] = fault;
  }

  // What is stored becomes visible, and commits work again.
  void Reopen() {
    const std::lock_guard lock(mutex_);
    frozen_.reset();
  }

  std::size_t commits() const {
    const std::lock_guard lock(mutex_);
    return commits_;
  }

  Result<std::shared_ptr<const View>> Latest() override {
    const std::lock_guard lock(mutex_);
    if (frozen_) return frozen_;
    return inner_->Latest();
  }

  Result<void> Commit(std::string_view expected_head, std::string_view new_head,
                      std::span<const Write> writes) override {
    const std::lock_guard lock(mutex_);
    ++commits_;
    if (frozen_)
      return UnknownOutcome("an earlier commit may or may not be stored; reopen the store");
    const auto planned = faults_.find(commits_);
    if (planned == faults_.end()) return inner_->Commit(expected_head, new_head, writes);
    if (planned->second == Fault::kRefuse) return Unavailable("this commit is refused by the test");
    if (planned->second == Fault::kConflict) return Conflict("the head of the store has moved");
    JEJAK_TRY(latest, inner_->Latest());
    if (planned->second == Fault::kFailStored) {
      JEJAK_CHECKED(inner_->Commit(expected_head, new_head, writes));
    }
    frozen_ = latest;
    return UnknownOutcome("the commit may or may not be stored: the test says so");
  }

  // kConflict is none of its answers, so that fault is a refusal here.
  Result<void> Erase(std::span<const KeyRange> ranges) override {
    const std::lock_guard lock(mutex_);
    ++commits_;
    if (frozen_)
      return UnknownOutcome("an earlier commit may or may not be stored; reopen the store");
    const auto planned = faults_.find(commits_);
    if (planned == faults_.end()) return inner_->Erase(ranges);
    if (planned->second == Fault::kRefuse || planned->second == Fault::kConflict)
      return Unavailable("this erasure is refused by the test");
    if (planned->second == Fault::kFailStored) JEJAK_CHECKED(inner_->Erase(ranges));
    JEJAK_TRY(latest, inner_->Latest());
    frozen_ = latest;
    return UnknownOutcome("the rows may or may not be erased: the test says so");
  }

  Result<void> Checkpoint(const std::string& dir) override { return inner_->Checkpoint(dir); }

 private:
  const std::shared_ptr<Store> inner_;
  mutable std::mutex mutex_;
  std::map<std::size_t, Fault> faults_;
  std::size_t commits_ = 0;
  std::shared_ptr<const View> frozen_;  // set while a commit's outcome is unknown
};

}  // namespace jejak::store
