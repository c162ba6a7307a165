// SPDX-License-Identifier: Apache-2.0
#include "tools/cli/import.h"

#include <filesystem>
#include <iostream>
#include <memory>

#include "ledger/registry/admin_body.h"
#include "ledger/sequencer/clock.h"
#include "ledger/sequencer/durable_file.h"
#include "tools/cli/signers.h"
#include "tools/cli/terminal.h"
#include "tools/xes/import.h"
#include "tools/xes/reader.h"
#include "verifier/cli/progress_line.h"

namespace jejak::cli {
namespace {

struct ImportOptions {
  std::string file, ledger, keys, procedure, calendar, zone, passphrase_file;
  std::string unit = "imports";
  std::vector<std::string> by;
};

template <class Parse>
auto ReadDocument(const std::string& path, Parse parse) -> decltype(parse(std::string())) {
  JEJAK_TRY(text, sequencer::ReadFile(path, registry::kMaxDocumentBytes));
  auto document = parse(std::move(text));
  if (!document.ok()) return Error{document.error().code, path + ": " + document.error().detail};
  return document;
}

// The calendar that a definition counts by lies beside it, unless it is named.
std::string CalendarPath(const ImportOptions& options, const xes::Document& definition) {
  if (!options.calendar.empty()) return options.calendar;
  const std::filesystem::path folder = std::filesystem::path(options.procedure).parent_path();
  return (folder / (definition.calendar + ".calendar.json")).string();
}

// Those of --by, told apart by role.
Result<xes::ImportAuthority> AuthorityOf(const std::vector<SignerSpec>& signers,
                                         const ImportOptions& options) {
  xes::ImportAuthority authority;
  authority.unit = options.unit;
  authority.now = sequencer::SystemClock().Wall();
  for (const author::By& by : AsBy(signers)) {
    if (by.key == nullptr)
      return Malformed("--by " + by.role + "=" + by.name +
                       ": an import signs at once; give a .key");
    if (by.role == "root") {
      authority.roots.push_back(by);
    } else if (by.role == "procedure_owner" && !authority.owner) {
      authority.owner = by;
    } else {
      return Malformed("--by " + by.role +
                       ": an import is let in by roots and one procedure_owner");
    }
  }
  return authority;
}

void Print(const xes::ImportReport& report) {
  std::cout << report.cases << " cases, " << report.events << " events: " << report.logged
            << " logged now, " << report.already_there << " logged before\n";
  std::cerr << report.administered << " actions of administration were added\n";
  if (report.empty_traces != 0)
    std::cerr << report.empty_traces << " traces without events were left out\n";
}

Result<void> Import(const ImportOptions& options) {
  JEJAK_TRY(text, xes::ReadXesText(options.file));
  JEJAK_TRY(log, xes::ParseXes(std::move(text)));
  JEJAK_TRY(definition, ReadDocument(options.procedure, xes::ReadDefinition));
  JEJAK_TRY(calendar, ReadDocument(CalendarPath(options, definition), xes::ReadCalendar));
  api::LedgerClient client(options.ledger);
  JEJAK_TRY(origin, FetchOrigin(client));
  JEJAK_TRY(plan, xes::PlanImport(log, origin, definition, options.zone));
  std::vector<SignerSpec> signers;
  if (!options.by.empty()) {
    JEJAK_TRY(read, ReadSigners(options.by, options.passphrase_file));
    signers = std::move(read);
  }
  JEJAK_TRY(authority, AuthorityOf(signers, options));
  JEJAK_TRY(keys, xes::ImportKeys::Open(options.keys, origin));
  std::uint64_t administered = 0;
  JEJAK_TRY(publish,
            xes::PrepareLog(client, plan, definition, calendar, authority, keys, administered));
  JEJAK_TRY(report, [&] {
    verifier::ProgressLine line(verifier::When::kAuto);
    return xes::ImportCases(
        client, plan, origin, definition, publish, keys, {},
        [&line](std::uint64_t done, std::uint64_t total) { line.Report(done, total); });
  }());
  report.administered = administered;
  Print(report);
  return {};
}

}  // namespace

void AddImportCommands(CommandLine& line) {
  auto options = std::make_shared<ImportOptions>();
  line.Add("analysts", "import", "bring an event log into a ledger")
      .Sub("xes", "an XES event log, plain or gzipped: one case per trace, one action per event")
      .Argument("file", options->file, "the .xes or .xes.gz file")
      .Required("--ledger", options->ledger,
                "address of the ledger, for example http://127.0.0.1:8081/1")
      .Required("--keys", options->keys,
                "directory for the secret of the import; keep it to import again")
      .Required("--procedure", options->procedure, "definition under which the cases are opened")
      .Option("--calendar", options->calendar,
              "calendar that it counts by (default: ID.calendar.json beside the definition)")
      .List("--by", options->by,
            "root=FILE.key or procedure_owner=FILE.key, for what the ledger does not have yet "
            "(repeatable)")
      .Option("--passphrase-file", options->passphrase_file,
              "file with the passphrase of the key files")
      .Option("--unit", options->unit, "unit of the keys")
      .Option("--zone", options->zone, "offset of stamps that have none, for example +01:00")
      .Run([options] { return Ended(Import(*options)); });
}

}  // namespace jejak::cli
