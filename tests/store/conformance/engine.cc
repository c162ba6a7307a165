// SPDX-License-Identifier: Apache-2.0
#include "tests/store/conformance/engine.h"

#include "ledger/store/memory_store.h"
#include "ledger/store/rocksdb_store.h"
#include "tests/support/temporary_directory.h"

namespace jejak::store {
namespace {

class MemoryEngine final : public Engine {
 public:
  Store& store() override { return store_; }
  bool Reopen() override { return false; }

 private:
  MemoryStore store_;
};

class RocksdbEngine final : public Engine {
 public:
  RocksdbEngine() : store_(RocksdbStore::Create(dir_ / "db", Settings()).value()) {}

  Store& store() override { return *store_; }
  bool Reopen() override {
    store_.reset();
    store_ = RocksdbStore::Open(dir_ / "db", Settings()).value();
    return true;
  }

 private:
  static RocksdbSettings Settings() {
    RocksdbSettings settings;
    settings.memtable_bytes = std::size_t{1} << 20U;  // so that tests reach tables and compaction
    settings.cache_bytes = std::size_t{4} << 20U;
    return settings;
  }

  TemporaryDirectory dir_;
  std::unique_ptr<RocksdbStore> store_;
};

}  // namespace

std::vector<EngineCase> AllEngines() {
  return {{"Memory", [] { return std::make_unique<MemoryEngine>(); }},
          {"Rocksdb", [] { return std::make_unique<RocksdbEngine>(); }}};
}

void StorePortTest::Put(std::initializer_list<Write> writes) {
  const auto done = store().Commit(Head(), "put " + std::to_string(++commits_), writes);
  ASSERT_TRUE(done.ok()) << done.error().detail;
}

std::optional<std::string> StorePortTest::Get(const View& view, const std::string& key) {
  return view.Read(std::span(&key, 1)).value().front();
}

std::vector<Row> StorePortTest::Rows(const View& view, std::string_view from, std::string_view to,
                                     std::size_t limit) {
  return view.Scan(from, to, limit).value();
}

}  // namespace jejak::store
