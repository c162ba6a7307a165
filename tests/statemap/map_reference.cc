// SPDX-License-Identifier: Apache-2.0
#include "tests/statemap/map_reference.h"

#include <algorithm>

#include "ledger/base/text.h"
#include "ledger/crypto/hash.h"

namespace jejak::statemap {
namespace {

Digest HashOfBytes(std::initializer_list<std::uint8_t> head, const Digest& a,
                   std::initializer_list<std::uint8_t> middle, const Digest& b) {
  Bytes bytes(head);
  bytes.insert(bytes.end(), a.bytes.begin(), a.bytes.end());
  bytes.insert(bytes.end(), middle);
  bytes.insert(bytes.end(), b.bytes.begin(), b.bytes.end());
  return crypto::Sha256(bytes);
}

Digest RootFrom(std::span<const MapItem> items, unsigned bit) {
  if (items.size() == 1) {
    return HashOfBytes({0x00, 0x20}, items[0].first, {0x20}, items[0].second);
  }
  std::vector<MapItem> zeros, ones;
  for (const MapItem& item : items) {
    const bool one = (item.first.bytes[bit / 8] & (0x80 >> (bit % 8))) != 0;
    (one ? ones : zeros).push_back(item);
  }
  if (zeros.empty() || ones.empty()) return RootFrom(items, bit + 1);
  const Digest left = RootFrom(zeros, bit + 1);
  const Digest right = RootFrom(ones, bit + 1);
  const auto low = static_cast<std::uint8_t>(bit);
  if (bit < 128) return HashOfBytes({0x01, low}, left, {}, right);
  return HashOfBytes({0x01, low, 0x01}, left, {}, right);  // low has the continuation bit already
}

}  // namespace

Digest ReferenceRoot(const Items& items) {
  if (items.empty()) return crypto::Sha256({});
  return RootFrom(Sorted(items), 0);
}

std::vector<MapItem> Sorted(const Items& items) { return {items.begin(), items.end()}; }

Digest FromHex(std::string_view hex) { return DigestFromBytes(ParseHex(hex).value()).value(); }

std::uint64_t Seeded::Next() {
  std::uint64_t z = (state_ += 0x9e3779b97f4a7c15U);
  z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
  z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
  return z ^ (z >> 31U);
}

Digest Seeded::NextDigest() {
  Bytes bytes;
  for (int i = 0; i < 4; ++i) AppendU64(bytes, Next());
  return DigestFromBytes(bytes).value();
}

Digest LateKey(std::uint64_t tail, unsigned late_bits) {
  Digest key;
  std::ranges::fill(key.bytes, std::uint8_t{0xa5});
  for (unsigned i = 0; i < late_bits; ++i) {
    const unsigned bit = kKeyBits - 1 - i;
    const auto mask = static_cast<std::uint8_t>(0x80U >> (bit % 8));
    std::uint8_t& byte = key.bytes[bit / 8];
    byte = static_cast<std::uint8_t>(((tail >> i) & 1U) != 0 ? byte | mask : byte & ~mask);
  }
  return key;
}

Result<std::vector<Bytes>> MemoryPages::ReadPages(std::span<const PageId> ids) {
  ++reads_;
  std::vector<Bytes> found;
  for (const PageId& id : ids) {
    const auto page = pages_.find(id);
    if (page == pages_.end()) return Internal("a page is missing");
    found.push_back(page->second);
  }
  return found;
}

void MemoryPages::Apply(const MapUpdate& update) {
  for (const auto& [id, bytes] : update.written) pages_.emplace(id, bytes);
}

void MemoryPages::Prune(const MapUpdate& update) {
  for (const PageId& id : update.replaced) pages_.erase(id);
}

}  // namespace jejak::statemap
