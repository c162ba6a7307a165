// SPDX-License-Identifier: Apache-2.0
//
// The checks of a case file, one function per step of "One verification" (architecture.md), each
// adding its lines to the verdict. They don't stop each other: an entry that was cut off breaks the
// inclusion proof *and* the stream's map path, and the second says what happened. A step whose
// ground is missing says so and judges nothing.
//
//   CheckInclusion   all held entries and the seal are leaves of the checkpoint's tree
//   CheckOrder       index, time, seq, prev
//   CheckClosure     the streams are the needed ones          (formats.md section 6)
//   CheckStreams     each is whole, under the seal's map
//   CheckAdmission   section 9 at every held entry, in log order, and the signatures
//   CheckContents    bodies, openings, documents
//
// Stateless; any thread. Internal to this room: VerifyCaseFile is the way in.
#pragma once

#include "ledger/evidence/held_case.h"
#include "ledger/evidence/signatures.h"
#include "ledger/evidence/verdict.h"
#include "ledger/tlog/checkpoint.h"

namespace jejak::evidence {

// check.inclusion and check.seal.
void CheckInclusion(const HeldCase& held, const tlog::Checkpoint& checkpoint, Verdict& verdict);

// check.headers: no index twice, growing within a stream, `seq` from 0, `time` never decreasing.
// check.chain: adjacent entries chain by `prev`, entry 0 has the hash of nothing.
void CheckOrder(const HeldCase& held, Verdict& verdict);

// check.genesis and check.log_key, by the entry with index 0.
void CheckOrigin(const HeldCase& held, const Trust& trust, const std::optional<Digest>& genesis,
                 Verdict& verdict);

// check.closure.
void CheckClosure(const HeldCase& held, Verdict& verdict);

// check.stream, one line per stream at fault.
void CheckStreams(const HeldCase& held, Verdict& verdict);

// check.admission, check.rules, check.signatures, check.compromised. Signatures are verified by
// `runner`.
void CheckAdmission(const HeldCase& held, const Trust& trust, const SignatureRunner& runner,
                    Verdict& verdict);

// check.body, check.opening, check.document, check.contents.
void CheckContents(const HeldCase& held, const Trust& trust, Verdict& verdict);

}  // namespace jejak::evidence
