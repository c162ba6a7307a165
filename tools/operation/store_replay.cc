// SPDX-License-Identifier: Apache-2.0
#include "tools/operation/store_replay.h"

#include <algorithm>
#include <utility>

#include "ledger/store/schema.h"
#include "verifier/workers.h"

namespace jejak::operation {
namespace {

std::string Text(ByteView bytes) { return std::string(AsText(bytes)); }

// All rows of [from, to), however many a single entry has.
Result<std::vector<store::Row>> ScanAll(const store::View& view, std::string from,
                                        const std::string& to) {
  constexpr std::size_t kAtOnce = 4096;
  std::vector<store::Row> all;
  for (;;) {
    JEJAK_TRY(rows, view.Scan(from, to, kAtOnce));
    const bool last = rows.size() < kAtOnce;
    if (!last) from = rows.back().first + '\0';
    std::move(rows.begin(), rows.end(), std::back_inserter(all));
    if (last) return all;
  }
}

// The entry that a B or O row belongs to.
std::optional<std::uint64_t> IndexOf(const std::string& key) {
  if (key.size() < 9) return std::nullopt;
  return LoadU64(AsBytes(key).data() + 1);
}

}  // namespace

// Rows of some entries and what came of them. `leaves` point into the rows.
struct StoreReplay::Chunk {
  std::uint64_t begin = 0;
  std::vector<store::Row> entries, bodies, openings;
  std::vector<StoredLeaf> leaves;
  std::vector<LeafFacts> facts;
  std::vector<std::vector<Digest>> hashes;  // by tile
  std::vector<Digest> subtrees;             // of full tiles
};

const Digest* StoreReplay::RootAt(std::uint64_t size) const {
  const auto at = std::ranges::lower_bound(seals_, size, {}, [](const auto& s) { return s.first; });
  return at == seals_.end() || at->first != size ? nullptr : &at->second;
}

Result<void> StoreReplay::Run(std::uint64_t size, verifier::Progress* progress) {
  for (std::uint64_t begin = 0; begin < size; begin += kChunkLeaves) {
    const std::uint64_t end = std::min(size, begin + kChunkLeaves);
    Chunk chunk;
    JEJAK_CHECKED(ReadChunk(begin, end, chunk));
    if (missing_entry_) return {};
    PrepareChunk(chunk);
    JEJAK_TRY(went_on, ReplayChunk(chunk));
    VerifyChunk();
    if (!went_on) return {};
    JEJAK_CHECKED(ExpectTiles(chunk));
    if (progress != nullptr) progress->Report(end, size);
  }
  complete_ = true;
  return {};
}

Result<void> StoreReplay::ReadChunk(std::uint64_t begin, std::uint64_t end, Chunk& chunk) {
  chunk.begin = begin;
  JEJAK_TRY(entries, ScanAll(view_, store::EntryKey(begin), store::EntryKey(end)));
  for (std::uint64_t index = begin; index < end; ++index) {
    const std::size_t at = static_cast<std::size_t>(index - begin);
    if (at < entries.size() && entries[at].first == store::EntryKey(index)) {
      rows_.Count('E');
      continue;
    }
    missing_entry_ = "entry " + std::to_string(index) + " is missing below the head";
    return {};
  }
  JEJAK_TRY(bodies, ScanAll(view_, store::BodyKey(begin), store::BodyKey(end)));
  JEJAK_TRY(openings, ScanAll(view_, store::OpeningKey(begin, {}), store::OpeningKey(end, {})));
  chunk.entries = std::move(entries);
  chunk.bodies = std::move(bodies);
  chunk.openings = std::move(openings);
  for (const store::Row& row : chunk.entries) chunk.leaves.push_back({row.second, {}, {}});
  for (const store::Row& row : chunk.bodies) {
    const auto index = IndexOf(row.first);
    if (!index || row.first != store::BodyKey(*index)) continue;  // counts as one too many
    chunk.leaves[*index - begin].body = row.second;
    rows_.Count('B');
  }
  for (const store::Row& row : chunk.openings) {
    chunk.leaves[*IndexOf(row.first) - begin].openings.push_back(&row);
    rows_.Count('O');
  }
  return {};
}

void StoreReplay::PrepareChunk(Chunk& chunk) {
  const std::size_t count = chunk.leaves.size();
  const std::size_t tiles = (count + tlog::kTileWidth - 1) / tlog::kTileWidth;
  chunk.facts.resize(count);
  chunk.hashes.resize(tiles);
  chunk.subtrees.resize(tiles);
  workers_.ForEach(tiles, [&](std::size_t tile) {
    const std::size_t end = std::min(count, (tile + 1) * tlog::kTileWidth);
    for (std::size_t i = tile * tlog::kTileWidth; i < end; ++i) {
      chunk.facts[i] = ReadLeaf(chunk.leaves[i]);
      chunk.hashes[tile].push_back(chunk.facts[i].leaf.hash);
    }
    chunk.subtrees[tile] = tlog::RootOf(chunk.hashes[tile]);
  });
}

Result<bool> StoreReplay::ReplayChunk(Chunk& chunk) {
  for (std::size_t i = 0; i < chunk.facts.size(); ++i) {
    LeafFacts& facts = chunk.facts[i];
    const std::uint64_t index = chunk.begin + i;
    const bool is_seal = std::holds_alternative<record::Seal>(facts.leaf.content);
    last_leaf_ = facts.leaf.hash;
    deferred_.Begin(index);
    if (!replay_.Feed(std::move(facts.leaf))) return false;
    if (replay_.unknown_rules()) return false;
    if (facts.content_fault)
      rows_.Add('B', "entry " + std::to_string(index) + ": " + *facts.content_fault);
    if (is_seal) JEJAK_CHECKED(ExpectSeal(index));
    if (facts.is_action) JEJAK_CHECKED(ExpectAction(facts, index));
  }
  return true;
}

Result<void> StoreReplay::ExpectAction(const LeafFacts& facts, std::uint64_t index) {
  const std::string stream = facts.stream->text();
  JEJAK_CHECKED(
      rows_.Expect('A', store::ActionKey(facts.action_id), store::NumberValue(index), index));
  JEJAK_CHECKED(rows_.Expect('Q', store::SequenceKey(stream, facts.seq),
                             store::EncodeSequenceValue({index, facts.action_id}), index));
  if (facts.is_administration)
    JEJAK_CHECKED(rows_.Expect('I', store::AdministrationKey(index), {}, index));
  if (facts.stream->is_case() && facts.seq == 0)
    JEJAK_CHECKED(rows_.Expect('L', store::OpenedKey(index), facts.stream->name, index));
  for (const crypto::PublicKey& key : facts.party_keys) {
    if (party_keys_.insert(key).second)
      JEJAK_CHECKED(rows_.Expect('K', store::PartyKey(key.view()), {}, index));
  }
  if (facts.publishes) published_[facts.publishes->second] = facts.publishes->first;
  committed_bodies_ += facts.commits_to_body ? 1 : 0;
  held_bodies_ += facts.body_held ? 1 : 0;
  map_.Set(facts.stream_key, statemap::HeadValue(replay_.ledger().current()->head));
  return {};
}

Result<void> StoreReplay::ExpectSeal(std::uint64_t index) {
  const Digest root = replay_.Root();
  seals_.emplace_back(index + 1, root);
  JEJAK_CHECKED(rows_.Expect('Z', store::SealKey(index), store::DigestValue(root), index));
  return map_.Seal(index);
}

Result<void> StoreReplay::ExpectTiles(const Chunk& chunk) {
  for (std::size_t i = 0; i < chunk.hashes.size(); ++i) {
    const std::vector<Digest>& hashes = chunk.hashes[i];
    tree_.Add(hashes, chunk.subtrees[i]);
    if (hashes.size() != tlog::kTileWidth) continue;
    const std::uint64_t tile = chunk.begin / tlog::kTileWidth + i;
    JEJAK_CHECKED(rows_.Expect('T', store::TileKey(0, tile), Text(verifier::TileBytes(hashes)),
                               tile * tlog::kTileWidth));
  }
  for (const verifier::ExpectedTile& tile : tree_.TakeTiles()) {
    if (tile.id.width != tlog::kTileWidth) continue;
    JEJAK_CHECKED(rows_.Expect('T', store::TileKey(tile.id.level, tile.id.index), Text(tile.bytes),
                               tile.id.index << (8U * (tile.id.level + 1U))));
  }
  return {};
}

void StoreReplay::VerifyChunk() {
  const std::vector<evidence::SignatureJob> jobs = deferred_.Take();
  signatures_ += jobs.size();
  const std::vector<std::size_t> wrong = verifier::ParallelRunner(workers_).Run(jobs);
  if (!wrong.empty() && !wrong_signature_)
    wrong_signature_ = {jobs[wrong.front()].entry_index, jobs[wrong.front()].signer};
}

}  // namespace jejak::operation
