// SPDX-License-Identifier: Apache-2.0
//
// jejak watch --overdue: what is late, or due tomorrow, a line each, for cron and for a person
// (tools/watch/watch.h). Exit codes beside those of terminal.h:
//
//   0   nothing to tell     11  something is late     13  nothing is late, something is due
#pragma once

#include "tools/cli/command_line.h"

namespace jejak::cli {

void AddWatchCommand(CommandLine& line);

}  // namespace jejak::cli
