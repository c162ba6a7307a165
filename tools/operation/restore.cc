// SPDX-License-Identifier: Apache-2.0
#include "tools/operation/restore.h"

#include <filesystem>
#include <utility>

#include "ledger/base/text.h"
#include "ledger/crypto/hash.h"
#include "ledger/sequencer/durable_file.h"
#include "ledger/sequencer/key_file.h"
#include "ledger/sequencer/log_directory.h"
#include "ledger/store/rocksdb_store.h"
#include "tools/operation/log_files.h"
#include "tools/operation/store_audit.h"
#include "verifier/cli/mirror_directory.h"

namespace jejak::operation {
namespace {

namespace fs = std::filesystem;
using store::RocksdbStore;

constexpr std::size_t kCachedTiles = 256;
constexpr std::size_t kMaxDocumentBytes = std::size_t{1} << 20;

bool Exists(const std::string& path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

// The guard to rely on, in its place. Copies the backup's only on the operator's word.
Result<std::string> PlaceGuard(const RestoreRequest& request, bool in_place) {
  const bool own_config = Exists(sequencer::LogFiles(request.directory).config);
  JEJAK_TRY(configured,
            GuardPathOf(own_config ? request.directory : request.backup, request.guard));
  const bool default_path = configured == sequencer::LogFiles(request.backup).guard;
  const std::string path =
      default_path ? sequencer::LogFiles(request.directory).guard : std::string(configured);
  if (Exists(path)) return path;
  if (in_place) return NotFound("guard " + path + " is missing; name it with --guard");
  if (!request.nothing_signed_since) {
    return Refused(
        "no guard newer than the backup's is at hand (looked for " + path +
        "). If the ledger signed anything after the backup, signing on would fork the log. Name "
        "the surviving guard with --guard, or state --nothing-signed-since-backup if you know "
        "that the ledger never ran after it; otherwise close the log and go on in a successor");
  }
  JEJAK_CHECKED(CopyFile(sequencer::LogFiles(request.backup).guard, path, 0600));
  return path;
}

// Why the store may not sign, if it may not.
Result<std::optional<std::string>> WhyNotSign(RocksdbStore& store,
                                              const sequencer::GuardState& guard,
                                              BackupReport& report) {
  JEJAK_TRY(view, store.Latest());
  JEJAK_TRY(state, sequencer::LoadState(*view));
  report = {state.record.size, state.record.root, guard.size};
  sequencer::TileCache tiles(kCachedTiles);
  const Result<void> checked = sequencer::CheckAgainstGuard(state, *view, guard, tiles);
  if (checked.ok()) return std::optional<std::string>();
  if (checked.error().code != Code::kRefused) return checked.error();
  return std::optional(checked.error().detail);
}

FindDocument DocumentsOf(const std::string& mirror) {
  return [mirror](const Digest& sha256) -> std::optional<std::string> {
    const std::string path = mirror + "/documents/" + EncodeHex(sha256.view());
    Result<std::string> text = sequencer::ReadFile(path, kMaxDocumentBytes);
    if (!text.ok() || crypto::Sha256(AsBytes(*text)) != sha256) return std::nullopt;
    return std::move(*text);
  };
}

Result<HealReport> Heal(const RestoreRequest& request, RocksdbStore& store,
                        const sequencer::GuardState& guard,
                        const std::function<Result<std::string>()>& passphrase) {
  JEJAK_TRY(secret, passphrase());
  JEJAK_TRY(log_key, sequencer::ReadKeyFile(sequencer::LogFiles(request.backup).log_key, secret));
  verifier::MirrorDirectory mirror(request.mirror);
  return HealFromMirror(store, guard, mirror, DocumentsOf(request.mirror), log_key);
}

// Judges, and heals if it can, the store at `db`.
Result<RestoreReport> Mend(const RestoreRequest& request, const std::string& db,
                           const std::string& guard_path,
                           const std::function<Result<std::string>()>& passphrase) {
  JEJAK_TRY(store, RocksdbStore::Open(db));
  JEJAK_CHECKED(store->CheckFiles());
  sequencer::GuardState guard;
  {
    JEJAK_TRY(view, store->Latest());
    JEJAK_TRY(log_key, LogKeyOf(*view));
    JEJAK_TRY(opened, sequencer::Guard::Open(guard_path, log_key.name));
    guard = opened.state();
  }
  RestoreReport report;
  JEJAK_TRY(refusal, WhyNotSign(*store, guard, report.log));
  if (refusal && !request.mirror.empty() && report.log.size < guard.size) {
    JEJAK_TRY(healed, Heal(request, *store, guard, passphrase));
    report.healed = healed;
    JEJAK_TRY(still, WhyNotSign(*store, guard, report.log));
    refusal = std::move(still);
  }
  report.will_not_sign = std::move(refusal);
  return report;
}

Result<void> CopyStore(const std::string& from, const std::string& to) {
  std::error_code failed;
  fs::remove_all(to, failed);  // of a run that was cut off
  fs::copy(from, to, fs::copy_options::recursive, failed);
  if (failed) return Unavailable(from + " cannot be copied: " + failed.message());
  return {};
}

Result<RestoreReport> RestoreCopy(const RestoreRequest& request,
                                  const std::function<Result<std::string>()>& passphrase) {
  const sequencer::LogFiles to(request.directory);
  const std::string unfinished = to.db + ".unfinished";
  JEJAK_CHECKED(CopyStore(sequencer::LogFiles(request.backup).db, unfinished));
  Result<RestoreReport> report = [&]() -> Result<RestoreReport> {
    JEJAK_TRY(guard_path, PlaceGuard(request, false));
    return Mend(request, unfinished, guard_path, passphrase);
  }();
  std::error_code failed;
  if (!report.ok()) {
    fs::remove_all(unfinished, failed);
    return report;
  }
  JEJAK_CHECKED(CopySmallFiles(request.backup, request.directory));
  JEJAK_CHECKED(SyncFileSystemOf(request.directory));
  fs::rename(unfinished, to.db, failed);
  if (failed) return Unavailable(to.db + " cannot be named: " + failed.message());
  JEJAK_CHECKED(SyncFileSystemOf(request.directory));
  return report;
}

}  // namespace

Result<RestoreReport> Restore(const RestoreRequest& request,
                              const std::function<Result<std::string>()>& passphrase) {
  std::error_code failed;
  if (!Exists(sequencer::LogFiles(request.backup).db))
    return NotFound("there is no backup in " + request.backup);
  fs::create_directories(request.directory, failed);
  if (failed)
    return Unavailable("folder " + request.directory + " cannot be made: " + failed.message());
  const Result<store::DirectoryLock> lock = store::DirectoryLock::ForWriting(request.directory);
  if (!lock.ok()) return lock.error();
  if (fs::equivalent(request.backup, request.directory, failed)) {
    JEJAK_TRY(guard_path, PlaceGuard(request, true));
    return Mend(request, sequencer::LogFiles(request.directory).db, guard_path, passphrase);
  }
  if (Exists(sequencer::LogFiles(request.directory).db)) {
    return Conflict(request.directory +
                    " holds a log already; move its db away first, or name the directory itself as "
                    "the backup to heal it in place");
  }
  return RestoreCopy(request, passphrase);
}

}  // namespace jejak::operation
