// SPDX-License-Identifier: Apache-2.0
//
// jejak intake: an officer takes a report, at the counter, by phone or from a letter, and hands out
// a receipt code.
//
//   jejak intake --ledger http://127.0.0.1:8080/1 --key p-10.key        asks question by question
//   jejak intake --ledger … --key p-10.key --file report.json --yes     the same from a file
//                                                                       (intake/report_form.h)
//
// Shows what it will send and asks first. Before it sends, the signed envelope is kept in a file
// (kept_action.h), and the code is in the file of --slip if one is asked for, else on standard
// output; the whole slip follows there once the ledger has answered. The code is written nowhere
// else. Exit codes of terminal.h; with 5 it is not known whether the report was logged: the file
// stays, and `jejak submit` sends it again safely. Logged or refused, the file is gone.
#pragma once

#include "tools/cli/command_line.h"

namespace jejak::cli {

void AddIntakeCommand(CommandLine& line);

}  // namespace jejak::cli
