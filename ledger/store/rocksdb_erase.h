// SPDX-License-Identifier: Apache-2.0
//
// Rows destroyed in RocksDB's files, for Store::Erase. A delete alone destroys nothing: it is one
// more record, and the old value stays in the write-ahead log (WAL), in tables of every level, and
// in files that are no longer used and not yet unlinked.
//
//   step                                     why
//   1 stop automatic compactions             else values move below a compaction that has made its
//                                            plan
//   2 delete the rows, one synced batch      from here on a crash leaves old bytes, never old rows
//   3 flush                                  memory goes to a table without values that a delete
//                                            covers; the WAL turns over, all before is obsolete
//   4 compact each range to the level where  only there do values meet the deletes on top of them;
//     its last row lies, and write that      the last level is written anew although nothing lies
//     level anew (kForce)                    below, else a value that was moved there would stay
//   5 wait until what is obsolete is gone    files are unlinked after the job that replaced them
//     from the directory, and sync that      has answered
//   6 ask for every version of every row of  so that a wrong idea of the above is an error, not a
//     the ranges: only deletes may be left   promise broken
//
// It stands and falls with options of rocksdb_settings.cc: WALs are neither recycled nor archived,
// and there are no blob files; what is set otherwise is refused. One caller, without snapshots or
// iterators of anybody's.
#pragma once

#include <span>
#include <string>

#include "ledger/base/result.h"
#include "ledger/store/store.h"

namespace rocksdb {
class DB;
}  // namespace rocksdb

namespace jejak::store {

// `dir`: where the database lies. kInternal: the options forbid it; nothing was done. Every other
// failure is kUnknownOutcome, and the same call on a reopened database ends what was begun.
Result<void> EraseFromFiles(rocksdb::DB& db, const std::string& dir,
                            std::span<const KeyRange> ranges);

}  // namespace jejak::store
