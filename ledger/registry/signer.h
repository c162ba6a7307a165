// SPDX-License-Identifier: Apache-2.0
//
// Who signs: the key behind each `by` line (formats.md section 9, row 5).
//
//   by golden.jejak.example/root-2 root                    a root in force, or one that enters here
//   by bkpsdm.example/p-07 self                            the key that enters or revokes itself
//   by 5MG3Z0FSDG8122AFHMEK5J0EY2/reporter reporter        a party of this case, old or new
//   by bkpsdm.example/p-07 bkpsdm                          an enrolled key
//
// Readers use it to know holder and unit of the signers of an entry: `same` and `distinct` people
// are told apart by holder, and a party's holder is its key name.
//
// Threads: pure.
#pragma once

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include "ledger/registry/candidate.h"
#include "ledger/registry/ledger_view.h"

namespace jejak::registry {

struct Signer {
  enum class Kind {
    kRoot,      // in force just before the entry
    kNewRoot,   // in the body of log.create or root.rotate only
    kSelf,      // the key of the key stream, in role `self`
    kParty,     // of the case before this entry
    kNewParty,  // of this action's `party` lines
    kEnrolled,  // enrolled and not revoked
  };
  Kind kind = Kind::kEnrolled;
  std::string name;
  std::string role;
  crypto::PublicKey key;
  std::string holder;
  std::string unit;                   // enrolled keys only
  const KeyRecord* record = nullptr;  // enrolled keys only; lives as long as the view's state
};

// The `by` line that has no key.
struct NoSigner {
  std::size_t by = 0;
  bool revoked = false;  // there was a key, but it is revoked
};

// All signers in `by` order, or the first line without a key. Judges neither grants nor
// signatures.
std::variant<std::vector<Signer>, NoSigner> FindSigners(const Candidate& candidate,
                                                        const LedgerView& view);

}  // namespace jejak::registry
