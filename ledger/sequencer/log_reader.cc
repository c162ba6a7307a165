// SPDX-License-Identifier: Apache-2.0
#include "ledger/sequencer/log_reader.h"

#include <algorithm>

#include "ledger/evidence/receipt.h"
#include "ledger/sequencer/map_pages.h"
#include "ledger/statemap/stream_head.h"
#include "ledger/tlog/multiproof.h"

namespace jejak::sequencer {

LogReader::LogReader(HeadPointer head, TileCache& tiles)
    : head_(std::move(head)), tiles_(tiles), nodes_(head_->log.edge, *head_->view, tiles_) {}

Result<std::optional<std::string>> LogReader::ReadOne(std::string key) {
  JEJAK_TRY(values, head_->view->Read(std::span(&key, 1)));
  return std::move(values[0]);
}

Result<std::string> LogReader::Entry(std::uint64_t index) {
  JEJAK_TRY(entries, Entries(std::span(&index, 1)));
  return std::move(entries[0]);
}

Result<std::shared_ptr<const std::string>> LogReader::SharedEntry(std::uint64_t index) {
  const std::uint64_t run = index / kRunEntries;
  std::shared_ptr<const EntryRun> entries;
  if (index < size()) entries = tiles_.entries().Find(run);
  if (entries == nullptr) {
    if (index >= size() || (run + 1) * kRunEntries > size()) {  // the last run still grows
      JEJAK_TRY(entry, Entry(index));
      return std::make_shared<const std::string>(std::move(entry));
    }
    JEJAK_TRY(read, ReadRun(run));
    entries = std::move(read);
  }
  const std::string* const entry = &(*entries)[index % kRunEntries];
  return std::shared_ptr<const std::string>(std::move(entries), entry);
}

Result<std::shared_ptr<const EntryRun>> LogReader::ReadRun(std::uint64_t run) {
  const std::uint64_t begin = run * kRunEntries;
  JEJAK_TRY(rows, head_->view->Scan(store::EntryKey(begin), store::EntryKey(begin + kRunEntries),
                                    kRunEntries));
  if (rows.size() != kRunEntries) return Internal("an entry is missing from the store");
  auto entries = std::make_shared<EntryRun>();
  entries->reserve(kRunEntries);
  std::size_t bytes = 0;
  for (auto& [key, entry] : rows) {
    bytes += sizeof entry + entry.size();
    entries->push_back(std::move(entry));
  }
  tiles_.entries().Insert(run, entries, bytes);
  return std::shared_ptr<const EntryRun>(std::move(entries));
}

Result<std::vector<std::string>> LogReader::Entries(std::span<const std::uint64_t> indexes) {
  std::vector<std::string> keys;
  keys.reserve(indexes.size());
  for (const std::uint64_t index : indexes) {
    if (index >= size()) return NotFound("the log has no entry " + std::to_string(index));
    keys.push_back(store::EntryKey(index));
  }
  JEJAK_TRY(values, head_->view->Read(keys));
  std::vector<std::string> entries;
  entries.reserve(values.size());
  for (std::optional<std::string>& value : values) {
    if (!value) return Internal("an entry is missing from the store");
    entries.push_back(std::move(*value));
  }
  return entries;
}

Result<std::string> LogReader::Tile(const tlog::TileId& tile) {
  const unsigned shift = 8u * tile.level;
  const std::uint64_t nodes = shift >= 64 ? 0 : size() >> shift;  // hashes that this level has
  const std::uint64_t width = tile.width;
  if (nodes < width || tile.index > (nodes - width) / tlog::kTileWidth)
    return NotFound("the log has no such tile");
  return tile.entries ? EntryBundle(tile) : HashTile(tile);
}

Result<std::string> LogReader::HashTile(const tlog::TileId& tile) {
  if (!head_->log.edge.IsPartial(tile.level, tile.index)) {
    JEJAK_TRY(bytes, ReadOne(store::TileKey(tile.level, tile.index)));
    if (!bytes || bytes->size() != tlog::kTileWidth * 32)
      return Internal("a hash tile is missing from the store");
    return bytes->substr(0, std::size_t{tile.width} * 32);
  }
  std::string bytes;
  for (const Digest& hash : head_->log.edge.Partial(tile.level).first(tile.width))
    bytes.append(AsText(hash.view()));
  return bytes;
}

Result<std::string> LogReader::EntryBundle(const tlog::TileId& tile) {
  const std::uint64_t begin = tile.index * tlog::kTileWidth;
  JEJAK_TRY(rows, head_->view->Scan(store::EntryKey(begin), store::EntryKey(begin + tile.width),
                                    tile.width));
  if (rows.size() != tile.width) return Internal("an entry is missing from the store");
  Bytes bundle;
  for (const auto& [key, entry] : rows)
    JEJAK_CHECKED(tlog::AppendBundleEntry(bundle, AsBytes(entry)));
  return std::string(AsText(bundle));
}

Result<std::vector<Digest>> LogReader::Inclusion(std::uint64_t index, std::uint64_t size) {
  if (size > this->size() || index >= size)
    return NotFound("the log has no such entry at that size");
  return tlog::BuildInclusion(nodes_, index, size);
}

Result<std::vector<Digest>> LogReader::Consistency(std::uint64_t from, std::uint64_t to) {
  if (from == 0 || from > to || to > size())
    return NotFound("sizes must be 1 <= from <= to <= the log's size");
  return tlog::BuildConsistency(nodes_, from, to);
}

Result<std::vector<Digest>> LogReader::Multiproof(std::span<const std::uint64_t> indexes) {
  return tlog::BuildMultiproof(nodes_, indexes, size());
}

Result<std::vector<statemap::MapPath>> LogReader::MapPaths(std::span<const Digest> keys) {
  MapPages pages(*head_->view, &tiles_.pages(), MapPages::View::kCommitted);
  MapTrees trees(pages, tiles_.trees());
  return statemap::BuildMapPaths(trees, head_->log.map(), keys);
}

Result<std::uint64_t> LogReader::SealFrom(std::uint64_t index) {
  JEJAK_TRY(rows, head_->view->Scan(store::SealKey(index), store::SealKey(size()), 1));
  if (rows.empty()) return NotFound("no seal covers entry " + std::to_string(index));
  return store::NumberOfKey(rows[0].first);
}

Result<std::string> LogReader::Checkpoint(std::uint64_t size) {
  if (size == this->size()) return head_->checkpoint;
  JEJAK_TRY(note, ReadOne(store::CheckpointKey(size)));
  if (!note) return NotFound("no checkpoint of size " + std::to_string(size) + " was signed");
  return std::move(*note);
}

Result<std::optional<registry::StreamState>> LogReader::Stream(const record::Stream& stream) {
  JEJAK_TRY(value, ReadOne(store::StreamKey(stream.text())));
  if (!value) return std::optional<registry::StreamState>();
  JEJAK_TRY(state, registry::ParseStreamState(AsBytes(*value)));
  return std::optional(std::move(state));
}

Result<std::vector<store::SequenceValue>> LogReader::Positions(const record::Stream& stream,
                                                               std::uint64_t from,
                                                               std::size_t limit) {
  const std::string name = stream.text();
  const std::string begin = store::SequenceKey(name, from);
  const std::string end = store::PrefixEnd(begin.substr(0, begin.size() - 8));
  JEJAK_TRY(rows, head_->view->Scan(begin, end, limit));
  std::vector<store::SequenceValue> positions;
  positions.reserve(rows.size());
  for (const auto& [key, value] : rows) {
    JEJAK_TRY(position, store::ParseSequenceValue(value));
    positions.push_back(position);
  }
  return positions;
}

Result<std::optional<std::uint64_t>> LogReader::FindAction(const Digest& action_id) {
  JEJAK_TRY(value, ReadOne(store::ActionKey(action_id)));
  if (!value) return std::optional<std::uint64_t>();
  JEJAK_TRY(index, store::ParseNumber(*value));
  return std::optional(index);
}

Result<std::vector<std::pair<std::uint64_t, std::string>>> LogReader::Cases(
    std::uint64_t from_index, std::size_t limit) {
  JEJAK_TRY(rows, head_->view->Scan(store::OpenedKey(from_index), store::OpenedKey(size()), limit));
  std::vector<std::pair<std::uint64_t, std::string>> cases;
  for (auto& [key, id] : rows) {
    JEJAK_TRY(index, store::NumberOfKey(key));
    cases.emplace_back(index, std::move(id));
  }
  return cases;
}

Result<std::optional<record::BodyOpening>> LogReader::Body(std::uint64_t index) {
  JEJAK_TRY(value, ReadOne(store::BodyKey(index)));
  if (!value) return std::optional<record::BodyOpening>();
  JEJAK_TRY(opening, store::ParseOpeningValue(*value));
  return std::optional(record::BodyOpening{opening.key, std::move(opening.text)});
}

Result<std::vector<record::FieldOpening>> LogReader::Openings(std::uint64_t index) {
  const std::string begin = store::OpeningKey(index, {});
  JEJAK_TRY(rows,
            head_->view->Scan(begin, store::OpeningKey(index + 1, {}), record::kMaxBodyBytes));
  std::vector<record::FieldOpening> openings;
  for (const auto& [key, value] : rows) {
    JEJAK_TRY(opening, store::ParseOpeningValue(value));
    openings.push_back({key.substr(begin.size()), opening.key, std::move(opening.text)});
  }
  return openings;
}

Result<std::optional<std::string>> LogReader::Document(const Digest& sha256) {
  return ReadOne(store::DocumentKey(sha256));
}

Result<std::string> LogReader::ActionReceipt(std::uint64_t index) {
  JEJAK_TRY(seal, SealFrom(index));
  JEJAK_TRY(checkpoint, Checkpoint(seal + 1));
  JEJAK_TRY(path, Inclusion(index, seal + 1));
  JEJAK_TRY(entry, Entry(index));
  return evidence::BuildActionReceipt(entry, index, path, checkpoint);
}

Result<std::string> LogReader::StateReceipt(const record::Stream& stream) {
  const Digest key = statemap::StreamKey(stream);
  JEJAK_TRY(paths, MapPaths(std::span(&key, 1)));
  JEJAK_TRY(seal, SealOfHead());
  evidence::StateExtra extra{stream, {}, std::move(paths[0]), seal->text};
  if (extra.path.present) {
    JEJAK_TRY(head, HeadUnder(stream, extra.path.value));
    extra.head = head;
  } else {
    JEJAK_TRY(state, Stream(stream));
    if (state) return Internal("the state map and a stream's record disagree");
  }
  return evidence::BuildStateReceipt(extra, size() - 1, seal->path, head_->checkpoint);
}

// The head of a stream whose value in the state map is this one.
Result<statemap::StreamHead> LogReader::HeadUnder(const record::Stream& stream,
                                                  const Digest& value) {
  if (const auto kept = tiles_.stream_heads().Find(value)) return *kept;
  JEJAK_TRY(state, Stream(stream));
  if (!state || statemap::HeadValue(state->head) != value)
    return Internal("the state map and a stream's record disagree");
  tiles_.stream_heads().Insert(value, std::make_shared<const statemap::StreamHead>(state->head));
  return state->head;
}

Result<std::shared_ptr<const LastSeal>> LogReader::SealOfHead() {
  if (auto kept = tiles_.last_seals().Find(size())) return kept;
  JEJAK_TRY(text, Entry(size() - 1));
  JEJAK_TRY(path, Inclusion(size() - 1, size()));
  auto seal = std::make_shared<const LastSeal>(LastSeal{std::move(text), std::move(path)});
  tiles_.last_seals().Insert(size(), seal);
  return seal;
}

}  // namespace jejak::sequencer
