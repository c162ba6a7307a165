// SPDX-License-Identifier: Apache-2.0
#include "tests/verifier/program.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <stdexcept>

#include "tests/support/temporary_directory.h"

extern char** environ;

namespace jejak::verifier::test {
namespace {

std::string ReadBack(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<char*> Pointers(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

}  // namespace

Outcome RunProgram(const Invocation& invocation) {
  const TemporaryDirectory directory;
  const std::string in = directory / "in", out = directory / "out", err = directory / "err";
  std::ofstream(in, std::ios::binary) << invocation.input;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, in.c_str(), O_RDONLY, 0);
  constexpr int kWrite = O_WRONLY | O_CREAT | O_TRUNC;
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, out.c_str(), kWrite, 0600);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, err.c_str(), kWrite, 0600);

  std::vector<std::string> arguments = invocation.arguments;
  arguments.insert(arguments.begin(), JEJAK_VERIFIER_FILE);
  std::vector<std::string> environment;
  for (char** item = environ; *item != nullptr; ++item) environment.emplace_back(*item);
  for (const auto& [name, value] : invocation.environment) {
    environment.push_back(name + "=" + value);
  }
  pid_t process = 0;
  const int spawned = posix_spawn(&process, JEJAK_VERIFIER_FILE, &actions, nullptr,
                                  Pointers(arguments).data(), Pointers(environment).data());
  posix_spawn_file_actions_destroy(&actions);
  if (spawned != 0) throw std::runtime_error("jejak-verify can't be started");
  if (invocation.interrupt_after_ms > 0) {
    usleep(static_cast<useconds_t>(invocation.interrupt_after_ms) * 1000);
    kill(process, SIGINT);
  }
  int status = 0;
  waitpid(process, &status, 0);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), ReadBack(out),
          ReadBack(err)};
}

std::string Vector(const std::string& name) {
  return JEJAK_SOURCE_DIR "/tests/vectors/jejak/" + name;
}

}  // namespace jejak::verifier::test
