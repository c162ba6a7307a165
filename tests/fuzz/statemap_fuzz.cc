// SPDX-License-Identifier: Apache-2.0
// Pages and stream heads of the state map: what is accepted encodes to the same bytes, and hashing
// it is safe.
//
//   byte 0        'h' a stream head, 'a' an absence path, else a page
//   page          u8 depth ‖ prefix 32 ‖ page bytes
//   absence path  key 32 ‖ other 32 ‖ (u16 bit ‖ sibling 32)*
#include <algorithm>
#include <cstdlib>

#include "ledger/statemap/pages.h"
#include "ledger/statemap/proof.h"
#include "ledger/statemap/stream_head.h"

namespace jejak::statemap {
namespace {

void Expect(bool holds) {
  if (!holds) std::abort();
}

void TryHead(ByteView bytes) {
  const auto head = ParseStreamHead(bytes);
  if (!head.ok()) return;
  const auto again = EncodeStreamHead(*head);
  Expect(std::ranges::equal(again, bytes));
}

void TryPage(ByteView bytes) {
  if (bytes.size() < 33) return;
  const PageId id{std::uint64_t{1} << 40U, bytes[0], *DigestFromBytes(bytes.subspan(1, 32))};
  const auto page = ParsePage(id, bytes.subspan(33));
  if (!page.ok()) return;
  Expect(std::ranges::equal(EncodePage(*page), bytes.subspan(33)));
  Expect(PageCount(*page) != 0);
  static_cast<void>(PageHash(id.depth, *page));
}

void TryAbsence(ByteView bytes) {
  if (bytes.size() < 64) return;
  const Digest key = *DigestFromBytes(bytes.first(32));
  MapPath path;
  path.other = MapItem{*DigestFromBytes(bytes.subspan(32, 32)), {}};
  for (bytes = bytes.subspan(64); bytes.size() >= 34; bytes = bytes.subspan(34)) {
    path.steps.push_back({LoadU16(bytes.data()), *DigestFromBytes(bytes.subspan(2, 32))});
  }
  const auto root = RootFromAbsence(key, path);
  Expect(!root.ok() || path.steps.size() <= kKeyBits);
}

}  // namespace
}  // namespace jejak::statemap

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const jejak::ByteView rest(data + 1, size - 1);
  if (data[0] == 'h') {
    jejak::statemap::TryHead(rest);
  } else if (data[0] == 'a') {
    jejak::statemap::TryAbsence(rest);
  } else {
    jejak::statemap::TryPage(rest);
  }
  return 0;
}
