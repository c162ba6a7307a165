// SPDX-License-Identifier: Apache-2.0
// A second, slow state map written from docs/formats.md section 5 alone, pages in memory, and
// seeded keys.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/statemap/pages.h"
#include "ledger/statemap/patricia.h"

namespace jejak::statemap {

using Items = std::map<Digest, Digest>;

// Splits the keys bit by bit, from position 0, and hashes where both sides are non-empty.
Digest ReferenceRoot(const Items& items);

std::vector<MapItem> Sorted(const Items& items);
Digest FromHex(std::string_view hex);

// SplitMix64: the same numbers on every machine.
class Seeded final {
 public:
  explicit Seeded(std::uint64_t seed) : state_(seed) {}
  std::uint64_t Next();
  std::uint64_t Below(std::uint64_t bound) { return Next() % bound; }
  Digest NextDigest();

 private:
  std::uint64_t state_;
};

// Keys that differ only in the last `late_bits` (at most 64) positions.
Digest LateKey(std::uint64_t tail, unsigned late_bits);

class MemoryPages final : public PageReader {
 public:
  Result<std::vector<Bytes>> ReadPages(std::span<const PageId> ids) override;

  void Apply(const MapUpdate& update);
  // Removes what the update replaced.
  void Prune(const MapUpdate& update);

  std::map<PageId, Bytes>& pages() { return pages_; }
  int reads() const { return reads_; }

 private:
  std::map<PageId, Bytes> pages_;
  int reads_ = 0;
};

}  // namespace jejak::statemap
