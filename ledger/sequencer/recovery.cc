// SPDX-License-Identifier: Apache-2.0
#include "ledger/sequencer/recovery.h"

#include <utility>

#include "ledger/record/leaf.h"
#include "ledger/tlog/merkle.h"
#include "ledger/tlog/tile.h"

namespace jejak::sequencer {
namespace {

constexpr std::size_t kReadAtOnce = 256;

Result<std::vector<std::string>> ReadAll(const store::View& view,
                                         const std::vector<std::string>& keys) {
  JEJAK_TRY(values, view.Read(keys));
  std::vector<std::string> all;
  all.reserve(values.size());
  for (std::optional<std::string>& value : values) {
    if (!value) return Internal("the store has lost an entry or a tile below its head");
    all.push_back(std::move(*value));
  }
  return all;
}

// Leaf hashes of the partial tile of level 0, from the entries themselves.
Result<std::vector<Digest>> PartialLeaves(const store::View& view, std::uint64_t size) {
  std::vector<std::string> keys;
  for (std::uint64_t index = size - size % tlog::kTileWidth; index < size; ++index)
    keys.push_back(store::EntryKey(index));
  JEJAK_TRY(entries, ReadAll(view, keys));
  std::vector<Digest> hashes;
  for (const std::string& entry : entries) hashes.push_back(tlog::LeafHash(AsBytes(entry)));
  return hashes;
}

// Hashes of the partial tile of a higher level: the roots of the full tiles below it.
Result<std::vector<Digest>> PartialRoots(const store::View& view, std::uint8_t level,
                                         std::uint64_t full_below) {
  std::vector<std::string> keys;
  for (std::uint64_t index = full_below - full_below % tlog::kTileWidth; index < full_below;
       ++index) {
    keys.push_back(store::TileKey(static_cast<std::uint8_t>(level - 1), index));
  }
  JEJAK_TRY(tiles, ReadAll(view, keys));
  std::vector<Digest> roots;
  for (const std::string& bytes : tiles) {
    JEJAK_TRY(tile, ExpandedTile::From(bytes));
    roots.push_back(tlog::NodeHash(tile.Node(7, 0), tile.Node(7, 1)));
  }
  return roots;
}

Result<EdgeTiles> LoadEdge(const store::View& view, std::uint64_t size) {
  std::vector<std::vector<Digest>> levels;
  JEJAK_TRY(leaves, PartialLeaves(view, size));
  levels.push_back(std::move(leaves));
  std::uint8_t level = 1;
  for (std::uint64_t full = size / tlog::kTileWidth; full != 0; full /= tlog::kTileWidth, ++level) {
    JEJAK_TRY(roots, PartialRoots(view, level, full));
    levels.push_back(std::move(roots));
  }
  return EdgeTiles::From(size, levels);
}

Result<void> ApplyAdministration(registry::Administration& administration, std::string_view leaf) {
  JEJAK_TRY(parsed, record::ParseLeaf(leaf));
  const auto* logged = std::get_if<record::LoggedAction>(&parsed);
  if (logged == nullptr) return Internal("an administration entry is a seal");
  JEJAK_TRY(body, registry::ParseAdminBody(logged->action));
  administration.Apply(logged->action, logged->entry.index, body);
  return {};
}

Result<std::shared_ptr<const registry::Administration>> LoadAdministration(
    const store::View& view) {
  auto administration = std::make_shared<registry::Administration>();
  std::string from = store::AdministrationKey(0);
  const std::string end = store::PrefixEnd(from.substr(0, 1));
  for (;;) {
    JEJAK_TRY(rows, view.Scan(from, end, kReadAtOnce));
    if (rows.empty()) break;
    std::vector<std::string> keys;
    for (const auto& [key, value] : rows) {
      JEJAK_TRY(index, store::NumberOfKey(key));
      keys.push_back(store::EntryKey(index));
      from = store::AdministrationKey(index + 1);
    }
    JEJAK_TRY(entries, ReadAll(view, keys));
    for (const std::string& entry : entries)
      JEJAK_CHECKED(ApplyAdministration(*administration, entry));
  }
  return std::shared_ptr<const registry::Administration>(std::move(administration));
}

Result<void> CheckNewestSeal(const store::View& view, const store::HeadRecord& record) {
  JEJAK_TRY(entries, ReadAll(view, {store::EntryKey(record.size - 1)}));
  if (tlog::LeafHash(AsBytes(entries[0])) != record.last_leaf)
    return Internal("the newest entry is not the head's");
  JEJAK_TRY(seal, record::ParseSeal(entries[0]));
  if (seal.state != record.map_root || seal.streams != record.streams) {
    return Internal("the newest seal names another state map than the head");
  }
  return {};
}

}  // namespace

Result<void> CheckAgainstGuard(const LogState& state, const store::View& view,
                               const GuardState& guard, TileCache& tiles) {
  const std::uint64_t size = state.record.size;
  const std::string sizes = "the store holds " + std::to_string(size) +
                            " entries, the guard has seen " + std::to_string(guard.size) +
                            " signed";
  if (size < guard.size) {
    return Refused(
        sizes +
        "; acknowledged entries are missing here. Nothing will be signed. Restore a newer backup, "
        "or bring "
        "the missing entries back from a mirror, or close the log and go on in a successor");
  }
  if (size == guard.size) {
    if (state.record.root == guard.root) return {};
    return Refused(sizes + ", but with another root; this store is a fork. Nothing will be signed");
  }
  if (guard.size == 0) return {};
  StoredNodes nodes(state.edge, view, tiles);
  JEJAK_TRY(proof, tlog::BuildConsistency(nodes, guard.size, size));
  if (!tlog::VerifyConsistency(guard.size, size, guard.root, state.record.root, proof)) {
    return Refused(
        sizes +
        ", and the store does not extend what was signed; it is a fork. Nothing will be signed");
  }
  return {};
}

Result<LogState> LoadState(const store::View& view) {
  const std::string head = view.head();
  if (head.empty()) return NotFound("the store holds no log; make one with `jejak init`");
  LogState state;
  JEJAK_TRY(record, store::ParseHead(head));
  state.record = record;
  if (record.size == 0) return Internal("the head names an empty log");
  JEJAK_TRY(edge, LoadEdge(view, record.size));
  state.edge = std::move(edge);
  if (state.edge.Root() != record.root)
    return Internal("the tree in the store does not have the head's root");
  JEJAK_CHECKED(CheckNewestSeal(view, record));
  JEJAK_TRY(administration, LoadAdministration(view));
  state.administration = std::move(administration);
  return state;
}

Result<HeadPointer> Recover(store::Store& store, Signer& signer, TileCache& tiles,
                            UnixSeconds now) {
  JEJAK_TRY(view, store.Latest());
  auto head = std::make_shared<Head>();
  head->view = view;
  // An emptied store is the worst rollback, not a log that was never made.
  if (view->head().empty() && signer.guard().size != 0) {
    JEJAK_CHECKED(CheckAgainstGuard(LogState{}, *view, signer.guard(), tiles));
  }
  JEJAK_TRY(state, LoadState(*view));
  head->log = std::move(state);
  if (head->administration().origin() != signer.origin()) {
    return Refused("the store holds log " + head->administration().origin() + ", the key is of " +
                   signer.origin());
  }
  if (head->administration().created()->log_key != signer.verifier_key()) {
    return Refused("the log key is not the one that the log was created with");
  }
  JEJAK_CHECKED(CheckAgainstGuard(head->log, *view, signer.guard(), tiles));
  JEJAK_TRY(checkpoint, signer.Sign(head->size(), head->log.record.root, now));
  head->checkpoint = std::move(checkpoint);
  return HeadPointer(std::move(head));
}

Result<HeadPointer> CreateLog(store::Store& store, Signer& signer, const Submission& log_create,
                              UnixSeconds now) {
  JEJAK_TRY(empty, store.Latest());
  if (!empty->head().empty()) return Conflict("the store holds a log already");
  BatchBuilder builder(EmptyLog(signer.origin()), empty);
  JEJAK_TRY(outcomes, builder.Add(std::span(&log_create, 1), now));
  if (outcomes[0].kind != OutcomeKind::kLogged) return Forbidden(outcomes[0].refusal.detail);
  JEJAK_TRY(batch, builder.Finish(now));
  JEJAK_CHECKED(store.Commit({}, store::EncodeHead(batch.next.record), batch.writes));
  JEJAK_TRY(view, store.Latest());
  JEJAK_TRY(checkpoint, signer.Sign(batch.next.record.size, batch.next.record.root, now));
  return HeadPointer(std::make_shared<const Head>(
      Head{std::move(batch.next), std::move(checkpoint), std::move(view)}));
}

}  // namespace jejak::sequencer
