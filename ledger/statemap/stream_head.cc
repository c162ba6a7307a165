// SPDX-License-Identifier: Apache-2.0
#include "ledger/statemap/stream_head.h"

#include <algorithm>
#include <string>

#include "ledger/base/text.h"
#include "ledger/crypto/hash.h"

namespace jejak::statemap {
namespace {

constexpr std::uint8_t kLayout = 1;
constexpr std::size_t kCountAt = 1, kIndexAt = 9, kLeafAt = 17, kRootAt = 49;

void StoreU64(std::uint8_t* to, std::uint64_t value) {
  for (int i = 7; i >= 0; --i, value >>= 8) to[i] = static_cast<std::uint8_t>(value & 0xff);
}

}  // namespace

std::array<std::uint8_t, kStreamHeadBytes> EncodeStreamHead(const StreamHead& head) {
  std::array<std::uint8_t, kStreamHeadBytes> out{};
  out[0] = kLayout;
  StoreU64(&out[kCountAt], head.count);
  StoreU64(&out[kIndexAt], head.last_index);
  std::ranges::copy(head.leaf.bytes, &out[kLeafAt]);
  std::ranges::copy(head.root.bytes, &out[kRootAt]);
  return out;
}

Result<StreamHead> ParseStreamHead(ByteView bytes) {
  if (bytes.size() != kStreamHeadBytes) return Malformed("a stream head is 81 bytes long");
  if (bytes[0] != kLayout) return Malformed("the stream head's layout is not 1");
  StreamHead head;
  head.count = LoadU64(&bytes[kCountAt]);
  head.last_index = LoadU64(&bytes[kIndexAt]);
  std::copy_n(&bytes[kLeafAt], head.leaf.bytes.size(), head.leaf.bytes.begin());
  std::copy_n(&bytes[kRootAt], head.root.bytes.size(), head.root.bytes.begin());
  if (head.count == 0) return Malformed("the stream head's count is 0; such a stream has no head");
  if (head.last_index > kMaxDecimal) {
    return Malformed("the stream head's last_index is too large");
  }
  if (head.count > head.last_index + 1) {
    return Malformed("the stream head's count is more than the log had entries");
  }
  return head;
}

Digest HeadValue(const StreamHead& head) { return crypto::Sha256(EncodeStreamHead(head)); }

Digest StreamKey(const record::Stream& stream) {
  return crypto::Sha256(AsBytes("jejak/stream/v1\n" + stream.text()));
}

}  // namespace jejak::statemap
