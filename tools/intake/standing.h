// SPDX-License-Identifier: Apache-2.0
//
// Standing: where the case of a code's holder stands, and what the holder may do next. Asked of the
// ledger (docs/api.md "Status by code") or read out of a case file, with the same code that the
// ledger answers by (api/status_view.h).
//
//   case 5K3D…, 3 actions, INCOMPLETE; party 5K3D…/pelapor as pelapor of report kvh8…;
//   may: report.complete by 2026-12-24
//
// A case file is believed as it is: verify it first if it matters. Plain values; one thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/base/result.h"
#include "ledger/base/time.h"
#include "ledger/procedure/definition.h"
#include "ledger/record/receipt_code.h"

namespace jejak::intake {

// An action that the definition gives the holder in this state.
struct Offered {
  std::string type;
  procedure::Words title;
  std::string due;  // "2026-12-24"; empty: no day
};

struct Standing {
  std::string origin, case_id;
  std::uint64_t count = 0;  // actions of the case, and the root over their ids
  Digest root;
  // The holder's key in this case, and its role; empty: the case knows no key of the code.
  std::string party, role;
  std::string instance;  // the report's id, or the pseudonym of who is examined
  std::string procedure, version;
  procedure::Words stage;
  std::vector<Offered> may;
};

// The answer of POST v1/status. kMalformed: it isn't one.
Result<Standing> ParseStanding(std::string_view text);

// The same out of a case file. kNotFound: the code opens nothing in it, or the file lacks the
// contents that say so.
Result<Standing> StandingIn(std::string_view case_file, const record::ReceiptCode& code,
                            UnixSeconds now);

}  // namespace jejak::intake
