// SPDX-License-Identifier: Apache-2.0
//
// What a case file holds, taken apart once and put into log order, for the checks of verify.h and
// for whoever judges the procedure afterwards.
//
//   file.streams[2].entries[1]  ->  entries[17] = {index 38, stream 2, position 1, leaf, action}
//
// Reading is lenient where a check will speak: an entry whose header can't be read is left out and
// reported; one that isn't an admissible action keeps the reason. Plain values; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger/evidence/casefile.h"
#include "ledger/evidence/verdict.h"
#include "ledger/record/entry.h"
#include "ledger/record/seal.h"
#include "ledger/registry/candidate.h"

namespace jejak::evidence {

struct HeldEntry {
  record::Entry entry;                           // `action_note` is moved out: the action has it
  Digest leaf;                                   // the leaf hash of its exact bytes
  std::size_t stream = 0;                        // in file.streams
  std::size_t position = 0;                      // in that stream's entries
  std::optional<registry::Candidate> candidate;  // iff row 1 of admission passed
  std::string refusal;                           // else why not
};

struct HeldCase {
  CaseFile file;
  std::optional<record::Seal> seal;
  Digest seal_leaf;
  std::vector<HeldEntry> entries;  // in log order; equal indexes keep the file's order
  // The entry that declares rules that this program doesn't know, the first in log order: what
  // comes after it isn't judged. nullopt when all are known.
  std::optional<std::size_t> unknown_rules;
  bool readable = true;  // every header was read

  // How many entries, in log order, are judged by admission.
  std::size_t judged() const { return unknown_rules ? *unknown_rules + 1 : entries.size(); }
  // Per stream of the file, its entries as positions in `entries`, in the file's order.
  std::vector<std::vector<std::size_t>> ByStream() const;
  // The held entry with this index.
  const HeldEntry* Find(std::int64_t index) const;
};

// Reads it all. Adds check.headers or check.seal for what can't be read.
HeldCase ReadHeldCase(CaseFile file, Verdict& verdict);

}  // namespace jejak::evidence
