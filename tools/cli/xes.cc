// SPDX-License-Identifier: Apache-2.0
#include "tools/cli/xes.h"

#include <filesystem>
#include <iostream>
#include <memory>

#include "ledger/evidence/casefile.h"
#include "ledger/registry/admin_body.h"
#include "ledger/sequencer/clock.h"
#include "ledger/sequencer/durable_file.h"
#include "tools/cli/signers.h"
#include "tools/cli/terminal.h"
#include "tools/xes/export.h"
#include "tools/xes/import.h"
#include "tools/xes/ledger_view.h"
#include "tools/xes/reader.h"
#include "verifier/cli/progress_line.h"

namespace jejak::cli {
namespace {

struct ImportOptions {
  std::string file, ledger, keys, procedure, calendar, zone, passphrase_file;
  std::string unit = "imports";
  std::vector<std::string> by;
};

struct ExportOptions {
  std::string ledger, procedure, output;
  std::vector<std::string> files;
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

// The traces of one procedure, or of all, as they come.
class Export final {
 public:
  explicit Export(const ExportOptions& options) : options_(options) {}

  Result<void> Add(std::string_view case_file) {
    JEJAK_TRY(exported, xes::ReadCase(case_file));
    if (!options_.procedure.empty() && exported.procedure != options_.procedure) return {};
    ++cases_;
    events_ += exported.trace.events.size();
    text_ += xes::TraceXml(exported.trace);
    return {};
  }

  Result<void> AddFrom(const std::string& ledger) {
    api::LedgerClient client(ledger);
    xes::LedgerView view(client);
    const auto cases = view.Cases();
    if (!cases.ok()) {
      if (cases.error().code != Code::kNotFound) return cases.error();
      return NotFound("the ledger shows no cases here; ask its oversight listener");
    }
    verifier::ProgressLine line(verifier::When::kAuto);
    std::uint64_t done = 0;
    for (const auto& [id, count] : *cases) {
      JEJAK_TRY(file, view.CaseFile(id));
      JEJAK_CHECKED(Add(file));
      line.Report(++done, cases->size());
    }
    return {};
  }

  Result<void> Write() {
    text_ += xes::XmlTail();
    if (options_.output.empty() || options_.output == "-") {
      std::cout << text_;
    } else {
      JEJAK_CHECKED(sequencer::ReplaceFile(options_.output, text_, 0644));
    }
    std::cerr << cases_ << " cases, " << events_ << " events\n";
    return {};
  }

 private:
  const ExportOptions& options_;
  std::string text_ = xes::XmlHead();
  std::uint64_t cases_ = 0;
  std::uint64_t events_ = 0;
};

Result<void> RunExport(const ExportOptions& options) {
  Export out(options);
  if (!options.ledger.empty()) JEJAK_CHECKED(out.AddFrom(options.ledger));
  for (const std::string& path : options.files) {
    JEJAK_TRY(file, sequencer::ReadFile(path, evidence::kMaxCaseFileBytes));
    if (const Result<void> added = out.Add(file); !added.ok())
      return Error{added.error().code, path + ": " + added.error().detail};
  }
  return out.Write();
}

constexpr const char* kGroup = "analysts";

void AddImport(CommandLine& line) {
  auto options = std::make_shared<ImportOptions>();
  line.Add(kGroup, "import", "bring an event log into a ledger")
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
      .Run([options] {
        const Result<void> done = Import(*options);
        return done.ok() ? kDone : Fail(done.error());
      });
}

void AddExport(CommandLine& line) {
  auto options = std::make_shared<ExportOptions>();
  line.Add(kGroup, "export", "write cases for other tools")
      .Sub("xes", "an XES event log: of a ledger, or of case files")
      .List("--case", options->files, "a case file (repeatable)")
      .Option("--ledger", options->ledger,
              "address of the ledger, best of its oversight listener, which has the bodies")
      .Option("--procedure", options->procedure, "only cases that were opened under this id")
      .Option("-o,--output", options->output, "the file to write (default: the terminal)")
      .Run([options] {
        if (options->ledger.empty() && options->files.empty())
          return Fail("give --ledger, or case files with --case", kUsageError);
        const Result<void> done = RunExport(*options);
        return done.ok() ? kDone : Fail(done.error());
      });
}

}  // namespace

void AddXesCommands(CommandLine& line) {
  AddImport(line);
  AddExport(line);
}

}  // namespace jejak::cli
