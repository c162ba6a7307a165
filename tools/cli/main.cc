// SPDX-License-Identifier: Apache-2.0
//
// jejak: what officers, administrators, operators and analysts do with a ledger, one file per group of verbs.
#include "tools/cli/administration.h"
#include "tools/cli/bench.h"
#include "tools/cli/command_line.h"
#include "tools/cli/demo.h"
#include "tools/cli/desk.h"
#include "tools/cli/export.h"
#include "tools/cli/import.h"
#include "tools/cli/intake.h"
#include "tools/cli/keys.h"
#include "tools/cli/mirror.h"
#include "tools/cli/operation.h"
#include "tools/cli/procedure.h"
#include "tools/cli/reply.h"
#include "tools/cli/watch.h"

int main(int argc, char** argv) {
  jejak::cli::CommandLine line(
      "jejak", "Jejak, the transparency ledger: write, administer, operate and mirror a log.",
      "0.1.0");
  jejak::cli::AddKeyCommands(line);
  jejak::cli::AddDeskCommands(line);
  jejak::cli::AddIntakeCommand(line);
  jejak::cli::AddReplyCommand(line);
  jejak::cli::AddAdministrationCommands(line);
  jejak::cli::AddProcedureCommands(line);
  jejak::cli::AddDemoCommands(line);
  jejak::cli::AddWatchCommand(line);
  jejak::cli::AddMirrorCommands(line);
  jejak::cli::AddImportCommands(line);
  jejak::cli::AddExportCommands(line);
  jejak::cli::AddOperationCommands(line);
  jejak::cli::AddBenchCommands(line);
  return line.Execute(argc, argv);
}
