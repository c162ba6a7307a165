// SPDX-License-Identifier: Apache-2.0
//
// jejak import xes, jejak export xes: event logs in and out (docs/import.md).
//
//   jejak import xes receipt.xes.gz --ledger http://127.0.0.1:8081/1 --keys import --procedure docs/procedures/permit-receipt.json
//       --by root=root-a.key --by root=root-b.key --passphrase-file passphrase
//   1434 cases, 8577 events: 8577 logged now, 0 logged before
//
//   jejak export xes --ledger http://127.0.0.1:8081/1 -o receipt.xes
//   jejak export xes --case one.casefile.json -o one.xes
#pragma once

#include "tools/cli/command_line.h"

namespace jejak::cli {

void AddXesCommands(CommandLine& line);

}  // namespace jejak::cli
