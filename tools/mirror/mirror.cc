// SPDX-License-Identifier: Apache-2.0
#include "tools/mirror/mirror.h"

#include <algorithm>
#include <utility>

#include "ledger/tlog/merkle.h"

namespace jejak::mirror {
namespace {

struct Signed {
  std::string note;
  tlog::Checkpoint checkpoint;
  bool quorum_met = false;
};

Result<Signed> ReadSigned(std::string note, const tlog::Policy& policy, const std::string& whose) {
  JEJAK_TRY(parsed, tlog::ParseNote(note));
  JEJAK_TRY(checkpoint, tlog::ParseCheckpoint(parsed.text));
  const tlog::PolicyOutcome outcome = tlog::JudgeCheckpoint(policy, parsed);
  if (outcome.known_signature_failed) {
    return Conflict(whose + " bears a wrong signature of " + outcome.failed_name);
  }
  if (!outcome.origin_is_log || !outcome.log_signed) {
    return Forbidden(whose + " is not signed by the policy's log " + policy.log.name +
                     "; check the address and the policy");
  }
  if (checkpoint.size == 0) return Malformed(whose + " is of an empty log, which is never signed");
  return Signed{std::move(note), std::move(checkpoint), outcome.quorum_met};
}

Result<std::optional<Signed>> ReadHeld(MirrorFiles& files, const tlog::Policy& policy) {
  Result<std::string> note = files.Get("checkpoint");
  if (!note.ok() && note.error().code == Code::kNotFound) return std::optional<Signed>();
  if (!note.ok()) return note.error();
  Result<Signed> held = ReadSigned(std::move(*note), policy, "the checkpoint in the directory");
  if (!held.ok()) {
    return Refused(held.error().detail + "; this directory is not a mirror of that log");
  }
  return std::optional(std::move(*held));
}

std::string Size(std::uint64_t size) { return std::to_string(size); }

Error Fork(MirrorFiles& files, const Signed& held, const Signed& served) {
  const Result<std::string> kept = files.KeepConflict(served.checkpoint.size, served.note);
  return Conflict("ALARM: the log has signed two histories: its checkpoint of size " +
                  Size(served.checkpoint.size) + " contradicts the one of size " +
                  Size(held.checkpoint.size) + " that this mirror holds; " +
                  (kept.ok() ? "keep both, " + *kept + " is the proof" : kept.error().detail));
}

// A smaller checkpoint: stale, or of another history? Our own tiles tell.
Error Older(MirrorFiles& files, const Signed& held, const Signed& served) {
  VerifiedTiles own(files, nullptr, held.checkpoint.size, held.checkpoint.root);
  if (own.LoadEdge().ok()) {
    const Result<Digest> root = own.RootAt(served.checkpoint.size);
    if (root.ok() && *root != served.checkpoint.root) return Fork(files, held, served);
  }
  return Refused("the server has a checkpoint of size " + Size(served.checkpoint.size) +
                 ", this mirror holds " + Size(held.checkpoint.size) +
                 " already; it never goes back. Was the server restored from a backup?");
}

Result<void> CheckExtends(MirrorFiles& files, VerifiedTiles& tiles, const Signed& held,
                          const Signed& served) {
  JEJAK_TRY(root, tiles.RootAt(held.checkpoint.size));
  if (root != held.checkpoint.root) return Fork(files, held, served);
  return {};
}

bool BundleFits(std::string_view bundle, ByteView tile) {
  const auto width = static_cast<std::uint16_t>(tile.size() / tlog::kHashBytes);
  const Result<std::vector<ByteView>> entries = tlog::ParseBundle(AsBytes(bundle), width);
  if (!entries.ok()) return false;
  for (std::size_t i = 0; i < entries->size(); ++i) {
    const Digest hash = tlog::LeafHash((*entries)[i]);
    if (!std::ranges::equal(hash.view(), tile.subspan(i * tlog::kHashBytes, tlog::kHashBytes)))
      return false;
  }
  return true;
}

Result<void> CopyBundle(VerifiedTiles& tiles, MirrorFiles& files, std::uint64_t index,
                        std::uint16_t width) {
  JEJAK_TRY(tile, tiles.Tile(0, index));
  const std::string path = tlog::TilePath({0, index, width, true});
  if (files.Has(path)) {
    const Result<std::string> kept = files.Get(path);
    if (kept.ok() && BundleFits(*kept, tile)) return {};
  }
  Result<std::string> bundle = tiles.Fetch(path);
  if (!bundle.ok() && bundle.error().code == Code::kNotFound) {
    return NotFound(bundle.error().detail +
                    "; where entries are for oversight, mirror from the oversight listener");
  }
  if (!bundle.ok()) return bundle.error();
  if (!BundleFits(*bundle, tile))
    return Conflict(path + " holds entries that are not under the checkpoint's root");
  return files.Write(path, *bundle);
}

// Level 0 with its entries, then what is missing above. What the last checkpoint covered was
// verified before it moved, so it is only looked for.
Result<void> CopyTree(VerifiedTiles& tiles, MirrorFiles& files, std::uint64_t held_size,
                      verifier::Progress* progress) {
  const std::uint64_t size = tiles.size();
  for (std::uint64_t index = 0; index * tlog::kTileWidth < size; ++index) {
    const std::uint16_t width = tlog::TileWidthAt(0, index, size);
    const bool covered = (index + 1) * tlog::kTileWidth <= held_size &&
                         files.Has(tlog::TilePath({0, index, width, false})) &&
                         files.Has(tlog::TilePath({0, index, width, true}));
    if (!covered) JEJAK_CHECKED(CopyBundle(tiles, files, index, width));
    if (progress != nullptr) progress->Report(index * tlog::kTileWidth + width, size);
  }
  for (std::uint8_t level = 1; level < tlog::kMaxTileLevel; ++level) {
    const std::uint64_t full = tlog::TileItems(level, size) / tlog::kTileWidth;
    for (std::uint64_t index = 0; index < full; ++index) {
      if (!files.Has(tlog::TilePath({level, index, tlog::kTileWidth, false})))
        JEJAK_CHECKED(tiles.Tile(level, index));
    }
  }
  return {};
}

// The partial tiles of the tree before, where the new one has wider ones.
void DropReplaced(MirrorFiles& files, std::uint64_t before, std::uint64_t size) {
  for (std::uint8_t level = 0; level <= tlog::kMaxTileLevel; ++level) {
    const std::uint64_t items = tlog::TileItems(level, before);
    const std::uint64_t index = items / tlog::kTileWidth;
    const auto width = static_cast<std::uint16_t>(items % tlog::kTileWidth);
    if (width == 0 || tlog::TileWidthAt(level, index, size) == width) continue;
    files.Remove(tlog::TilePath({level, index, width, false}));
    if (level == 0) files.Remove(tlog::TilePath({0, index, width, true}));
  }
}

}  // namespace

Result<MirrorReport> UpdateMirror(Upstream& upstream, MirrorFiles& files,
                                  const tlog::Policy& policy, verifier::Progress* progress) {
  JEJAK_TRY(note, upstream.Get("checkpoint"));
  JEJAK_TRY(served, ReadSigned(std::move(note), policy, "the checkpoint served"));
  JEJAK_TRY(held, ReadHeld(files, policy));
  const std::uint64_t held_size = held ? held->checkpoint.size : 0;
  if (served.checkpoint.size < held_size) return Older(files, *held, served);
  VerifiedTiles tiles(upstream, &files, served.checkpoint.size, served.checkpoint.root);
  if (held && served.checkpoint.size == held_size &&
      served.checkpoint.root != held->checkpoint.root) {
    return Fork(files, *held, served);
  }
  JEJAK_CHECKED(tiles.LoadEdge());
  if (held) JEJAK_CHECKED(CheckExtends(files, tiles, *held, served));
  JEJAK_CHECKED(tiles.AllowWrites());
  JEJAK_CHECKED(CopyTree(tiles, files, held_size, progress));
  JEJAK_CHECKED(files.MoveCheckpoint(served.note));
  if (held_size != 0) DropReplaced(files, held_size, served.checkpoint.size);
  MirrorReport report{
      {}, served.checkpoint.size, served.checkpoint.root, served.quorum_met, tiles.traffic()};
  if (held) report.before = held_size;
  return report;
}

}  // namespace jejak::mirror
