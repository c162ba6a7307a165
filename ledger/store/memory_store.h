// SPDX-License-Identifier: Apache-2.0
//
// The port in memory, for tests and demonstrations: same answers as an engine on disk, nothing
// survives.
//
// Each key holds the versions that some live view can still see; a commit drops the others of the
// keys that it writes. Readers share a lock, a commit holds it alone.
#pragma once

#include <memory>
#include <mutex>

#include "ledger/store/store.h"

namespace jejak::store {

class MemoryStore final : public Store {
 public:
  MemoryStore();

  Result<std::shared_ptr<const View>> Latest() override;
  Result<void> Commit(std::string_view expected_head, std::string_view new_head,
                      std::span<const Write> writes) override;
  Result<void> Erase(std::span<const KeyRange> ranges) override;
  Result<void> Checkpoint(const std::string& dir) override;

 private:
  class Versions;
  class Snapshot;

  std::shared_ptr<Versions> versions_;  // shared with every view
  std::mutex mutex_;                    // of current_
  std::shared_ptr<const View> current_;
};

}  // namespace jejak::store
