// SPDX-License-Identifier: Apache-2.0
#include "tools/mirror/mirror_files.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "ledger/base/text.h"
#include "ledger/crypto/hash.h"
#include "ledger/sequencer/durable_file.h"

namespace jejak::mirror {

Result<MirrorFiles> MirrorFiles::Open(const std::string& directory) {
  std::error_code failed;
  std::filesystem::create_directories(directory, failed);
  if (failed) return Unavailable("folder " + directory + " cannot be made: " + failed.message());
  JEJAK_TRY(lock, store::DirectoryLock::ForWriting(directory));
  return MirrorFiles(directory, std::move(lock));
}

bool MirrorFiles::Has(const std::string& path) const {
  std::error_code ignored;
  return std::filesystem::is_regular_file(directory_ + "/" + path, ignored);
}

Result<std::string> MirrorFiles::Get(const std::string& path) {
  return sequencer::ReadFile(directory_ + "/" + path, kMaxFileBytes);
}

Result<void> MirrorFiles::Write(const std::string& path, std::string_view bytes) {
  const std::filesystem::path target = directory_ + "/" + path;
  std::error_code failed;
  std::filesystem::create_directories(target.parent_path(), failed);
  if (failed) return Unavailable(path + " cannot be made: " + failed.message());
  const std::string beside = target.string() + ".new";
  {
    std::ofstream file(beside, std::ios::binary | std::ios::trunc);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    file.close();
    if (!file) return Unavailable(beside + " cannot be written; is the disk full?");
  }
  std::filesystem::rename(beside, target, failed);
  if (failed) return Unavailable(path + " cannot be put in place: " + failed.message());
  return {};
}

void MirrorFiles::Remove(const std::string& path) {
  std::error_code ignored;
  const std::filesystem::path target = directory_ + "/" + path;
  std::filesystem::remove(target, ignored);
  if (target.parent_path().extension() == ".p") {
    std::filesystem::remove(target.parent_path(), ignored);  // only if it is empty now
  }
}

// One sync for thousands of files: a sync per file would cost a mirror of a large log an hour.
Result<void> MirrorFiles::MoveCheckpoint(std::string_view note) {
  const int folder = ::open(directory_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool synced = folder >= 0 && ::syncfs(folder) == 0;
  const std::string reason = std::strerror(errno);
  if (folder >= 0) ::close(folder);
  if (!synced) return UnknownOutcome(directory_ + " could not be synced: " + reason);
  return sequencer::ReplaceFile(directory_ + "/checkpoint", note, 0644);
}

Result<std::string> MirrorFiles::KeepConflict(std::uint64_t size, std::string_view note) {
  const std::string base = directory_ + "/conflict-" + std::to_string(size);
  const std::string hash = EncodeHex(crypto::Sha256(AsBytes(note)).view()).substr(0, 8);
  for (const std::string& suffix : {std::string(), "-" + hash}) {
    const std::string path = std::string(base).append(suffix).append(".checkpoint");
    const Result<void> written = sequencer::WriteNewFile(path, note, 0644);
    if (written.ok()) return path;
    if (written.error().code != Code::kConflict) return written.error();
    const Result<std::string> there = sequencer::ReadFile(path, kMaxCheckpointBytes);
    if (there.ok() && *there == note) return path;
  }
  return Unavailable("the contradicting checkpoint could not be kept in " + directory_);
}

}  // namespace jejak::mirror
