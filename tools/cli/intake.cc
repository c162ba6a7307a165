// SPDX-License-Identifier: Apache-2.0
#include "tools/cli/intake.h"

#include <unistd.h>

#include <iostream>
#include <memory>

#include "api/client.h"
#include "ledger/base/json_member.h"
#include "ledger/presentation/glossary.h"
#include "ledger/sequencer/durable_file.h"
#include "ledger/sequencer/key_file.h"
#include "tools/cli/kept_action.h"
#include "tools/cli/lang_option.h"
#include "tools/cli/signers.h"
#include "tools/cli/terminal.h"
#include "tools/intake/interview.h"
#include "tools/intake/report_action.h"
#include "tools/intake/slip.h"

namespace jejak::cli {
namespace {

using presentation::Filled;
using presentation::Phrase;

constexpr std::size_t kMostFormBytes = 65536;
constexpr unsigned kPrivate = 0600;

struct Options : LangOption {
  std::string ledger, key, passphrase_file, file, procedure, slip, portal, receipt, keep, at;
  bool yes = false;
};

// What the ledger says of itself.
struct Log {
  std::string origin, name;
};

Result<Log> FetchLog(const intake::Get& get, const std::string& lang) {
  JEJAK_TRY(text, get("/v1/log"));
  const Result<json::Value> value = json::Parse(text, json::Rules::kContainer);
  if (!value.ok() || !MemberOf(*value, "origin").is_string())
    return Malformed("what answers at --ledger is no ledger");
  const std::string& origin = TextOf(*value, "origin");
  const json::Value* name = MemberOf(*value, "name").Find(lang);
  return Log{origin, name == nullptr ? origin : name->as_string()};
}

Result<intake::ReportForm> ReadForm(const Options& options, intake::Interview& interview) {
  if (options.file.empty()) return interview.AskReport();
  JEJAK_TRY(text, sequencer::ReadFile(options.file, kMostFormBytes));
  Result<intake::ReportForm> form = intake::ParseReportForm(text);
  if (!form.ok()) return Malformed(options.file + ": " + form.error().detail);
  return form;
}

// Those in force under which reports are taken.
Result<std::vector<intake::Published>> FetchForReports(const intake::Get& get) {
  JEJAK_TRY(ids, intake::ProceduresInForce(get));
  std::vector<intake::Published> found;
  for (const std::string& id : ids) {
    JEJAK_TRY(published, intake::FetchInForce(get, id));
    if (intake::TakesReports(published.definition)) found.push_back(std::move(published));
  }
  return found;
}

Result<intake::Published> ChooseProcedure(const Options& options, const intake::Get& get,
                                          intake::Interview& interview) {
  if (!options.procedure.empty()) return intake::FetchInForce(get, options.procedure);
  JEJAK_TRY(found, FetchForReports(get));
  if (found.empty())
    return Refused("the ledger has no procedure in force that takes reports; publish one first");
  if (found.size() == 1) return std::move(found[0]);
  std::string ids;
  std::vector<presentation::Wording> titles;
  for (const intake::Published& published : found) {
    ids += (ids.empty() ? "" : ", ") + published.definition.id;
    titles.push_back(presentation::WordingOf(published.definition.title));
  }
  if (::isatty(STDIN_FILENO) == 0)
    return Malformed("several procedures take reports; name one with --procedure: " + ids);
  JEJAK_TRY(chosen, interview.Choose(Phrase("intake.ask_procedure"), titles));
  return std::move(found[chosen]);
}

// What the log will show, and what is sealed, before anything is sent.
void ShowReport(const Options& options, const Log& log, const intake::Published& published,
                const intake::ReportForm& form) {
  const auto show = [&](presentation::Wording name, const std::string& value) {
    if (value.empty()) return;
    std::cerr << "  " << options.In(name) << ": ";
    for (const char c : value) std::cerr << (c == '\n' ? "\n    " : std::string(1, c));
    std::cerr << "\n";
  };
  std::cerr << "\n" << options.In(Phrase("intake.will_send")) << "\n";
  show(Phrase("intake.to"), log.name);
  show(Phrase("intake.procedure"), options.In(published.definition.title));
  const presentation::Wording mode = form.mode == "named" ? Phrase("intake.mode_named")
                                     : form.anonymous()   ? Phrase("intake.mode_anonymous")
                                                          : Phrase("intake.mode_confidential");
  show(Phrase("intake.mode"), options.In(mode));
  std::cerr << options.In(Phrase("intake.sealed_part")) << "\n";
  show(Phrase("intake.what"), form.what);
  show(Phrase("intake.where"), form.where);
  show(Phrase("intake.when"), form.when);
  show(Phrase("intake.service"), form.service);
  show(Phrase("intake.name"), form.name);
  show(Phrase("intake.contact"), form.contact);
  std::cerr << "\n";
}

// Where the code's holder looks: the page under the origin, which is an address without its scheme.
std::string StatusUrl(const Options& options, const Log& log) {
  std::string base = options.portal.empty() ? "https://" + log.origin : options.portal;
  while (base.ends_with('/')) base.pop_back();
  return base + "/status";
}

Result<void> WriteSlip(const Options& options, const intake::Slip& slip) {
  if (options.slip.empty()) return {};
  JEJAK_TRY(qr, intake::EncodeQr(intake::QrTextOf(slip)));
  return sequencer::ReplaceFile(options.slip, intake::SlipHtml(slip, qr, options.language()),
                                kPrivate);
}

Result<void> PrintSlip(const Options& options, const intake::Slip& slip) {
  std::cout << intake::SlipText(slip, options.language()) << std::flush;
  return WriteSlip(options, slip);
}

// Before anything is sent the code is in the slip's file or on the screen: no lost answer loses it.
Result<void> SecureCode(const Options& options, const intake::Slip& slip, const KeptAction& kept) {
  JEJAK_CHECKED(WriteSlip(options, slip));
  if (options.slip.empty())
    std::cout << options.In(Phrase("slip.your_code")) << ": " << slip.code << std::endl;
  std::cerr << Filled(options.In(Phrase("intake.valid_once")), {kept.path()}) << "\n";
  return {};
}

// The report may be logged or not: the file stays, since sending the same again is safe.
Result<int> TellUnknown(const Options& options, const intake::Slip& slip, const std::string& again,
                        const Sending& sent) {
  const Result<void> printed = PrintSlip(options, slip);
  std::cerr << "\n" << Filled(options.In(Phrase("intake.unknown_outcome")), {again}) << "\n";
  if (!printed.ok()) Fail(printed.error());
  return Fail(sent.sentence, kTryAgain);
}

int TellRefused(const Options& options, const KeptAction& kept, const Sending& sent) {
  kept.Remove();
  if (!options.slip.empty()) ::unlink(options.slip.c_str());  // its code will never be valid
  std::cerr << options.In(Phrase("intake.refused")) << "\n";
  return Fail(sent.sentence, kRefusedByLedger);
}

Result<int> TellLogged(const Options& options, const intake::Slip& slip, const KeptAction& kept,
                       const std::string& again, const std::string& case_id, const Sending& sent) {
  const Result<void> printed = PrintSlip(options, slip);
  const Result<std::string> receipt = WriteReceipt(options.receipt, sent.index, sent.receipt);
  if (!receipt.ok()) return Fail(sent.WithoutReceipt(receipt.error(), again), kTryAgain);
  kept.Remove();
  std::cerr << Filled(options.In(Phrase("intake.logged")),
                      {case_id, std::to_string(sent.index), *receipt})
            << "\n";
  JEJAK_CHECKED(printed);
  return kDone;
}

Result<int> Send(const Options& options, const record::Envelope& envelope, intake::Slip slip) {
  JEJAK_TRY(text, record::EncodeEnvelope(envelope));
  JEJAK_TRY(action, record::ParseAction(envelope.note));
  const std::string& case_id = action.stream.name;
  JEJAK_TRY(kept,
            KeptAction::Keep(options.keep.empty() ? "report-" + case_id + ".action" : options.keep,
                             std::move(text)));
  if (const Result<void> secured = SecureCode(options, slip, kept); !secured.ok()) {
    kept.Remove();
    return secured.error();
  }
  api::LedgerClient ledger(options.ledger);
  const Sending sent = kept.SendTo(ledger);
  const std::string again = kept.AgainTo(ledger);
  if (sent.outcome == Outcome::kUnknown) return TellUnknown(options, slip, again, sent);
  if (sent.outcome == Outcome::kRefused) return TellRefused(options, kept, sent);
  slip.certain = true;
  return TellLogged(options, slip, kept, again, case_id, sent);
}

Result<int> TakeReport(const Options& options) {
  intake::Interview interview(std::cin, std::cerr, options.language());
  JEJAK_TRY(form, ReadForm(options, interview));
  api::LedgerClient ledger(options.ledger);
  const intake::Get get = [&ledger](const std::string& target) { return ledger.Get(target); };
  JEJAK_TRY(log, FetchLog(get, options.lang));
  JEJAK_TRY(published, ChooseProcedure(options, get, interview));
  JEJAK_TRY(passphrase, ReadPassphrase(options.passphrase_file, "passphrase of " + options.key));
  JEJAK_TRY(officer, sequencer::ReadKeyFile(options.key, passphrase));
  JEJAK_TRY(now, ReadAt({}));
  JEJAK_TRY(at, ReadAt(options.at, published.definition.OffsetAt(now.instant)));
  const record::ReceiptCode code = intake::DrawCode();
  JEJAK_TRY(envelope, intake::WriteReport(
                          {log.origin, &published, &form, &officer, at, options.language()}, code));
  ShowReport(options, log, published, form);
  if (!options.yes) {
    JEJAK_TRY(go, interview.Confirm(Phrase("intake.ask_send")));
    if (!go) return Fail(options.In(Phrase("intake.not_sent")), kUsageError);
  }
  const std::int64_t day = DaysFromCivil(at.local_date);
  return Send(options, envelope,
              {record::Format(code), StatusUrl(options, log), log.name, day, false,
               intake::LookAhead(published, intake::kSubmitType, day)});
}

int CheckAndTake(const Options& options) {
  if (::isatty(STDIN_FILENO) == 0 && (options.file.empty() || !options.yes)) {
    return Fail("there is no terminal to ask on: give --file FILE.json and --yes", kUsageError);
  }
  return Ended(TakeReport(options));
}

}  // namespace

void AddIntakeCommand(CommandLine& line) {
  auto options = std::make_shared<Options>();
  line.Add("officers", "intake",
           "take a report at the counter, by phone or from a letter, and print the reporter's slip")
      .Required("--ledger", options->ledger,
                "address of the ledger, for example http://127.0.0.1:8080/1")
      .Required("--key", options->key, "FILE.key of the officer who takes the report")
      .Option("--passphrase-file", options->passphrase_file, "file with the passphrase of the key")
      .Option("--file", options->file, "the report as JSON, instead of questions on the terminal")
      .Option("--procedure", options->procedure,
              "the procedure to report under (default: the one in force)")
      .Option("--slip", options->slip, "write the slip to this file too, as a page of A6 to print")
      .Option("--portal", options->portal,
              "address of the citizens' pages, for the slip (default: https://ORIGIN)")
      .Option("--receipt", options->receipt,
              "write the receipt to this file (default: entry-INDEX.tlog-proof)")
      .Option("--keep", options->keep,
              "where the signed report is kept until it is recorded (default: report-CASE.action)")
      .Option("--at", options->at,
              "when the report came in, for example 2026-06-19T09:30:00+07:00 (default: now)")
      .Choice("--lang", options->lang, {"id", "en"}, "language of questions and slip")
      .Flag("--yes", options->yes, "send without asking")
      .Run([options] { return CheckAndTake(*options); });
}

}  // namespace jejak::cli
