// SPDX-License-Identifier: Apache-2.0
#include "tests/crash/daemon.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <stdexcept>
#include <thread>
#include <utility>

#include "ledger/sequencer/durable_file.h"

namespace jejak::test {

Daemon::Daemon(const std::string& directory, const std::string& log) : log_(log) {
  const int error = ::open(log.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (error < 0) throw std::runtime_error(log + " cannot be made");
  pid_ = ::fork();
  if (pid_ == 0) {
    ::dup2(error, STDERR_FILENO);
    char* const nothing[] = {nullptr};  // what a test was told is no setting of jejakd
    ::execle(JEJAKD, JEJAKD, "--data", directory.c_str(), nullptr, nothing);
    ::_exit(127);
  }
  ::close(error);
}

std::string Daemon::Said() const {
  const Result<std::string> text = sequencer::ReadFile(log_, std::size_t{1} << 24);
  return text.ok() ? *text : std::string();
}

std::string Daemon::WaitUntilServing() {
  constexpr std::string_view kUrl = "\"url\":\"";
  for (int i = 0; i < 12000; ++i) {
    const std::string said = Said();
    if (const std::size_t at = said.find(kUrl); at != said.npos) {
      const std::size_t begin = at + kUrl.size();
      if (const std::size_t end = said.find('"', begin); end != said.npos)
        return said.substr(begin, end - begin);
    }
    if (::waitpid(pid_, nullptr, WNOHANG) == pid_) {
      pid_ = -1;
      return {};
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  throw std::runtime_error("jejakd does not start: " + Said());
}

void Daemon::Kill() {
  if (pid_ <= 0) return;
  ::kill(pid_, SIGKILL);
  ::waitpid(std::exchange(pid_, -1), nullptr, 0);
}

}  // namespace jejak::test
