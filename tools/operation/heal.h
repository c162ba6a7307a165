// SPDX-License-Identifier: Apache-2.0
//
// Bringing acknowledged entries back from a mirror into a store that is behind its guard.
//
// The entries that the store lacks are on the mirror, under a checkpoint that this log signed. They
// go through the same BatchBuilder as when they were first logged, one batch per seal and at the
// times that they carry, so the same bytes come out, with every index beside them:
//
//   store: 0 ... 812 | guard: 1,043 | mirror: 0 ... 1,050
//   hash 812 ... 1,049 into the store's tree: root at 1,043 is the guard's, at 1,050 the checkpoint's
//   replay, batch by batch; each must end in the mirror's own seal
//   sign the checkpoints in between again: the same text under the same key gives the same bytes
//
// Nothing is written before the first step holds for all of it. What a mirror does not have stays
// lost: bodies and openings, documents unless `jejak mirror --documents` kept them, cosignatures on
// the checkpoints in between. Identical bytes sent again get their first receipt, not their bodies
// back. One thread.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "ledger/sequencer/guard.h"
#include "ledger/store/store.h"
#include "ledger/tlog/private_key.h"
#include "verifier/log_source.h"

namespace jejak::operation {

// A document by its SHA-256; nullopt: the mirror has none.
using FindDocument = std::function<std::optional<std::string>(const Digest&)>;

struct HealReport {
  std::uint64_t from = 0;
  std::uint64_t to = 0;
  std::uint64_t bodies_lost = 0;
  std::uint64_t documents_lost = 0;
};

// kRefused: the mirror is behind the guard, or its entries do not give what was signed; the store is
// as it was. kForbidden: its checkpoint is not this log's. kMalformed, kNotFound: its files are not
// there or not their format.
Result<HealReport> HealFromMirror(store::Store& store, const sequencer::GuardState& guard,
                                  verifier::LogSource& mirror, const FindDocument& document,
                                  const tlog::PrivateKey& log_key);

}  // namespace jejak::operation
