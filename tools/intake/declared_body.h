// SPDX-License-Identifier: Apache-2.0
//
// A body as the definition declares it: what it must hold, and what of it is sealed.
//
//   {"report":"kvh8…","mode":"anonymous","text":"…"}
//   -> {"report":"kvh8…","mode":"anonymous","text":{"$sealed":…}} and one opening
//
// Checked before anything is signed, so that a slip of the pen is told to the officer and not to
// the log. Pure but for the fresh keys of the seals; any thread.
#pragma once

#include <string>

#include "ledger/base/json.h"
#include "ledger/base/result.h"
#include "ledger/procedure/definition.h"
#include "ledger/record/action.h"
#include "tools/author/author.h"

namespace jejak::intake {

// kMalformed with the pointer: a member that isn't declared, one missing though required, a code
// that isn't one of its codes, a value of another kind.
Result<void> CheckDeclared(const procedure::Definition& definition,
                           const procedure::ActionType& type, const json::Value& body);

// Seals what the declarations seal. `fields` complete but for the body, signers included.
author::Body SealDeclared(const record::ActionFields& fields, const procedure::ActionType& type,
                          const json::Value& body);

}  // namespace jejak::intake
