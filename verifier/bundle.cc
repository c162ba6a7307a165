// SPDX-License-Identifier: Apache-2.0
#include "verifier/bundle.h"

#include <algorithm>
#include <utility>

#include "ledger/tlog/merkle.h"
#include "verifier/tree_check.h"

namespace jejak::verifier {

TileFinding CompareTile(const tlog::TileId& id, ByteView found, ByteView expected) {
  TileFinding finding;
  if (found.size() != expected.size()) {
    finding.unreadable = tlog::TilePath(id) + " is not a hash tile: it has " +
                         std::to_string(found.size()) + " bytes where its width needs " +
                         std::to_string(expected.size());
    return finding;
  }
  const auto [at, _] = std::mismatch(found.begin(), found.end(), expected.begin());
  if (at != found.end()) {
    const auto hash = static_cast<std::size_t>(at - found.begin()) / tlog::kHashBytes;
    finding.differs = tlog::TilePath(id) + ": hash " + std::to_string(hash) +
                      " is not the one that the entries give";
  }
  return finding;
}

Bundle::Bundle(std::uint64_t index, std::uint16_t width) {
  entries_id_ = {.level = 0, .index = index, .width = width, .entries = true};
  hashes_id_ = {.level = 0, .index = index, .width = width, .entries = false};
}

void Bundle::Read(LogSource& source) {
  Result<Bytes> entries = source.Tile(entries_id_);
  if (!entries.ok()) {
    unreadable_ = std::move(entries).error().detail;
    return;
  }
  entries_bytes_ = std::move(*entries);
  Result<Bytes> hashes = source.Tile(hashes_id_);
  if (hashes.ok()) {
    hashes_bytes_ = std::move(*hashes);
  } else {
    tile_unreadable_ = std::move(hashes).error().detail;
  }
}

void Bundle::Prepare() {
  if (unreadable_) return;
  const Result<std::vector<ByteView>> entries =
      tlog::ParseBundle(entries_bytes_, entries_id_.width);
  if (!entries.ok()) {
    unreadable_ =
        tlog::TilePath(entries_id_) + " is not an entry bundle: " + entries.error().detail;
    return;
  }
  leaves_.reserve(entries->size());
  hashes_.reserve(entries->size());
  for (const ByteView entry : *entries) {
    leaves_.push_back(evidence::PrepareLeaf(entry));
    hashes_.push_back(leaves_.back().hash);
  }
  subtree_ = tlog::RootOf(hashes_);
  if (tile_unreadable_) return;
  TileFinding finding = CompareTile(hashes_id_, hashes_bytes_, TileBytes(hashes_));
  tile_unreadable_ = std::move(finding.unreadable);
  tile_differs_ = std::move(finding.differs);
}

void Bundle::Release() {
  leaves_ = {};
  hashes_ = {};
  entries_bytes_ = {};
  hashes_bytes_ = {};
}

}  // namespace jejak::verifier
