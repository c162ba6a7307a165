// SPDX-License-Identifier: Apache-2.0
//
// Published: a definition as the ledger has it, with what is needed to write an action under it and
// to count its days.
//
//   FetchInForce(get, "pp94-kota")   ->  under pp94-kota qf3…, the definition 1.0.0,
//                                        the newest version of its calendar
//
// The documents are what their SHA-256 says, or an error; who needs proof that they are in the log
// verifies the receipt. `get` asks the ledger, as LedgerClient::Get. Plain values; one thread.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "ledger/base/result.h"
#include "ledger/procedure/calendar.h"
#include "ledger/procedure/definition.h"
#include "ledger/record/action.h"

namespace jejak::intake {

using Get = std::function<Result<std::string>(const std::string& target)>;

struct Published {
  record::ActionFields::Under under;
  procedure::Definition definition;
  // The newest version alone: it rules every day that is still to come. None if it was never
  // published.
  std::vector<procedure::CalendarVersion> calendars;
};

// Ids of the procedures in force, ascending.
Result<std::vector<std::string>> ProceduresInForce(const Get& get);

// kNotFound: no such procedure; kRefused: it is retired; kMalformed: what answers is no ledger, or
// the document is another.
Result<Published> FetchInForce(const Get& get, const std::string& id);

// The definition of one version, in force or not, without calendars.
Result<procedure::Definition> FetchVersion(const Get& get, const std::string& id,
                                           const std::string& version);

}  // namespace jejak::intake
