// SPDX-License-Identifier: Apache-2.0
//
// A view of the store as it will be once a batch in flight has been committed: the batch's writes
// laid over the view that it was built on. It lets the next batch be built while the last one
// syncs. If that commit fails the sequencer stops for good, so what was built on it is never used.
// One thread.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ledger/store/store.h"

namespace jejak::sequencer {

class OverlayView final : public store::View {
 public:
  using Writes = std::shared_ptr<const std::vector<store::Write>>;

  // `writes` are in commit order; a later one to the same key wins. They are shared with the commit
  // and change no more.
  OverlayView(std::shared_ptr<const store::View> base, std::string head, Writes writes);

  std::string head() const override { return head_; }
  Result<std::vector<std::optional<std::string>>> Read(
      std::span<const std::string> keys) const override;
  Result<std::vector<std::pair<std::string, std::string>>> Scan(std::string_view from,
                                                                std::string_view to,
                                                                std::size_t limit) const override;

 private:
  std::shared_ptr<const store::View> base_;
  std::string head_;
  Writes writes_;
  std::unordered_map<std::string_view, const store::Write*> newest_;  // by key, in writes_
};

}  // namespace jejak::sequencer
