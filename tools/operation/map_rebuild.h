// SPDX-License-Identifier: Apache-2.0
//
// The pages of the state map made anew from the log, seal by seal, exactly as the sequencer writes
// and prunes them (ledger/statemap/pages.h, ledger/sequencer/batch.h), to be compared with those in
// the store.
//
//   rebuild.Set(StreamKey(stream), HeadValue(head));   each action since the last seal
//   rebuild.Seal(57);                                  the seal at index 57
//   rebuild.Compare(view, rows);                       all M and X rows
//
// Memory: the pages of the newest map and of the last kKeptSeals before it; about 100 bytes per
// stream. One thread.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "ledger/statemap/pages.h"
#include "ledger/store/store.h"
#include "tools/operation/row_check.h"

namespace jejak::operation {

class MapRebuild final : public statemap::PageReader {
 public:
  void Set(const Digest& key, const Digest& value) { changed_[key] = value; }
  // kInternal: the pages made here contradict themselves, which is a fault of the program.
  Result<void> Seal(std::uint64_t index);

  const statemap::MapRoot& root() const { return root_; }
  Result<void> Compare(const store::View& view, RowCheck& rows) const;

  Result<std::vector<Bytes>> ReadPages(std::span<const statemap::PageId> ids) override;

 private:
  using Rows = std::map<std::string, std::string>;  // by store key
  static Result<void> CompareRows(const store::View& view, char letter, const Rows& wanted,
                                  RowCheck& rows);

  std::map<Digest, Digest> changed_;
  statemap::MapRoot root_;
  Rows pages_;
  std::map<std::uint64_t, std::vector<statemap::PageId>> replaced_;  // by seal
};

}  // namespace jejak::operation
