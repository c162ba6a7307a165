// SPDX-License-Identifier: Apache-2.0
//
// What admission may ask about the ledger before the entry that it judges, and the check of one
// signature. Both are seams: a server answers from its store with prefetched values and the
// entries of the batch at hand; a verifier answers from the entries that it holds (MemoryLedger).
//
// Every answer is about the entries before the one that is judged, those of its own batch
// included. What is marked ‡ in formats.md section 9 rests on UseOf() and on names: a holder of
// part of the log answers for that part.
//
// Threads: an implementation decides; Admit calls from one thread and changes nothing.
#pragma once

#include <cstdint>
#include <optional>

#include "ledger/base/bytes.h"
#include "ledger/crypto/sign.h"
#include "ledger/record/action.h"
#include "ledger/record/stream.h"
#include "ledger/registry/administration.h"
#include "ledger/registry/stream_state.h"

namespace jejak::registry {

class LedgerView {
 public:
  virtual ~LedgerView() = default;

  virtual const Administration& administration() const = 0;

  // The state of a stream; nullptr when it has no action yet. Asked for the action's own stream.
  virtual const StreamState* Find(const record::Stream& stream) const = 0;

  // The entry that holds the action of this id; asked for the candidate's id only.
  virtual std::optional<std::uint64_t> FindAction(const Digest& action_id) const = 0;

  // How a key entered the log so far. Asked for keys of the candidate only: the parties', or those
  // of its body. Administration::UseOf answers all but `party`.
  virtual KeyUse UseOf(const crypto::PublicKey& key) const = 0;

  // The RFC 6962 root over the first `n` action ids of a stream, 1 <= n < count; nullopt when it
  // is not known. Asked for the candidate's `seen` line only.
  virtual std::optional<Digest> RootAt(const record::Stream& stream, std::uint64_t n) const = 0;
};

// True iff signature line `by` of the action is `key`'s over the action's text. The key id in the
// line is none of its business: Admit compares that itself.
bool VerifySignatureLine(const record::Action& action, std::size_t by,
                         const crypto::PublicKey& key);

// Checks the value of one signature line. The base verifies; a caller that verified before, on
// other threads, passes one that remembers. All inline: this room is built without RTTI, and a
// class with its vtable there could have no subclasses in rooms that are built with it.
class SignatureCheck {
 public:
  virtual ~SignatureCheck() = default;

  virtual bool Verify(const record::Action& action, std::size_t by,
                      const crypto::PublicKey& key) const {
    return VerifySignatureLine(action, by, key);
  }
};

}  // namespace jejak::registry
