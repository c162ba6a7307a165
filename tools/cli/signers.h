// SPDX-License-Identifier: Apache-2.0
//
// Who signs, as given on a command line, and what becomes of an action that they sign.
//
//   --by root=keys/root-a.key           signs now; the passphrase is asked for or comes from a file
//   --by root=keys/root-b.vkey          named here, signs later with `jejak cosign`
//   --by tim=bkpsdm.go.id/p-07          the same, by name
//
// An action whose signers have all signed is complete: it is sent to the ledger, or written to a
// file when -o says so. A draft is always written to a file; it goes round until it is complete.
// What is sent lies in a file of its own until it is known what became of it (kept_action.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "api/client.h"
#include "ledger/base/result.h"
#include "ledger/statemap/stream_head.h"
#include "ledger/tlog/private_key.h"
#include "tools/author/author.h"
#include "tools/cli/command_line.h"
#include "tools/cli/kept_action.h"

namespace jejak::cli {

struct SignerSpec {
  std::string role;
  std::string name;
  std::optional<tlog::PrivateKey> key;
};

// kMalformed for a form that is none of the above; errors of key files as in key_file.h.
Result<std::vector<SignerSpec>> ReadSigners(const std::vector<std::string>& specs,
                                            const std::string& passphrase_file);

// As the author takes them; `signers` outlive the result.
std::vector<author::By> AsBy(const std::vector<SignerSpec>& signers);

// A public key from a .vkey file, or given as text.
Result<tlog::VerifierKey> ReadVerifierKey(const std::string& file_or_text,
                                          std::uint8_t type = tlog::kEd25519Key);

// Options that every verb which writes an action has.
struct WriteOptions {
  std::string ledger;  // http://127.0.0.1:8080/1
  std::vector<std::string> by;
  std::string passphrase_file;
  std::string output;   // -o: write the envelope here instead of sending it
  std::string receipt;  // --receipt: where the receipt goes; else entry-INDEX.tlog-proof
  std::string keep;     // --keep: where it lies until it is recorded; else TYPE-ID.action
  std::string at;       // default: now, at the offset of the log's zone +07:00
};
void AddWriteOptions(Command& command, WriteOptions& options);

// The time of an action: `text`, or now at `zone_minutes` from UTC.
Result<At> ReadAt(const std::string& text, int zone_minutes = 420);

// Where a stream stands, asked of the ledger (its state proof; not verified here: a wrong answer
// makes an action that is refused).
Result<std::optional<statemap::StreamHead>> FetchHead(api::LedgerClient& ledger,
                                                      const record::Stream& stream);

// Places fields at the head of their stream: log and `after`.
Result<void> PlaceAtHead(api::LedgerClient& ledger, record::ActionFields& fields);

// The origin of the log behind a ledger's address.
Result<std::string> FetchOrigin(api::LedgerClient& ledger);

// Writes or sends a finished envelope or draft, says in one sentence what happened, gives the exit
// code.
int Deliver(const record::Envelope& envelope, const WriteOptions& options);

// Writes a receipt to `path`, or to entry-INDEX.tlog-proof where that is empty; gives the file's
// name. Errors of durable_file.h.
Result<std::string> WriteReceipt(const std::string& path, std::uint64_t index,
                                 const std::string& receipt);

// Sends an action that is complete, says in one sentence what became of it, gives the exit code. The
// receipt goes where WriteReceipt puts it. kTryAgain: unless the sentence says that it is logged that
// isn't known, and the command that it names repeats it safely.
int SubmitKept(api::LedgerClient& ledger, const KeptAction& kept, const std::string& receipt_path);

}  // namespace jejak::cli
