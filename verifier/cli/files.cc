// SPDX-License-Identifier: Apache-2.0
#include "verifier/cli/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace jejak::verifier {
namespace {

// A file descriptor that is closed at the end; standard streams are not.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ > STDERR_FILENO) close(fd_);
  }
  int get() const { return fd_; }

 private:
  int fd_;
};

std::string Shown(const std::string& name) {
  return name == "-" ? std::string("standard input") : name;
}

Error Unreadable(const std::string& name, int error) {
  if (error == ENOENT || error == ENOTDIR) return NotFound(Shown(name) + " does not exist");
  return Unavailable(Shown(name) + " can't be read: " + std::strerror(error));
}

Result<Bytes> ReadAll(int fd, const std::string& name, std::size_t max_bytes) {
  Bytes bytes;
  struct stat status {};
  if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0) {
    bytes.reserve(std::min(static_cast<std::size_t>(status.st_size), max_bytes) + 1);
  }
  constexpr std::size_t kPiece = 1 << 16;
  std::size_t have = 0;
  while (have <= max_bytes) {
    const std::size_t room = std::max(bytes.capacity() - have, kPiece);
    bytes.resize(have + std::min(room, max_bytes + 1 - have));
    const ssize_t count = read(fd, bytes.data() + have, bytes.size() - have);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return Unreadable(name, errno);
    if (count == 0) {
      bytes.resize(have);
      return bytes;
    }
    have += static_cast<std::size_t>(count);
  }
  return Malformed(Shown(name) + " is longer than the " + std::to_string(max_bytes) +
                   " bytes that such a file may have");
}

}  // namespace

Result<Bytes> ReadFile(const std::string& path, std::size_t max_bytes) {
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) return Unreadable(path, errno);
  return ReadAll(file.get(), path, max_bytes);
}

Result<std::string> ReadInput(const std::string& name, std::size_t max_bytes) {
  JEJAK_TRY(bytes,
            name == "-" ? ReadAll(STDIN_FILENO, name, max_bytes) : ReadFile(name, max_bytes));
  return std::string(AsText(bytes));
}

Result<void> WriteOutput(const std::string& path, std::string_view text) {
  const std::string shown = path.empty() ? "standard output" : path;
  const Descriptor file(path.empty()
                            ? STDOUT_FILENO
                            : open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
  const auto fault = [&shown](int error) {
    return Unavailable(shown + " can't be written: " + std::strerror(error));
  };
  if (file.get() < 0) return fault(errno);
  while (!text.empty()) {
    const ssize_t count = write(file.get(), text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return fault(errno);
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  return {};
}

}  // namespace jejak::verifier
