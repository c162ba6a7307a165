// SPDX-License-Identifier: Apache-2.0
//
// Everything that can be read from one published head: entries, tiles, proofs, streams, what is
// kept beside the log, and receipts. Case files are put together from it by case_file_builder.h.
// All answers of one reader are about the same state of the log.
//
// Errors: kNotFound for what this head does not have; kInternal when the store has lost something
// below its head. A reader is one thread's and cheap to make; the head and the cache behind it are
// shared.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "ledger/record/body.h"
#include "ledger/record/stream.h"
#include "ledger/registry/stream_state.h"
#include "ledger/sequencer/head.h"
#include "ledger/sequencer/tile_cache.h"
#include "ledger/statemap/proof.h"
#include "ledger/store/schema.h"
#include "ledger/tlog/tile.h"

namespace jejak::sequencer {

class LogReader final {
 public:
  LogReader(HeadPointer head, TileCache& tiles);

  const Head& head() const { return *head_; }
  std::uint64_t size() const { return head_->size(); }

  // --- entries and tiles ---
  Result<std::string> Entry(std::uint64_t index);
  // The same bytes, kept in memory for whoever asks next: for entries that many ask for one by one.
  Result<std::shared_ptr<const std::string>> SharedEntry(std::uint64_t index);
  Result<std::vector<std::string>> Entries(std::span<const std::uint64_t> indexes);
  // Bytes of a tile as C2SP tlog-tiles serves it; kNotFound unless this tree has that tile at that
  // width or wider.
  Result<std::string> Tile(const tlog::TileId& tile);

  // --- proofs; sizes are at most size() ---
  Result<std::vector<Digest>> Inclusion(std::uint64_t index, std::uint64_t size);
  Result<std::vector<Digest>> Consistency(std::uint64_t from, std::uint64_t to);
  Result<std::vector<statemap::MapPath>> MapPaths(std::span<const Digest> keys);
  // Index of the first seal at or after `index`: the batch that this entry was acknowledged with.
  Result<std::uint64_t> SealFrom(std::uint64_t index);
  // The signed checkpoint of exactly this size; kNotFound when none was signed.
  Result<std::string> Checkpoint(std::uint64_t size);

  // --- streams ---
  Result<std::optional<registry::StreamState>> Stream(const record::Stream& stream);
  // Positions [from, from + limit) of a stream, fewer at its end.
  Result<std::vector<store::SequenceValue>> Positions(const record::Stream& stream,
                                                      std::uint64_t from, std::size_t limit);
  // The entry that holds the action of this id.
  Result<std::optional<std::uint64_t>> FindAction(const Digest& action_id);
  // Cases in the order in which they were opened: (index of the opening entry, case id), from
  // `from_index` on.
  Result<std::vector<std::pair<std::uint64_t, std::string>>> Cases(std::uint64_t from_index,
                                                                   std::size_t limit);

  // --- beside the log; nullopt: erased, or kept elsewhere ---
  Result<std::optional<record::BodyOpening>> Body(std::uint64_t index);
  Result<std::vector<record::FieldOpening>> Openings(std::uint64_t index);
  Result<std::optional<std::string>> Document(const Digest& sha256);

  // --- evidence ---
  // Receipt of an action: under the checkpoint that it was acknowledged with, so the same one every
  // time.
  Result<std::string> ActionReceipt(std::uint64_t index);
  // Presence or absence of a stream in the state map of the newest seal.
  Result<std::string> StateReceipt(const record::Stream& stream);
  // Multiproof that every one of these entries is in the tree of size().
  Result<std::vector<Digest>> Multiproof(std::span<const std::uint64_t> indexes);

 private:
  Result<std::optional<std::string>> ReadOne(std::string key);
  Result<std::shared_ptr<const EntryRun>> ReadRun(std::uint64_t run);
  Result<statemap::StreamHead> HeadUnder(const record::Stream& stream, const Digest& value);
  Result<std::shared_ptr<const LastSeal>> SealOfHead();
  Result<std::string> HashTile(const tlog::TileId& tile);
  Result<std::string> EntryBundle(const tlog::TileId& tile);

  HeadPointer head_;
  TileCache& tiles_;
  StoredNodes nodes_;
};

}  // namespace jejak::sequencer
