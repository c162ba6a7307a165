// SPDX-License-Identifier: Apache-2.0
//
// C2SP signed note: readable text, a blank line, one line per signature.
//
//   jejak.contohkota.go.id/1                                     text, with its last line feed;
//   42                                                           it is what is signed
//   BDpxh3TFcr2KJa2+sb/NXAJWrhHOz5+cP5JdDlK+r4k=
//                                                                the last blank line of the note
//   — jejak.contohkota.go.id/1 uA4bNs+xzhZ+H3ErZvSo…PjQw=        em dash, SP, name, SP, base64
//
//   base64 = u32be key id || signature               Ed25519 (type 1): 64 bytes
//   key id = SHA-256(name || LF || type || public key)[0:4]      cosignature/v1 (type 4): 72 bytes
//   vkey   = name "+" key id in hex "+" base64(type || public key)
//
// A signer is the pair (name, key id). A line of an unknown pair is ignored; a line of a known pair
// must verify, or the whole note is refused; of several lines of one pair the first counts.
//
// Strict: valid UTF-8 without control characters but LF; names without Unicode space and "+";
// padded, canonical base64; 1..100 signature lines; nothing before, between or after. The parser
// accepts exactly what EncodeNote emits, and nothing in the text is trusted before a signature is
// verified.
//
// Threads: pure.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/bytes.h"
#include "ledger/base/result.h"
#include "ledger/crypto/sign.h"

namespace jejak::tlog {

inline constexpr std::uint8_t kEd25519Key = 0x01;      // logs, people: signs the note's text
inline constexpr std::uint8_t kCosignatureKey = 0x04;  // witnesses: signs the text at a time
inline constexpr std::size_t kMaxSignatureLines = 100;

// A public key with the name that it signs under.
struct VerifierKey {
  std::string name;
  std::uint8_t type = kEd25519Key;
  crypto::PublicKey key;

  std::uint32_t id() const;
  auto operator<=>(const VerifierKey&) const = default;
};

// True for a name that a signature line can carry: UTF-8, not empty, no control character, no
// Unicode space, no "+". Our own names (formats.md section 1) are a small part of these.
bool IsSignerName(std::string_view name);

// True for what a note's text may hold: UTF-8, no control character but LF, and a final LF.
bool IsNoteText(std::string_view text);

// Parses a vkey of one type, kEd25519Key or kCosignatureKey. kMalformed when the name isn't a
// keyname of formats.md section 1 (type 1) or a signer name (type 4: witnesses name themselves),
// the type is another, or the hex isn't the id of this name and key. Says nothing about the key's
// strength.
Result<VerifierKey> ParseVerifierKey(std::string_view vkey, std::uint8_t expected_type);

std::string EncodeVerifierKey(const VerifierKey& key);

std::uint32_t KeyId(std::string_view name, std::uint8_t type, ByteView public_key);

// One signature line; `signature` without the key id, not empty.
struct SignatureLine {
  std::string name;
  std::uint32_t key_id = 0;
  Bytes signature;

  bool operator==(const SignatureLine&) const = default;
};

struct Note {
  std::string text;  // up to and with the line feed before the blank line
  std::vector<SignatureLine> signatures;

  bool operator==(const Note&) const = default;
};

// kMalformed unless `bytes` are exactly a note.
Result<Note> ParseNote(std::string_view bytes);

// One line as a server of cosignatures returns it, with its line feed. kMalformed otherwise.
Result<SignatureLine> ParseSignatureLine(std::string_view line);

// The inverse of ParseNote for a note whose text and names keep the rules above.
std::string EncodeNote(const Note& note);

// "— name base64" LF.
std::string EncodeSignatureLine(const SignatureLine& line);

// Signs the text as `name`, type kEd25519Key.
SignatureLine SignNote(std::string_view text, std::string_view name, const crypto::SecretKey& key);

// True iff `signature` is this key's over the text: 64 bytes for kEd25519Key, a cosignature for
// kCosignatureKey. The key id is the caller's to compare.
bool VerifySignature(std::string_view text, const VerifierKey& key, ByteView signature);

// A line that verified: positions in the note's signatures and in the keys given.
struct VerifiedLine {
  std::size_t line = 0;
  std::size_t key = 0;
};

struct SignatureVerdict {
  std::vector<VerifiedLine> verified;  // in the order of lines; empty when `failed`
  bool failed = false;                 // a known pair's line doesn't verify: refuse the note
  std::string failed_name;
};

// Checks the lines of all known pairs. A note is good iff nothing failed and whose signature is
// wanted is among the verified.
SignatureVerdict VerifySignatures(const Note& note, std::span<const VerifierKey> keys);

}  // namespace jejak::tlog
