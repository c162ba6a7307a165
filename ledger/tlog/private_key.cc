// SPDX-License-Identifier: Apache-2.0
#include "ledger/tlog/private_key.h"

#include <array>
#include <utility>

#include "ledger/base/text.h"

namespace jejak::tlog {
namespace {

constexpr std::string_view kPrefix = "PRIVATE+KEY+";

std::string IdHex(const VerifierKey& key) {
  const std::uint32_t id = key.id();
  const std::array<std::uint8_t, 4> bytes{
      static_cast<std::uint8_t>(id >> 24), static_cast<std::uint8_t>(id >> 16),
      static_cast<std::uint8_t>(id >> 8), static_cast<std::uint8_t>(id)};
  return EncodeHex(bytes);
}

}  // namespace

std::string EncodePrivateKey(const PrivateKey& key) {
  Bytes tagged{key.type};
  const ByteView seed = key.secret.seed();
  tagged.insert(tagged.end(), seed.begin(), seed.end());
  return std::string(kPrefix) + key.name + "+" + IdHex(key.verifier_key()) + "+" +
         EncodeBase64(tagged);
}

Result<PrivateKey> ParsePrivateKey(std::string_view text) {
  if (!TakePrefix(text, kPrefix)) return Malformed("private key does not begin with PRIVATE+KEY+");
  const std::size_t name_end = text.find('+');
  const std::size_t id_end =
      name_end == std::string_view::npos ? name_end : text.find('+', name_end + 1);
  if (id_end == std::string_view::npos) return Malformed("private key lacks its name, id or seed");
  const std::string_view name = text.substr(0, name_end);
  if (!IsSignerName(name)) return Malformed("name of the private key is not a key name");
  const Result<Bytes> tagged = ParseBase64(text.substr(id_end + 1));
  if (!tagged.ok() || tagged->size() != 33)
    return Malformed("seed of the private key is not 33 bytes of base64");
  const std::uint8_t type = tagged->front();
  if (type != kEd25519Key && type != kCosignatureKey)
    return Malformed("type of the private key is neither 01 nor 04");
  PrivateKey key{std::string(name), type,
                 crypto::SecretKey::FromSeed(ByteView(*tagged).subspan(1))};
  if (IdHex(key.verifier_key()) != text.substr(name_end + 1, id_end - name_end - 1)) {
    return Malformed("id of the private key is not that of its name and seed");
  }
  return key;
}

}  // namespace jejak::tlog
