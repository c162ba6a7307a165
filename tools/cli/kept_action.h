// SPDX-License-Identifier: Apache-2.0
//
// KeptAction: a signed action that lies in a file from before it is sent until the ledger has
// answered for certain, so that neither a power cut nor a lost or garbled answer loses it. Every
// command that sends one sends it so.
//
//   JEJAK_TRY(kept, KeptAction::Keep("report-5K3D….action", text));
//   const Sending sent = kept.SendTo(ledger);
//   kLogged    sent.index, sent.receipt; Remove() once the receipt is safe
//   kRefused   the ledger said so with a problem of 4xx that no repetition mends; Remove()
//   kUnknown   anything else: the file stays, and `jejak submit FILE` sends the same bytes again
//              safely
//
// One thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "api/client.h"

namespace jejak::cli {

// Of an envelope's file, with contents and document.
inline constexpr std::size_t kMaxEnvelopeFileBytes = std::size_t{2} << 20;

enum class Outcome : std::uint8_t { kLogged, kRefused, kUnknown };

struct Sending {
  Outcome outcome = Outcome::kUnknown;
  std::uint64_t index = 0;  // of the entry, when logged
  bool before = false;      // it was logged already
  std::string receipt;      // when logged
  std::string code;         // of the ledger's problem, if it gave one
  std::string sentence;     // for a person, when not logged

  // "logged as entry 41", "logged before as entry 41".
  std::string Logged() const;
  // The same when its receipt can't be written; `again` gives another one.
  std::string WithoutReceipt(const Error& why, const std::string& again) const;
};

class KeptAction final {
 public:
  // Writes the file, for its owner alone, and durably. kConflict: there is one already, which may
  // be one that isn't logged yet; nothing may be sent then.
  static Result<KeptAction> Keep(std::string path, std::string envelope);
  // One that somebody keeps already: `path` is read here. Errors of ReadFile.
  static Result<KeptAction> Open(std::string path);

  Sending SendTo(api::LedgerClient& ledger) const;
  // "jejak submit report-5K3D….action --ledger http://127.0.0.1:8080/1"
  std::string AgainTo(const api::LedgerClient& ledger) const;
  void Remove() const;
  const std::string& path() const { return path_; }

 private:
  KeptAction(std::string path, std::string envelope);

  std::string path_, envelope_;
};

}  // namespace jejak::cli
