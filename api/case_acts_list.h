// SPDX-License-Identifier: Apache-2.0
//
// The actions of a case as a list for people, in log order; those of one type, day and signers as
// one item:
//
//   2024-08-06  Officer named × 12        Sidak team, Inspectorate · +1 working day
//     entry 31 · P301 · had seen up to entry 30 · rank: executor; name: sealed · proof
//     entry 32 · …
//
// Signers are told by role and unit; the names of their keys to oversight alone. What they had seen
// is the action's position line: `after 5` says that nothing came between, `seen 5` that something
// may have, and then the item says how much. Pure; any thread.
#pragma once

#include <cstdint>
#include <string>

#include "ledger/presentation/case_sheet.h"
#include "ledger/registry/administration.h"

namespace jejak::api {

struct ActsListSetting {
  const registry::Administration& administration;  // titles of units
  std::string root;                                // "/1": links to proofs begin with it
  std::uint64_t size = 0;                          // of the log, for the proofs
  bool names = false;                              // of keys
};

// All acts of sheet.days. O(acts + their contents).
void WriteActsList(presentation::Sheet& sheet, const ActsListSetting& setting);

}  // namespace jejak::api
