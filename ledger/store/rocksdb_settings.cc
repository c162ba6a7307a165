// SPDX-License-Identifier: Apache-2.0
#include "ledger/store/rocksdb_settings.h"

#include <rocksdb/cache.h>
#include <rocksdb/file_checksum.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/options.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/status.h>
#include <rocksdb/table.h>

#include <string>

namespace jejak::store {
namespace {

rocksdb::BlockBasedTableOptions TableOptions(const RocksdbSettings& settings) {
  rocksdb::BlockBasedTableOptions table;
  table.format_version = 5;
  table.checksum = rocksdb::kXXH3;
  table.block_size = std::size_t{16} << 10U;  // with LZ4 189 bytes an entry; 4 KiB blocks take 205
  // Point reads are what we do; keys share too little for a longer search to save space.
  table.block_restart_interval = 4;
  table.block_cache = rocksdb::NewLRUCache(settings.cache_bytes);
  // Indexes and filters live in the cache, so that memory does not grow with the log.
  table.cache_index_and_filter_blocks = true;
  table.cache_index_and_filter_blocks_with_high_priority = true;
  table.pin_l0_filter_and_index_blocks_in_cache = true;
  // Action ids, public keys and map prefixes are random, and each append asks for some that are not
  // there.
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  return table;
}

// A tail that was zeroed inside a record is refused by kTolerateCorruptedTailRecords, which forgives
// cut ones only. How far back is too far, the guard says, not the database.
void SetChecks(rocksdb::Options& options, WalTail tail) {
  options.wal_recovery_mode = tail == WalTail::kExact
                                  ? rocksdb::WALRecoveryMode::kAbsoluteConsistency
                                  : rocksdb::WALRecoveryMode::kPointInTimeRecovery;
  options.track_and_verify_wals_in_manifest = true;  // a WAL that has vanished is noticed
  options.verify_sst_unique_id_in_manifest = true;
  options.paranoid_checks = true;
  options.force_consistency_checks = true;
  // 8 of 2,939 flips in a table slipped past its block checksums; none past this one.
  options.file_checksum_gen_factory = rocksdb::GetFileChecksumGenCrc32cFactory();
}

void SetBounds(rocksdb::Options& options, const RocksdbSettings& settings) {
  options.write_buffer_size =
      settings.memtable_bytes;  // also bounds the WAL, so the time to reopen
  options.max_write_buffer_number = 2;
  // As for tables: what an append asks for is mostly not there.
  options.memtable_prefix_bloom_size_ratio = 0.02;
  options.memtable_whole_key_filtering = true;
  // Keys of one kind go in behind each other: each kind remembers the place of its last one.
  options.memtable_insert_with_hint_prefix_extractor.reset(rocksdb::NewFixedPrefixTransform(1));
  options.max_open_files = 512;
  options.max_background_jobs = 2;
  options.max_manifest_file_size = std::size_t{16} << 20U;
  options.max_log_file_size = std::size_t{4} << 20U;
  options.keep_log_file_num = 4;
  options.stats_dump_period_sec = 0;
  options.stats_persist_period_sec = 0;
  options.skip_stats_update_on_db_open = true;
}

}  // namespace

rocksdb::Options DatabaseOptions(const RocksdbSettings& settings, WalTail tail) {
  rocksdb::Options options;
  SetChecks(options, tail);
  SetBounds(options, settings);
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(TableOptions(settings)));
  // Level compaction: index keys move down by trivial moves. No BlobDB: read-only opens lose keys
  // of it.
  options.compaction_style = rocksdb::kCompactionStyleLevel;
  options.level_compaction_dynamic_level_bytes = true;
  // What comes out of memory is written again soon: only then is it worth packing.
  options.compression_per_level = {rocksdb::kNoCompression, rocksdb::kLZ4Compression};
  options.bytes_per_sync = std::size_t{1} << 20U;  // tables reach the disk evenly, not in one burst
  return options;
}

Error StoreError(const rocksdb::Status& status, std::string_view doing) {
  std::string detail(doing);
  if (status.IsCorruption()) {
    return Internal(detail + ", its data is damaged: " + status.ToString());
  }
  detail += ": " + status.ToString();
  if (status.IsNotFound()) return NotFound(std::move(detail));
  if (status.IsIOError() || status.IsBusy() || status.IsTimedOut() || status.IsTryAgain() ||
      status.IsAborted() || status.IsIncomplete()) {
    return Unavailable(std::move(detail));
  }
  return Internal(std::move(detail));
}

}  // namespace jejak::store
