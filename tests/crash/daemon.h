// SPDX-License-Identifier: Apache-2.0
//
// jejakd as a child process that a test kills.
//
//   Daemon daemon(dir / "log", dir / "daemon.log");
//   daemon.WaitUntilServing() -> "http://127.0.0.1:41234/1"
//   daemon.Kill();                        SIGKILL, as a power cut to the process
//
// Its standard error goes to a file, so that nobody has to read a pipe. One thread, but Kill may be
// called while others talk to the server.
#pragma once

#include <sys/types.h>

#include <string>

namespace jejak::test {

class Daemon final {
 public:
  // Settings are those of DIR/config.toml.
  Daemon(const std::string& directory, const std::string& log);
  ~Daemon() { Kill(); }
  Daemon(const Daemon&) = delete;
  Daemon& operator=(const Daemon&) = delete;

  // The address; empty if the process ended before it served. Throws after a minute.
  std::string WaitUntilServing();
  // What it said so far.
  std::string Said() const;
  void Kill();

 private:
  std::string log_;
  pid_t pid_ = -1;
};

}  // namespace jejak::test
