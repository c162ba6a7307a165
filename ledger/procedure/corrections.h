// SPDX-License-Identifier: Apache-2.0
//
// What a `record.correct` or `record.void` does (design/procedure.md "Corrections").
//
//   {"target":"uA4b…","pointer":"/scheduled","value":"2024-06-20","reason":"salah ketik"}
//   {"target":"uA4b…","reason":"panggilan ganda"}
//
// Pure; one thread per Readings.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ledger/procedure/act.h"
#include "ledger/procedure/readings.h"
#include "ledger/procedure/seen_act.h"

namespace jejak::procedure {

// What it says, and whether it may: the outcome is kPass, kFail (check.correction) or kUnknown.
struct Correction {
  std::size_t act = 0;
  bool is_void = false;
  Outcome outcome = Outcome::kFail;
  Causes causes;
  bool unreadable = false;  // its own body can't be read
  std::size_t target = 0;   // kPass only
  std::string pointer;
  json::Value value;
  std::vector<OpenedField> opened;  // of the value: pointers below /value, rebased to its place
  bool seen = true;                 // false: a date corrected too late is shown, not seen
};

// `signers`: of each act, with counted assents.
Correction ReadCorrection(std::span<const Act> acts, std::size_t at,
                          const std::vector<std::vector<const SignerLine*>>& signers,
                          const Definition& definition, const Readings& readings);

// Puts the value in its place. The place was checked by ReadCorrection against the body as it was
// then; nothing happens if it is gone.
void ApplyCorrection(const Correction& correction, Contents& contents);

}  // namespace jejak::procedure
