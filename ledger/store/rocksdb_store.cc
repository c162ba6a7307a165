// SPDX-License-Identifier: Apache-2.0
#include "ledger/store/rocksdb_store.h"

#include <rocksdb/db.h>
#include <rocksdb/options.h>
#include <rocksdb/snapshot.h>
#include <rocksdb/utilities/checkpoint.h>
#include <rocksdb/write_batch.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <vector>

#include "ledger/store/directory_lock.h"
#include "ledger/store/rocksdb_erase.h"
#include "ledger/store/rocksdb_settings.h"

namespace jejak::store {
namespace {

using std::string_view_literals::operator""sv;

constexpr auto kHeadKey = "\0head"sv;  // below every key that a commit may write
constexpr std::size_t kProtectionBytes = 8;

rocksdb::Slice SliceOf(std::string_view bytes) { return {bytes.data(), bytes.size()}; }

bool HasStore(const std::string& dir) {
  std::error_code ignored;
  return std::filesystem::exists(dir + "/CURRENT", ignored);
}

Result<void> CheckSpace(const std::string& dir, std::uint64_t min_free_bytes) {
  std::error_code failed;
  const std::filesystem::space_info space = std::filesystem::space(dir, failed);
  if (failed) return Unavailable("the free disk space can't be read: " + failed.message());
  if (space.available >= min_free_bytes) return {};
  return Unavailable("less than " + std::to_string(min_free_bytes >> 20U) +
                     " MiB of disk space is free; make room");
}

Result<void> PrepareDirectory(bool create, const std::string& dir) {
  if (create == HasStore(dir)) {
    if (create) return Conflict("there is a store in this directory already");
    return NotFound("there is no store in this directory");
  }
  if (!create) return {};
  std::error_code failed;
  std::filesystem::create_directory(dir, failed);
  if (failed) return Unavailable("the store's directory can't be made: " + failed.message());
  return {};
}

rocksdb::WriteBatch BatchOf(std::string_view head, std::span<const Write> writes) {
  std::size_t bytes = 64 + kHeadKey.size() + head.size();
  for (const Write& write : writes) {
    bytes += 16 + write.key.size() + (write.value ? write.value->size() : 0);
  }
  // In key order, since the memtable's skip list finds the next place from the last one; writes to
  // one key keep theirs.
  std::vector<const Write*> ordered;
  ordered.reserve(writes.size());
  for (const Write& write : writes) ordered.push_back(&write);
  std::stable_sort(ordered.begin(), ordered.end(),
                   [](const Write* a, const Write* b) { return a->key < b->key; });
  rocksdb::WriteBatch batch(bytes, 0, kProtectionBytes, 0);
  for (const Write* write : ordered) {
    if (write->value) {
      batch.Put(write->key, *write->value);
    } else {
      batch.Delete(write->key);
    }
  }
  batch.Put(SliceOf(kHeadKey), SliceOf(head));
  return batch;
}

}  // namespace

// The open database and its lock; closed when its store and all its views are gone. RocksDB aborts
// if a snapshot or an iterator outlives it, so nothing holds either without holding this.
class RocksdbStore::Database final {
 public:
  Database(DirectoryLock lock, std::string directory, std::unique_ptr<rocksdb::DB> db)
      : dir(std::move(directory)), lock_(std::move(lock)), db_(std::move(db)) {}

  rocksdb::DB& db() { return *db_; }

  const std::string dir;

 private:
  DirectoryLock lock_;  // let go of after db_
  std::unique_ptr<rocksdb::DB> db_;
};

class RocksdbStore::Snapshot final : public View {
 public:
  // The newest state, in which the head is `head`.
  Snapshot(std::shared_ptr<Database> database, std::string_view head)
      : database_(std::move(database)), snapshot_(database_->db().GetSnapshot()), head_(head) {
    read_options_.snapshot = snapshot_;
  }
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;
  ~Snapshot() override { database_->db().ReleaseSnapshot(snapshot_); }

  std::string head() const override { return head_; }

  Result<std::vector<std::optional<std::string>>> Read(
      std::span<const std::string> keys) const override {
    rocksdb::DB& db = database_->db();
    std::vector<rocksdb::PinnableSlice> found(keys.size());
    std::vector<rocksdb::Status> statuses(keys.size());
    if (keys.size() == 1) {  // for one key Get costs half of what MultiGet does
      statuses[0] = db.Get(read_options_, db.DefaultColumnFamily(), keys[0], &found[0]);
    } else {
      const std::vector<rocksdb::Slice> slices(keys.begin(), keys.end());
      db.MultiGet(read_options_, db.DefaultColumnFamily(), slices.size(), slices.data(),
                  found.data(), statuses.data());
    }
    std::vector<std::optional<std::string>> values(keys.size());
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (statuses[i].ok()) {
        values[i].emplace(found[i].data(), found[i].size());
      } else if (!statuses[i].IsNotFound()) {
        return StoreError(statuses[i], "a value can't be read");
      }
    }
    return values;
  }

  Result<std::vector<Row>> Scan(std::string_view from, std::string_view to,
                                std::size_t limit) const override {
    std::vector<Row> rows;
    from = std::max(from, "\x01"sv);  // past the keys of the engine
    if (limit == 0 || from >= to) return rows;
    rocksdb::ReadOptions options = read_options_;
    const rocksdb::Slice end = SliceOf(to);
    options.iterate_upper_bound = &end;
    const std::unique_ptr<rocksdb::Iterator> it(database_->db().NewIterator(options));
    for (it->Seek(SliceOf(from)); it->Valid() && rows.size() < limit; it->Next()) {
      rows.emplace_back(it->key().ToString(), it->value().ToString());
    }
    if (!it->status().ok()) return StoreError(it->status(), "a range can't be read");
    return rows;
  }

 private:
  const std::shared_ptr<Database> database_;
  const rocksdb::Snapshot* const snapshot_;
  const std::string head_;
  rocksdb::ReadOptions read_options_;
};

Result<std::unique_ptr<RocksdbStore>> RocksdbStore::Create(const std::string& dir,
                                                           const RocksdbSettings& settings) {
  return OpenAs(Mode::kCreate, dir, settings);
}

Result<std::unique_ptr<RocksdbStore>> RocksdbStore::Open(const std::string& dir,
                                                         const RocksdbSettings& settings) {
  return OpenAs(Mode::kStrict, dir, settings);
}

Result<std::unique_ptr<RocksdbStore>> RocksdbStore::OpenTolerant(const std::string& dir,
                                                                 const RocksdbSettings& settings) {
  return OpenAs(Mode::kTolerant, dir, settings);
}

Result<std::unique_ptr<RocksdbStore>> RocksdbStore::OpenReadOnly(const std::string& dir,
                                                                 WalTail tail,
                                                                 const RocksdbSettings& settings) {
  return OpenAs(tail == WalTail::kExact ? Mode::kReadOnly : Mode::kReadOnlyTolerant, dir, settings);
}

Result<std::unique_ptr<RocksdbStore>> RocksdbStore::OpenAs(Mode mode, const std::string& dir,
                                                           const RocksdbSettings& settings) {
  const bool read_only = mode == Mode::kReadOnly || mode == Mode::kReadOnlyTolerant;
  const bool tolerant = mode == Mode::kTolerant || mode == Mode::kReadOnlyTolerant;
  JEJAK_CHECKED(PrepareDirectory(mode == Mode::kCreate, dir));
  JEJAK_TRY(lock, read_only ? DirectoryLock::ForReading(dir) : DirectoryLock::ForWriting(dir));
  if (!read_only) JEJAK_CHECKED(CheckSpace(dir, settings.min_free_bytes));
  rocksdb::Options options =
      DatabaseOptions(settings, tolerant ? WalTail::kMayBeTorn : WalTail::kExact);
  options.create_if_missing = mode == Mode::kCreate;
  options.error_if_exists = mode == Mode::kCreate;
  rocksdb::DB* opened = nullptr;
  rocksdb::Status status = read_only ? rocksdb::DB::OpenForReadOnly(options, dir, &opened)
                                     : rocksdb::DB::Open(options, dir, &opened);
  if (!status.ok()) return StoreError(status, "the store can't be opened");
  auto database =
      std::make_shared<Database>(std::move(lock), dir, std::unique_ptr<rocksdb::DB>(opened));
  std::string head;
  status = opened->Get(rocksdb::ReadOptions(), SliceOf(kHeadKey), &head);
  if (!status.ok() && !status.IsNotFound()) return StoreError(status, "the head can't be read");
  auto current = std::make_shared<Snapshot>(database, head);
  return std::unique_ptr<RocksdbStore>(new RocksdbStore(std::move(database), std::move(current),
                                                        settings.min_free_bytes, read_only));
}

RocksdbStore::RocksdbStore(std::shared_ptr<Database> database, std::shared_ptr<const View> current,
                           std::uint64_t min_free_bytes, bool read_only)
    : database_(std::move(database)),
      min_free_bytes_(min_free_bytes),
      read_only_(read_only),
      current_(std::move(current)) {}

RocksdbStore::~RocksdbStore() = default;

Result<std::shared_ptr<const View>> RocksdbStore::Latest() {
  const std::lock_guard lock(view_mutex_);
  return current_;
}

Result<void> RocksdbStore::Commit(std::string_view expected_head, std::string_view new_head,
                                  std::span<const Write> writes) {
  if (read_only_) return Refused("the store was opened to be read only");
  JEJAK_CHECKED(CheckWrites(new_head, writes));
  const std::lock_guard lock(commit_mutex_);
  if (broken_) {
    return UnknownOutcome("an earlier commit may or may not be stored; reopen the store");
  }
  JEJAK_TRY(latest, Latest());
  if (latest->head() != expected_head) return Conflict("the head of the store has moved");
  JEJAK_CHECKED(CheckSpace(database_->dir, min_free_bytes_));
  rocksdb::WriteBatch batch = BatchOf(new_head, writes);
  rocksdb::WriteOptions options;
  options.sync = true;
  if (const rocksdb::Status status = database_->db().Write(options, &batch); !status.ok()) {
    broken_ = true;
    return UnknownOutcome("the commit may or may not be stored: " + status.ToString());
  }
  std::shared_ptr<const View> next = std::make_shared<Snapshot>(database_, new_head);
  const std::lock_guard view_lock(view_mutex_);
  current_.swap(next);
  return {};
}

// A snapshot keeps old values from every compaction, so the store lets go of its own, and nobody
// gets one until the files are clean.
Result<void> RocksdbStore::Erase(std::span<const KeyRange> ranges) {
  if (read_only_) return Refused("the store was opened to be read only");
  JEJAK_CHECKED(CheckRanges(ranges));
  const std::lock_guard lock(commit_mutex_);
  if (broken_) {
    return UnknownOutcome("an earlier commit may or may not be stored; reopen the store");
  }
  JEJAK_CHECKED(CheckSpace(database_->dir, min_free_bytes_));
  const std::lock_guard view_lock(view_mutex_);
  if (current_.use_count() != 1 || database_.use_count() != 2)
    return Unavailable("somebody still reads an older state, which has what is to be erased");
  const std::string head = current_->head();
  current_.reset();
  Result<void> erased = EraseFromFiles(database_->db(), database_->dir, ranges);
  broken_ = !erased.ok() && erased.error().code == Code::kUnknownOutcome;
  current_ = std::make_shared<Snapshot>(database_, head);
  return erased;
}

Result<void> RocksdbStore::Checkpoint(const std::string& dir) {
  std::error_code failed;
  if (std::filesystem::exists(dir, failed)) {
    return Refused("the checkpoint's directory exists already; name a new one");
  }
  rocksdb::Checkpoint* made = nullptr;
  rocksdb::Status status = rocksdb::Checkpoint::Create(&database_->db(), &made);
  const std::unique_ptr<rocksdb::Checkpoint> checkpoint(made);
  if (status.ok()) status = checkpoint->CreateCheckpoint(dir);  // flushes, so it needs no WAL
  if (!status.ok()) return StoreError(status, "the checkpoint can't be made");
  return {};
}

Result<void> RocksdbStore::CheckFiles() {
  const rocksdb::ReadOptions options;
  rocksdb::Status status = database_->db().VerifyFileChecksums(options);
  if (status.ok()) status = database_->db().VerifyChecksum(options);
  if (!status.ok()) return StoreError(status, "a table file does not fit its checksum");
  return {};
}

}  // namespace jejak::store
