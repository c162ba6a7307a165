// SPDX-License-Identifier: Apache-2.0
//
// jejak procedure check|diff|graph|guide: definitions and calendars before they are published.
//
//   jejak procedure check pp94-kota.json
//   pp94-kota.json: error /rules/3/duties/0/when: …
//   jejak procedure diff old.json new.json --lang id
//   jejak procedure graph pp94-kota.json --track officer -o officer.svg
//   jejak procedure guide pp94-kota.json --lang en
//
// Nothing is sent anywhere. Exit codes as for every verb: 3 when a document has errors.
#pragma once

#include "tools/cli/command_line.h"

namespace jejak::cli {

void AddProcedureCommands(CommandLine& line);

}  // namespace jejak::cli
