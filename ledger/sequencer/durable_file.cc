// SPDX-License-Identifier: Apache-2.0
#include "ledger/sequencer/durable_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace jejak::sequencer {
namespace {

// Closes what it holds; nothing that matters is decided by close.
class Descriptor final {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ > STDERR_FILENO) ::close(fd_);
  }
  int get() const { return fd_; }
  bool ok() const { return fd_ >= 0; }

 private:
  int fd_;
};

std::string Reason() { return std::strerror(errno); }

Result<void> WriteAll(int fd, std::string_view contents, const std::string& path) {
  while (!contents.empty()) {
    const ssize_t written = ::write(fd, contents.data(), contents.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return Unavailable(path + " cannot be written: " + Reason());
    contents.remove_prefix(static_cast<std::size_t>(written));
  }
  if (::fsync(fd) != 0) return UnknownOutcome(path + " could not be synced: " + Reason());
  return {};
}

}  // namespace

Result<std::string> ReadFile(const std::string& path, std::size_t limit) {
  const Descriptor file(path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.ok()) {
    return errno == ENOENT ? NotFound(path + " is not there")
                           : Unavailable(path + " cannot be opened: " + Reason());
  }
  std::string contents;
  char block[65536];
  for (;;) {
    const ssize_t got = ::read(file.get(), block, sizeof block);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return Unavailable(path + " cannot be read: " + Reason());
    if (got == 0) return contents;
    contents.append(block, static_cast<std::size_t>(got));
    if (contents.size() > limit)
      return Refused(path + " is longer than " + std::to_string(limit) + " bytes");
  }
}

Result<void> SyncFolderOf(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  const Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!opened.ok() || ::fsync(opened.get()) != 0)
    return UnknownOutcome("folder " + folder + " could not be synced: " + Reason());
  return {};
}

Result<void> WriteNewFile(const std::string& path, std::string_view contents, unsigned mode) {
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode));
  if (!file.ok()) {
    return errno == EEXIST ? Conflict(path + " exists already")
                           : Unavailable(path + " cannot be made: " + Reason());
  }
  JEJAK_CHECKED(WriteAll(file.get(), contents, path));
  return SyncFolderOf(path);
}

Result<void> ReplaceFile(const std::string& path, std::string_view contents, unsigned mode) {
  const std::string beside = path + ".new";
  ::unlink(beside.c_str());  // of a run that was cut off
  JEJAK_CHECKED(WriteNewFile(beside, contents, mode));
  if (std::rename(beside.c_str(), path.c_str()) != 0)
    return Unavailable(path + " cannot be replaced: " + Reason());
  return SyncFolderOf(path);
}

}  // namespace jejak::sequencer
