// SPDX-License-Identifier: Apache-2.0
//
// The golden log of tests/vectors/jejak: 333 leaves, read from its entry bundles.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/record/leaf.h"
#include "ledger/registry/admission.h"
#include "ledger/registry/memory_ledger.h"
#include "ledger/tlog/merkle.h"
#include "ledger/tlog/tile.h"

namespace jejak::registry::test {

inline std::string ReadVector(const std::string& name) {
  std::ifstream file(std::string(JEJAK_SOURCE_DIR "/tests/vectors/jejak/") + name,
                     std::ios::binary);
  EXPECT_TRUE(file.good()) << name;
  return {std::istreambuf_iterator<char>(file), {}};
}

// All leaves, as texts.
inline std::vector<std::string> GoldenLeaves() {
  std::vector<std::string> leaves;
  for (const auto& [name, width] : {std::pair<const char*, std::uint16_t>{"000", 256},
                                    std::pair<const char*, std::uint16_t>{"001.p/77", 77}}) {
    const std::string bundle = ReadVector(std::string("log/tile/entries/") + name);
    const auto entries = tlog::ParseBundle(AsBytes(bundle), width);
    EXPECT_TRUE(entries.ok()) << name;
    if (!entries.ok()) continue;
    for (const ByteView entry : *entries) leaves.emplace_back(AsText(entry));
  }
  return leaves;
}

// Replays one leaf; seals change nothing. The admission is what Admit said, accepted for a seal.
inline Admission Replay(const std::string& leaf_text, MemoryLedger& ledger) {
  const auto leaf = record::ParseLeaf(leaf_text);
  if (!leaf.ok()) {
    ADD_FAILURE() << leaf.error().detail;
    return {Admission::kRefused, {}, 0};
  }
  const auto* logged = std::get_if<record::LoggedAction>(&*leaf);
  if (logged == nullptr) return {};
  auto parsed = ParseCandidate(logged->entry.action_note);
  if (const auto* refusal = std::get_if<Refusal>(&parsed))
    return {Admission::kRefused, *refusal, 0};
  const auto& candidate = std::get<Candidate>(parsed);
  Admission admission =
      Admit(candidate, logged->entry.index, logged->entry.time, ledger, SignatureCheck{});
  if (admission.kind == Admission::kAccepted) {
    ledger.Apply(candidate, logged->entry.index, tlog::LeafHash(AsBytes(leaf_text)));
  }
  return admission;
}

inline MemoryLedger GoldenLedger() {
  MemoryLedger ledger("golden.jejak.example/1");
  for (const std::string& leaf : GoldenLeaves()) {
    const Admission admission = Replay(leaf, ledger);
    EXPECT_EQ(admission.kind, Admission::kAccepted)
        << leaf << admission.refusal.code << ": " << admission.refusal.detail;
  }
  return ledger;
}

}  // namespace jejak::registry::test
