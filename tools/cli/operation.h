// SPDX-License-Identifier: Apache-2.0
//
// What operators do with a stopped log (docs/operations.md), and a look at its settings.
//
//   jejak fsck DIR [--policy FILE] [--jobs N] [--json]
//   jejak backup DIR DEST
//   jejak restore BACKUP DIR [--from-mirror MIRROR]
//   jejak erase DIR --action ID... [--field POINTER...] [--yes]
//   jejak config check FILE
//
// fsck ends with the exit codes of jejak-verify, the others with those of terminal.h.
#pragma once

#include "tools/cli/command_line.h"

namespace jejak::cli {

void AddOperationCommands(CommandLine& line);

}  // namespace jejak::cli
