// SPDX-License-Identifier: Apache-2.0
//
// From what a store holds to a head that may be published, or a clear refusal
// (docs/architecture.md, the guard). Nothing is signed unless the store holds everything that was
// ever signed:
//
//   store == guard   the usual start: the newest checkpoint is signed again, byte for byte
//   store >  guard   a batch was committed and never signed: its extension of the guard's tree is
//   proven, then it is signed store <  guard   acknowledged data is gone (an old backup, a lost
//   disk): refused, with the way to heal
//
// Used once, before a sequencer starts; one thread.
#pragma once

#include "ledger/sequencer/batch.h"
#include "ledger/sequencer/clock.h"
#include "ledger/sequencer/head.h"
#include "ledger/sequencer/signer.h"
#include "ledger/sequencer/tile_cache.h"
#include "ledger/store/store.h"

namespace jejak::sequencer {

// The state that a view shows. The right edge is recomputed from the entries and tiles in the store
// and must give the head's root, and the newest seal must name the head's state map. kNotFound: the
// store holds no log. kInternal: it contradicts itself. O(256 per tile level + administration
// entries).
Result<LogState> LoadState(const store::View& view);

// The comparison above. kRefused: the store is behind the guard or contradicts it; the sentence
// says how and how to heal.
Result<void> CheckAgainstGuard(const LogState& state, const store::View& view,
                               const GuardState& guard, TileCache& tiles);

// Recovers an existing log. kRefused: store and guard disagree; the sentence says how and how to
// heal.
Result<HeadPointer> Recover(store::Store& store, Signer& signer, TileCache& tiles, UnixSeconds now);

// Makes a new log: entry 0 (`log.create`), its seal, the first checkpoint. kConflict when the store
// holds a log; kMalformed or kForbidden with the admission's sentence when the action isn't one
// that may create this log.
Result<HeadPointer> CreateLog(store::Store& store, Signer& signer, const Submission& log_create,
                              UnixSeconds now);

}  // namespace jejak::sequencer
