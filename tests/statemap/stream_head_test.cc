// SPDX-License-Identifier: Apache-2.0
#include "ledger/statemap/stream_head.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "ledger/base/text.h"
#include "ledger/statemap/memory_map.h"
#include "tests/statemap/map_reference.h"

namespace jejak::statemap {
namespace {

nlohmann::json Golden() {
  std::ifstream file(JEJAK_SOURCE_DIR "/tests/vectors/jejak/expected.json");
  return nlohmann::json::parse(file);
}

StreamHead Example() { return {3, 41, LateKey(1, 8), LateKey(2, 8)}; }

TEST(StreamHeadTest, GoldenHeadsKeysAndTheStateRootOfTheLastCheckpoint) {
  const auto golden = Golden();
  MemoryMap map;
  for (const auto& [name, head] : golden["stream_heads"].items()) {
    const StreamHead parts{
        head["count"].get<std::uint64_t>(), head["last_index"].get<std::uint64_t>(),
        FromHex(head["leaf"].get<std::string>()), FromHex(head["root"].get<std::string>())};
    const auto bytes = EncodeStreamHead(parts);
    EXPECT_EQ(EncodeHex(bytes), head["head"].get<std::string>()) << name;
    EXPECT_EQ(ParseStreamHead(bytes).value(), parts) << name;
    const auto stream = record::ParseStream(name);
    ASSERT_TRUE(stream.ok()) << name;
    EXPECT_EQ(StreamKey(*stream), FromHex(head["key"].get<std::string>())) << name;
    map.Set(StreamKey(*stream), HeadValue(parts));
  }
  const auto& last = golden["checkpoints"].back();
  EXPECT_EQ(map.size(), last["streams"].get<std::size_t>());
  EXPECT_EQ(map.Root(), FromHex(last["state"].get<std::string>()));
}

TEST(StreamHeadTest, RefusesWhatTheEncoderNeverEmits) {
  const auto good = EncodeStreamHead(Example());
  const auto code = [](ByteView bytes) {
    const auto head = ParseStreamHead(bytes);
    return head.ok() ? Code::kInternal : head.error().code;
  };
  ASSERT_TRUE(ParseStreamHead(good).ok());
  EXPECT_EQ(code({}), Code::kMalformed);
  EXPECT_EQ(code(ByteView(good).first(80)), Code::kMalformed);
  Bytes longer(good.begin(), good.end());
  longer.push_back(0);
  EXPECT_EQ(code(longer), Code::kMalformed);
  auto layout = good;
  layout[0] = 2;
  EXPECT_EQ(code(layout), Code::kMalformed);
  const auto with = [](std::uint64_t count, std::uint64_t last_index) {
    StreamHead head = Example();
    head.count = count;
    head.last_index = last_index;
    return EncodeStreamHead(head);
  };
  EXPECT_EQ(code(with(0, 41)), Code::kMalformed);
  EXPECT_EQ(code(with(43, 41)), Code::kMalformed);
  EXPECT_EQ(code(with(~std::uint64_t{0}, 41)), Code::kMalformed);
  EXPECT_EQ(code(with(1, kMaxDecimal + 1)), Code::kMalformed);
  EXPECT_TRUE(ParseStreamHead(with(42, 41)).ok());
  EXPECT_TRUE(ParseStreamHead(with(1, kMaxDecimal)).ok());
}

TEST(StreamHeadTest, EveryByteOfTheHeadReachesTheValue) {
  const StreamHead head = Example();
  const Digest value = HeadValue(head);
  const auto bytes = EncodeStreamHead(head);
  for (std::size_t i = 1; i < bytes.size(); ++i) {
    auto changed = bytes;
    changed[i] ^= 1;
    const auto parsed = ParseStreamHead(changed);
    if (parsed.ok()) {
      EXPECT_NE(HeadValue(*parsed), value) << i;
    }
  }
}

}  // namespace
}  // namespace jejak::statemap
