// SPDX-License-Identifier: Apache-2.0
#include "tools/cli/desk.h"

#include <algorithm>
#include <iostream>
#include <memory>

#include "ledger/base/text.h"
#include "ledger/record/body.h"
#include "ledger/sequencer/durable_file.h"
#include "ledger/sequencer/key_file.h"
#include "tools/cli/case_action.h"
#include "tools/cli/kept_action.h"
#include "tools/cli/signers.h"
#include "tools/cli/terminal.h"

namespace jejak::cli {
namespace {

constexpr const char* kGroup = "officers";

struct FileOptions {
  std::vector<std::string> files;
  std::string file, key, passphrase_file, output, ledger, receipt;
};

Result<std::string> ReadEnvelopeText(const std::string& path) {
  return sequencer::ReadFile(path, kMaxEnvelopeFileBytes);
}

// What a co-signer is about to put his name under, before the signature is made.
void PrintForSigning(const record::Envelope& envelope, const record::Draft& draft) {
  std::cerr << draft.action.text;
  if (envelope.body) std::cerr << "\nbody: " << envelope.body->text << "\n";
  for (const record::FieldOpening& opening : envelope.openings) {
    std::cerr << "sealed " << opening.pointer << ": " << opening.value << "\n";
  }
}

// A body that does not fit would be signed unread: refuse before signing.
Result<void> CheckParts(const record::Envelope& envelope, const record::Draft& draft) {
  if (!envelope.body) {
    if (draft.action.body_form != record::BodyForm::kCommitted) return {};
    return Refused(
        "the envelope does not hold the body that the action commits to; ask for the whole file "
        "and read it first");
  }
  const record::CheckedBody body = record::ReadBody(draft.action, *envelope.body);
  if (body.fit != record::Fit::kFits)
    return Refused("the body in this envelope is not the one that the action commits to");
  for (const record::FieldOpening& opening : envelope.openings) {
    if (record::CheckField(draft.action, *body.value, opening) != record::Fit::kFits) {
      return Refused("the value shown for " + opening.pointer +
                     " is not the one that the action commits to");
    }
  }
  return {};
}

Result<void> Cosign(const FileOptions& options) {
  JEJAK_TRY(text, ReadEnvelopeText(options.file));
  JEJAK_TRY(envelope, record::ParseEnvelope(text));
  JEJAK_TRY(draft, record::ParseDraft(envelope.note));
  JEJAK_CHECKED(CheckParts(envelope, draft));
  PrintForSigning(envelope, draft);
  JEJAK_TRY(passphrase, ReadPassphrase(options.passphrase_file, "passphrase of " + options.key));
  JEJAK_TRY(key, sequencer::ReadKeyFile(options.key, passphrase));
  JEJAK_CHECKED(
      record::AddSignature(draft, record::SignAction(draft.action.text, key.name, key.secret)));
  envelope.note = record::EncodeDraft(draft);
  JEJAK_TRY(signed_text, record::EncodeEnvelope(envelope));
  const std::string output = options.output.empty() ? options.file : options.output;
  JEJAK_CHECKED(sequencer::ReplaceFile(output, signed_text, 0644));
  std::cerr << output << ": signed by " << key.name << "; " << draft.action.signatures.size()
            << " of " << draft.action.by.size() << " have signed\n";
  return {};
}

int Submit(const FileOptions& options) {
  api::LedgerClient ledger(options.ledger);
  int worst = kDone;
  for (const std::string& file : options.files) {
    const Result<KeptAction> kept = KeptAction::Open(file);
    const int code = kept.ok() ? SubmitKept(ledger, *kept, options.receipt) : Fail(kept.error());
    worst = std::max(worst, code);
  }
  return worst;
}

int Validate(const FileOptions& options) {
  const Result<std::string> text = ReadEnvelopeText(options.file);
  if (!text.ok()) return Fail(text.error());
  const Result<api::ValidateAnswer> answer = api::LedgerClient(options.ledger).Validate(*text);
  if (!answer.ok()) return Fail(answer.error());
  if (answer->problem)
    return Fail(answer->problem->code + ": " + answer->problem->detail, kRefusedByLedger);
  std::cout << (answer->duplicate ? "this action is logged already\n"
                                  : "the ledger would log this action now\n");
  return kDone;
}

}  // namespace

void AddDeskCommands(CommandLine& line) {
  AddCaseActionCommands(line);
  auto cosign = std::make_shared<FileOptions>();
  line.Add(kGroup, "cosign", "read an envelope and add your signature to it")
      .Argument("file", cosign->file, "the envelope")
      .Required("--key", cosign->key, "your key file")
      .Option("--passphrase-file", cosign->passphrase_file,
              "file with its passphrase (default: asked for)")
      .Option("-o,--output", cosign->output, "where to write it (default: the same file)")
      .Run([cosign] { return Ended(Cosign(*cosign)); });
  auto submit = std::make_shared<FileOptions>();
  line.Add(
          kGroup, "submit",
          "send complete envelopes; sending the same one again is safe and gives the first receipt")
      .Arguments("file", submit->files, "envelopes")
      .Required("--ledger", submit->ledger,
                "address of the ledger, for example http://127.0.0.1:8080/1")
      .Option("--receipt", submit->receipt,
              "write the receipt to this file (one envelope; default: entry-INDEX.tlog-proof)")
      .Run([submit] {
        if (!submit->receipt.empty() && submit->files.size() > 1)
          return Fail("--receipt goes with one envelope", kUsageError);
        return Submit(*submit);
      });
  auto validate = std::make_shared<FileOptions>();
  line.Add(kGroup, "validate", "ask what the ledger would say to an envelope, without logging it")
      .Argument("file", validate->file, "the envelope")
      .Required("--ledger", validate->ledger, "address of the ledger")
      .Run([validate] { return Validate(*validate); });
}

}  // namespace jejak::cli
