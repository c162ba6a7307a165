// SPDX-License-Identifier: Apache-2.0
#include "tools/operation/fsck.h"

#include <filesystem>
#include <memory>
#include <utility>

#include "ledger/sequencer/log_directory.h"
#include "ledger/store/rocksdb_store.h"
#include "tools/operation/log_files.h"

namespace jejak::operation {
namespace {

using store::RocksdbStore;

// Lines of the database itself, before anything in it is looked at.
struct OpenedStore {
  std::unique_ptr<RocksdbStore> store;
  bool torn_tail = false;
};

// kNotFound and kUnavailable mean that nothing can be said about the log; kInternal is damage.
Result<OpenedStore> OpenStore(const std::string& db) {
  Result<std::unique_ptr<RocksdbStore>> strict = RocksdbStore::OpenReadOnly(db);
  if (strict.ok()) return OpenedStore{std::move(*strict), false};
  if (strict.error().code != Code::kInternal) return strict.error();
  Result<std::unique_ptr<RocksdbStore>> look =
      RocksdbStore::OpenReadOnly(db, store::WalTail::kMayBeTorn);
  if (!look.ok()) return strict.error();
  return OpenedStore{std::move(*look), true};
}

StoreTrust ReadGuard(const FsckRequest& request, const store::View& view) {
  StoreTrust trust{request.policy, {}, {}};
  const Result<tlog::VerifierKey> log_key = LogKeyOf(view);
  if (!log_key.ok()) return trust;  // the audit says so itself
  const Result<std::string> path = GuardPathOf(request.directory, request.guard);
  if (!path.ok()) {
    trust.guard_fault = path.error();
    return trust;
  }
  const Result<sequencer::Guard> guard = sequencer::Guard::Open(*path, log_key->name);
  if (guard.ok()) {
    trust.guard = guard->state();
  } else {
    trust.guard_fault = guard.error();
  }
  return trust;
}

evidence::Verdict Damaged(const Error& error) {
  evidence::Verdict verdict;
  verdict.Fail("check.store", error.detail);
  verdict.Close();
  return verdict;
}

}  // namespace

evidence::Verdict CheckDirectory(const FsckRequest& request, verifier::Workers& workers,
                                 verifier::Progress* progress) {
  const sequencer::LogFiles files(request.directory);
  std::error_code ignored;
  if (!std::filesystem::exists(files.db, ignored))
    return evidence::NotTheFormat(NotFound("there is no log in " + request.directory));
  const Result<store::DirectoryLock> lock = store::DirectoryLock::ForReading(request.directory);
  if (!lock.ok()) return evidence::NotTheFormat(lock.error());
  Result<OpenedStore> opened = OpenStore(files.db);
  if (!opened.ok()) {
    return opened.error().code == Code::kInternal ? Damaged(opened.error())
                                                  : evidence::NotTheFormat(opened.error());
  }
  const Result<void> sums = opened->store->CheckFiles();
  const Result<std::shared_ptr<const store::View>> view = opened->store->Latest();
  if (!view.ok()) return Damaged(view.error());
  evidence::Verdict verdict = AuditStore(**view, ReadGuard(request, **view), workers, progress);
  if (!sums.ok()) verdict.Fail("check.store", sums.error().detail);
  if (sums.ok() && !verdict.Failed("check.store"))
    verdict.Pass("check.store", "all table files and blocks fit their checksums");
  if (opened->torn_tail) {
    verdict.NotChecked(
        "check.store",
        "the write-ahead log is torn; what stood after that was never acknowledged if "
        "the guard holds; jejakd drops it when it starts");
  }
  if (verdict.exit_code != evidence::kExitFormat) verdict.Close();
  return verdict;
}

}  // namespace jejak::operation
