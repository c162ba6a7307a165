// SPDX-License-Identifier: Apache-2.0
#include "ledger/sequencer/key_file.h"

#include <sys/stat.h>

#include "ledger/sequencer/durable_file.h"

namespace jejak::sequencer {
namespace {

constexpr std::size_t kMaxKeyFileBytes = 16384;

Error InFile(const std::string& path, Error error) {
  error.detail = path + ": " + error.detail;
  return error;
}

}  // namespace

Result<void> WriteKeyFile(const std::string& path, const tlog::PrivateKey& key,
                          std::string_view passphrase, crypto::KdfCost cost) {
  std::string text = tlog::EncodePrivateKey(key);
  const Result<std::string> box = crypto::SealSecret(AsBytes(text), passphrase, cost);
  crypto::Wipe({reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
  if (!box.ok()) return InFile(path, box.error());
  return WriteNewFile(path, *box, 0600);
}

Result<tlog::PrivateKey> ReadKeyFile(const std::string& path, std::string_view passphrase) {
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0 && (status.st_mode & 077) != 0) {
    return Refused(path +
                   " may be read by others; run `chmod 600` on it and change the key if they did");
  }
  JEJAK_TRY(text, ReadFile(path, kMaxKeyFileBytes));
  Result<Bytes> secret = crypto::OpenSecret(text, passphrase);
  if (!secret.ok()) return InFile(path, secret.error());
  Result<tlog::PrivateKey> key = tlog::ParsePrivateKey(AsText(*secret));
  crypto::Wipe(*secret);
  if (!key.ok()) return InFile(path, key.error());
  return key;
}

}  // namespace jejak::sequencer
