// SPDX-License-Identifier: Apache-2.0
//
// jejakd: the ledger as a server (docs/api.md).
//
//   jejakd --config FILE | --data DIR [--listen ADDRESS:PORT] ...
//
// Exit codes: 0 stopped by SIGTERM or SIGINT, with everything queued finished; 1 a fault of its own;
// 2 usage or configuration; 3 the log can't be opened: not there, in use, wrong passphrase, or the
// store is behind the guard. SIGUSR1 confirms the wall clock after a jump.
#include <CLI/CLI.hpp>
#include <csignal>
#include <cstring>
#include <ctime>

#include "api/event_log.h"
#include "api/ledger_server.h"

extern char** environ;

namespace jejak::api {
namespace {

Texts Environment() {
  Texts variables;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const char* equals = std::strchr(*entry, '=');
    if (equals == nullptr || std::strncmp(*entry, "JEJAK_", 6) != 0) continue;
    variables.emplace(std::string_view(*entry, static_cast<std::size_t>(equals - *entry)),
                      equals + 1);
  }
  return variables;
}

int Complain(const Error& error, int exit_code) {
  std::cerr << "jejakd: " << error.detail << "\n";
  return exit_code;
}

// Malformed is about settings; all else is about the log or the machine.
int ExitCodeOf(const Error& error) {
  if (error.code == Code::kMalformed) return 2;
  return error.code == Code::kInternal ? 1 : 3;
}

// Waits for the end, and tells of each change of state meanwhile.
void Watch(LedgerServer& server, const EventLog& events, const sigset_t& signals) {
  sequencer::Health seen = sequencer::Health::kOk;
  for (;;) {
    const timespec second{1, 0};
    const int signal = sigtimedwait(&signals, nullptr, &second);
    if (signal == SIGUSR1) {
      server.sequencer().ConfirmClock();
      events.Write(LogLevel::kWarning, "clock_confirmed", {});
    } else if (signal > 0) {
      events.Write(LogLevel::kInfo, "stopping", {{"signal", std::int64_t{signal}}});
      return;
    }
    const sequencer::HealthReport report = server.sequencer().health();
    if (report.health == seen) continue;
    seen = report.health;
    events.Write(seen == sequencer::Health::kOk ? LogLevel::kInfo : LogLevel::kError, "state",
                 {{"state", std::string(sequencer::HealthWord(seen))}, {"reason", report.reason}});
  }
}

int Serve(const Config& config) {
  // Blocked before any thread starts, so that only Watch receives them.
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGTERM, SIGINT, SIGUSR1}) sigaddset(&signals, signal);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  sequencer::SystemClock clock;
  const EventLog events(config.log_level, clock);
  auto server = LedgerServer::Start(config, clock);
  if (!server.ok()) return Complain(server.error(), ExitCodeOf(server.error()));
  events.Write(LogLevel::kInfo, "started",
               {{"url", (*server)->url()},
                {"oversight_url", (*server)->oversight_url()},
                {"size", static_cast<std::int64_t>((*server)->sequencer().head()->size())}});
  Watch(**server, events, signals);
  (*server)->Stop();
  events.Write(LogLevel::kInfo, "stopped",
               {{"size", static_cast<std::int64_t>((*server)->sequencer().head()->size())}});
  return 0;
}

int Run(int argc, char** argv) {
  CLI::App app("The Jejak ledger: takes signed actions, orders them, serves log and cases.");
  app.footer("Each setting is also a key of config.toml and a variable JEJAK_NAME.");
  std::string file;
  app.add_option("--config", file, "settings file (default: config.toml in the log's directory)");
  Texts flags;
  for (const Setting& setting : Settings()) {
    app.add_option_function<std::string>(
        FlagOf(setting),
        [&flags, name = std::string(setting.name)](const std::string& value) {
          flags[name] = value;
        },
        std::string(setting.help));
  }
  app.set_version_flag("--version", "jejakd 0.1.0");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& fault) {
    return app.exit(fault) == 0 ? 0 : 2;
  }
  Result<Config> config = LoadConfig(file, flags, Environment());
  if (!config.ok()) {
    const bool no_log = file.empty() && config.error().code == Code::kNotFound;
    return Complain(config.error(), no_log ? 3 : 2);
  }
  return Serve(*config);
}

}  // namespace
}  // namespace jejak::api

int main(int argc, char** argv) {
  try {
    return jejak::api::Run(argc, argv);
  } catch (const std::exception& fault) {
    std::cerr << "jejakd: " << fault.what() << "\n";
    return 1;
  }
}
