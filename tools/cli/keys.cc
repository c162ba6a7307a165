// SPDX-License-Identifier: Apache-2.0
#include "tools/cli/keys.h"

#include <iostream>
#include <memory>

#include "ledger/base/lexical.h"
#include "ledger/crypto/random.h"
#include "ledger/sequencer/durable_file.h"
#include "ledger/sequencer/key_file.h"
#include "tools/cli/terminal.h"

namespace jejak::cli {
namespace {

struct KeygenOptions {
  std::string name;
  std::string output;
  std::string passphrase_file;
  bool witness = false;
};

int Keygen(const KeygenOptions& options) {
  if (!IsKeyName(options.name)) {
    return Fail("--name " + options.name +
                    " is not a key name: letters, digits and -._~: in segments joined by /, at "
                    "most 200 bytes",
                kUsageError);
  }
  const Result<std::string> passphrase =
      ReadNewPassphrase(options.passphrase_file, "passphrase for the new key");
  if (!passphrase.ok()) return Fail(passphrase.error());
  const Bytes seed = crypto::RandomBytes(32);
  const tlog::PrivateKey key{options.name,
                             options.witness ? tlog::kCosignatureKey : tlog::kEd25519Key,
                             crypto::SecretKey::FromSeed(seed)};
  const Result<void> secret =
      sequencer::WriteKeyFile(options.output + ".key", key, *passphrase, crypto::kInteractiveCost);
  if (!secret.ok()) return Fail(secret.error());
  const std::string vkey = tlog::EncodeVerifierKey(key.verifier_key());
  const Result<void> shared = sequencer::WriteNewFile(options.output + ".vkey", vkey + "\n", 0644);
  if (!shared.ok()) return Fail(shared.error());
  std::cout << vkey << "\n";
  std::cerr << options.output << ".key is secret: keep it and its passphrase; hand out "
            << options.output << ".vkey\n";
  return kDone;
}

}  // namespace

void AddKeyCommands(CommandLine& line) {
  auto options = std::make_shared<KeygenOptions>();
  line.Add("officers", "keygen", "make a signing key")
      .Required("--name", options->name,
                "the key's name, for example inspektorat.contohkota.go.id/p-41")
      .Required("-o,--output", options->output, "where to: makes OUTPUT.key and OUTPUT.vkey")
      .Option("--passphrase-file", options->passphrase_file,
              "file with the passphrase (default: asked for)")
      .Flag("--witness", options->witness, "a witness's key (type 04) instead of a signer's")
      .Run([options] { return Keygen(*options); });
}

}  // namespace jejak::cli
