// SPDX-License-Identifier: Apache-2.0
#include "ledger/statemap/patricia.h"

#include <algorithm>
#include <array>
#include <bit>
#include <iterator>

#include "ledger/crypto/hash.h"

namespace jejak::statemap {
namespace {

constexpr std::uint8_t kLeafTag = 0x00, kInnerTag = 0x01, kDigestLength = 0x20;

}  // namespace

Digest EmptyMapRoot() { return crypto::Sha256({}); }

Digest MapLeafHash(const Digest& key, const Digest& value) {
  std::array<std::uint8_t, 67> buffer;
  buffer[0] = kLeafTag;
  buffer[1] = kDigestLength;
  std::ranges::copy(key.bytes, &buffer[2]);
  buffer[34] = kDigestLength;
  std::ranges::copy(value.bytes, &buffer[35]);
  return crypto::Sha256(buffer);
}

Digest MapInnerHash(unsigned bit, const Digest& left, const Digest& right) {
  std::array<std::uint8_t, 67> buffer;
  std::size_t used = 0;
  buffer[used++] = kInnerTag;
  if (bit < 0x80) {
    buffer[used++] = static_cast<std::uint8_t>(bit);
  } else {  // bits are below 256, so two bytes are all that LEB128 ever needs here
    buffer[used++] = static_cast<std::uint8_t>(0x80U | (bit & 0x7fU));
    buffer[used++] = static_cast<std::uint8_t>(bit >> 7U);
  }
  std::ranges::copy(left.bytes, &buffer[used]);
  std::ranges::copy(right.bytes, &buffer[used + 32]);
  return crypto::Sha256(ByteView(buffer).first(used + 64));
}

unsigned FirstDifferingBit(const Digest& a, const Digest& b) {
  for (unsigned i = 0; i < a.bytes.size(); ++i) {
    const auto difference = static_cast<std::uint8_t>(a.bytes[i] ^ b.bytes[i]);
    if (difference != 0) return 8 * i + static_cast<unsigned>(std::countl_zero(difference));
  }
  return kKeyBits;
}

bool KeyBit(const Digest& key, unsigned bit) {
  return ((key.bytes[bit / 8] >> (7U - bit % 8)) & 1U) != 0;
}

PatriciaFold::PatriciaFold() {
  constexpr std::size_t kUsual = 16;  // the keys of a page hardly ever need more
  nodes_.reserve(kUsual);
  bits_.reserve(kUsual);
}

void PatriciaFold::MergeTop() {
  nodes_[nodes_.size() - 2] = MapInnerHash(bits_.back(), nodes_[nodes_.size() - 2], nodes_.back());
  nodes_.pop_back();
  bits_.pop_back();
}

void PatriciaFold::Add(const Digest& subtree, unsigned bit_before) {
  if (!nodes_.empty()) {
    while (!bits_.empty() && bits_.back() > bit_before) MergeTop();
    bits_.push_back(bit_before);
  }
  nodes_.push_back(subtree);
}

Digest PatriciaFold::Finish() {
  if (nodes_.empty()) return EmptyMapRoot();
  while (nodes_.size() > 1) MergeTop();
  const Digest root = nodes_.front();
  nodes_.clear();
  return root;
}

Digest MapRootOf(std::span<const MapItem> sorted) {
  PatriciaFold fold;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    const unsigned bit = i == 0 ? 0 : FirstDifferingBit(sorted[i - 1].first, sorted[i].first);
    fold.Add(MapLeafHash(sorted[i].first, sorted[i].second), bit);
  }
  return fold.Finish();
}

}  // namespace jejak::statemap
