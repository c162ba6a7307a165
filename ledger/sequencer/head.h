// SPDX-License-Identifier: Apache-2.0
//
// A published head: one durable, signed state of the log and everything that a reader needs to
// answer from it. Immutable and shared; a reader that holds one sees a single state for as long as
// it likes, whatever is appended meanwhile. The sequencer publishes a new one after commit, guard
// and signature, never before (docs/architecture.md, One append).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ledger/registry/administration.h"
#include "ledger/sequencer/edge_tiles.h"
#include "ledger/statemap/pages.h"
#include "ledger/store/schema.h"
#include "ledger/store/store.h"

namespace jejak::sequencer {

// Where the log stands, without storage: what the next batch is built on.
struct LogState {
  store::HeadRecord record;  // size 0: no log yet
  EdgeTiles edge;
  std::shared_ptr<const registry::Administration> administration;
  // Seals whose lists of replaced pages are still in the store, oldest first; nullopt: nobody has
  // looked since the start. It spares each batch the reading of all those lists.
  std::optional<std::vector<std::uint64_t>> listed_seals;

  statemap::MapRoot map() const { return {record.map_root, record.map_version, record.streams}; }
};

struct Head {
  LogState log;
  std::string checkpoint;                   // the signed note, cosignatures included
  std::shared_ptr<const store::View> view;  // pinned at exactly this state

  std::uint64_t size() const { return log.record.size; }
  const registry::Administration& administration() const { return *log.administration; }
};

using HeadPointer = std::shared_ptr<const Head>;

}  // namespace jejak::sequencer
