// SPDX-License-Identifier: Apache-2.0
#include "tools/operation/log_files.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "api/config.h"
#include "ledger/sequencer/durable_file.h"
#include "ledger/sequencer/log_directory.h"

namespace jejak::operation {
namespace {

constexpr std::size_t kMaxSmallFileBytes = std::size_t{1} << 20;

bool Exists(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::exists(path, ignored);
}

}  // namespace

Result<std::string> GuardPathOf(const std::string& directory, const std::string& flag) {
  const sequencer::LogFiles files(directory);
  if (!flag.empty()) return flag;
  if (!Exists(files.config)) return files.guard;
  JEJAK_TRY(text, sequencer::ReadFile(files.config, kMaxSmallFileBytes));
  api::Config config;
  if (const Result<void> read = api::ReadConfigText(text, config); !read.ok())
    return Malformed(files.config + ": " + read.error().detail);
  return config.guard.empty() ? files.guard : config.guard;
}

Result<void> CopyFile(const std::string& from, const std::string& to, unsigned mode) {
  JEJAK_TRY(contents, sequencer::ReadFile(from, kMaxSmallFileBytes));
  return sequencer::WriteNewFile(to, contents, mode);
}

Result<void> CopySmallFiles(const std::string& from, const std::string& to) {
  for (const auto& [name, mode] : {std::pair{"log.key", 0600U}, std::pair{"witness.key", 0600U},
                                   std::pair{"config.toml", 0644U}, std::pair{"policy", 0644U}}) {
    const std::string source = from + "/" + name;
    const std::string target = to + "/" + name;
    if (Exists(source) && !Exists(target)) JEJAK_CHECKED(CopyFile(source, target, mode));
  }
  return {};
}

Result<void> SyncFileSystemOf(const std::string& directory) {
  const int folder = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool synced = folder >= 0 && ::syncfs(folder) == 0;
  const std::string reason = std::strerror(errno);
  if (folder >= 0) ::close(folder);
  return synced ? Result<void>() : UnknownOutcome(directory + " could not be synced: " + reason);
}

}  // namespace jejak::operation
