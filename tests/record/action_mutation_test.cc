// SPDX-License-Identifier: Apache-2.0
// The parser accepts exactly what the encoder emits: whatever single byte of a golden note is
// changed, inserted or left out, either it is refused or its fields give the same bytes again.
#include <gtest/gtest.h>

#include <random>

#include "ledger/record/action.h"
#include "tests/record/golden.h"

namespace jejak::record {
namespace {

// The note made from fields and signatures alone, without the text that was kept.
std::string Rebuilt(const Action& action) {
  const auto text = EncodeActionText(action);
  if (!text.ok()) return text.error().detail;
  return tlog::EncodeNote({*text, action.signatures});
}

// Counts what parsed; fails on what parsed and encodes to something else.
bool ParsesExactly(const std::string& note) {
  const auto action = ParseAction(note);
  if (!action.ok()) return false;
  EXPECT_EQ(Rebuilt(*action), note);
  EXPECT_EQ(EncodeAction(*action), note);
  return true;
}

TEST(ActionMutation, EveryChangedByteIsRefusedOrKept) {
  std::mt19937 random(20260619);
  // Bytes that the grammar knows are likelier to be taken for something than others.
  const std::string likely = "09azAZ -+/=.:_\n\r\t~{}\"\\,\u00e9\xff";
  std::size_t kept = 0;
  std::size_t refused = 0;
  for (const std::string& note : golden::Notes()) {
    ASSERT_TRUE(ParsesExactly(note));
    for (std::size_t at = 0; at < note.size(); ++at) {
      std::string mutant = note;
      const auto flipped = static_cast<unsigned char>(note[at]) ^ (1u << random() % 8);
      mutant[at] =
          random() % 2 == 0 ? static_cast<char>(flipped) : likely[random() % likely.size()];
      ParsesExactly(mutant) ? ++kept : ++refused;
    }
  }
  EXPECT_GT(kept, 10000u);
  EXPECT_GT(refused, 10000u);
}

TEST(ActionMutation, EveryByteTooManyOrTooFewIsRefusedOrKept) {
  std::size_t refused = 0;
  for (std::size_t i = 0; i < golden::Notes().size(); i += 7) {
    const std::string& note = golden::Notes()[i];
    for (std::size_t at = 0; at < note.size(); ++at) {
      std::string shorter = note;
      shorter.erase(at, 1);
      if (!ParsesExactly(shorter)) ++refused;
      for (const char c : {' ', '\n', note[at]}) {
        std::string longer = note;
        longer.insert(at, 1, c);
        if (!ParsesExactly(longer)) ++refused;
      }
    }
  }
  EXPECT_GT(refused, 10000u);
}

TEST(ActionMutation, NoPrefixOfANoteIsOne) {
  for (std::size_t i = 0; i < golden::Notes().size(); i += 7) {
    const std::string& note = golden::Notes()[i];
    for (std::size_t bytes = 0; bytes < note.size(); ++bytes) {
      EXPECT_FALSE(ParseAction(note.substr(0, bytes)).ok()) << i << " " << bytes;
    }
  }
}

}  // namespace
}  // namespace jejak::record
