// SPDX-License-Identifier: Apache-2.0
#include "ledger/sequencer/log_directory.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include "ledger/sequencer/key_file.h"
#include "ledger/store/rocksdb_store.h"

namespace jejak::sequencer {
namespace {

constexpr std::size_t kCachedTiles = 4096;  // 64 MiB, the tree over a million entries

std::string GuardPath(const LogFiles& files, const std::string& guard_path) {
  return guard_path.empty() ? files.guard : guard_path;
}

// The store, strictly if it can be. If its last record is torn, what remains is first read without
// changing anything and compared with the guard: only if nothing that was signed is missing is the
// torn record dropped for good.
Result<std::unique_ptr<store::Store>> OpenStore(const std::string& db, const GuardState& guard,
                                                TileCache& tiles, bool& tail_was_torn) {
  Result<std::unique_ptr<store::RocksdbStore>> strict = store::RocksdbStore::Open(db);
  if (strict.ok()) return std::unique_ptr<store::Store>(std::move(*strict));
  if (strict.error().code != Code::kInternal) return strict.error();
  {
    JEJAK_TRY(reader, store::RocksdbStore::OpenReadOnly(db, store::WalTail::kMayBeTorn));
    JEJAK_TRY(view, reader->Latest());
    JEJAK_TRY(state, LoadState(*view));
    JEJAK_CHECKED(CheckAgainstGuard(state, *view, guard, tiles));
  }
  JEJAK_TRY(tolerant, store::RocksdbStore::OpenTolerant(db));
  tail_was_torn = true;
  return std::unique_ptr<store::Store>(std::move(tolerant));
}

Result<void> AddLocalWitness(const LogFiles& files, std::string_view passphrase, Signer& signer) {
  if (!std::filesystem::exists(files.witness_key)) return {};
  JEJAK_TRY(witness, ReadKeyFile(files.witness_key, passphrase));
  const tlog::VerifierKey key = witness.verifier_key();
  signer.AddWitness({key, std::move(witness.secret)});
  return {};
}

}  // namespace

LogFiles::LogFiles(const std::string& dir)
    : directory(dir),
      db(dir + "/db"),
      guard(dir + "/guard"),
      log_key(dir + "/log.key"),
      witness_key(dir + "/witness.key"),
      config(dir + "/config.toml") {}

Result<OpenLog> CreateLogDirectory(const std::string& directory, NewLog log, UnixSeconds now) {
  const LogFiles files(directory);
  std::error_code failed;
  std::filesystem::create_directories(directory, failed);
  if (failed) return Unavailable("folder " + directory + " cannot be made: " + failed.message());
  JEJAK_TRY(lock, store::DirectoryLock::ForWriting(directory));
  if (std::filesystem::exists(files.db)) return Conflict(directory + " holds a log already");
  JEJAK_CHECKED(WriteKeyFile(files.log_key, log.log_key, log.passphrase, log.kdf_cost));
  if (log.witness)
    JEJAK_CHECKED(WriteKeyFile(files.witness_key, *log.witness, log.passphrase, log.kdf_cost));
  JEJAK_TRY(guard, Guard::Create(GuardPath(files, log.guard_path), log.log_key.name));
  auto signer =
      std::make_unique<Signer>(log.log_key.name, std::move(log.log_key.secret), std::move(guard));
  JEJAK_CHECKED(AddLocalWitness(files, log.passphrase, *signer));
  JEJAK_TRY(store, store::RocksdbStore::Create(files.db));
  JEJAK_TRY(head, CreateLog(*store, *signer, log.log_create, now));
  return OpenLog{std::move(lock),   std::move(store),
                 std::move(signer), std::make_unique<TileCache>(kCachedTiles),
                 std::move(head),   false};
}

Result<OpenLog> OpenLogDirectory(const std::string& directory, std::string_view passphrase,
                                 const std::string& guard_path, UnixSeconds now) {
  const LogFiles files(directory);
  if (!std::filesystem::exists(files.db)) {
    return NotFound("there is no log in " + directory + "; make one with `jejak init`");
  }
  JEJAK_TRY(lock, store::DirectoryLock::ForWriting(directory));
  JEJAK_TRY(log_key, ReadKeyFile(files.log_key, passphrase));
  JEJAK_TRY(guard, Guard::Open(GuardPath(files, guard_path), log_key.name));
  auto signer = std::make_unique<Signer>(log_key.name, std::move(log_key.secret), std::move(guard));
  JEJAK_CHECKED(AddLocalWitness(files, passphrase, *signer));
  bool tail_was_torn = false;
  auto tiles = std::make_unique<TileCache>(kCachedTiles);
  JEJAK_TRY(store, OpenStore(files.db, signer->guard(), *tiles, tail_was_torn));
  JEJAK_TRY(head, Recover(*store, *signer, *tiles, now));
  return OpenLog{std::move(lock),  std::move(store), std::move(signer),
                 std::move(tiles), std::move(head),  tail_was_torn};
}

}  // namespace jejak::sequencer
