// SPDX-License-Identifier: Apache-2.0
//
// The port on RocksDB: one WriteBatch and one fdatasync of the write-ahead log (WAL) per commit.
//
// Opening. Open replays the WAL with kAbsoluteConsistency: a flipped bit anywhere in it is refused,
// where RocksDB's default would silently go back to the state before the damage, and a log that
// then signs on has forked (measured: 722 of 722 flips lost without a word). A WAL
// that ends in a torn record, as a power cut in mid-write leaves it, is refused too: that record
// was never acknowledged, but only the guard can tell it from a lost one. So the caller (sequencer,
// recovery) then reads with OpenReadOnly(kMayBeTorn), compares the head with the guard, and only
// then goes on with OpenTolerant. Whole records missing from the end (a WAL cut exactly between
// two, zeroed, or deleted) look like records that were never written: the store opens as the older,
// whole state, and that, too, the guard alone sees.
//
// Nothing is taken from the OPTIONS file in the directory. Memory: two memtables and one block
// cache, which also holds indexes and filters, are all that grows.
//
// Threads: as the port says. Two stores on one directory are refused (kUnavailable), even in one
// process.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

#include "ledger/store/store.h"

namespace jejak::store {

struct RocksdbSettings {
  std::size_t cache_bytes = std::size_t{128} << 20U;
  std::size_t memtable_bytes = std::size_t{64} << 20U;  // twice this while one is being flushed
  // Below this much free disk space commits are refused (kUnavailable) and a store is not opened
  // for writing: RocksDB aborts when it is opened on a full disk, and stops for good when a write
  // fails on one.
  std::uint64_t min_free_bytes = std::uint64_t{256} << 20U;
};

enum class WalTail { kExact, kMayBeTorn };

class RocksdbStore final : public Store {
 public:
  // A new, empty store in `dir`, which is made if its parent exists. kConflict if there is one
  // already.
  static Result<std::unique_ptr<RocksdbStore>> Create(const std::string& dir,
                                                      const RocksdbSettings& settings = {});

  // kNotFound: no store there. kUnavailable: in use, or disk space is low. kInternal: what is on
  // disk is damaged, a torn WAL included. The WAL is replayed into the database, so opening writes.
  static Result<std::unique_ptr<RocksdbStore>> Open(const std::string& dir,
                                                    const RocksdbSettings& settings = {});

  // As Open, but goes back, for ever, to before the first record that is incomplete or doesn't fit
  // its checksum. Only after a look with OpenReadOnly(kMayBeTorn) has shown that what remains is all
  // that was signed.
  static Result<std::unique_ptr<RocksdbStore>> OpenTolerant(const std::string& dir,
                                                            const RocksdbSettings& settings = {});

  // Changes nothing on disk; commits are kRefused. For fsck on a stopped log, and for a look before
  // OpenTolerant. Several readers at once are fine; kUnavailable while a writer has the store.
  static Result<std::unique_ptr<RocksdbStore>> OpenReadOnly(const std::string& dir,
                                                            WalTail tail = WalTail::kExact,
                                                            const RocksdbSettings& settings = {});

  ~RocksdbStore() override;

  Result<std::shared_ptr<const View>> Latest() override;
  Result<void> Commit(std::string_view expected_head, std::string_view new_head,
                      std::span<const Write> writes) override;
  Result<void> Erase(std::span<const KeyRange> ranges) override;
  Result<void> Checkpoint(const std::string& dir) override;

  // Reads every table file and compares it with the checksum written beside it when it was made,
  // then every block with its own (fsck). kInternal: a file is damaged. Minutes for a large log.
  Result<void> CheckFiles();

 private:
  class Database;
  class Snapshot;
  enum class Mode { kCreate, kStrict, kTolerant, kReadOnly, kReadOnlyTolerant };

  static Result<std::unique_ptr<RocksdbStore>> OpenAs(Mode mode, const std::string& dir,
                                                      const RocksdbSettings& settings);

  RocksdbStore(std::shared_ptr<Database> database, std::shared_ptr<const View> current,
               std::uint64_t min_free_bytes, bool read_only);

  const std::shared_ptr<Database>
      database_;  // shared with every view: closed when the last one is gone
  const std::uint64_t min_free_bytes_;
  const bool read_only_;
  std::mutex commit_mutex_;  // held across the sync; of broken_
  bool broken_ = false;      // a commit's outcome is unknown
  std::mutex view_mutex_;    // of current_; held across I/O by Erase alone
  std::shared_ptr<const View> current_;
};

}  // namespace jejak::store
