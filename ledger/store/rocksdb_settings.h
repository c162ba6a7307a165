// SPDX-License-Identifier: Apache-2.0
//
// How this ledger runs RocksDB 7.8, and the one place where its status becomes ours. The figures
// beside the options were measured on entries of 350 bytes.
#pragma once

#include <string_view>

#include "ledger/base/result.h"
#include "ledger/store/rocksdb_store.h"

namespace rocksdb {
struct Options;
class Status;
}  // namespace rocksdb

namespace jejak::store {

// Every option that differs from RocksDB's defaults, with the reason beside it.
rocksdb::Options DatabaseOptions(const RocksdbSettings& settings, WalTail tail);

// `doing`: "the store can't be opened". Corruption is kInternal; a file, lock or space that isn't
// there is kUnavailable; a missing database kNotFound; all else kInternal. A commit's failure never
// comes here.
Error StoreError(const rocksdb::Status& status, std::string_view doing);

}  // namespace jejak::store
