// SPDX-License-Identifier: Apache-2.0
#include "ledger/store/store.h"

namespace jejak::store {

Result<void> CheckWrites(std::string_view new_head, std::span<const Write> writes) {
  if (new_head.empty()) return Internal("a commit needs a head that is not empty");
  for (const Write& write : writes) {
    if (write.key.empty() || write.key.front() == '\0') {
      return Internal("a key is empty or begins with byte 00, which the store keeps for itself");
    }
  }
  return {};
}

Result<void> CheckRanges(std::span<const KeyRange> ranges) {
  for (const KeyRange& range : ranges) {
    if (range.from.empty() || range.from.front() == '\0' || range.from >= range.to)
      return Internal("a range to erase is empty or begins among the keys of the store itself");
  }
  return {};
}

}  // namespace jejak::store
