// SPDX-License-Identifier: Apache-2.0
//
// Pages of the state map as the store keeps them. One view, one thread.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "ledger/statemap/pages.h"
#include "ledger/store/schema.h"
#include "ledger/store/store.h"

namespace jejak::sequencer {

class MapPages final : public statemap::PageReader {
 public:
  explicit MapPages(const store::View& view) : view_(view) {}

  static std::string Key(const statemap::PageId& id);

  // kInternal when a page is missing: it was pruned, or the store has lost it.
  Result<std::vector<Bytes>> ReadPages(std::span<const statemap::PageId> ids) override;

 private:
  const store::View& view_;
};

}  // namespace jejak::sequencer
