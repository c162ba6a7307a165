// SPDX-License-Identifier: Apache-2.0
//
// The audit of a store, which sees more than an audit of the log's static files: every row that the
// ledger keeps (ledger/store/schema.h) is either recomputed from the entries and compared, or held
// against what the entries commit to.
//
//   | id | what it says |
//   |---|---|
//   | check.entries | entries 0 to size-1 are there, and none beyond |
//   | check.headers, check.chain, check.admission, check.seal, check.rules | as in an audit of the log |
//   | check.head | the head record is what the entries give: size, root, state map |
//   | check.guard | the store holds all that was ever signed, under the same root |
//   | check.tiles, check.map, check.indexes | every stored tile, page and index row, and no other |
//   | check.checkpoints | every kept checkpoint is the log's own and of the root it names |
//   | check.contents, check.documents | bodies, openings and documents fit what commits to them |
//   | check.log_key, check.genesis, check.policy | against the policy, if there is one |
//   | check.store | a row can't be read, or is of no known kind |
//
// 10 on any fault. 12 when something is gone that proves nothing about the log: a kept checkpoint, a
// document, the guard. Bodies that were erased or are kept elsewhere are counted, no more.
//
// Memory: what LogReplay and MapRebuild remember, and 40 bytes per seal. Threads: one call from one
// thread; `workers` brings the others.
#pragma once

#include <optional>
#include <string>

#include "ledger/evidence/verdict.h"
#include "ledger/sequencer/guard.h"
#include "ledger/store/store.h"
#include "verifier/log_audit.h"

namespace jejak::operation {

struct StoreTrust {
  std::optional<tlog::Policy> policy;          // none: the log key is the one that entry 0 names
  std::optional<sequencer::GuardState> guard;  // none: it could not be read, see guard_fault
  std::optional<Error> guard_fault;
};

// The origin of the log in a store, from entry 0. kNotFound: the store holds no log. kInternal: its
// entry 0 is not one.
Result<tlog::VerifierKey> LogKeyOf(const store::View& view);

// Exit 3 when the store holds no log. `progress` may be null.
evidence::Verdict AuditStore(const store::View& view, const StoreTrust& trust,
                             verifier::Workers& workers, verifier::Progress* progress = nullptr);

}  // namespace jejak::operation
