// SPDX-License-Identifier: Apache-2.0
//
// Erases contents of one action, and dies on the way: before the N-th call that changes a file.
//
//   erase_until DIR ACTION N      N = 0: to the end; prints how many such calls there were
//
// The calls are those of the C library, which the database's own library finds here first.
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>

#include "ledger/sequencer/clock.h"
#include "tools/operation/erase.h"

namespace {

std::atomic<long> g_calls{0};
std::atomic<long> g_last{0};  // 0: none is the last; -1: not counting

void Count() {
  const long last = g_last.load();
  if (last < 0) return;
  if (++g_calls == last) ::kill(::getpid(), SIGKILL);
}

}  // namespace

extern "C" {

ssize_t write(int file, const void* bytes, std::size_t count) {
  Count();
  return ::syscall(SYS_write, file, bytes, count);
}
int fdatasync(int file) {
  Count();
  return static_cast<int>(::syscall(SYS_fdatasync, file));
}
int fsync(int file) {
  Count();
  return static_cast<int>(::syscall(SYS_fsync, file));
}
int ftruncate(int file, off_t length) noexcept {
  Count();
  return static_cast<int>(::syscall(SYS_ftruncate, file, length));
}
int unlink(const char* path) noexcept {
  Count();
  return static_cast<int>(::syscall(SYS_unlink, path));
}
int rename(const char* from, const char* to) noexcept {
  Count();
  return static_cast<int>(::syscall(SYS_rename, from, to));
}

}  // extern "C"

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  g_last = std::atol(argv[3]);
  jejak::operation::EraseRequest request{argv[1], {argv[2]}, {}, {}};
  request.now = jejak::sequencer::SystemClock().Wall();
  const auto done =
      jejak::operation::Erase(request, [](const auto&) { return jejak::Result<void>(); });
  g_last = -1;
  std::printf("%ld\n", g_calls.load());
  if (!done.ok()) std::fprintf(stderr, "%s\n", done.error().detail.c_str());
  return done.ok() ? 0 : 1;
}
