// SPDX-License-Identifier: Apache-2.0
#include "ledger/tlog/note.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "ledger/base/lexical.h"
#include "ledger/base/text.h"
#include "ledger/crypto/hash.h"
#include "ledger/tlog/cosignature.h"

namespace jejak::tlog {
namespace {

constexpr std::string_view kDash = "\xE2\x80\x94 ";  // U+2014, space
constexpr std::size_t kKeyIdBytes = 4;

// Unicode's White_Space beyond ASCII, as UTF-8. In valid UTF-8 a find never hits across characters.
constexpr std::string_view kWideSpaces[] = {
    "\xC2\x85",     "\xC2\xA0",     "\xE1\x9A\x80", "\xE2\x80\x80", "\xE2\x80\x81",
    "\xE2\x80\x82", "\xE2\x80\x83", "\xE2\x80\x84", "\xE2\x80\x85", "\xE2\x80\x86",
    "\xE2\x80\x87", "\xE2\x80\x88", "\xE2\x80\x89", "\xE2\x80\x8A", "\xE2\x80\xA8",
    "\xE2\x80\xA9", "\xE2\x80\xAF", "\xE2\x81\x9F", "\xE3\x80\x80"};

bool IsControl(char c) { return static_cast<unsigned char>(c) < 0x20; }

void AppendU32(Bytes& out, std::uint32_t value) {
  AppendU16(out, static_cast<std::uint16_t>(value >> 16));
  AppendU16(out, static_cast<std::uint16_t>(value & 0xffff));
}

std::uint32_t LoadU32(const std::uint8_t* at) {
  return (std::uint32_t{LoadU16(at)} << 16) | LoadU16(at + 2);
}

// One line without its line feed; the characters are checked, but not that the name is UTF-8.
Result<SignatureLine> ParseLine(std::string_view line) {
  if (!TakePrefix(line, kDash))
    return Malformed("signature line: begins with an em dash and a space");
  const std::size_t space = line.find(' ');
  if (space == std::string_view::npos)
    return Malformed("signature line: has no space after the name");
  const std::string_view name = line.substr(0, space);
  if (!IsSignerName(name)) {
    return Malformed("signature line: a name is not empty and has no white space and no plus sign");
  }
  Result<Bytes> blob = ParseBase64(line.substr(space + 1));
  if (!blob.ok()) return Malformed("signature line: the signature is padded, canonical base64");
  if (blob.value().size() <= kKeyIdBytes) {
    return Malformed("signature line: holds a 4-byte key id and a signature");
  }
  const Bytes& bytes = blob.value();
  return SignatureLine{std::string(name), LoadU32(bytes.data()),
                       Bytes(bytes.begin() + kKeyIdBytes, bytes.end())};
}

}  // namespace

std::uint32_t VerifierKey::id() const { return KeyId(name, type, key.view()); }

bool IsSignerName(std::string_view name) {
  if (name.empty()) return false;
  bool wide = false;
  for (const char c : name) {
    if (IsControl(c) || c == ' ' || c == '+') return false;
    wide = wide || static_cast<unsigned char>(c) >= 0x80;
  }
  if (!wide) return true;
  return IsUtf8(name) &&
         std::none_of(std::begin(kWideSpaces), std::end(kWideSpaces),
                      [&](auto space) { return name.find(space) != std::string_view::npos; });
}

bool IsNoteText(std::string_view text) {
  if (text.empty() || text.back() != '\n' || !IsUtf8(text)) return false;
  return std::none_of(text.begin(), text.end(), [](char c) { return IsControl(c) && c != '\n'; });
}

std::uint32_t KeyId(std::string_view name, std::uint8_t type, ByteView public_key) {
  const std::array<std::uint8_t, 2> middle = {'\n', type};
  crypto::Sha256Stream stream;
  stream.Add(AsBytes(name));
  stream.Add(middle);
  stream.Add(public_key);
  return LoadU32(stream.Finish().bytes.data());
}

Result<VerifierKey> ParseVerifierKey(std::string_view vkey, std::uint8_t expected_type) {
  // The base64 may hold a plus sign too: only the first two separate.
  const std::size_t first = vkey.find('+');
  const std::size_t second = first == std::string_view::npos ? first : vkey.find('+', first + 1);
  if (second == std::string_view::npos) {
    return Malformed("verifier key: is written name+id+base64");
  }
  const std::string_view name = vkey.substr(0, first);
  if (expected_type == kEd25519Key ? !IsKeyName(name) : !IsSignerName(name)) {
    return Malformed("verifier key: the name has a character or a form that names don't have");
  }
  const Result<Bytes> id = ParseHex(vkey.substr(first + 1, second - first - 1));
  if (!id.ok() || id.value().size() != kKeyIdBytes) {
    return Malformed("verifier key: the id is eight lower-case hexadecimal digits");
  }
  const Result<Bytes> blob = ParseBase64(vkey.substr(second + 1));
  VerifierKey key{std::string(name), expected_type, {}};
  if (!blob.ok() || blob.value().size() != 1 + key.key.bytes.size()) {
    return Malformed("verifier key: the key is base64 of a type byte and 32 bytes");
  }
  if (blob.value()[0] != expected_type) {
    return Malformed(expected_type == kCosignatureKey
                         ? "verifier key: must be a cosigner's, type 4"
                         : "verifier key: must be an Ed25519 key, type 1");
  }
  std::memcpy(key.key.bytes.data(), blob.value().data() + 1, key.key.bytes.size());
  if (key.id() != LoadU32(id.value().data())) {
    return Malformed("verifier key: the id doesn't belong to this name and key; copy it whole");
  }
  return key;
}

std::string EncodeVerifierKey(const VerifierKey& key) {
  Bytes id;
  AppendU32(id, key.id());
  Bytes blob{key.type};
  blob.insert(blob.end(), key.key.bytes.begin(), key.key.bytes.end());
  return key.name + "+" + EncodeHex(id) + "+" + EncodeBase64(blob);
}

Result<SignatureLine> ParseSignatureLine(std::string_view line) {
  if (line.empty() || line.back() != '\n')
    return Malformed("signature line: ends with a line feed");
  return ParseLine(line.substr(0, line.size() - 1));
}

Result<Note> ParseNote(std::string_view bytes) {
  if (!IsNoteText(bytes)) {
    return Malformed("note: is UTF-8 without control characters and ends with a line feed");
  }
  // The text may hold blank lines: the last one separates.
  const std::size_t blank = bytes.rfind("\n\n");
  if (blank == std::string_view::npos)
    return Malformed("note: has no blank line before signatures");
  Note note{std::string(bytes.substr(0, blank + 1)), {}};
  LineReader lines(bytes.substr(blank + 2));
  while (const std::optional<std::string_view> line = lines.Next()) {
    if (note.signatures.size() == kMaxSignatureLines) {
      return Malformed("note: has more than 100 signature lines");
    }
    JEJAK_TRY(signature, ParseLine(*line));
    note.signatures.push_back(std::move(signature));
  }
  if (note.signatures.empty()) return Malformed("note: has no signature line after the blank line");
  return note;
}

std::string EncodeSignatureLine(const SignatureLine& line) {
  Bytes blob;
  blob.reserve(kKeyIdBytes + line.signature.size());
  AppendU32(blob, line.key_id);
  blob.insert(blob.end(), line.signature.begin(), line.signature.end());
  std::string out(kDash);
  out += line.name;
  out += ' ';
  out += EncodeBase64(blob);
  out += '\n';
  return out;
}

std::string EncodeNote(const Note& note) {
  std::string out = note.text + "\n";
  for (const SignatureLine& line : note.signatures) out += EncodeSignatureLine(line);
  return out;
}

SignatureLine SignNote(std::string_view text, std::string_view name, const crypto::SecretKey& key) {
  const crypto::Signature signature = key.Sign(AsBytes(text));
  return {std::string(name), KeyId(name, kEd25519Key, key.public_key().view()),
          Bytes(signature.bytes.begin(), signature.bytes.end())};
}

bool VerifySignature(std::string_view text, const VerifierKey& key, ByteView signature) {
  if (key.type == kCosignatureKey) return VerifyCosignature(text, key, signature);
  crypto::Signature value;
  if (key.type != kEd25519Key || signature.size() != value.bytes.size()) return false;
  std::memcpy(value.bytes.data(), signature.data(), value.bytes.size());
  return crypto::Verify(key.key, AsBytes(text), value);
}

SignatureVerdict VerifySignatures(const Note& note, std::span<const VerifierKey> keys) {
  std::vector<std::uint32_t> ids;
  ids.reserve(keys.size());
  for (const VerifierKey& key : keys) ids.push_back(key.id());

  SignatureVerdict verdict;
  std::vector<bool> seen(keys.size(), false);
  for (std::size_t line = 0; line < note.signatures.size(); ++line) {
    const SignatureLine& signature = note.signatures[line];
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (ids[i] != signature.key_id || keys[i].name != signature.name) continue;
      if (seen[i]) break;
      seen[i] = true;
      if (!VerifySignature(note.text, keys[i], signature.signature)) {
        return {{}, true, keys[i].name};
      }
      verdict.verified.push_back({line, i});
      break;
    }
  }
  return verdict;
}

}  // namespace jejak::tlog
