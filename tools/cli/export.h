// SPDX-License-Identifier: Apache-2.0
//
// jejak export xes, jejak export ocel: cases as event logs for other tools, with the verdicts on their procedure (docs/import.md).
//
//   jejak export xes --ledger http://127.0.0.1:8081/1 -o receipt.xes
//   jejak export ocel --case one.casefile.json -o one.json
//   1 cases, 21 events
#pragma once

#include "tools/cli/command_line.h"

namespace jejak::cli {

void AddExportCommands(CommandLine& line);

}  // namespace jejak::cli
