// SPDX-License-Identifier: Apache-2.0
#pragma once

// The action: a signed note that says who did what kind of act (docs/formats.md section 2).
//
//   jejak/action/v1
//   log jejak.contohkota.go.id/1
//   stream case/5K3D7Q2M8ZP4XK3V9T5R6W1Y0B
//   seen 3 i+hx8TeFtMgaFwBFnHasKzriyuu3h2w3biI8at/5jEc=
//   type exam.hold
//   about P044
//   at 2026-06-19T09:30:00+07:00
//   until 2026-06-26T09:30:00+07:00
//   by inspektorat.contohkota.go.id/p-41 ketua_tim
//   body 38S5pWuENECzwcEBOV8WlLOBie9fSHTFy+oHzuiSgh0=
//
//   — inspektorat.contohkota.go.id/p-41 uA4bNs+xzhZ+H3ErZvSoloJfs5gUND0iRC9grHRJ…
//
// What is signed is the text before the blank line. The parser accepts exactly what the encoder
// emits, so text and fields determine each other. It decides whatever section 2 lets the note alone
// decide, that is row 1 of the admission table without the bodies of section 8 and the strength of
// keys. It does NOT verify signatures or their key ids (row 7), nor that a party signs (row 8).
// Values: safe to share between threads that only read.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/base/result.h"
#include "ledger/base/time.h"
#include "ledger/crypto/sign.h"
#include "ledger/record/stream.h"
#include "ledger/tlog/note.h"

namespace jejak::record {

// `seen`: the signers have read the first N actions; the action may be logged anywhere later.
// `after`: only as the next action, at position N.
enum class PositionKind { kSeen, kAfter };

// Case streams: kNone (`body -`) or kCommitted (`body HASH`). All others: kInline (the JSON).
enum class BodyForm { kNone, kCommitted, kInline };

inline constexpr std::size_t kMaxAbout = 16;
inline constexpr std::size_t kMaxParties = 4;
inline constexpr std::size_t kMaxSigners = 16;

// The lines of an action in their order. What tools fill in, and what the parser reads.
struct ActionFields {
  // The `procedure.publish` that governs the case: its procedure's id and its action id.
  struct Under {
    std::string id;
    Digest publish;
    bool operator==(const Under&) const = default;
  };
  // A key that from now on may sign in this case only; its name is CASE-ID "/" LABEL.
  struct Party {
    std::string role;
    tlog::VerifierKey key;
  };
  // A signer and the role claimed; "-" claims none.
  struct By {
    std::string name;
    std::string role;
    bool operator==(const By&) const = default;
  };

  std::string log;  // origin
  Stream stream;
  std::optional<Under> under;  // exactly in what opens a case, and in `case.rebind`
  PositionKind position = PositionKind::kAfter;
  std::uint64_t position_count = 0;  // N
  Digest position_root;              // RFC 6962 root over N action ids; zero when N = 0
  std::string type;
  std::vector<std::string> about;  // pseudonyms, case streams only
  At at{};
  std::optional<At> until;  // void if not logged by then
  std::vector<Party> parties;
  std::vector<By> by;
  BodyForm body_form = BodyForm::kNone;
  Digest body_commitment;  // kCommitted
  std::string body_json;   // kInline: Body JSON, one line
};

// A parsed action: its fields, the exact text they came from, and its signatures. Made only by
// ParseAction and ParseDraft; changing a field afterwards doesn't change text, id or prefix.
class Action final : public ActionFields {
 public:
  std::string text;                             // without blank line and signatures
  std::string at_text;                          // the `at` line's value as it was written
  std::vector<tlog::SignatureLine> signatures;  // one per `by` line, same order; 64 bytes each

  // SHA-256 of the text, computed once when it was parsed.
  const Digest& id() const { return id_; }

  // The text up to its body line: what commitments of its body and sealed fields are bound to.
  std::string_view commitment_prefix() const {
    return std::string_view(text).substr(0, prefix_bytes_);
  }

 private:
  friend class ActionParser;
  Digest id_;
  std::size_t prefix_bytes_ = 0;
};

// An action that is still being signed: its note carries a subset of the signature lines, in `by`
// order, possibly none (section 11).
struct Draft {
  Action action;  // action.signatures: those given so far

  bool complete() const { return action.signatures.size() == action.by.size(); }
};

// Reads a note with all its signature lines. Linear in the note's length; one SHA-256.
// kMalformed: anything that isn't exactly an action; the detail begins with the line at fault.
// Length: refused when no entry header could bring the entry within 48,000 bytes (see entry.h).
Result<Action> ParseAction(std::string_view note);

// As ParseAction, for a note that may lack signature lines.
Result<Draft> ParseDraft(std::string_view note);

// The note, byte for byte what was parsed.
std::string EncodeAction(const Action& action);
std::string EncodeDraft(const Draft& draft);

// Puts a signature line in its place. kMalformed: the name isn't in a `by` line, or the signature
// isn't 64 bytes. kConflict: that signer has signed already.
Result<void> AddSignature(Draft& draft, tlog::SignatureLine line);

// The text up to its body line, unchecked. A tool needs it to commit to a body and its sealed
// fields before it can write the body line.
std::string EncodeActionPrefix(const ActionFields& fields);

// The whole text, ready to sign. kMalformed: the fields break a rule of section 2; what is
// returned always parses to the same fields.
Result<std::string> EncodeActionText(const ActionFields& fields);

// The signature line of `name` over an action's text. Doesn't look at the text: callers sign what
// EncodeActionText or ParseDraft gave them.
tlog::SignatureLine SignAction(std::string_view text, std::string_view name,
                               const crypto::SecretKey& secret);

}  // namespace jejak::record
