// SPDX-License-Identifier: Apache-2.0
//
// What each key of the store means. Nothing else in the ledger spells a key.
//
//   key                      value                                       changes
//   E index                  entry or seal, exact bytes                  never
//   T level index            full hash tile, 8192 bytes                  never
//   Z index (of a seal)      root(32)                                    never
//   C size                   signed checkpoint, with cosignatures        never
//   A action-id(32)          index of the entry                          never
//   Q stream 00 seq          index ‖ action id                           never
//   S stream                 registry::StreamState record                with each action of it
//   K public-key(32)         nothing: a party of some case signs by it   never
//   I index                  nothing: an administration entry            never
//   L index                  case id: the case that this entry opened    never
//   M depth prefix version   state map page                              never; pruned
//   X index (of a seal)      pages that this seal replaced               pruned with them
//   B index                  body opening: key(32) ‖ JSON                may be erased
//   O index pointer          field opening: key(32) ‖ JSON               may be erased
//   D sha256(32)             document                                    never
//
// index, size, seq and version are 8 bytes big-endian, so that a scan walks them in order; level
// and depth are one byte. The head record is not a key: the port keeps it apart, because it alone
// moves (store.h). Values on disk are never renumbered. The letters are the first byte of the key.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "ledger/base/bytes.h"
#include "ledger/base/result.h"

namespace jejak::store {

std::string EntryKey(std::uint64_t index);
std::string TileKey(std::uint8_t level, std::uint64_t index);
std::string SealKey(std::uint64_t index);
std::string CheckpointKey(std::uint64_t size);
std::string ActionKey(const Digest& action_id);
std::string StreamKey(std::string_view stream);
std::string SequenceKey(std::string_view stream, std::uint64_t seq);
std::string PartyKey(ByteView public_key);
std::string AdministrationKey(std::uint64_t index);
std::string OpenedKey(std::uint64_t index);
std::string PageKey(
    ByteView page);  // page: depth, prefix and version, as statemap::AppendPageKey writes them
std::string ReplacedKey(std::uint64_t seal_index);
std::string BodyKey(std::uint64_t index);
std::string OpeningKey(std::uint64_t index, std::string_view pointer);
std::string DocumentKey(const Digest& sha256);

// First key after every key that begins with `prefix`: the end of a scan.
std::string PrefixEnd(std::string_view prefix);

// The number in the last eight bytes of an E, Z, C, I, L, Q or X key. kInternal when the key is
// shorter.
Result<std::uint64_t> NumberOfKey(std::string_view key);

// Eight big-endian bytes as a value. ParseNumber: kInternal unless exactly eight.
std::string NumberValue(std::uint64_t number);
Result<std::uint64_t> ParseNumber(std::string_view value);

// Value of Q: where the action stands in the log and its id.
struct SequenceValue {
  std::uint64_t index = 0;
  Digest action_id;
};
std::string EncodeSequenceValue(const SequenceValue& value);
Result<SequenceValue> ParseSequenceValue(std::string_view value);

// Value of B and O: the 32-byte key, then the exact JSON.
struct OpeningValue {
  Digest key;
  std::string text;
};
std::string EncodeOpeningValue(const OpeningValue& value);
Result<OpeningValue> ParseOpeningValue(std::string_view value);

// Value of Z, and of a D key's neighbour: a bare digest.
std::string DigestValue(const Digest& digest);
Result<Digest> ParseDigestValue(std::string_view value);

// The head record: all that is needed to go on from the newest seal. 136 bytes:
//
//   u8 1 ‖ u64 size ‖ root(32) ‖ last leaf hash(32) ‖ i64 last time ‖ map root(32) ‖ u64 map
//   version ‖ u64 streams ‖ 7 zero bytes
struct HeadRecord {
  std::uint64_t size = 0;
  Digest root;
  Digest last_leaf;
  std::int64_t last_time = 0;
  Digest map_root;
  std::uint64_t map_version = 0;
  std::uint64_t streams = 0;
  bool operator==(const HeadRecord&) const = default;
};
std::string EncodeHead(const HeadRecord& head);
Result<HeadRecord> ParseHead(std::string_view record);

}  // namespace jejak::store
