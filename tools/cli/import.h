// SPDX-License-Identifier: Apache-2.0
//
// jejak import xes: event logs of other systems into a ledger (docs/import.md).
//
//   jejak import xes receipt.xes.gz --ledger http://127.0.0.1:8081/1 --keys import --procedure docs/procedures/permit-receipt.json
//       --by root=root-a.key --by root=root-b.key --passphrase-file passphrase
//   1434 cases, 8577 events: 8577 logged now, 0 logged before
#pragma once

#include "tools/cli/command_line.h"

namespace jejak::cli {

void AddImportCommands(CommandLine& line);

}  // namespace jejak::cli
