// SPDX-License-Identifier: Apache-2.0
//
// A mirror of a log's static files, as `jejak mirror` or any C2SP tlog-tiles client writes it.
//
//   DIR/checkpoint   DIR/tile/0/x001/234   DIR/tile/0/x001/235.p/5   DIR/tile/entries/x001/234
//   DIR/documents/a8c2…  (hex SHA-256; `jejak mirror --documents`)
//
// A partial tile that isn't there is cut from the full one, for a mirror that has grown past the
// checkpoint keeps the full one only. Files that the checkpoint doesn't ask for are not looked at.
//
// Threads: as LogSource.
#pragma once

#include <string>

#include "verifier/log_source.h"

namespace jejak::verifier {

class MirrorDirectory final : public LogSource {
 public:
  explicit MirrorDirectory(std::string path) : path_(std::move(path)) {}

  Result<std::string> Checkpoint() override;
  Result<Bytes> Tile(const tlog::TileId& tile) override;
  Result<std::string> Document(const Digest& sha256) override;

 private:
  Result<Bytes> Read(const tlog::TileId& tile) const;

  std::string path_;
};

}  // namespace jejak::verifier
