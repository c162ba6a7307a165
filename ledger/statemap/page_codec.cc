// SPDX-License-Identifier: Apache-2.0
// Pages as bytes and their hashes (pages.h).
#include <algorithm>
#include <bit>

#include "ledger/base/text.h"
#include "ledger/statemap/pages.h"

namespace jejak::statemap {
namespace {

constexpr std::uint8_t kIndexTag = 1, kBucketTag = 2;
constexpr std::size_t kItemBytes = 64;

void AppendUvarint(Bytes& out, std::uint64_t value) {
  while (value >= 0x80) {
    out.push_back(static_cast<std::uint8_t>(0x80U | (value & 0x7fU)));
    value >>= 7U;
  }
  out.push_back(static_cast<std::uint8_t>(value));
}

// Takes a minimal LEB128 number of at most eight bytes, so below 2^56, from the front; false if there
// is none. Sixteen of them can be added without overflow.
bool TakeUvarint(ByteView& from, std::uint64_t& value) {
  value = 0;
  for (unsigned i = 0; i < 8 && i < from.size(); ++i) {
    const std::uint8_t byte = from[i];
    value |= static_cast<std::uint64_t>(byte & 0x7fU) << (7 * i);
    if ((byte & 0x80U) != 0) continue;
    if (byte == 0 && i > 0) return false;
    from = from.subspan(i + 1);
    return true;
  }
  return false;
}

Digest TakeDigest(ByteView& from) {
  Digest digest;
  std::copy_n(from.begin(), digest.bytes.size(), digest.bytes.begin());
  from = from.subspan(digest.bytes.size());
  return digest;
}

bool HasPrefix(const Digest& key, const PageId& id) {
  return FirstDifferingBit(key, id.prefix) >= 4U * id.depth;
}

void AppendIndex(Bytes& out, const IndexPage& page) {
  unsigned mask = 0;
  for (unsigned nibble = 0; nibble < 16; ++nibble) {
    if (page.slots[nibble].count != 0) mask |= 0x8000U >> nibble;
  }
  out.reserve(3 + 40 * static_cast<std::size_t>(std::popcount(mask)));
  out.push_back(kIndexTag);
  AppendU16(out, static_cast<std::uint16_t>(mask));
  for (const PageSlot& slot : page.slots) {
    if (slot.count == 0) continue;
    AppendUvarint(out, slot.version);
    AppendUvarint(out, slot.count);
    out.insert(out.end(), slot.hash.bytes.begin(), slot.hash.bytes.end());
  }
}

void AppendBucket(Bytes& out, const BucketPage& page) {
  out.reserve(2 + kItemBytes * page.size());
  out.push_back(kBucketTag);
  out.push_back(static_cast<std::uint8_t>(page.size()));
  for (const auto& [key, value] : page) {
    out.insert(out.end(), key.bytes.begin(), key.bytes.end());
    out.insert(out.end(), value.bytes.begin(), value.bytes.end());
  }
}

Result<Page> ParseIndex(const PageId& id, ByteView rest) {
  if (rest.size() < 2) return Malformed("the index page is cut off");
  const unsigned mask = LoadU16(rest.data());
  rest = rest.subspan(2);
  IndexPage page;
  for (unsigned nibble = 0; nibble < 16; ++nibble) {
    if ((mask & (0x8000U >> nibble)) == 0) continue;
    PageSlot& slot = page.slots[nibble];
    if (!TakeUvarint(rest, slot.version) || slot.version > id.version) {
      return Malformed("the index page names a child version that it can't have");
    }
    if (!TakeUvarint(rest, slot.count) || slot.count == 0) {
      return Malformed("the index page's number of keys below a child is wrong");
    }
    if (rest.size() < 32) return Malformed("the index page is cut off");
    slot.hash = TakeDigest(rest);
  }
  if (!rest.empty()) return Malformed("the index page has bytes after its last child");
  Page result = page;
  const std::uint64_t count = PageCount(result);
  if (count <= kBucketItems || count > kMaxDecimal) {
    return Malformed("the index page's number of keys is outside its bounds");
  }
  return result;
}

Result<Page> ParseBucket(const PageId& id, ByteView rest) {
  if (rest.empty()) return Malformed("the bucket is cut off");
  const std::size_t count = rest[0];
  rest = rest.subspan(1);
  if (count == 0 || count > kBucketItems) {
    return Malformed("the bucket's number of keys is outside 1 to 24");
  }
  if (rest.size() != count * kItemBytes) return Malformed("the bucket's length is wrong");
  BucketPage page(count);
  for (std::size_t i = 0; i < count; ++i) {
    page[i].first = TakeDigest(rest);
    page[i].second = TakeDigest(rest);
    if (!HasPrefix(page[i].first, id)) return Malformed("a key is in the wrong bucket");
    if (i > 0 && page[i - 1].first >= page[i].first) {
      return Malformed("the bucket's keys do not ascend");
    }
  }
  return Page(std::move(page));
}

}  // namespace

void AppendPageKey(Bytes& key, const PageId& id) {
  AppendU64(key, id.version);
  key.push_back(id.depth);
  const auto& prefix = id.prefix.bytes;
  key.insert(key.end(), prefix.begin(), prefix.begin() + (id.depth + 1) / 2);
}

Bytes EncodePage(const Page& page) {
  Bytes out;
  if (const auto* index = std::get_if<IndexPage>(&page)) {
    AppendIndex(out, *index);
  } else {
    AppendBucket(out, *std::get_if<BucketPage>(&page));
  }
  return out;
}

Result<Page> ParsePage(const PageId& id, ByteView bytes) {
  if (bytes.empty()) return Malformed("the page is empty");
  if (id.depth > kMaxPageDepth) return Malformed("the page's depth is above 63");
  if (bytes[0] == kBucketTag) return ParseBucket(id, bytes.subspan(1));
  if (bytes[0] != kIndexTag) return Malformed("the page is neither an index nor a bucket");
  if (id.depth == kMaxPageDepth) return Malformed("an index page can't be at depth 63");
  return ParseIndex(id, bytes.subspan(1));
}

std::uint64_t PageCount(const Page& page) {
  if (const auto* bucket = std::get_if<BucketPage>(&page)) return bucket->size();
  std::uint64_t count = 0;
  for (const PageSlot& slot : std::get_if<IndexPage>(&page)->slots) count += slot.count;
  return count;
}

Digest PageHash(std::uint8_t depth, const Page& page) {
  if (const auto* bucket = std::get_if<BucketPage>(&page)) return MapRootOf(*bucket);
  PatriciaFold fold;
  unsigned before = 0;
  const auto& slots = std::get_if<IndexPage>(&page)->slots;
  for (unsigned nibble = 0; nibble < 16; ++nibble) {
    if (slots[nibble].count == 0) continue;
    fold.Add(slots[nibble].hash, SlotBit(depth, before, nibble));
    before = nibble;
  }
  return fold.Finish();
}

unsigned SlotBit(unsigned depth, unsigned nibble_a, unsigned nibble_b) {
  // They differ first at the highest set bit of their XOR; bit 3 of a nibble is position 0.
  return 4U * depth + 4U - static_cast<unsigned>(std::bit_width(nibble_a ^ nibble_b));
}

unsigned KeyNibble(const Digest& key, unsigned depth) {
  const unsigned byte = key.bytes[depth / 2];
  return depth % 2 == 0 ? byte >> 4U : byte & 0x0fU;
}

PageId ChildId(const PageId& page, unsigned nibble, std::uint64_t version) {
  PageId child = page;
  child.version = version;
  child.depth = static_cast<std::uint8_t>(page.depth + 1);
  std::uint8_t& byte = child.prefix.bytes[page.depth / 2];
  byte = static_cast<std::uint8_t>(byte | (page.depth % 2 == 0 ? nibble << 4U : nibble));
  return child;
}

}  // namespace jejak::statemap
