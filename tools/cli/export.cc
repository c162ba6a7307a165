// SPDX-License-Identifier: Apache-2.0
#include "tools/cli/export.h"

#include <iostream>
#include <memory>

#include "ledger/evidence/casefile.h"
#include "ledger/sequencer/clock.h"
#include "ledger/sequencer/durable_file.h"
#include "tools/cli/signers.h"
#include "tools/cli/terminal.h"
#include "tools/xes/export.h"
#include "tools/xes/ledger_view.h"
#include "tools/xes/ocel.h"
#include "tools/xes/verdicts.h"
#include "verifier/cli/progress_line.h"

namespace jejak::cli {
namespace {

struct Options {
  std::string ledger, procedure, output, now;
  std::vector<std::string> files;
  bool no_verdicts = false;
};

// What the cases are written as.
class EventLogWriter {
 public:
  virtual ~EventLogWriter() = default;
  virtual void Add(xes::ExportedCase exported, const xes::JudgedCase& judged) = 0;
  virtual std::string Text() = 0;  // once, at the end
};

class XesWriter final : public EventLogWriter {
 public:
  void Add(xes::ExportedCase exported, const xes::JudgedCase& judged) override {
    if (judged.conformance) xes::AddVerdicts(*judged.conformance, exported);
    text_ += xes::TraceXml(exported.trace);
  }
  std::string Text() override { return std::move(text_) + xes::XmlTail(); }

 private:
  std::string text_ = xes::XmlHead();
};

class OcelWriter final : public EventLogWriter {
 public:
  explicit OcelWriter(UnixSeconds now) : log_(now) {}
  void Add(xes::ExportedCase, const xes::JudgedCase& judged) override { log_.Add(judged); }
  std::string Text() override { return log_.Write(); }

 private:
  xes::OcelLog log_;
};

// The cases of one procedure, or all, as they come.
class Export final {
 public:
  Export(const Options& options, UnixSeconds now, EventLogWriter& writer)
      : options_(options), now_(now), writer_(writer) {}

  Result<void> Add(std::string_view case_file) {
    JEJAK_TRY(exported, xes::ReadCase(case_file));
    if (!options_.procedure.empty() && exported.procedure != options_.procedure) return {};
    const auto now = options_.no_verdicts ? std::nullopt : std::optional(now_);
    JEJAK_TRY(judged, xes::JudgeFile(case_file, now, documents_));
    ++cases_;
    events_ += exported.trace.events.size();
    writer_.Add(std::move(exported), judged);
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
    const std::string text = writer_.Text();
    if (options_.output.empty() || options_.output == "-") {
      std::cout << text;
    } else {
      JEJAK_CHECKED(sequencer::ReplaceFile(options_.output, text, 0644));
    }
    std::cerr << cases_ << " cases, " << events_ << " events\n";
    return {};
  }

 private:
  const Options& options_;
  UnixSeconds now_;
  EventLogWriter& writer_;
  evidence::DocumentCache documents_;
  std::uint64_t cases_ = 0;
  std::uint64_t events_ = 0;
};

Result<void> RunExport(const Options& options, bool ocel) {
  UnixSeconds now = sequencer::SystemClock().Wall();
  if (!options.now.empty()) {
    JEJAK_TRY(at, ReadAt(options.now));
    now = at.instant;
  }
  std::unique_ptr<EventLogWriter> writer = std::make_unique<XesWriter>();
  if (ocel) writer = std::make_unique<OcelWriter>(now);
  Export out(options, now, *writer);
  if (!options.ledger.empty()) JEJAK_CHECKED(out.AddFrom(options.ledger));
  for (const std::string& path : options.files) {
    JEJAK_TRY(file, sequencer::ReadFile(path, evidence::kMaxCaseFileBytes));
    if (const Result<void> added = out.Add(file); !added.ok())
      return Error{added.error().code, path + ": " + added.error().detail};
  }
  return out.Write();
}

void AddFormat(Command& command, bool ocel) {
  auto options = std::make_shared<Options>();
  command.List("--case", options->files, "a case file (repeatable)")
      .Option("--ledger", options->ledger,
              "address of the ledger, best of its oversight listener, which has the bodies")
      .Option("--procedure", options->procedure, "only cases that were opened under this id")
      .Option("--now", options->now,
              "judge the procedure as of this time, for example 2025-01-31T12:00:00+07:00 "
              "(default: the clock's)")
      .Flag("--no-verdicts", options->no_verdicts, "without verdicts on the procedure")
      .Option("-o,--output", options->output, "the file to write (default: the terminal)")
      .Run([options, ocel] {
        if (options->ledger.empty() && options->files.empty())
          return Fail("give --ledger, or case files with --case", kUsageError);
        return Ended(RunExport(*options, ocel));
      });
}

}  // namespace

void AddExportCommands(CommandLine& line) {
  Command& verb = line.Add("analysts", "export", "write cases for other tools");
  AddFormat(verb.Sub("xes", "an XES event log: of a ledger, or of case files"), false);
  AddFormat(verb.Sub("ocel", "an object-centric event log (OCEL 2.0, JSON) of the same"), true);
}

}  // namespace jejak::cli
