// SPDX-License-Identifier: Apache-2.0
//
// One action as it reaches the ledger: an envelope (docs/formats.md section 11) taken apart, its note parsed, what belongs beside the
// log held against the note, its signatures verified. All of it is done before the sequencer sees it, on any thread, because it is
// nine tenths of the work. Pure but for nothing; the head is only read.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "ledger/crypto/sign.h"
#include "ledger/record/envelope.h"
#include "ledger/registry/candidate.h"
#include "ledger/sequencer/head.h"

namespace jejak::sequencer {

struct Submission {
  registry::Candidate candidate;
  std::optional<record::BodyOpening> body;
  std::vector<record::FieldOpening> openings;
  std::optional<std::string> document;
  // What the server answers if admission has nothing against the action: body_mismatch, body_missing, document_missing.
  std::optional<registry::Refusal> parts_fault;
  // The key under which the signature of each `by` line was found good already; the batch builder verifies where the key in force
  // is another by then, or nothing stands here.
  std::vector<std::optional<crypto::PublicKey>> verified;
};

// Whether bodies must come along (the default), or an operator keeps them elsewhere.
enum class Contents { kRequired, kOptional };

// Row 1 of the admission table, and `malformed` for an envelope that does not parse. Nothing is verified yet.
std::variant<Submission, registry::Refusal> ReadSubmission(std::string_view envelope,
                                                           Contents contents);

// Verifies the signatures under the keys that `administration` and the action's own lines name, as far as they name any. A wrong
// one is left to admission, which answers in the order of the table.
void VerifySignatures(Submission& submission, const registry::Administration& administration);

}  // namespace jejak::sequencer
