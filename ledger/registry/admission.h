// SPDX-License-Identifier: Apache-2.0
//
// Admission, rules 1: may this action be the entry at this position? (formats.md section 9)
//
//   row  refused when                                          answer
//    1   the entry would be longer than 48,000 bytes           400 malformed
//    2   `log` is another                                      403 other_log
//    3   the action is logged already                          not an error: the first index
//    4   the log is closed                                     403 log_closed
//    5   a `by` line has no key                                403 unknown_key, revoked_key
//    6   an enrolled key claims a role that it is not granted  403 role_not_held
//    7   a signature's key id or value is wrong                403 bad_signature
//    8   authority                                             403 authority
//    9   the registry's state forbids it                       409 state
//   10   `under` is not in force                               409 procedure_not_in_force
//   11   `after` or `seen` does not fit the stream             409 conflict, with the head
//   12   `at` in the future, or past `until`                   422 at_in_future, expired
//   13   the case is full                                      422 case_full
//
// The first row that matches decides, and nothing else is refused: the ledger records facts, the
// procedure judges them. The rest of row 1 is ParseCandidate. The three answers about what is kept
// beside the log (body_mismatch, body_missing, document_missing) are the server's.
//
// Total and deterministic: the server that orders and every verifier that replays call this same
// function and must agree. No clock: the entry's time is a parameter.
//
// Cost: one lookup of the stream, one per entering key, one signature check per `by` line (at most
// 16), which a caller that checked before can make free (SignatureCheck).
//
// Threads: pure.
#pragma once

#include <cstdint>

#include "ledger/base/time.h"
#include "ledger/registry/candidate.h"
#include "ledger/registry/ledger_view.h"

namespace jejak::registry {

// How much later than the entry's time `at` may be.
inline constexpr std::int64_t kMaxClockSkewSeconds = 300;

struct Admission {
  enum Kind { kAccepted, kDuplicate, kRefused };
  Kind kind = kAccepted;
  Refusal refusal;                // with kRefused
  std::uint64_t first_index = 0;  // with kDuplicate: the entry that holds the action
};

// Judges `candidate` as entry `index` of the log, entered at `time`, after all that `view` knows.
Admission Admit(const Candidate& candidate, std::uint64_t index, UnixSeconds time,
                const LedgerView& view, const SignatureCheck& check);

}  // namespace jejak::registry
