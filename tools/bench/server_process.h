// SPDX-License-Identifier: Apache-2.0
//
// jejakd's server in a process of its own, so that its memory can be weighed and it can be killed
// as a crash would.
//
//   JEJAK_TRY(spawner, Spawner::Make());          first of all
//   JEJAK_TRY(server, spawner.Start(folder, 2));
//   ... load on server.port() ...
//
// Servers are forked from the spawner, which is forked before this process opens any database:
// RocksDB keeps its background threads for the life of a process, and a process forked afterwards
// believes that it has them too, and waits for them for ever. All of them end with this process,
// however that ends. One server at a time; one thread.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>

#include "ledger/base/result.h"

namespace jejak::bench {

class Spawner;

class ServerProcess final {
 public:
  ServerProcess(ServerProcess&& other) noexcept;
  ServerProcess& operator=(ServerProcess&&) = delete;
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;
  ~ServerProcess();  // as Stop

  std::uint16_t port() const { return port_; }
  std::uint64_t ResidentBytes() const;
  // Of all its threads, in user and kernel, since its start.
  double CpuSeconds() const;

  // Finishes what is queued and waits for the end.
  void Stop();
  // kill -9, and waits until it is gone.
  void Kill();

 private:
  friend class Spawner;
  ServerProcess(Spawner& spawner, pid_t pid, std::uint16_t port)
      : spawner_(&spawner), pid_(pid), port_(port) {}

  Spawner* spawner_;  // null: ended
  pid_t pid_;
  std::uint16_t port_;
};

class Spawner final {
 public:
  // The caller must have no other thread and have opened no database.
  static Result<Spawner> Make();

  Spawner(Spawner&& other) noexcept;
  Spawner& operator=(Spawner&&) = delete;
  Spawner(const Spawner&) = delete;
  Spawner& operator=(const Spawner&) = delete;
  ~Spawner();

  // Opens the bench log in `directory` and serves it, entries public, no limits per key or address.
  // `io_threads` as jejakd's setting. The error is the server's own sentence. The spawner must
  // outlive the server and stay where it is.
  Result<ServerProcess> Start(const std::string& directory, std::uint64_t io_threads);
  // Our HTTP server with one I/O thread and nothing behind it: any GET answers 1 KiB.
  Result<ServerProcess> StartPlain();
  // The same answer from Boost.Beast (beast_server.h): the primitive G.
  Result<ServerProcess> StartBeast();

 private:
  friend class ServerProcess;
  Spawner(pid_t pid, int commands, int answers)
      : pid_(pid), commands_(commands), answers_(answers) {}
  // One line there, one back.
  std::string Ask(const std::string& command);
  Result<ServerProcess> Begin(const std::string& command);

  pid_t pid_;
  int commands_;  // the spawning process ends when this is closed
  int answers_;
};

}  // namespace jejak::bench
