// SPDX-License-Identifier: Apache-2.0
#include "tools/cli/reply.h"

#include <unistd.h>

#include <iostream>
#include <memory>

#include "api/client.h"
#include "ledger/evidence/casefile.h"
#include "ledger/presentation/glossary.h"
#include "ledger/sequencer/durable_file.h"
#include "tools/cli/kept_action.h"
#include "tools/cli/lang_option.h"
#include "tools/cli/signers.h"
#include "tools/cli/terminal.h"
#include "tools/intake/interview.h"
#include "tools/intake/published.h"
#include "tools/intake/reply.h"

namespace jejak::cli {
namespace {

using presentation::Filled;
using presentation::Phrase;

constexpr std::size_t kMostCodeBytes = 256;
constexpr std::size_t kMostAttachedBytes = std::size_t{64} << 20;
constexpr unsigned kPrivate = 0600;
constexpr int kMostTries = 3;  // when the case moved on between asking and sending

struct Options : LangOption {
  std::string ledger, code_file, case_file, text_file, attach, type, output, receipt, keep, at;
  bool yes = false;
};

Result<record::ReceiptCode> ReadCode(const Options& options) {
  if (!options.code_file.empty()) {
    JEJAK_TRY(text, sequencer::ReadFile(options.code_file, kMostCodeBytes));
    return record::ParseReceiptCode(text);
  }
  JEJAK_TRY(typed, AskHidden(options.In(Phrase("reply.ask_code")),
                             "no code: name a file with --code-file, or run this on a terminal"));
  return record::ParseReceiptCode(typed);
}

Result<intake::Standing> AskLedger(const Options& options, const record::ReceiptCode& code) {
  const json::Value question =
      std::move(json::Value::Object().Add("code", json::Value::String(code.canonical())));
  api::HttpClient http({});
  JEJAK_TRY(answer, http.Request(options.ledger, "POST", "/v1/status",
                                 {{"Content-Type", "application/json"}}, json::Write(question)));
  if (answer.status == 200) return intake::ParseStanding(answer.body);
  const Result<api::Problem> problem = api::ParseProblem(answer.body);
  if (!problem.ok()) return Malformed("what answers at --ledger is no ledger");
  if (answer.status == 429 || answer.status == 503) return Unavailable(problem->detail);
  return NotFound(problem->detail);
}

// The text of --case; empty where the ledger is asked.
Result<std::string> ReadCaseFile(const Options& options) {
  if (options.case_file.empty()) return std::string();
  return sequencer::ReadFile(options.case_file, evidence::kMaxCaseFileBytes);
}

Result<intake::Standing> FindStanding(const Options& options, const std::string& case_file,
                                      const record::ReceiptCode& code) {
  if (options.case_file.empty()) return AskLedger(options, code);
  JEJAK_TRY(now, ReadAt({}));
  return intake::StandingIn(case_file, code, now.instant);
}

// The definition that the case is judged by: published, or in the case file itself.
Result<procedure::Definition> FindDefinition(const Options& options, const std::string& case_file,
                                             const intake::Standing& standing) {
  if (options.case_file.empty()) {
    api::LedgerClient ledger(options.ledger);
    return intake::FetchVersion([&](const std::string& target) { return ledger.Get(target); },
                                standing.procedure, standing.version);
  }
  JEJAK_TRY(file, evidence::ParseCaseFile(case_file));
  for (const evidence::HeldDocument& document : file.documents) {
    procedure::ParsedDefinition parsed = procedure::ParseDefinition(document.text);
    if (parsed.definition && parsed.definition->id == standing.procedure &&
        parsed.definition->version == standing.version)
      return *std::move(parsed.definition);
  }
  return NotFound("the case file lacks the definition that judges the case");
}

int SayWhatIsOffered(const Options& options, const intake::Standing& standing) {
  const auto say = [](const std::string& line) { std::cerr << line << "\n"; };
  say(Filled(options.In(Phrase("reply.case_is")), {options.In(standing.stage)}));
  if (standing.may.empty()) {
    say(options.In(Phrase("reply.nothing_offered")));
    return kRefusedByLedger;
  }
  say(options.In(Phrase("reply.not_offered")));
  for (const intake::Offered& may : standing.may) {
    const std::string title = options.In(may.title);
    say("  " + (may.due.empty() ? Filled(options.In(Phrase("reply.offered")), {may.type, title})
                                : Filled(options.In(Phrase("reply.offered_until")),
                                         {may.type, title, may.due})));
  }
  return kRefusedByLedger;
}

Result<intake::ReplyContents> ReadContents(const Options& options,
                                           const procedure::Definition& definition,
                                           const procedure::ActionType& type,
                                           intake::Interview& interview) {
  intake::ReplyContents contents;
  if (!options.text_file.empty()) {
    JEJAK_TRY(text, sequencer::ReadFile(options.text_file, record::kMaxBodyBytes));
    contents.text = std::move(text);
    while (contents.text.ends_with('\n')) contents.text.pop_back();
  } else if (intake::TextFieldOf(definition, type).required && ::isatty(STDIN_FILENO) != 0) {
    JEJAK_TRY(text, interview.AskLines(Phrase("reply.ask_text")));
    contents.text = std::move(text);
  }
  if (!options.attach.empty()) {
    JEJAK_TRY(file, sequencer::ReadFile(options.attach, kMostAttachedBytes));
    contents.attached = intake::DescribeAttachment(options.attach, file);
  } else if (intake::AttachmentFieldOf(type).required) {
    return Malformed(type.type + " needs a letter: give it with --attach FILE");
  }
  return contents;
}

Result<bool> MaySend(const Options& options, const intake::Offered& offered,
                     const intake::ReplyContents& contents, intake::Interview& interview) {
  if (options.yes) return true;
  std::cerr << Filled(options.In(Phrase("reply.will_send")), {options.In(offered.title)}) << "\n";
  if (!contents.text.empty()) {
    std::cerr << options.In(Phrase("reply.will_read")) << "\n  " << contents.text << "\n";
  }
  return interview.Confirm(Phrase("reply.ask_send"));
}

// One try; what it names outlives it.
struct Reply {
  const intake::Standing& standing;
  const procedure::Definition& definition;
  const procedure::ActionType& type;
  const intake::ReplyContents& contents;
  const record::ReceiptCode& code;
  At at;
};

// nullopt: the case moved on, so that it must be asked and signed anew.
Result<std::optional<int>> TrySend(const Options& options, const Reply& reply) {
  JEJAK_TRY(envelope, intake::WriteReply(reply.standing, reply.definition, reply.type,
                                         reply.contents, reply.code, reply.at));
  JEJAK_TRY(text, record::EncodeEnvelope(envelope));
  if (!options.output.empty()) {
    JEJAK_CHECKED(sequencer::ReplaceFile(options.output, text, kPrivate));
    std::cerr << options.output << ": signed; next: jejak submit\n";
    return std::optional<int>(kDone);
  }
  const std::string path =
      options.keep.empty() ? "reply-" + reply.standing.case_id + ".action" : options.keep;
  JEJAK_TRY(kept, KeptAction::Keep(path, std::move(text)));
  api::LedgerClient ledger(options.ledger);
  const Sending sent = kept.SendTo(ledger);
  if (sent.outcome == Outcome::kUnknown) {
    std::cerr << Filled(options.In(Phrase("submit.unknown_outcome")), {kept.AgainTo(ledger)})
              << "\n";
    return std::optional<int>(Fail(sent.sentence, kTryAgain));
  }
  if (sent.outcome == Outcome::kRefused) {
    kept.Remove();
    if (sent.code == "conflict" && options.case_file.empty()) return std::optional<int>();
    return std::optional<int>(Fail(sent.sentence, kRefusedByLedger));
  }
  const Result<std::string> receipt = WriteReceipt(options.receipt, sent.index, sent.receipt);
  if (!receipt.ok()) {
    return std::optional<int>(
        Fail(sent.WithoutReceipt(receipt.error(), kept.AgainTo(ledger)), kTryAgain));
  }
  kept.Remove();
  std::cout << Filled(options.In(Phrase("reply.logged")), {std::to_string(sent.index), *receipt})
            << "\n";
  return std::optional<int>(kDone);
}

Result<int> SendReply(const Options& options, intake::ReplyVerb verb) {
  JEJAK_TRY(code, ReadCode(options));
  JEJAK_TRY(at, ReadAt(options.at));
  JEJAK_TRY(case_file, ReadCaseFile(options));
  intake::Interview interview(std::cin, std::cerr, options.language());
  std::optional<intake::ReplyContents> contents;  // asked for once
  for (int tries = 0; tries < kMostTries; ++tries) {
    JEJAK_TRY(standing, FindStanding(options, case_file, code));
    const intake::Offered* offered = options.type.empty()
                                         ? intake::FindOffered(standing, verb)
                                         : intake::FindOffered(standing, options.type);
    if (offered == nullptr) return SayWhatIsOffered(options, standing);
    JEJAK_TRY(definition, FindDefinition(options, case_file, standing));
    const procedure::ActionType* type = definition.FindAction(offered->type);
    if (type == nullptr) return Malformed("the ledger offers an action that the definition lacks");
    if (!contents) {
      JEJAK_TRY(given, ReadContents(options, definition, *type, interview));
      JEJAK_TRY(go, MaySend(options, *offered, given, interview));
      if (!go) return Fail(options.In(Phrase("reply.not_sent")), kUsageError);
      contents = std::move(given);
    }
    JEJAK_TRY(sent, TrySend(options, {standing, definition, *type, *contents, code, at}));
    if (sent) return *sent;
  }
  return Unavailable("the case moves on faster than this can be signed; try again");
}

int CheckAndReply(const Options& options, intake::ReplyVerb verb) {
  if (options.ledger.empty() && (options.case_file.empty() || options.output.empty())) {
    return Fail("give the ledger's address with --ledger, or both --case and -o FILE", kUsageError);
  }
  if (options.code_file == "-" && options.text_file == "-")
    return Fail("code and text can't both come from standard input", kUsageError);
  if (!options.yes && ::isatty(STDIN_FILENO) == 0)
    return Fail("there is no terminal to ask on: give --yes", kUsageError);
  return Ended(SendReply(options, verb));
}

void AddVerb(Command& reply, const std::string& name, const std::string& help,
             intake::ReplyVerb verb) {
  auto options = std::make_shared<Options>();
  reply.Sub(name, help)
      .Option("--ledger", options->ledger,
              "address of the ledger, for example http://127.0.0.1:8080/1")
      .Option("--code-file", options->code_file,
              "file with the code, - for standard input (default: asked for without echo)")
      .Option("--case", options->case_file,
              "the case's .casefile.json, instead of asking the ledger")
      .Option("--text-file", options->text_file,
              "file with what is said, - for standard input (default: asked for)")
      .Option("--attach", options->attach, "a letter or photo; its digest is logged, sealed")
      .Option("--type", options->type, "another action that is offered, for example appeal.banding")
      .Option("-o,--output", options->output, "write the signed action here instead of sending it")
      .Option("--receipt", options->receipt,
              "write the receipt to this file (default: entry-INDEX.tlog-proof)")
      .Option("--keep", options->keep,
              "where the signed action is kept until it is recorded (default: reply-CASE.action)")
      .Option("--at", options->at, "when it was said (default: now)")
      .Choice("--lang", options->lang, {"id", "en"}, "language of questions and answers")
      .Flag("--yes", options->yes, "send without asking")
      .Run([options, verb] { return CheckAndReply(*options, verb); });
}

}  // namespace

void AddReplyCommand(CommandLine& line) {
  Command& reply = line.Add("holders of a receipt code", "reply",
                            "add to a case, withdraw a report, or object, under a receipt code");
  AddVerb(reply, "add", "add facts", intake::ReplyVerb::kAdd);
  AddVerb(reply, "withdraw", "withdraw the report", intake::ReplyVerb::kWithdraw);
  AddVerb(reply, "object", "object to a decision", intake::ReplyVerb::kObject);
}

}  // namespace jejak::cli
