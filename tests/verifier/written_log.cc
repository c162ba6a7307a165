// SPDX-License-Identifier: Apache-2.0
#include "tests/verifier/written_log.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "ledger/crypto/hash.h"
#include "ledger/record/action.h"
#include "ledger/record/entry.h"
#include "ledger/record/seal.h"
#include "ledger/statemap/stream_head.h"
#include "ledger/tlog/checkpoint.h"
#include "ledger/tlog/cosignature.h"

namespace jejak::verifier::test {

void WrittenLog::Append(std::string leaf) {
  hashes_.push_back(tlog::LeafHash(AsBytes(leaf)));
  leaves_.push_back(std::move(leaf));
  ++time_.value;
}

std::uint64_t WrittenLog::Add(const std::string& note) {
  const auto action = record::ParseAction(note);
  if (!action.ok()) throw std::runtime_error(action.error().detail);
  registry::StreamState& stream = streams_[action->stream];
  record::Entry entry;
  entry.index = size();
  entry.time = time_;
  entry.prev = hashes_.empty() ? crypto::Sha256({}) : hashes_.back();
  entry.seq = stream.head.count;
  entry.action_note = note;
  Append(record::EncodeEntry(entry));
  stream.Append(*action, entry.index, hashes_.back());
  map_.Set(statemap::StreamKey(action->stream), statemap::HeadValue(stream.head));
  return entry.index;
}

void WrittenLog::Seal(std::uint64_t streams_off, bool state_off) {
  record::Seal seal;
  seal.index = size();
  seal.time = time_;
  seal.prev = hashes_.back();
  seal.streams = map_.size() + streams_off;
  seal.state = map_.Root();
  if (state_off) seal.state.bytes[0] ^= 1;
  Append(record::EncodeSeal(seal));
}

std::string WrittenLog::Checkpoint(
    std::uint64_t size, const std::map<const tlog::PrivateKey*, std::int64_t>& witnesses) const {
  tlog::Checkpoint checkpoint;
  checkpoint.origin = key_.name;
  checkpoint.size = size;
  checkpoint.root = tlog::RootOf(std::span(hashes_).first(size));
  tlog::Note note{tlog::EncodeCheckpoint(checkpoint), {}};
  note.signatures.push_back(tlog::SignNote(note.text, key_.name, key_.secret));
  for (const auto& [witness, time] : witnesses) {
    note.signatures.push_back(
        tlog::Cosign(note.text, UnixSeconds{time}, witness->verifier_key(), witness->secret));
  }
  return tlog::EncodeNote(note);
}

FileMap WrittenLog::Files() const {
  FileMap files{{"checkpoint", Checkpoint(size())}};
  std::vector<Digest> items = hashes_;
  for (unsigned level = 0; !items.empty(); ++level) {
    std::vector<Digest> above;
    for (std::size_t begin = 0; begin < items.size(); begin += tlog::kTileWidth) {
      const auto tile = std::span(items).subspan(
          begin, std::min<std::size_t>(tlog::kTileWidth, items.size() - begin));
      tlog::TileId id;
      id.level = static_cast<std::uint8_t>(level);
      id.index = begin / tlog::kTileWidth;
      id.width = static_cast<std::uint16_t>(tile.size());
      std::string& bytes = files[tlog::TilePath(id)];
      for (const Digest& hash : tile) bytes += AsText(hash.view());
      if (tile.size() == tlog::kTileWidth) above.push_back(tlog::RootOf(tile));
      if (level != 0) continue;
      id.entries = true;
      Bytes bundle;
      for (std::size_t i = begin; i < begin + tile.size(); ++i) {
        if (!tlog::AppendBundleEntry(bundle, AsBytes(leaves_[i])).ok()) std::abort();
      }
      files[tlog::TilePath(id)] = AsText(bundle);
    }
    items = std::move(above);
  }
  return files;
}

Result<std::string> MemorySource::Checkpoint() {
  const auto found = files_.find("checkpoint");
  if (found == files_.end()) return NotFound("checkpoint does not exist");
  return found->second;
}

Result<Bytes> MemorySource::Tile(const tlog::TileId& tile) {
  const auto found = files_.find(tlog::TilePath(tile));
  if (found == files_.end()) return NotFound(tlog::TilePath(tile) + " does not exist");
  const ByteView bytes = AsBytes(found->second);
  return Bytes(bytes.begin(), bytes.end());
}

void WriteFiles(const FileMap& files, const std::string& directory) {
  for (const auto& [path, bytes] : files) {
    const std::filesystem::path file = std::filesystem::path(directory) / path;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary)
        .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  }
}

FileMap ReadFiles(const std::string& directory) {
  FileMap files;
  for (const auto& item : std::filesystem::recursive_directory_iterator(directory)) {
    if (!item.is_regular_file()) continue;
    std::ifstream file(item.path(), std::ios::binary);
    files[std::filesystem::relative(item.path(), directory).generic_string()] = {
        std::istreambuf_iterator<char>(file), {}};
  }
  return files;
}

}  // namespace jejak::verifier::test
