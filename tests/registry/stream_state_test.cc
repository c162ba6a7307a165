// SPDX-License-Identifier: Apache-2.0
//
// The record that storage keeps of a stream.
#include "ledger/registry/stream_state.h"

#include <gtest/gtest.h>

#include "ledger/tlog/merkle.h"
#include "tests/registry/world.h"

namespace jejak::registry::test {
namespace {

// A case of `actions` actions; every third brings a party in.
StreamState CaseOf(int actions) {
  World world;
  StreamState state;
  for (int i = 0; i < actions; ++i) {
    Fields fields = world.Opening(kCase, {{std::string(kP1), "clerk"}});
    fields.type = "x.y" + std::to_string(i);
    if (i % 3 == 0) {
      const std::string name = std::string(kCase) + "/p" + std::to_string(i);
      fields.parties = {{"witness", KeyOf(name)}};
    }
    fields.position_count = 0;
    fields.position_root = {};
    const auto action = record::ParseAction(SignedNote(fields));
    EXPECT_TRUE(action.ok());
    const std::string leaf = std::to_string(i);
    state.Append(*action, 100 + static_cast<std::uint64_t>(i), tlog::LeafHash(AsBytes(leaf)));
  }
  return state;
}

TEST(StreamState, SurvivesStorageAtEverySize) {
  for (int actions = 1; actions <= 33; ++actions) {
    SCOPED_TRACE(actions);
    const StreamState state = CaseOf(actions);
    const Bytes bytes = EncodeStreamState(state);
    const auto parsed = ParseStreamState(bytes);
    ASSERT_TRUE(parsed.ok()) << parsed.error().detail;
    EXPECT_EQ(parsed->head, state.head);
    EXPECT_EQ(parsed->ids, state.ids);
    EXPECT_EQ(parsed->procedure_id, "proc");
    EXPECT_EQ(parsed->parties.size(), state.parties.size());
    EXPECT_EQ(EncodeStreamState(*parsed), bytes);
    ASSERT_NE(parsed->FindParty(std::string(kCase) + "/p0", "witness"), nullptr);
    EXPECT_EQ(parsed->FindParty(std::string(kCase) + "/p0", "reporter"), nullptr);
  }
}

TEST(StreamState, RefusesEveryTruncationAndExtension) {
  Bytes bytes = EncodeStreamState(CaseOf(5));
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(ParseStreamState(ByteView(bytes).first(size)).ok()) << size;
  }
  bytes.push_back(0);
  EXPECT_FALSE(ParseStreamState(bytes).ok());
}

// Last index, leaf, and the parties' keys and names are free; all else is bound.
TEST(StreamState, WhatParsesIsWhatTheEncoderEmits) {
  const Bytes bytes = EncodeStreamState(CaseOf(6));
  int refused = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    for (const int bit : {0, 3, 7}) {
      Bytes changed = bytes;
      changed[i] = static_cast<std::uint8_t>(changed[i] ^ (1 << bit));
      const auto parsed = ParseStreamState(changed);
      if (parsed.ok()) {
        EXPECT_EQ(EncodeStreamState(*parsed), changed) << i;
      } else {
        ++refused;
      }
      const bool in_root_or_edge = i >= 1 + 49 && i < 1 + 81 + 2 * 32;
      if (in_root_or_edge) {
        EXPECT_FALSE(parsed.ok()) << "the edge gives the root, byte " << i;
      }
    }
  }
  EXPECT_GT(refused, 400);
}

TEST(StreamState, RefusesWhatNoActionCouldHaveLeft) {
  const StreamState good = CaseOf(4);
  ASSERT_TRUE(ParseStreamState(EncodeStreamState(good)).ok());
  StreamState state = good;
  state.parties[0].role = "-";
  EXPECT_FALSE(ParseStreamState(EncodeStreamState(state)).ok());
  state = good;
  state.parties[0].key.name = "a//b";
  EXPECT_FALSE(ParseStreamState(EncodeStreamState(state)).ok());
  state = good;
  state.procedure_id = "Proc";
  EXPECT_FALSE(ParseStreamState(EncodeStreamState(state)).ok());
  state.procedure_id = "";
  EXPECT_TRUE(ParseStreamState(EncodeStreamState(state)).ok());
  state.head.leaf.bytes[0] ^= 1;
  EXPECT_TRUE(ParseStreamState(EncodeStreamState(state)).ok()) << "nothing here binds the leaf";
  state.head.root.bytes[0] ^= 1;
  EXPECT_FALSE(ParseStreamState(EncodeStreamState(state)).ok());
  state = good;
  state.parties.resize(kMaxParties, good.parties[0]);
  EXPECT_TRUE(ParseStreamState(EncodeStreamState(state)).ok());
  state.parties.push_back(good.parties[0]);
  EXPECT_FALSE(ParseStreamState(EncodeStreamState(state)).ok());
}

TEST(StreamState, MemoryLedgerKeepsTheRootAfterEveryAction) {
  World world;
  std::vector<Digest> ids;
  const record::Stream stream = *record::ParseStream("case/" + std::string(kCase));
  for (int i = 0; i < 20; ++i) {
    const Fields fields =
        world.InCase(kCase, "x.y" + std::to_string(i), {{std::string(kP1), "clerk"}});
    ids.push_back(record::ParseAction(SignedNote(fields))->id());
    world.Must(fields);
  }
  EXPECT_EQ(world.ledger.RootAt(stream, 0), std::nullopt);
  EXPECT_EQ(world.ledger.RootAt(stream, 22), std::nullopt);
  EXPECT_EQ(world.ledger.RootAt(stream, 21), world.ledger.Find(stream)->head.root);
  tlog::CompactRange range;
  range.Append(tlog::LeafHash(world.ledger.Find(stream)->head.root.view()));
  EXPECT_NE(world.ledger.RootAt(stream, 1), range.Root());
  for (const Digest& id : ids) EXPECT_TRUE(world.ledger.FindAction(id).has_value());
}

}  // namespace
}  // namespace jejak::registry::test
