// SPDX-License-Identifier: Apache-2.0
//
// One hash over the answers to 1500 seeded questions. The value was computed by a program in
// another language that knows only the recursive definitions.
#include <gtest/gtest.h>

#include <algorithm>

#include "ledger/base/text.h"
#include "ledger/crypto/hash.h"
#include "ledger/tlog/multiproof.h"
#include "ledger/tlog/proof.h"
#include "ledger/tlog/tile.h"
#include "tests/tlog/reference.h"

namespace jejak::tlog {
namespace {

// Reads perfect subtrees out of all completed nodes.
class NodeTable final : public NodeReader, public NodeSink {
 public:
  void Complete(NodeId id, const Digest& hash) override { nodes_.emplace_back(id, hash); }
  void Seal() { std::sort(nodes_.begin(), nodes_.end()); }
  Result<std::vector<Digest>> ReadNodes(std::span<const NodeId> ids) override {
    std::vector<Digest> hashes;
    for (const NodeId& id : ids) {
      const auto at = std::lower_bound(nodes_.begin(), nodes_.end(), std::pair(id, Digest{}));
      if (at == nodes_.end() || at->first != id) return NotFound("node: isn't complete");
      hashes.push_back(at->second);
    }
    return hashes;
  }

 private:
  std::vector<std::pair<NodeId, Digest>> nodes_;
};

class Questions {
 public:
  explicit Questions(std::uint64_t seed) : random_(seed), leaves_(reference::Leaves(1000)) {
    CompactRange range;
    for (const Digest& leaf : leaves_) range.Append(leaf, &table_);
    table_.Seal();
  }

  void Ask() {
    const std::uint64_t size = 1 + random_.Below(1000);
    const std::uint64_t kind = random_.Below(4);
    const std::vector<Digest> answer = Answer(kind, size);
    Bytes header;
    AppendU64(header, size);
    header.push_back(static_cast<std::uint8_t>(kind));
    stream_.Add(header);
    for (const Digest& hash : answer) stream_.Add(hash.view());
  }
  Digest Finish() { return stream_.Finish(); }

 private:
  std::vector<Digest> Answer(std::uint64_t kind, std::uint64_t size) {
    if (kind == 0) return {RootOf(std::span(leaves_).first(size))};
    if (kind == 1) return BuildInclusion(table_, random_.Below(size), size).value();
    if (kind == 2) return BuildConsistency(table_, 1 + random_.Below(size), size).value();
    std::set<std::uint64_t> held;
    for (std::uint64_t more = 1 + random_.Below(20); more > 0; --more)
      held.insert(random_.Below(size));
    return BuildMultiproof(table_, std::vector<std::uint64_t>(held.begin(), held.end()), size)
        .value();
  }

  reference::Random random_;
  std::vector<Digest> leaves_;
  NodeTable table_;
  crypto::Sha256Stream stream_;
};

TEST(Seeded, AnswersHashToTheKnownValue) {
  Questions questions(1);
  for (int i = 0; i < 1500; ++i) questions.Ask();
  EXPECT_EQ(EncodeHex(questions.Finish().view()),
            "9d10607fb7b608ca02a48b12e349bd7d8ab4c766e2aab7eb6d523b6464a31d66");
}

}  // namespace
}  // namespace jejak::tlog
