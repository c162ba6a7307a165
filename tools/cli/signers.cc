// SPDX-License-Identifier: Apache-2.0
#include "tools/cli/signers.h"

#include <iostream>

#include "ledger/base/lexical.h"
#include "ledger/base/text.h"
#include "ledger/evidence/receipt.h"
#include "ledger/presentation/glossary.h"
#include "ledger/sequencer/clock.h"
#include "ledger/sequencer/durable_file.h"
#include "ledger/sequencer/key_file.h"
#include "ledger/tlog/tlog_proof.h"
#include "tools/cli/terminal.h"

namespace jejak::cli {
namespace {

constexpr std::size_t kMaxSmallFileBytes = 65536;

std::string EncodeQuery(const std::string& value) {
  std::string out;
  for (const char c : value) {
    const bool plain = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '.' ||
                       c == '_' || c == '~';
    out += plain ? std::string(1, c) : "%" + EncodeHex(AsBytes(std::string_view(&c, 1)));
  }
  return out;
}

// Unlike any other that goes out at the same time from the same directory.
std::string NameOfKept(const record::Draft& draft, const WriteOptions& options) {
  constexpr std::size_t kShort = 4;
  if (!options.keep.empty()) return options.keep;
  const ByteView id = draft.action.id().view();
  return draft.action.type + "-" + EncodeHex(id.first(kShort)) + ".action";
}

// What is known for certain is left about no longer.
int KeepAndSubmit(const record::Draft& draft, std::string envelope, const WriteOptions& options) {
  const Result<KeptAction> kept = KeptAction::Keep(NameOfKept(draft, options), std::move(envelope));
  if (!kept.ok()) return Fail(kept.error());
  api::LedgerClient ledger(options.ledger);
  const int code = SubmitKept(ledger, *kept, options.receipt);
  if (code == kDone || code == kRefusedByLedger) kept->Remove();
  return code;
}

}  // namespace

Result<tlog::VerifierKey> ReadVerifierKey(const std::string& file_or_text, std::uint8_t type) {
  if (!file_or_text.ends_with(".vkey")) return tlog::ParseVerifierKey(file_or_text, type);
  JEJAK_TRY(text, sequencer::ReadFile(file_or_text, kMaxSmallFileBytes));
  if (text.ends_with('\n')) text.pop_back();
  Result<tlog::VerifierKey> key = tlog::ParseVerifierKey(text, type);
  if (!key.ok()) return Malformed(file_or_text + ": " + key.error().detail);
  return key;
}

Result<std::vector<SignerSpec>> ReadSigners(const std::vector<std::string>& specs,
                                            const std::string& passphrase_file) {
  std::vector<SignerSpec> signers;
  for (const std::string& spec : specs) {
    const std::size_t equals = spec.find('=');
    if (equals == std::string::npos || equals + 1 == spec.size()) {
      return Malformed("--by " + spec + " is not ROLE=FILE.key, ROLE=FILE.vkey or ROLE=KEYNAME");
    }
    SignerSpec signer{spec.substr(0, equals), spec.substr(equals + 1), {}};
    if (!IsRole(signer.role))
      return Malformed("--by " + spec + ": the role is neither a word of a-z, 0-9 and _ nor `-`");
    if (signer.name.ends_with(".key")) {
      JEJAK_TRY(passphrase, ReadPassphrase(passphrase_file, "passphrase of " + signer.name));
      JEJAK_TRY(key, sequencer::ReadKeyFile(signer.name, passphrase));
      signer.name = key.name;
      signer.key = std::move(key);
    } else if (signer.name.ends_with(".vkey")) {
      JEJAK_TRY(key, ReadVerifierKey(signer.name));
      signer.name = key.name;
    } else if (!IsKeyName(signer.name)) {
      return Malformed("--by " + spec + ": neither a .key or .vkey file nor a key name");
    }
    signers.push_back(std::move(signer));
  }
  if (signers.empty()) return Malformed("nobody signs; give --by ROLE=FILE.key at least once");
  return signers;
}

std::vector<author::By> AsBy(const std::vector<SignerSpec>& signers) {
  std::vector<author::By> by;
  for (const SignerSpec& signer : signers)
    by.push_back({signer.role, signer.key ? &*signer.key : nullptr, signer.name});
  return by;
}

void AddWriteOptions(Command& command, WriteOptions& options) {
  command
      .Option("--ledger", options.ledger,
              "address of the ledger, for example http://127.0.0.1:8080/1")
      .List("--by", options.by,
            "ROLE=FILE.key signs now; ROLE=FILE.vkey or ROLE=KEYNAME signs later (repeatable)")
      .Option("--passphrase-file", options.passphrase_file,
              "file with the passphrase of the key files")
      .Option("-o,--output", options.output,
              "write the envelope to this file instead of sending it")
      .Option("--receipt", options.receipt,
              "write the receipt to this file (default: entry-INDEX.tlog-proof)")
      .Option("--keep", options.keep,
              "where the signed action is kept until it is recorded (default: TYPE-ID.action)")
      .Option("--at", options.at,
              "when it happened, for example 2026-06-19T09:30:00+07:00 (default: now)");
}

Result<At> ReadAt(const std::string& text, int zone_minutes) {
  if (text.empty()) return ParseAt(FormatAt(sequencer::SystemClock().Wall(), zone_minutes));
  Result<At> at = ParseAt(text);
  if (!at.ok()) return Malformed("--at " + text + ": " + at.error().detail);
  return at;
}

Result<std::optional<statemap::StreamHead>> FetchHead(api::LedgerClient& ledger,
                                                      const record::Stream& stream) {
  JEJAK_TRY(receipt, ledger.Get("/v1/streams/proof?stream=" + EncodeQuery(stream.text())));
  JEJAK_TRY(proof, tlog::ParseTlogProof(receipt));
  if (!proof.extra) return Malformed("the ledger's state proof carries no stream head");
  JEJAK_TRY(extra, evidence::ParseStateExtra(AsText(*proof.extra)));
  return extra.head;
}

Result<std::string> FetchOrigin(api::LedgerClient& ledger) {
  JEJAK_TRY(checkpoint, ledger.Get("/checkpoint"));
  return checkpoint.substr(0, checkpoint.find('\n'));
}

Result<void> PlaceAtHead(api::LedgerClient& ledger, record::ActionFields& fields) {
  JEJAK_TRY(origin, FetchOrigin(ledger));
  fields.log = origin;
  JEJAK_TRY(head, FetchHead(ledger, fields.stream));
  fields.position = record::PositionKind::kAfter;
  fields.position_count = head ? head->count : 0;
  if (head) fields.position_root = head->root;
  return {};
}

Result<std::string> WriteReceipt(const std::string& path, std::uint64_t index,
                                 const std::string& receipt) {
  std::string name = path.empty() ? "entry-" + std::to_string(index) + ".tlog-proof" : path;
  JEJAK_CHECKED(sequencer::ReplaceFile(name, receipt, 0644));
  return name;
}

int SubmitKept(api::LedgerClient& ledger, const KeptAction& kept, const std::string& receipt_path) {
  const Sending sent = kept.SendTo(ledger);
  if (sent.outcome == Outcome::kRefused) return Fail(sent.sentence, kRefusedByLedger);
  const std::string again = kept.AgainTo(ledger);
  if (sent.outcome == Outcome::kUnknown) {
    const auto words = presentation::Phrase("submit.unknown_outcome");
    std::cerr << presentation::Filled(words.en, {again}) << "\n";
    return Fail(sent.sentence, kTryAgain);
  }
  const Result<std::string> path = WriteReceipt(receipt_path, sent.index, sent.receipt);
  if (!path.ok()) return Fail(sent.WithoutReceipt(path.error(), again), kTryAgain);
  std::cout << sent.Logged() << "; receipt: " << *path << "\n";
  return kDone;
}

int Deliver(const record::Envelope& envelope, const WriteOptions& options) {
  const Result<std::string> text = record::EncodeEnvelope(envelope);
  if (!text.ok()) return Fail(text.error());
  const Result<record::Draft> draft = record::ParseDraft(envelope.note);
  if (!draft.ok()) return Fail(draft.error());
  if (options.output.empty() && draft->complete()) return KeepAndSubmit(*draft, *text, options);
  if (options.output.empty())
    return Fail("not all have signed; give -o FILE and let the others use `jejak cosign`",
                kUsageError);
  const Result<void> written = sequencer::ReplaceFile(options.output, *text, 0644);
  if (!written.ok()) return Fail(written.error());
  std::cerr << options.output << ": " << draft->action.signatures.size() << " of "
            << draft->action.by.size()
            << " have signed; next: " << (draft->complete() ? "jejak submit" : "jejak cosign")
            << "\n";
  return kDone;
}

}  // namespace jejak::cli
