// SPDX-License-Identifier: Apache-2.0
#include "tools/cli/found.h"

#include <iostream>
#include <memory>

#include "ledger/base/lexical.h"
#include "ledger/base/text.h"
#include "ledger/crypto/random.h"
#include "ledger/sequencer/clock.h"
#include "ledger/sequencer/durable_file.h"
#include "ledger/sequencer/key_file.h"
#include "ledger/sequencer/log_directory.h"
#include "ledger/sequencer/log_reader.h"
#include "ledger/sequencer/submission.h"
#include "tools/author/administration.h"
#include "tools/cli/signers.h"
#include "tools/cli/terminal.h"

namespace jejak::cli {
namespace {

struct Options {
  std::string directory, origin, entries, name_id, name_en, zone = "+07:00", guard;
  std::vector<std::string> roots;  // HOLDER=FILE.key or FILE.vkey
  std::uint64_t threshold = 2;
  std::string passphrase_file, root_passphrase_file;
};

// A root of the new log, with its key if it signs here.
struct Root {
  registry::RootKey root;
  std::optional<tlog::PrivateKey> key;
};

Result<std::vector<Root>> ReadRoots(const Options& options) {
  std::vector<Root> roots;
  for (const std::string& spec : options.roots) {
    const std::size_t equals = spec.find('=');
    const std::string file = equals == std::string::npos ? "" : spec.substr(equals + 1);
    if (!file.ends_with(".key") && !file.ends_with(".vkey")) {
      return Malformed("--root " + spec + " is not HOLDER=FILE.key or HOLDER=FILE.vkey");
    }
    Root root;
    root.root.holder = spec.substr(0, equals);
    if (!IsLabel(root.root.holder))
      return Malformed("--root " + spec +
                       ": the holder is not a label of 1 to 32 letters, digits, _ or -");
    if (file.ends_with(".key")) {
      JEJAK_TRY(passphrase, ReadPassphrase(options.root_passphrase_file, "passphrase of " + file));
      JEJAK_TRY(key, sequencer::ReadKeyFile(file, passphrase));
      root.root.key = key.verifier_key();
      root.key = std::move(key);
    } else {
      JEJAK_TRY(key, ReadVerifierKey(file));
      root.root.key = key;
    }
    roots.push_back(std::move(root));
  }
  return roots;
}

Result<record::Envelope> SignLogCreate(const Options& options, const tlog::PrivateKey& log_key,
                                       const std::vector<Root>& roots) {
  registry::LogCreate create{options.origin,
                             log_key.verifier_key(),
                             {},
                             options.threshold,
                             registry::kRules,
                             {options.name_id, options.name_en},
                             options.zone,
                             {}};
  std::vector<author::By> by;
  for (const Root& root : roots) {
    create.roots.push_back(root.root);
    if (root.key) by.push_back({"root", &*root.key});
  }
  if (by.size() < options.threshold) {
    return Malformed(std::to_string(options.threshold) + " roots must sign, but the keys of " +
                     std::to_string(by.size()) +
                     " are here; give more --root HOLDER=FILE.key, or a lower --threshold");
  }
  JEJAK_TRY(zone, ParseZone(options.zone));
  JEJAK_TRY(at, ReadAt("", zone));
  return author::Administer(author::Author(options.origin), create, "", at, by);
}

Result<void> Found(const Options& options) {
  if (!IsKeyName(options.origin)) {
    return Malformed(
        "--origin " + options.origin +
        " is not an origin: a host, a slash and a generation, for example jejak.kota.go.id/1");
  }
  JEJAK_TRY(roots, ReadRoots(options));
  tlog::PrivateKey log_key{options.origin, tlog::kEd25519Key,
                           crypto::SecretKey::FromSeed(crypto::RandomBytes(32))};
  JEJAK_TRY(envelope, SignLogCreate(options, log_key, roots));
  JEJAK_TRY(text, record::EncodeEnvelope(envelope));
  auto read = sequencer::ReadSubmission(text, sequencer::Contents::kRequired);
  if (const auto* refusal = std::get_if<registry::Refusal>(&read))
    return Malformed(refusal->detail + " (" + refusal->where + ")");
  JEJAK_TRY(passphrase, ReadNewPassphrase(options.passphrase_file, "passphrase for the log key"));
  const std::string vkey = tlog::EncodeVerifierKey(log_key.verifier_key());
  sequencer::NewLog log{std::move(log_key),
                        {},
                        std::get<sequencer::Submission>(std::move(read)),
                        passphrase,
                        crypto::kInteractiveCost,
                        options.guard};
  JEJAK_TRY(open, sequencer::CreateLogDirectory(options.directory, std::move(log),
                                                sequencer::SystemClock().Wall()));
  JEJAK_TRY(entry, sequencer::LogReader(open.head, *open.tiles).Entry(0));
  const std::string genesis = EncodeHash(tlog::LeafHash(AsBytes(entry)));
  const sequencer::LogFiles files(options.directory);
  JEJAK_CHECKED(sequencer::WriteNewFile(files.config, NewConfig(options.entries), 0644));
  JEJAK_CHECKED(
      sequencer::WriteNewFile(options.directory + "/policy",
                              "# genesis " + genesis + "\nlog " + vkey + "\nquorum none\n", 0644));
  std::cout << "log      " << options.origin << "\nlog key  " << vkey << "\ngenesis  " << genesis
            << "\n";
  std::cerr << "Made " << options.directory
            << ". Publish the genesis and the log key; verifiers need both (" << options.directory
            << "/policy holds them).\nStart it with: jejakd --data " << options.directory << "\n";
  return {};
}

}  // namespace

std::string NewConfig(const std::string& entries, const std::string& demo_passphrase_file) {
  std::string text =
      "# Settings of jejakd for this log; docs/operations.md explains each.\n"
      "# Who may read entries: \"public\", or \"oversight\" (then the public listener serves "
      "proofs and "
      "administration only).\n"
      "entries = \"" +
      entries + "\"\n";
  if (!demo_passphrase_file.empty())
    text += "demo = true\npassphrase_file = \"" + demo_passphrase_file + "\"\n";
  return text;
}

void AddFoundCommand(CommandLine& line) {
  auto options = std::make_shared<Options>();
  line.Add("administrators", "init",
           "found a log: its key, its roots, entry 0 and the first checkpoint")
      .Argument("directory", options->directory, "where the log will live; must not hold one")
      .Required("--origin", options->origin,
                "name of the log: a host, a slash and a generation, for example jejak.kota.go.id/1")
      .Choice("--entries", options->entries, {"public", "oversight"},
              "who may read entries; there is no default")
      .List("--root", options->roots,
            "HOLDER=FILE.key signs now, HOLDER=FILE.vkey is only named (repeatable)")
      .Number("--threshold", options->threshold, "how many roots must sign together")
      .Required("--name-id", options->name_id, "the log's name in Indonesian")
      .Required("--name-en", options->name_en, "the log's name in English")
      .Option("--zone", options->zone, "the offset at which the city lives")
      .Option("--guard", options->guard,
              "path of the guard file, best on another volume (default: in the directory)")
      .Option("--passphrase-file", options->passphrase_file,
              "file with the passphrase for the log key (default: asked for)")
      .Option("--root-passphrase-file", options->root_passphrase_file,
              "file with the passphrase of the root keys (default: asked for)")
      .Run([options] { return Ended(Found(*options)); });
}

}  // namespace jejak::cli
