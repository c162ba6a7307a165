// SPDX-License-Identifier: Apache-2.0
#include "tools/bench/server_process.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <utility>

#include "api/ledger_server.h"
#include "tools/bench/bench_log.h"

namespace jejak::bench {
namespace {

std::string ReadAll(int fd) {
  std::string text;
  char block[512];
  for (ssize_t got = 0; (got = ::read(fd, block, sizeof block)) > 0;)
    text.append(block, static_cast<std::size_t>(got));
  return text;
}

void Say(int fd, const std::string& text) {
  // A parent that is gone does not want to hear it.
  if (::write(fd, text.data(), text.size()) < 0) return;
}

// The child: serves until `line` is closed.
int Serve(const std::string& directory, std::uint64_t io_threads, int line, int report) {
  api::Config config;
  config.data = directory;
  config.entries = api::Entries::kPublic;
  config.listen.port = 0;
  config.listen_oversight.reset();
  config.passphrase = kPassphrase;
  config.io_threads = io_threads;
  config.actions_per_minute = 0;
  config.log_level = api::LogLevel::kError;
  sequencer::SystemClock clock;
  const auto server = api::LedgerServer::Start(config, clock);
  Say(report, server.ok() ? std::to_string((*server)->port()) : server.error().detail);
  ::close(report);
  if (!server.ok()) return 1;
  ReadAll(line);
  (*server)->Stop();
  return 0;
}

}  // namespace

Result<ServerProcess> ServerProcess::Start(const std::string& directory, std::uint64_t io_threads) {
  int line[2];
  int report[2];
  if (::pipe2(line, O_CLOEXEC) != 0 || ::pipe2(report, O_CLOEXEC) != 0)
    return Unavailable("no pipe to a server process");
  const pid_t pid = ::fork();
  if (pid < 0) return Unavailable("no process for the server");
  if (pid == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::close(line[1]);
    ::close(report[0]);
    ::_exit(Serve(directory, io_threads, line[0], report[1]));
  }
  ::close(line[0]);
  ::close(report[1]);
  const std::string said = ReadAll(report[0]);
  ::close(report[0]);
  ServerProcess process(pid, line[1],
                        static_cast<std::uint16_t>(std::strtoul(said.c_str(), nullptr, 10)));
  if (process.port_ == 0) return Unavailable("the server did not start: " + said);
  return process;
}

ServerProcess::ServerProcess(ServerProcess&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)),
      line_(std::exchange(other.line_, -1)),
      port_(other.port_) {}

ServerProcess::~ServerProcess() { Stop(); }

std::uint64_t ServerProcess::ResidentBytes() const {
  std::ifstream status("/proc/" + std::to_string(pid_) + "/status");
  for (std::string word; status >> word;) {
    std::uint64_t kib = 0;
    if (word == "VmRSS:" && status >> kib) return kib * 1024;
  }
  return 0;
}

void ServerProcess::Stop() {
  if (line_ >= 0) ::close(std::exchange(line_, -1));
  if (pid_ > 0) ::waitpid(std::exchange(pid_, -1), nullptr, 0);
}

void ServerProcess::Kill() {
  if (pid_ > 0) ::kill(pid_, SIGKILL);
  Stop();
}

}  // namespace jejak::bench
