// SPDX-License-Identifier: Apache-2.0
//
// Inspection: what a file claims to be, without any trust (`jejak-verify inspect`).
//
//   kind    case file
//   stream  case/5MG3Z0FSDG8122AFHMEK5J0EY2
//   origin  golden.jejak.example/1
//   size    333
//   …
//
// Nothing here is verified: no signature, no proof. It only names what is there, so that a reader
// knows which question to ask. Pure; any thread.
#pragma once

#include <string_view>
#include <vector>

#include "ledger/base/result.h"
#include "ledger/evidence/verdict.h"

namespace jejak::evidence {

// Facts in reading order; the first is `kind`: case file, receipt, checkpoint, note, entry, seal,
// action or envelope. kMalformed (exit 3) when it is none of these.
Result<std::vector<Fact>> Inspect(std::string_view bytes);

}  // namespace jejak::evidence
