// SPDX-License-Identifier: Apache-2.0
//
// One action under judgement, and the rows that are long enough to stand alone. Within this room
// only; the table is in admission.h.
//
// Each row answers nothing when it does not match. Rows run in the order of the table and may rely
// on the rows before: `signers` is filled by row 5, granted by row 6, genuine by row 7.
//
// Threads: lives on the stack of Admit.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/registry/admission.h"
#include "ledger/registry/signer.h"

namespace jejak::registry {

struct Judging {
  const Candidate& candidate;
  const record::Action& action;
  std::uint64_t index;
  UnixSeconds time;
  const LedgerView& view;
  const Administration& admin;
  const StreamState* stream;  // nullptr: the action would be its first
  const SignatureCheck& check;
  std::vector<Signer> signers;

  std::uint64_t count() const { return stream == nullptr ? 0 : stream->head.count; }
};

// Row 8 (authority.cc): who must sign what, by section 8 and for cases.
std::optional<Refusal> CheckAuthority(const Judging& judging);

// Row 9 (state_rules.cc): what the registry's state forbids.
std::optional<Refusal> CheckState(const Judging& judging);

}  // namespace jejak::registry
