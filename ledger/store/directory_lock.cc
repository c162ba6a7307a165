// SPDX-License-Identifier: Apache-2.0
#include "ledger/store/directory_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace jejak::store {
namespace {

std::string LockFile(const std::string& dir) { return dir + "/lock"; }

bool Hold(int file, int how) {
  int result = 0;
  do {
    result = flock(file, how | LOCK_NB);
  } while (result != 0 && errno == EINTR);
  return result == 0;
}

}  // namespace

Result<DirectoryLock> DirectoryLock::ForWriting(const std::string& dir) {
  const int file = open(LockFile(dir).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) {
    return Unavailable("the lock file of the store can't be opened: " +
                       std::string(std::strerror(errno)));
  }
  DirectoryLock lock(file);
  if (!Hold(file, LOCK_EX)) {
    return Unavailable("the store is in use by another process; stop it first");
  }
  return lock;
}

Result<DirectoryLock> DirectoryLock::ForReading(const std::string& dir) {
  const int file = open(LockFile(dir).c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) {
    if (errno == ENOENT) return DirectoryLock(-1);
    return Unavailable("the lock file of the store can't be opened: " +
                       std::string(std::strerror(errno)));
  }
  DirectoryLock lock(file);
  if (!Hold(file, LOCK_SH)) {
    return Unavailable("the store is being written; stop the ledger, or read a checkpoint of it");
  }
  return lock;
}

DirectoryLock::~DirectoryLock() {
  if (file_ >= 0) close(file_);
}

}  // namespace jejak::store
