// SPDX-License-Identifier: Apache-2.0
//
// jejakd's server in a process of its own, forked from this one, so that its memory can be weighed
// and it can be killed as a crash would. It ends with this process, however that ends. The caller
// must have no other thread when it starts one.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>

#include "ledger/base/result.h"

namespace jejak::bench {

class ServerProcess final {
 public:
  // Opens the bench log in `directory` and serves it, entries public, no limits per key or address.
  // `io_threads` as jejakd's setting. The error is the server's own sentence.
  static Result<ServerProcess> Start(const std::string& directory, std::uint64_t io_threads);

  ServerProcess(ServerProcess&& other) noexcept;
  ServerProcess& operator=(ServerProcess&&) = delete;
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;
  ~ServerProcess();  // as Stop

  std::uint16_t port() const { return port_; }
  std::uint64_t ResidentBytes() const;

  // Finishes what is queued and waits for the end.
  void Stop();
  // kill -9, and waits until it is gone.
  void Kill();

 private:
  ServerProcess(pid_t pid, int line, std::uint16_t port) : pid_(pid), line_(line), port_(port) {}

  pid_t pid_;
  int line_;  // the child serves until this is closed
  std::uint16_t port_;
};

}  // namespace jejak::bench
