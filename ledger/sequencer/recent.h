// SPDX-License-Identifier: Apache-2.0
//
// The recently used values of something that never changes, at most so many of them, or so much
// where a value says its weight. What was used since its last turn stays when its turn to go comes
// and waits for the next: nearly the order of use, for a look-up that moves nothing. Any thread; the
// lock is held for a look-up only.
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
    found->second.used = true;
    return found->second.value;
  }

  // A key that is here keeps its value, since it can only be the same. What is too heavy by itself
  // is not kept.
  void Insert(const Key& key, std::shared_ptr<const Value> value, std::size_t weight = 1) {
    if (weight > capacity_) return;
    const std::lock_guard lock(mutex_);
    const auto [slot, added] = slots_.try_emplace(key);
    if (!added) return;
    turns_.push_back(key);
    slot->second = {std::move(value), weight, false};
    weight_ += weight;
    while (weight_ > capacity_) DropOldest();
  }

 private:
  struct Slot {
    std::shared_ptr<const Value> value;
    std::size_t weight = 1;
    bool used = false;  // since it came or had its turn
  };

  // Ends, since a turn takes away the mark that lets a value stay.
  void DropOldest() {
    for (;;) {
      const auto oldest = slots_.find(turns_.front());
      if (!std::exchange(oldest->second.used, false)) {
        weight_ -= oldest->second.weight;
        slots_.erase(oldest);
        turns_.pop_front();
        return;
      }
      turns_.splice(turns_.end(), turns_, turns_.begin());
    }
  }

  std::mutex mutex_;
  const std::size_t capacity_;
  std::size_t weight_ = 0;  // of all that is here
  std::list<Key> turns_;    // whose turn to go comes first
  std::unordered_map<Key, Slot, Hash> slots_;
};

}  // namespace jejak::sequencer
