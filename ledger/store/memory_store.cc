// SPDX-License-Identifier: Apache-2.0
#include "ledger/store/memory_store.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <map>
#include <set>
#include <shared_mutex>

namespace jejak::store {

// All keys with the versions that may still be seen. A state is a number; commits count it up.
class MemoryStore::Versions final {
 public:
  std::optional<std::string> Find(std::string_view key, std::uint64_t state) const {
    const auto found = keys_.find(key);
    return found == keys_.end() ? std::nullopt : At(found->second, state);
  }

  void Apply(std::span<const Write> writes) {
    ++newest_;
    const std::uint64_t oldest = views_.empty() ? newest_ : *views_.begin();
    for (const Write& write : writes) {
      History& history = keys_[write.key];
      history.push_back({newest_, write.value});
      Forget(history, oldest);
      if (history.size() == 1 && !history.front().value) keys_.erase(write.key);
    }
  }

  std::vector<Row> Scan(std::string_view from, std::string_view to, std::size_t limit,
                        std::uint64_t state) const {
    std::vector<Row> rows;
    for (auto it = keys_.lower_bound(from);
         it != keys_.end() && it->first < to && rows.size() < limit; ++it) {
      if (auto value = At(it->second, state)) rows.emplace_back(it->first, std::move(*value));
    }
    return rows;
  }

  void Drop(const KeyRange& range) {
    keys_.erase(keys_.lower_bound(range.from), keys_.lower_bound(range.to));
  }

  std::size_t views() const { return views_.size(); }
  std::uint64_t Pin() {
    views_.insert(newest_);
    return newest_;
  }
  void Unpin(std::uint64_t state) { views_.erase(views_.find(state)); }

  std::shared_mutex mutex;
  std::string head;

 private:
  struct Version {
    std::uint64_t since;
    std::optional<std::string> value;
  };
  using History = std::vector<Version>;  // oldest first

  static std::optional<std::string> At(const History& history, std::uint64_t state) {
    const auto after = std::ranges::upper_bound(history, state, {}, &Version::since);
    return after == history.begin() ? std::nullopt : std::prev(after)->value;
  }

  // Drops what no view at `oldest` or later can see.
  static void Forget(History& history, std::uint64_t oldest) {
    const auto after = std::ranges::upper_bound(history, oldest, {}, &Version::since);
    if (after != history.begin()) history.erase(history.begin(), std::prev(after));
  }

  std::map<std::string, History, std::less<>> keys_;
  std::multiset<std::uint64_t> views_;
  std::uint64_t newest_ = 0;
};

class MemoryStore::Snapshot final : public View {
 public:
  // The caller holds the lock of `versions`.
  explicit Snapshot(std::shared_ptr<Versions> versions)
      : versions_(std::move(versions)), state_(versions_->Pin()), head_(versions_->head) {}
  ~Snapshot() override {
    const std::unique_lock lock(versions_->mutex);
    versions_->Unpin(state_);
  }

  std::string head() const override { return head_; }

  Result<std::vector<std::optional<std::string>>> Read(
      std::span<const std::string> keys) const override {
    const std::shared_lock lock(versions_->mutex);
    std::vector<std::optional<std::string>> values;
    values.reserve(keys.size());
    for (const std::string& key : keys) values.push_back(versions_->Find(key, state_));
    return values;
  }

  Result<std::vector<Row>> Scan(std::string_view from, std::string_view to,
                                std::size_t limit) const override {
    const std::shared_lock lock(versions_->mutex);
    return versions_->Scan(from, to, limit, state_);
  }

 private:
  const std::shared_ptr<Versions> versions_;
  const std::uint64_t state_;
  const std::string head_;
};

MemoryStore::MemoryStore()
    : versions_(std::make_shared<Versions>()), current_(std::make_shared<Snapshot>(versions_)) {}

Result<std::shared_ptr<const View>> MemoryStore::Latest() {
  const std::lock_guard lock(mutex_);
  return current_;
}

Result<void> MemoryStore::Commit(std::string_view expected_head, std::string_view new_head,
                                 std::span<const Write> writes) {
  JEJAK_CHECKED(CheckWrites(new_head, writes));
  std::shared_ptr<const View> before;  // let go of it last, outside both locks
  const std::lock_guard lock(mutex_);
  {
    const std::unique_lock versions_lock(versions_->mutex);
    if (versions_->head != expected_head) return Conflict("the head of the store has moved");
    versions_->Apply(writes);
    versions_->head = new_head;
    before = std::exchange(current_, std::make_shared<Snapshot>(versions_));
  }
  return {};
}

Result<void> MemoryStore::Erase(std::span<const KeyRange> ranges) {
  JEJAK_CHECKED(CheckRanges(ranges));
  const std::lock_guard lock(mutex_);  // nobody gets a view meanwhile
  const std::unique_lock versions_lock(versions_->mutex);
  if (current_.use_count() != 1 || versions_->views() != 1)
    return Unavailable("somebody still reads an older state, which has what is to be erased");
  for (const KeyRange& range : ranges) versions_->Drop(range);
  return {};
}

Result<void> MemoryStore::Checkpoint(const std::string&) {
  return Refused("a store in memory has nothing to copy; use an engine that keeps its data");
}

}  // namespace jejak::store
