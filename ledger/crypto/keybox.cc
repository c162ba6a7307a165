// SPDX-License-Identifier: Apache-2.0
#include "ledger/crypto/keybox.h"

#include <algorithm>

#include "ledger/base/text.h"
#include "ledger/crypto/aead.h"
#include "ledger/crypto/random.h"

namespace jejak::crypto {
namespace {

struct Keybox {
  KdfCost cost;
  Bytes salt, nonce, box;
  std::string header;  // the lines above the box
};

Result<void> CheckCost(const KdfCost& cost) {
  if (cost.memory_kib < kLeastCost.memory_kib || cost.memory_kib > kMostCost.memory_kib ||
      cost.passes < kLeastCost.passes || cost.passes > kMostCost.passes) {
    return Refused("the kdf line's cost is out of bounds: 19456 to 1048576 KiB and 2 to 10 passes");
  }
  return {};
}

std::string EncodeHeader(const Keybox& keybox) {
  return "jejak/secret/v1\nkdf argon2id " + std::to_string(keybox.cost.memory_kib) + ' ' +
         std::to_string(keybox.cost.passes) + "\nsalt " + EncodeBase64(keybox.salt) + "\nnonce " +
         EncodeBase64(keybox.nonce) + '\n';
}

Result<KdfCost> ParseCost(std::string_view text) {
  const std::size_t space = text.find(' ');
  if (space == std::string_view::npos) return Malformed("the kdf line has memory and passes");
  JEJAK_TRY(memory_kib, ParseDecimal(text.substr(0, space)));
  JEJAK_TRY(passes, ParseDecimal(text.substr(space + 1)));
  constexpr std::uint64_t kLargest = UINT32_MAX;
  const KdfCost cost{static_cast<std::uint32_t>(std::min(memory_kib, kLargest)),
                     static_cast<std::uint32_t>(std::min(passes, kLargest))};
  JEJAK_CHECKED(CheckCost(cost));
  return cost;
}

Result<Bytes> ParseField(LineReader& lines, std::string_view name, std::size_t least_bytes,
                         std::size_t most_bytes) {
  auto line = lines.Next();
  if (!line || !TakePrefix(*line, name)) return Malformed("a secret file has its five lines");
  JEJAK_TRY(bytes, ParseBase64(*line));
  if (bytes.size() < least_bytes || bytes.size() > most_bytes) {
    return Malformed("a field of the secret file has a wrong length");
  }
  return std::move(bytes);
}

Result<Keybox> ParseKeybox(std::string_view text) {
  LineReader lines(text);
  Keybox keybox;
  if (lines.Next() != "jejak/secret/v1") {
    return Malformed("a secret file begins with the line jejak/secret/v1");
  }
  auto kdf = lines.Next();
  if (!kdf || !TakePrefix(*kdf, "kdf argon2id ")) {
    return Malformed("the second line of a secret file begins with kdf argon2id");
  }
  JEJAK_TRY(cost, ParseCost(*kdf));
  JEJAK_TRY(salt, ParseField(lines, "salt ", kSaltBytes, kSaltBytes));
  JEJAK_TRY(nonce, ParseField(lines, "nonce ", kNonceBytes, kNonceBytes));
  keybox.header = text.substr(0, text.size() - lines.rest().size());
  JEJAK_TRY(box, ParseField(lines, "box ", kTagBytes + 1, kTagBytes + kMaxSecretBytes));
  if (!lines.done()) return Malformed("a secret file ends after its box line");
  keybox.cost = cost;
  keybox.salt = std::move(salt);
  keybox.nonce = std::move(nonce);
  keybox.box = std::move(box);
  return keybox;
}

}  // namespace

Result<std::string> SealSecret(ByteView secret, std::string_view passphrase, KdfCost cost) {
  JEJAK_CHECKED(CheckCost(cost));
  if (secret.empty() || secret.size() > kMaxSecretBytes) {
    return Refused("a secret has 1 to 4096 bytes");
  }
  Keybox keybox{cost, RandomBytes(kSaltBytes), RandomBytes(kNonceBytes), {}, {}};
  keybox.header = EncodeHeader(keybox);
  AeadKey key{};
  if (!DeriveKey(passphrase, keybox.salt, cost.memory_kib, cost.passes, key)) {
    return Unavailable("not enough memory to derive a key from the passphrase");
  }
  const Bytes box = Encrypt(key, keybox.nonce, AsBytes(keybox.header), secret);
  Wipe(key);
  return keybox.header + "box " + EncodeBase64(box) + '\n';
}

Result<Bytes> OpenSecret(std::string_view file_text, std::string_view passphrase) {
  JEJAK_TRY(keybox, ParseKeybox(file_text));
  AeadKey key{};
  if (!DeriveKey(passphrase, keybox.salt, keybox.cost.memory_kib, keybox.cost.passes, key)) {
    return Unavailable("not enough memory to derive a key from the passphrase");
  }
  auto secret = Decrypt(key, keybox.nonce, AsBytes(keybox.header), keybox.box);
  Wipe(key);
  if (!secret) return Forbidden("the passphrase is wrong, or the secret file was changed");
  return std::move(*secret);
}

}  // namespace jejak::crypto
