// SPDX-License-Identifier: Apache-2.0
#include "ledger/store/rocksdb_erase.h"

#include <fcntl.h>
#include <rocksdb/db.h>
#include <rocksdb/options.h>
#include <rocksdb/sst_file_reader.h>
#include <rocksdb/transaction_log.h>
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

constexpr int kMostWaits = 1000;
constexpr std::chrono::milliseconds kWait{10};

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

Result<void> CheckTable(const rocksdb::Options& options, const std::string& path,
                        std::span<const KeyRange> ranges) {
  rocksdb::SstFileReader table(options);
  if (const rocksdb::Status opened = table.Open(path); !opened.ok())
    return Unfinished(opened.ToString());
  rocksdb::ReadOptions read;
  read.fill_cache = false;
  const std::unique_ptr<rocksdb::Iterator> it(table.NewIterator(read));
  for (const KeyRange& range : ranges) {
    it->Seek(range.from);
    if (it->Valid() && it->key().compare(range.to) < 0)
      return Unfinished(path + " still holds a row that was erased");
    if (!it->status().ok()) return Unfinished(it->status().ToString());
  }
  return {};
}

Result<void> CheckTables(rocksdb::DB& db, const std::string& dir,
                         std::span<const KeyRange> ranges) {
  const rocksdb::Options options = db.GetOptions();
  std::vector<rocksdb::LiveFileMetaData> tables;
  db.GetLiveFilesMetaData(&tables);
  for (const rocksdb::LiveFileMetaData& table : tables) {
    std::vector<KeyRange> within;
    for (const KeyRange& range : ranges) {
      if (table.smallestkey < range.to && range.from <= table.largestkey) within.push_back(range);
    }
    if (!within.empty()) JEJAK_CHECKED(CheckTable(options, dir + table.name, within));
  }
  return {};
}

}  // namespace

Result<void> EraseFromFiles(rocksdb::DB& db, const std::string& dir,
                            std::span<const KeyRange> ranges) {
  JEJAK_CHECKED(CheckOptions(db.GetOptions()));
  rocksdb::Status status = DeleteRows(db, ranges);
  if (status.ok()) status = Rewrite(db, ranges);
  if (!status.ok()) return Unfinished(status.ToString());
  JEJAK_CHECKED(AwaitUnlinked(db, dir));
  JEJAK_CHECKED(SyncDirectory(dir));
  return CheckTables(db, dir, ranges);
}

}  // namespace jejak::store
