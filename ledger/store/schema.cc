// SPDX-License-Identifier: Apache-2.0
#include "ledger/store/schema.h"

#include <algorithm>

namespace jejak::store {
namespace {

constexpr std::size_t kHeadBytes = 136;
constexpr char kHeadVersion = 1;

void AppendNumber(std::string& out, std::uint64_t number) {
  for (int shift = 56; shift >= 0; shift -= 8) out.push_back(static_cast<char>(number >> shift));
}

std::uint64_t LoadNumber(std::string_view bytes) { return LoadU64(AsBytes(bytes).data()); }

std::string Numbered(char letter, std::uint64_t number) {
  std::string key(1, letter);
  AppendNumber(key, number);
  return key;
}

std::string Keyed(char letter, ByteView bytes) {
  std::string key(1, letter);
  key.append(AsText(bytes));
  return key;
}

Digest TakeDigest(std::string_view bytes) {
  Digest digest;
  std::copy_n(AsBytes(bytes).begin(), digest.bytes.size(), digest.bytes.begin());
  return digest;
}

}  // namespace

std::string EntryKey(std::uint64_t index) { return Numbered('E', index); }
std::string SealKey(std::uint64_t index) { return Numbered('Z', index); }
std::string CheckpointKey(std::uint64_t size) { return Numbered('C', size); }
std::string AdministrationKey(std::uint64_t index) { return Numbered('I', index); }
std::string OpenedKey(std::uint64_t index) { return Numbered('L', index); }
std::string ReplacedKey(std::uint64_t seal_index) { return Numbered('X', seal_index); }
std::string BodyKey(std::uint64_t index) { return Numbered('B', index); }
std::string ActionKey(const Digest& action_id) { return Keyed('A', action_id.view()); }
std::string DocumentKey(const Digest& sha256) { return Keyed('D', sha256.view()); }
std::string PartyKey(ByteView public_key) { return Keyed('K', public_key); }

std::string TileKey(std::uint8_t level, std::uint64_t index) {
  std::string key{'T', static_cast<char>(level)};
  AppendNumber(key, index);
  return key;
}

std::string StreamKey(std::string_view stream) { return "S" + std::string(stream); }

std::string SequenceKey(std::string_view stream, std::uint64_t seq) {
  std::string key = "Q" + std::string(stream);
  key.push_back('\0');
  AppendNumber(key, seq);
  return key;
}

std::string PageKey(ByteView page) { return Keyed('M', page); }

std::string OpeningKey(std::uint64_t index, std::string_view pointer) {
  return Numbered('O', index).append(pointer);
}

std::string PrefixEnd(std::string_view prefix) {
  std::string end(prefix);
  while (!end.empty() && static_cast<unsigned char>(end.back()) == 0xff) end.pop_back();
  if (!end.empty()) end.back() = static_cast<char>(static_cast<unsigned char>(end.back()) + 1);
  return end;
}

Result<std::uint64_t> NumberOfKey(std::string_view key) {
  if (key.size() < 9) return Internal("store key is too short to end in a number");
  return LoadNumber(key.substr(key.size() - 8));
}

std::string NumberValue(std::uint64_t number) {
  std::string value;
  AppendNumber(value, number);
  return value;
}

Result<std::uint64_t> ParseNumber(std::string_view value) {
  if (value.size() != 8) return Internal("stored number is not 8 bytes");
  return LoadNumber(value);
}

std::string EncodeSequenceValue(const SequenceValue& value) {
  return NumberValue(value.index).append(AsText(value.action_id.view()));
}

Result<SequenceValue> ParseSequenceValue(std::string_view value) {
  if (value.size() != 40) return Internal("stored stream position is not 40 bytes");
  return SequenceValue{LoadNumber(value), TakeDigest(value.substr(8))};
}

std::string EncodeOpeningValue(const OpeningValue& value) {
  return std::string(AsText(value.key.view())).append(value.text);
}

Result<OpeningValue> ParseOpeningValue(std::string_view value) {
  if (value.size() < 32) return Internal("stored opening is shorter than its key");
  return OpeningValue{TakeDigest(value), std::string(value.substr(32))};
}

std::string DigestValue(const Digest& digest) { return std::string(AsText(digest.view())); }

Result<Digest> ParseDigestValue(std::string_view value) {
  if (value.size() != 32) return Internal("stored digest is not 32 bytes");
  return TakeDigest(value);
}

std::string EncodeHead(const HeadRecord& head) {
  std::string out(1, kHeadVersion);
  AppendNumber(out, head.size);
  out.append(AsText(head.root.view())).append(AsText(head.last_leaf.view()));
  AppendNumber(out, static_cast<std::uint64_t>(head.last_time));
  out.append(AsText(head.map_root.view()));
  AppendNumber(out, head.map_version);
  AppendNumber(out, head.streams);
  out.resize(kHeadBytes, '\0');
  return out;
}

Result<HeadRecord> ParseHead(std::string_view record) {
  if (record.size() != kHeadBytes || record[0] != kHeadVersion) {
    return Internal("head record is not 136 bytes of version 1");
  }
  HeadRecord head;
  head.size = LoadNumber(record.substr(1));
  head.root = TakeDigest(record.substr(9));
  head.last_leaf = TakeDigest(record.substr(41));
  head.last_time = static_cast<std::int64_t>(LoadNumber(record.substr(73)));
  head.map_root = TakeDigest(record.substr(81));
  head.map_version = LoadNumber(record.substr(113));
  head.streams = LoadNumber(record.substr(121));
  if (EncodeHead(head) != record) return Internal("head record has bytes after its fields");
  return head;
}

}  // namespace jejak::store
