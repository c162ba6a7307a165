// SPDX-License-Identifier: Apache-2.0
#include "tools/cli/operation.h"

#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <memory>
#include <thread>

#include "api/config.h"
#include "ledger/base/text.h"
#include "ledger/sequencer/clock.h"
#include "ledger/sequencer/durable_file.h"
#include "tools/cli/terminal.h"
#include "tools/operation/backup.h"
#include "tools/operation/erase.h"
#include "tools/operation/fsck.h"
#include "tools/operation/log_files.h"
#include "tools/operation/restore.h"
#include "verifier/cli/progress_line.h"
#include "verifier/cli/worker_pool.h"
#include "verifier/report_json.h"
#include "verifier/report_text.h"

namespace jejak::cli {
namespace {

constexpr std::size_t kMaxConfigBytes = std::size_t{1} << 20;

struct FsckOptions {
  operation::FsckRequest request;
  std::string policy;
  std::uint64_t jobs = 0;  // 0: one per processor
  bool json = false;
};

int Fsck(FsckOptions& options) {
  if (!options.policy.empty()) {
    const Result<std::string> text = sequencer::ReadFile(options.policy, tlog::kMaxPolicyBytes);
    if (!text.ok()) return Fail(text.error().detail, evidence::kExitUsage);
    Result<tlog::Policy> policy = tlog::ParsePolicy(*text);
    if (!policy.ok()) return Fail(policy.error().detail, evidence::kExitUsage);
    options.request.policy = std::move(*policy);
  }
  const std::uint64_t processors = std::max(1U, std::thread::hardware_concurrency());
  verifier::WorkerPool pool(static_cast<unsigned>(
      std::min<std::uint64_t>(options.jobs == 0 ? processors : options.jobs, 256)));
  verifier::Report report;
  report.question = verifier::Question::kLog;
  report.inputs = {{options.request.directory, {}}};
  {
    verifier::ProgressLine progress(verifier::When::kAuto);
    report.verdict = operation::CheckDirectory(options.request, pool, &progress);
  }
  std::cout << (options.json ? verifier::RenderJson(std::span(&report, 1), "jejak fsck")
                             : verifier::RenderText(report, {}));
  return report.verdict.exit_code;
}

void AddFsck(CommandLine& line) {
  auto options = std::make_shared<FsckOptions>();
  line.Add("operators", "fsck", "check a stopped log: checksums, entries, indexes, contents, guard")
      .Argument("directory", options->request.directory, "the log's directory")
      .Option("--policy", options->policy, "policy file that says which log this should be")
      .Option("--guard", options->request.guard, "the guard (default: as in config.toml)")
      .Number("--jobs", options->jobs, "threads (default: one per processor)")
      .Flag("--json", options->json, "the report as JSON")
      .Run([options] { return Fsck(*options); });
}

void PrintLog(const operation::BackupReport& report) {
  std::cout << "size   " << report.size << "\nroot   " << EncodeHash(report.root) << "\nguard  "
            << report.guard_size << "\n";
}

struct BackupOptions {
  std::string directory, destination, guard;
};

Result<void> Backup(const BackupOptions& options) {
  JEJAK_TRY(guard, operation::GuardPathOf(options.directory, options.guard));
  JEJAK_TRY(report, operation::BackUp(options.directory, options.destination, guard));
  PrintLog(report);
  std::cerr << options.destination
            << " was read back: its tree has the head's root and extends the guard. Keep it away "
               "from this machine; log.key in it is still under its passphrase.\n";
  return {};
}

void AddBackup(CommandLine& line) {
  auto options = std::make_shared<BackupOptions>();
  line.Add("operators", "backup", "copy a stopped log and read the copy back")
      .Argument("directory", options->directory, "the log's directory")
      .Argument("destination", options->destination, "a new folder for the copy")
      .Option("--guard", options->guard, "the guard (default: as in config.toml)")
      .Run([options] { return Ended(Backup(*options)); });
}

struct RestoreOptions {
  operation::RestoreRequest request;
  std::string passphrase_file;
};

Result<int> Restore(const RestoreOptions& options) {
  JEJAK_TRY(report, operation::Restore(options.request, [&options] {
              return ReadPassphrase(options.passphrase_file, "passphrase of the log key");
            }));
  PrintLog(report.log);
  if (report.healed) {
    std::cout << "healed " << report.healed->from << " to " << report.healed->to << "\n";
    if (report.healed->bodies_lost != 0) {
      std::cerr << "jejak: the mirror has no bodies: those of " << report.healed->bodies_lost
                << " actions are lost here unless their senders still have them\n";
    }
    if (report.healed->documents_lost != 0) {
      std::cerr << "jejak: " << report.healed->documents_lost
                << " published documents are lost here; `jejak mirror --documents` keeps them\n";
    }
  }
  if (report.will_not_sign) return Fail(*report.will_not_sign, kRefusedByLedger);
  std::cerr << "The store holds all that was signed. Check it with `jejak fsck "
            << options.request.directory << "`, then start jejakd.\n";
  return kDone;
}

void AddRestore(CommandLine& line) {
  auto options = std::make_shared<RestoreOptions>();
  operation::RestoreRequest& request = options->request;
  line.Add("operators", "restore", "put a backup back, and heal it from a mirror")
      .Argument("backup", request.backup, "the backup, or the log's own directory to heal in place")
      .Argument("directory", request.directory, "where the log will live; must hold no db")
      .Option("--from-mirror", request.mirror, "mirror with the entries that the backup lacks")
      .Option("--guard", request.guard, "the guard that survived (default: as in config.toml)")
      .Flag("--nothing-signed-since-backup", request.nothing_signed_since,
            "no guard survived, and the ledger never ran after the backup was made")
      .Option("--passphrase-file", options->passphrase_file,
              "file with the log key's passphrase; needed to heal (default: asked for)")
      .Run([options] { return Ended(Restore(*options)); });
}

struct EraseOptions {
  operation::EraseRequest request;
  bool yes = false;
};

std::string WhatIsHeld(const operation::ErasedAction& action) {
  std::string what = action.body ? " body" : "";
  for (const std::string& pointer : action.openings) what += " " + pointer;
  return what;
}

// Before it happens: what goes, on what grounds, and what stays.
void PrintWarning(const operation::Erasure& erasure) {
  std::cerr << "This will be destroyed, for good:\n";
  for (const operation::ErasedAction& action : erasure.actions) {
    std::cerr << "  entry " << action.entry << "  " << action.type << " of " << action.stream << ":"
              << (action.nothing_held() ? " nothing, it is erased already" : WhatIsHeld(action))
              << "\n    recorded in " << action.grounds << "\n";
  }
  std::cerr << "What stays: the entries with their signatures, all proofs, every other body. "
               "Backups made before now keep what is erased here.\n";
}

Result<void> AskToErase(const operation::Erasure& erasure, bool yes) {
  PrintWarning(erasure);
  if (yes) return {};
  if (::isatty(STDIN_FILENO) == 0)
    return Refused("nothing was erased: state --yes, or run this on a terminal");
  std::cerr << "Type erase to go on: " << std::flush;
  std::string line;
  std::getline(std::cin, line);
  return line == "erase" ? Result<void>() : Refused("nothing was erased");
}

Result<void> Erase(EraseOptions& options) {
  options.request.now = sequencer::SystemClock().Wall();
  JEJAK_TRY(erasure, operation::Erase(options.request, [&options](const auto& planned) {
              return AskToErase(planned, options.yes);
            }));
  for (const operation::ErasedAction& action : erasure.actions) {
    std::cout << "entry " << action.entry
              << (action.nothing_held() ? "  already erased" : "  erased:" + WhatIsHeld(action))
              << "\n";
  }
  std::cerr << "No file of " << options.request.directory
            << " holds what is listed any more. A correction of it is an action of its own. Make a "
               "new backup, and destroy the older ones when their time is over.\n";
  return {};
}

void AddErase(CommandLine& line) {
  auto options = std::make_shared<EraseOptions>();
  line.Add("operators", "erase", "destroy contents of an action; its entry and its proofs stay")
      .Argument("directory", options->request.directory, "the stopped log's directory")
      .List("--action", options->request.actions, "id of the action, or the index of its entry")
      .List("--field", options->request.fields,
            "pointer of a sealed field, for example /identity: only its opening goes")
      .Flag("--yes", options->yes, "do not ask")
      .Run([options] {
        const auto& request = options->request;
        if (request.actions.empty()) return Fail("name what to erase with --action", kUsageError);
        if (!request.fields.empty() && request.actions.size() != 1)
          return Fail("--field goes with one --action", kUsageError);
        return Ended(Erase(*options));
      });
}

Result<void> CheckConfigFile(const std::string& path) {
  JEJAK_TRY(text, sequencer::ReadFile(path, kMaxConfigBytes));
  api::Config config;
  Result<void> checked = api::ReadConfigText(text, config);
  // The folder is a flag of jejakd more often than a line of the file.
  if (checked.ok() && config.data.empty()) config.data.assign(1, '.');
  if (checked.ok()) checked = api::CheckConfig(config);
  if (!checked.ok()) return Malformed(path + ": " + checked.error().detail);
  std::cout << path << ": every setting is known and in range\n";
  return {};
}

void AddConfig(CommandLine& line) {
  auto file = std::make_shared<std::string>();
  line.Add("operators", "config", "settings of jejakd")
      .Sub("check", "read a config.toml as jejakd would, and start nothing")
      .Argument("file", *file, "the file")
      .Run([file] { return Ended(CheckConfigFile(*file)); });
}

}  // namespace

void AddOperationCommands(CommandLine& line) {
  AddFsck(line);
  AddBackup(line);
  AddRestore(line);
  AddErase(line);
  AddConfig(line);
}

}  // namespace jejak::cli
