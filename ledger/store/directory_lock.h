// SPDX-License-Identifier: Apache-2.0
//
// Who uses a store's directory: one writer, or any number of readers. A file `lock` in the
// directory, held with flock(2), so that the kernel lets go of it however the process ends, and a
// second store in the same process is refused as one in another process is. (The database's own
// lock knows no readers, and closing any descriptor of its file would drop it.) Never removed; a
// copy of the directory may lack it.
#pragma once

#include <string>
#include <utility>

#include "ledger/base/result.h"

namespace jejak::store {

class DirectoryLock final {
 public:
  // kUnavailable: the directory is in use, or its lock file can't be opened.
  static Result<DirectoryLock> ForWriting(const std::string& dir);
  // Writes nothing: a directory without the file (a checkpoint) or on a read-only disk is free.
  static Result<DirectoryLock> ForReading(const std::string& dir);

  DirectoryLock(DirectoryLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
  DirectoryLock& operator=(DirectoryLock&& other) noexcept {
    std::swap(file_, other.file_);
    return *this;
  }
  ~DirectoryLock();

 private:
  explicit DirectoryLock(int file) : file_(file) {}

  int file_;  // -1: nothing is held
};

}  // namespace jejak::store
