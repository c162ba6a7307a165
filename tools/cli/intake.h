// SPDX-License-Identifier: Apache-2.0
//
// jejak intake: an officer takes a report, at the counter, by phone or from a letter, and hands out a receipt code.
//
//   jejak intake --ledger http://127.0.0.1:8080/1 --key p-10.key                 asks question by question
//   jejak intake --ledger … --key p-10.key --file report.json --yes              the same from a file (tools/intake/report_form.h)
//
// Shows what it will send and asks first. The slip with the code goes to standard output, and to the file of --slip if one is asked
// for; the code is written nowhere else and shown once. Exit codes of terminal.h; with 5 it is not known whether the report was
// logged: the signed envelope is kept in a file, which `jejak submit` sends again safely, and the slip is printed all the same.
#pragma once

#include "tools/cli/command_line.h"

namespace jejak::cli {

void AddIntakeCommand(CommandLine& line);

}  // namespace jejak::cli
