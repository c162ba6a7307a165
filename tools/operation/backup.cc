// SPDX-License-Identifier: Apache-2.0
#include "tools/operation/backup.h"

#include <filesystem>
#include <system_error>

#include "ledger/sequencer/log_directory.h"
#include "ledger/store/rocksdb_store.h"
#include "tools/operation/log_files.h"
#include "tools/operation/store_audit.h"

namespace jejak::operation {
namespace {

using store::RocksdbStore;

constexpr std::size_t kCachedTiles = 256;

// All of DEST, under a name that says it is not done.
Result<BackupReport> Make(const sequencer::LogFiles& from, const std::string& guard_path,
                          const sequencer::LogFiles& to) {
  std::error_code failed;
  std::filesystem::create_directory(to.directory, failed);
  if (failed) return Unavailable(to.directory + " cannot be made: " + failed.message());
  std::string head;
  {
    JEJAK_TRY(store, RocksdbStore::Open(from.db));
    JEJAK_TRY(view, store->Latest());
    head = view->head();
    JEJAK_CHECKED(store->Checkpoint(to.db));
  }
  JEJAK_CHECKED(CopySmallFiles(from.directory, to.directory));
  JEJAK_CHECKED(CopyFile(guard_path, to.guard, 0600));
  JEJAK_CHECKED(SyncFileSystemOf(to.directory));
  JEJAK_TRY(report, ReadBack(to.db, to.guard));
  JEJAK_TRY(record, store::ParseHead(head));
  if (record.size != report.size || record.root != report.root)
    return Internal("the copy has another head than the log");
  return report;
}

}  // namespace

Result<BackupReport> ReadBack(const std::string& db, const std::string& guard_path) {
  JEJAK_TRY(store, RocksdbStore::OpenReadOnly(db));
  JEJAK_CHECKED(store->CheckFiles());
  JEJAK_TRY(view, store->Latest());
  JEJAK_TRY(log_key, LogKeyOf(*view));
  JEJAK_TRY(guard, sequencer::Guard::Open(guard_path, log_key.name));
  JEJAK_TRY(state, sequencer::LoadState(*view));
  sequencer::TileCache tiles(kCachedTiles);
  JEJAK_CHECKED(sequencer::CheckAgainstGuard(state, *view, guard.state(), tiles));
  return BackupReport{state.record.size, state.record.root, guard.state().size};
}

Result<BackupReport> BackUp(const std::string& directory, const std::string& destination,
                            const std::string& guard_path) {
  std::error_code failed;
  const sequencer::LogFiles from(directory);
  if (!std::filesystem::exists(from.db, failed)) return NotFound("there is no log in " + directory);
  if (std::filesystem::exists(destination, failed))
    return Conflict(destination + " exists already; name a new folder");
  const Result<store::DirectoryLock> lock = store::DirectoryLock::ForWriting(directory);
  if (!lock.ok()) return lock.error();
  const std::string unfinished = destination + ".unfinished";
  std::filesystem::remove_all(unfinished, failed);  // of a run that was cut off
  Result<BackupReport> report = Make(from, guard_path, sequencer::LogFiles(unfinished));
  if (report.ok()) {
    std::filesystem::rename(unfinished, destination, failed);
    if (failed) report = Unavailable(destination + " cannot be named: " + failed.message());
  }
  if (!report.ok()) {
    std::filesystem::remove_all(unfinished, failed);
    return report;
  }
  JEJAK_CHECKED(SyncFileSystemOf(destination));
  return report;
}

}  // namespace jejak::operation
