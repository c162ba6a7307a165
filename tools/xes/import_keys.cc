// SPDX-License-Identifier: Apache-2.0
#include "tools/xes/import_keys.h"

#include <filesystem>

#include "ledger/base/text.h"
#include "ledger/crypto/hash.h"
#include "ledger/crypto/random.h"
#include "ledger/sequencer/durable_file.h"

namespace jejak::xes {
namespace {

namespace fs = std::filesystem;

Result<void> MakeSecret(const std::string& directory, const std::string& path) {
  std::error_code failed;
  fs::create_directories(directory, failed);
  if (failed) return Unavailable(directory + " cannot be made: " + failed.message());
  return sequencer::WriteNewFile(path, EncodeHex(crypto::RandomBytes(32)) + "\n", 0600);
}

}  // namespace

Result<ImportKeys> ImportKeys::Open(const std::string& directory, std::string origin) {
  const std::string path = directory + "/xes-import.secret";
  std::error_code failed;
  const fs::file_status status = fs::status(path, failed);
  if (status.type() == fs::file_type::not_found) {
    JEJAK_CHECKED(MakeSecret(directory, path));
  } else if (failed) {
    return Unavailable(path + " cannot be read: " + failed.message());
  } else if ((status.permissions() & (fs::perms::group_all | fs::perms::others_all)) !=
             fs::perms::none) {
    return Refused(path + " can be read by others than its owner; chmod 600 it");
  }
  JEJAK_TRY(text, sequencer::ReadFile(path, 4096));
  if (text.ends_with('\n')) text.pop_back();
  const Error not_one = Malformed(path + " is not the 64 hex digits that an import wrote there");
  const Result<Bytes> bytes = ParseHex(text);
  if (!bytes.ok()) return not_one;
  Result<crypto::SecretKey> secret = crypto::SecretKey::ParseSeed(*bytes);
  if (!secret.ok()) return not_one;
  return ImportKeys(*std::move(secret), std::move(origin));
}

const tlog::PrivateKey& ImportKeys::Key(const std::string& name) {
  const auto found = keys_.find(name);
  if (found != keys_.end()) return found->second;
  const std::string text = "jejak/xes/key/v1\nlog " + origin_ + "\nname " + name + "\n";
  const Digest seed = crypto::HmacSha256(secret_.seed(), {AsBytes(text)});
  tlog::PrivateKey key{name, tlog::kEd25519Key, crypto::SecretKey::FromSeed(seed.view())};
  return keys_.emplace(name, std::move(key)).first->second;
}

Digest ImportKeys::BodyKey(std::string_view action_prefix, std::string_view body) const {
  constexpr std::string_view kLabel = "jejak/xes/body/v1\n";
  return crypto::HmacSha256(secret_.seed(),
                            {AsBytes(kLabel), AsBytes(action_prefix), AsBytes(body)});
}

}  // namespace jejak::xes
