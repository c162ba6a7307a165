// SPDX-License-Identifier: Apache-2.0
#include "ledger/store/rocksdb_erase.h"

#include <fcntl.h>
#include <rocksdb/db.h>
#include <rocksdb/options.h>
#include <rocksdb/transaction_log.h>
#include <rocksdb/utilities/debug.h>
#include <rocksdb/write_batch.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <set>
#include <system_error>
#include <thread>
#include <vector>

namespace jejak::store {
namespace {

constexpr int kMostWaits = 60000;
constexpr std::chrono::milliseconds kWait{10};
constexpr std::size_t kMostVersions = 100000;
constexpr int kDeletion = 0;  // a version's type

Error Unfinished(const std::string& why) {
  return UnknownOutcome("the erasure was begun and is not finished: " + why +
                        "; reopen the store and erase again");
}

Result<void> CheckOptions(const rocksdb::Options& options) {
  if (options.recycle_log_file_num == 0 && options.WAL_ttl_seconds == 0 &&
      options.WAL_size_limit_MB == 0 && !options.enable_blob_files) {
    return {};
  }
  return Internal("the database keeps old files, so nothing can be erased from it");
}

// CompactRange decides how deep it has to go, and only then waits for its turn. What another
// compaction moves down in between it does not follow: seen with a database of 512 MiB that was just
// opened, and the row was still in its last level.
rocksdb::Status StopAutomaticCompactions(rocksdb::DB& db) {
  rocksdb::Status status = db.SetOptions({{"disable_auto_compactions", "true"}});
  for (int waits = 0; status.ok() && waits < kMostWaits; ++waits) {
    std::uint64_t running = 0;
    if (!db.GetIntProperty(rocksdb::DB::Properties::kNumRunningCompactions, &running))
      return rocksdb::Status::Aborted("compactions can't be counted");
    if (running == 0) return status;
    std::this_thread::sleep_for(kWait);
  }
  return status.ok() ? rocksdb::Status::TimedOut("a compaction does not end") : status;
}

// The first key of each range is deleted whether it is there or not: the flush that follows then has
// something to write, and only a flush that writes turns the WAL over.
rocksdb::Status DeleteRows(rocksdb::DB& db, std::span<const KeyRange> ranges) {
  rocksdb::WriteBatch batch;
  for (const KeyRange& range : ranges) {
    batch.Delete(range.from);
    rocksdb::ReadOptions read;
    const rocksdb::Slice end(range.to);
    read.iterate_upper_bound = &end;
    const std::unique_ptr<rocksdb::Iterator> it(db.NewIterator(read));
    for (it->Seek(range.from); it->Valid(); it->Next()) batch.Delete(it->key());
    if (!it->status().ok()) return it->status();
  }
  rocksdb::WriteOptions write;
  write.sync = true;
  return db.Write(write, &batch);
}

// CompactRange would flush by itself; that is its own affair and not promised.
rocksdb::Status Rewrite(rocksdb::DB& db, std::span<const KeyRange> ranges) {
  rocksdb::FlushOptions flush;
  flush.allow_write_stall = true;
  rocksdb::Status status = db.Flush(flush);
  rocksdb::CompactRangeOptions compact;
  compact.exclusive_manual_compaction = true;
  compact.allow_write_stall = true;
  compact.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForce;
  for (const KeyRange& range : ranges) {
    const rocksdb::Slice from(range.from), to(range.to);
    if (status.ok()) status = db.CompactRange(compact, &from, &to);
  }
  return status;
}

// Names of the tables and the WAL that the database still needs.
Result<std::set<std::string>> NamesInUse(rocksdb::DB& db) {
  std::vector<std::string> live;
  std::uint64_t ignored = 0;
  std::unique_ptr<rocksdb::LogFile> wal;
  rocksdb::Status status = db.GetLiveFiles(live, &ignored, false);
  if (status.ok()) status = db.GetCurrentWalFile(&wal);
  if (!status.ok()) return Unfinished(status.ToString());
  std::set<std::string> names;
  live.push_back(wal->PathName());
  for (const std::string& path : live) names.insert(path.substr(path.rfind('/') + 1));
  return names;
}

// A file with data that the database no longer needs; empty: none is left.
Result<std::string> LeftOver(rocksdb::DB& db, const std::string& dir) {
  JEJAK_TRY(in_use, NamesInUse(db));
  std::error_code failed;
  for (std::filesystem::recursive_directory_iterator file(dir, failed), end; !failed && file != end;
       file.increment(failed)) {
    const std::filesystem::path& path = file->path();
    const std::string name = path.filename().string();
    const bool data = path.extension() == ".sst" || path.extension() == ".log";
    if (data && !in_use.contains(name)) return name;
  }
  if (failed) return Unfinished("the folder can't be read: " + failed.message());
  return std::string();
}

// A job unlinks what it replaced itself, after it has answered. A WAL that nothing was written to
// before the database was last opened is in no job's books: only a look at the whole folder finds
// it, and allowing deletions anew is what asks for one.
Result<void> AwaitUnlinked(rocksdb::DB& db, const std::string& dir) {
  for (int waits = 0;; ++waits) {
    rocksdb::Status status = db.DisableFileDeletions();
    if (status.ok()) status = db.EnableFileDeletions(false);
    if (!status.ok()) return Unfinished(status.ToString());
    JEJAK_TRY(left, LeftOver(db, dir));
    if (left.empty()) return {};
    if (waits == kMostWaits) return Unfinished(left + " is not deleted");
    std::this_thread::sleep_for(kWait);
  }
}

// Without it a power cut could bring unlinked files back.
Result<void> SyncDirectory(const std::string& dir) {
  const int folder = ::open(dir.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool synced = folder >= 0 && ::fsync(folder) == 0;
  if (folder >= 0) ::close(folder);
  return synced ? Result<void>() : Unfinished("the folder can't be synced");
}

// Every version in memory and tables, also what a delete hides: nothing but deletes may be left.
Result<void> CheckVersions(rocksdb::DB& db, std::span<const KeyRange> ranges) {
  for (const KeyRange& range : ranges) {
    std::vector<rocksdb::KeyVersion> versions;
    const rocksdb::Status status =
        rocksdb::GetAllKeyVersions(&db, range.from, range.to, kMostVersions, &versions);
    if (!status.ok()) return Unfinished(status.ToString());
    if (versions.size() >= kMostVersions) return Unfinished("there is too much to look through");
    for (const rocksdb::KeyVersion& version : versions) {
      if (version.type != kDeletion && version.user_key < range.to)
        return Unfinished("a row that was deleted is still in the files");
    }
  }
  return {};
}

}  // namespace

Result<void> EraseFromFiles(rocksdb::DB& db, const std::string& dir,
                            std::span<const KeyRange> ranges) {
  JEJAK_CHECKED(CheckOptions(db.GetOptions()));
  rocksdb::Status status = StopAutomaticCompactions(db);
  if (status.ok()) status = DeleteRows(db, ranges);
  if (status.ok()) status = Rewrite(db, ranges);
  if (status.ok()) status = db.EnableAutoCompaction({db.DefaultColumnFamily()});
  if (!status.ok()) return Unfinished(status.ToString());
  JEJAK_CHECKED(AwaitUnlinked(db, dir));
  JEJAK_CHECKED(SyncDirectory(dir));
  return CheckVersions(db, ranges);
}

}  // namespace jejak::store
