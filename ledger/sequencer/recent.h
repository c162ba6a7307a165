// SPDX-License-Identifier: Apache-2.0
//
// The most recently used values of something that never changes, at most so many of them. Any
// thread; the lock is held for a look-up only.
#pragma once

#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <utility>

namespace jejak::sequencer {

template <class Key, class Value, class Hash>
class Recent final {
 public:
  explicit Recent(std::size_t capacity) : capacity_(capacity) {}

  // nullptr: not here.
  std::shared_ptr<const Value> Find(const Key& key) {
    const std::lock_guard lock(mutex_);
    const auto found = slots_.find(key);
    if (found == slots_.end()) return nullptr;
    uses_.splice(uses_.begin(), uses_, found->second.use);
    return found->second.value;
  }

  // A key that is here keeps its value, since it can only be the same.
  void Insert(const Key& key, std::shared_ptr<const Value> value) {
    const std::lock_guard lock(mutex_);
    const auto [slot, added] = slots_.try_emplace(key);
    if (!added) return;
    uses_.push_front(key);
    slot->second = {std::move(value), uses_.begin()};
    if (slots_.size() <= capacity_) return;
    slots_.erase(uses_.back());
    uses_.pop_back();
  }

 private:
  struct Slot {
    std::shared_ptr<const Value> value;
    typename std::list<Key>::iterator use;
  };
  std::mutex mutex_;
  const std::size_t capacity_;
  std::list<Key> uses_;  // most recent first
  std::unordered_map<Key, Slot, Hash> slots_;
};

}  // namespace jejak::sequencer
