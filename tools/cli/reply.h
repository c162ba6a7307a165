// SPDX-License-Identifier: Apache-2.0
//
// jejak reply: what the holder of a receipt code adds to a case, signed by the key that the code
// gives.
//
//   jejak reply add --ledger http://127.0.0.1:8080/1
//       asks for the code without echo, then for the text
//   jejak reply withdraw --ledger … --code-file - --yes
//       the code from standard input
//   jejak reply object --ledger … --attach keberatan.pdf
//   jejak reply object --case one.casefile.json -o object.action
//       signed without the ledger, to be sent later
//
// The code is never an argument, where every process of the machine could read it; nor is the text.
// Which actions there are, the definition decides; where it doesn't offer the one asked for, those
// that it offers are listed, and the exit code is 4. Exit codes of terminal.h; what is sent is kept
// in a file first (kept_action.h), which with 5 stays, and `jejak submit` sends it again safely.
#pragma once

#include "tools/cli/command_line.h"

namespace jejak::cli {

void AddReplyCommand(CommandLine& line);

}  // namespace jejak::cli
