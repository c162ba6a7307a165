// SPDX-License-Identifier: Apache-2.0
//
// Verification of evidence (formats.md sections 6, 7, 8, 10; architecture.md "One verification").
// Bytes and trust go in, a Verdict comes out, in the order: checkpoint under the policy; genesis
// and log key; inclusion; headers and chain; closure; each stream under the seal's map; admission;
// bodies, openings, documents; earlier, pinned sizes; clock and age; the procedure.
//
// | id | what it says |
// |---|---|
// | check.checkpoint | it is a checkpoint of the policy's log, signed by its key |
// | check.policy | the quorum of witnesses has cosigned it |
// | check.genesis, check.log_key | entry 0 is the one that is trusted, and names the policy's key |
// | check.inclusion, check.seal | every held entry and the seal are leaves of the tree; the seal is
// its last | | check.headers, check.chain | index, time, seq; prev | | check.rules | the log's
// rules are known | | check.closure, check.stream | the streams held are those needed, each is
// whole | | check.admission, check.signatures | each entry was rightly admitted | | check.body,
// check.opening, check.document | contents fit their commitments | | check.pinned,
// check.consistency | the pinned checkpoint is a prefix | | check.clock, check.age | the log's time
// against its witnesses' | | check.contents, check.compromised, check.conformance | what is absent,
// unknown or not judged |
//
// Nothing in the evidence is trusted, least of all its order. Everything is O(n log n) in its size
// and nothing recurses. What a verdict does not claim: that the log's map leaves nothing out (only
// an audit of the whole log does). Functions without state; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/evidence/documents.h"
#include "ledger/evidence/signatures.h"
#include "ledger/evidence/verdict.h"

namespace jejak::evidence {

// A case file. Exit 3 if it isn't the format; 2 if trust contradicts itself; else 10, 12, 11 or 0.
// Whether the procedure was followed is judged last (conformance.h), unless `ignore_conformance`,
// and only of evidence that is intact. `documents` may be kept from one file to the next.
Verdict VerifyCaseFile(std::string_view bytes, const Trust& trust, const SignatureRunner& runner,
                       DocumentCache& documents);
Verdict VerifyCaseFile(std::string_view bytes, const Trust& trust,
                       const SignatureRunner& runner = SequentialRunner());

// A receipt of an action or of a stream's state. It holds no keys, so signatures aren't judged.
Verdict VerifyReceipt(std::string_view bytes, const Trust& trust);

// Two checkpoints of one log, and the proof that the first is a prefix of the second:
//   {"from":16,"to":39,"proof":["SCpl…","84B9…"]}      (`to` may be left out)
// Exit 3 if one of them isn't its format. Equal sizes need no proof; without one, or with one
// between other sizes, it is inconclusive.
Verdict VerifyConsistency(std::string_view old_note, std::string_view new_note,
                          std::optional<std::string_view> proof_json, const Trust& trust);

// The JSON that VerifyConsistency reads; `from` < `to`.
std::string EncodeConsistencyProof(std::uint64_t from, std::uint64_t to,
                                   std::span<const Digest> proof);

}  // namespace jejak::evidence
