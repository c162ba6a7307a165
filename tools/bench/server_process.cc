// SPDX-License-Identifier: Apache-2.0
#include "tools/bench/server_process.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <sstream>
#include <utility>

#include "api/http_server.h"
#include "api/ledger_server.h"
#include "tools/bench/beast_server.h"
#include "tools/bench/bench_log.h"

namespace jejak::bench {
namespace {

// Up to the end of a line, or of what is sent.
std::string ReadLine(int fd) {
  std::string line;
  for (char c = 0; ::read(fd, &c, 1) == 1 && c != '\n';) line.push_back(c);
  return line;
}

void WriteLine(int fd, const std::string& text) {
  const std::string line = text + "\n";
  // Whoever is gone does not want to hear it.
  if (::write(fd, line.data(), line.size()) < 0) return;
}

struct Pipe {
  int read = -1;
  int write = -1;
  bool Open() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return false;
    read = ends[0];
    write = ends[1];
    return true;
  }
};

// Says the server's port and waits until `line` is closed; or says why there is none: false.
template <class Server>
bool ServeUntilClosed(const Result<std::unique_ptr<Server>>& server, int line, int report) {
  WriteLine(report, server.ok() ? std::to_string((*server)->port()) : server.error().detail);
  if (server.ok()) ReadLine(line);
  return server.ok();
}

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
  if (!ServeUntilClosed(server, line, report)) return 1;
  (*server)->Stop();
  return 0;
}

// Nothing behind our server.
class OneKibibyte final : public api::Handler {
 public:
  void Handle(api::Request, api::Responder respond) override {
    api::Response response = api::MakeResponse(200, "application/octet-stream", {});
    response.shared_body = body_;
    respond(std::move(response));
  }
  std::size_t BodyLimit(std::string_view, std::string_view) const override { return 0; }

 private:
  std::shared_ptr<const std::string> body_ = std::make_shared<const std::string>(1024, 'x');
};

int ServePlain(int line, int report) {
  OneKibibyte handler;
  const auto server = api::HttpServer::Start({}, handler);
  if (!ServeUntilClosed(server, line, report)) return 1;
  (*server)->Stop(std::chrono::seconds(1));
  return 0;
}

int ServeBeast(int line, int report) {
  return ServeUntilClosed(BeastServer::Start(), line, report) ? 0 : 1;
}

// The spawning process: "start THREADS DIR", "plain" and "beast" -> "PID PORT" or a sentence;
// "stop" and "kill" -> "".
class ServerNest final {
 public:
  std::string Obey(const std::string& command) {
    std::istringstream words(command);
    std::string verb, directory;
    std::uint64_t io_threads = 0;
    words >> verb >> io_threads >> std::ws;
    std::getline(words, directory);
    if (verb == "plain") return Start(ServePlain);
    if (verb == "beast") return Start(ServeBeast);
    if (verb != "start") return End(verb == "kill");
    return Start([&](int line, int report) { return Serve(directory, io_threads, line, report); });
  }

  std::string End(bool kill) {
    if (kill && server_ > 0) ::kill(server_, SIGKILL);
    if (line_ >= 0) ::close(std::exchange(line_, -1));
    if (server_ > 0) ::waitpid(std::exchange(server_, -1), nullptr, 0);
    return {};
  }

 private:
  template <class Server>
  std::string Start(Server serve) {
    Pipe line, report;
    if (!line.Open() || !report.Open()) return "no pipe to a server";
    server_ = ::fork();
    if (server_ == 0) {
      ::prctl(PR_SET_PDEATHSIG, SIGKILL);
      ::close(line.write);
      ::close(report.read);
      ::_exit(serve(line.read, report.write));
    }
    ::close(line.read);
    ::close(report.write);
    line_ = line.write;
    const std::string said = ReadLine(report.read);
    ::close(report.read);
    if (std::strtoul(said.c_str(), nullptr, 10) != 0) return std::to_string(server_) + " " + said;
    End(false);
    return said;
  }

  pid_t server_ = -1;
  int line_ = -1;
};

}  // namespace

Result<Spawner> Spawner::Make() {
  Pipe commands, answers;
  if (!commands.Open() || !answers.Open()) return Unavailable("no pipe to a server process");
  const pid_t pid = ::fork();
  if (pid < 0) return Unavailable("no process for the servers");
  if (pid == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::close(commands.write);
    ::close(answers.read);
    ServerNest nest;
    for (std::string command = ReadLine(commands.read); !command.empty();
         command = ReadLine(commands.read)) {
      WriteLine(answers.write, nest.Obey(command));
    }
    nest.End(false);
    ::_exit(0);
  }
  ::close(commands.read);
  ::close(answers.write);
  return Spawner(pid, commands.write, answers.read);
}

Spawner::Spawner(Spawner&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)),
      commands_(std::exchange(other.commands_, -1)),
      answers_(std::exchange(other.answers_, -1)) {}

Spawner::~Spawner() {
  if (pid_ < 0) return;
  ::close(commands_);
  ::close(answers_);
  ::waitpid(pid_, nullptr, 0);
}

std::string Spawner::Ask(const std::string& command) {
  WriteLine(commands_, command);
  return ReadLine(answers_);
}

Result<ServerProcess> Spawner::Start(const std::string& directory, std::uint64_t io_threads) {
  return Begin("start " + std::to_string(io_threads) + " " + directory);
}

Result<ServerProcess> Spawner::StartPlain() { return Begin("plain"); }
Result<ServerProcess> Spawner::StartBeast() { return Begin("beast"); }

Result<ServerProcess> Spawner::Begin(const std::string& command) {
  const std::string said = Ask(command);
  std::istringstream words(said);
  pid_t pid = 0;
  std::uint16_t port = 0;
  if (!(words >> pid >> port)) return Unavailable("the server did not start: " + said);
  return ServerProcess(*this, pid, port);
}

ServerProcess::ServerProcess(ServerProcess&& other) noexcept
    : spawner_(std::exchange(other.spawner_, nullptr)), pid_(other.pid_), port_(other.port_) {}

ServerProcess::~ServerProcess() { Stop(); }

std::uint64_t ServerProcess::ResidentBytes() const {
  std::ifstream status("/proc/" + std::to_string(pid_) + "/status");
  for (std::string word; status >> word;) {
    std::uint64_t kib = 0;
    if (word == "VmRSS:" && status >> kib) return kib * 1024;
  }
  return 0;
}

double ServerProcess::CpuSeconds() const {
  std::ifstream stat("/proc/" + std::to_string(pid_) + "/stat");
  std::string text;
  std::getline(stat, text);
  // After the name in brackets, fields 14 and 15 of proc(5).
  std::istringstream fields(text.substr(text.rfind(')') + 1));
  std::string skipped;
  for (int field = 3; field < 14; ++field) fields >> skipped;
  double user = 0;
  double system = 0;
  fields >> user >> system;
  return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

void ServerProcess::Stop() {
  if (Spawner* const spawner = std::exchange(spawner_, nullptr)) spawner->Ask("stop");
}

void ServerProcess::Kill() {
  if (Spawner* const spawner = std::exchange(spawner_, nullptr)) spawner->Ask("kill");
}

}  // namespace jejak::bench
