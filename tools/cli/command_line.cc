// SPDX-License-Identifier: Apache-2.0
#include "tools/cli/command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <deque>
#include <iostream>

namespace jejak::cli {
namespace {

constexpr int kUsage = 2;

class Verb final : public Command {
 public:
  Verb(CLI::App& app, int& exit_code) : app_(app), exit_code_(exit_code) {}

  Command& Required(const std::string& names, std::string& value,
                    const std::string& help) override {
    app_.add_option(names, value, help)->required();
    return *this;
  }
  Command& Option(const std::string& names, std::string& value, const std::string& help) override {
    app_.add_option(names, value, help)->capture_default_str();
    return *this;
  }
  Command& Number(const std::string& names, std::uint64_t& value,
                  const std::string& help) override {
    app_.add_option(names, value, help)->capture_default_str();
    return *this;
  }
  Command& Flag(const std::string& names, bool& value, const std::string& help) override {
    app_.add_flag(names, value, help);
    return *this;
  }
  Command& List(const std::string& names, std::vector<std::string>& values,
                const std::string& help) override {
    app_.add_option(names, values, help)
        ->take_all()
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    return *this;
  }
  Command& Choice(const std::string& names, std::string& value,
                  const std::vector<std::string>& choices, const std::string& help) override {
    CLI::Option* option = app_.add_option(names, value, help)->check(CLI::IsMember(choices));
    value.empty() ? option->required() : option->capture_default_str();
    return *this;
  }
  Command& Argument(const std::string& name, std::string& value, const std::string& help) override {
    app_.add_option(name, value, help)->required();
    return *this;
  }
  Command& Arguments(const std::string& name, std::vector<std::string>& values,
                     const std::string& help) override {
    app_.add_option(name, values, help)->required();
    return *this;
  }
  Command& Sub(const std::string& name, const std::string& help) override {
    app_.require_subcommand(1);
    return subs_.emplace_back(*app_.add_subcommand(name, help), exit_code_);
  }
  Command& Run(std::function<int()> run) override {
    app_.callback([this, run = std::move(run)] { exit_code_ = run(); });
    return *this;
  }

 private:
  CLI::App& app_;
  int& exit_code_;
  std::deque<Verb> subs_;
};

}  // namespace

class CommandLine::Cli11 {
 public:
  Cli11(const std::string& program, const std::string& description, const std::string& version)
      : app(description, program) {
    app.set_version_flag("--version", program + " " + version);
    app.require_subcommand(1);
    app.failure_message([](const CLI::App* at, const CLI::Error& error) {
      return at->get_name() + ": " + error.what() + "\nTry `" + at->get_name() + " --help`.\n";
    });
  }
  CLI::App app;
  int exit_code = 0;
  std::deque<Verb> verbs;
};

CommandLine::CommandLine(const std::string& program, const std::string& description,
                         const std::string& version)
    : cli_(std::make_unique<Cli11>(program, description, version)) {}

CommandLine::~CommandLine() = default;

Command& CommandLine::Add(const std::string& group, const std::string& name,
                          const std::string& help) {
  CLI::App* app = cli_->app.add_subcommand(name, help);
  app->group(group);
  return cli_->verbs.emplace_back(*app, cli_->exit_code);
}

int CommandLine::Execute(int argc, char** argv) {
  const auto is_verb = [argv](const CLI::App* verb) { return verb->check_name(argv[1]); };
  const std::vector<CLI::App*> verbs = cli_->app.get_subcommands({});
  if (argc > 1 && argv[1][0] != '-' && std::none_of(verbs.begin(), verbs.end(), is_verb)) {
    const std::string& program = cli_->app.get_name();
    std::cerr << program << ": there is no verb `" << argv[1] << "`\nTry `" << program
              << " --help`.\n";
    return kUsage;
  }
  try {
    cli_->app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int code = cli_->app.exit(error, std::cout, std::cerr);
    return code == 0 ? 0 : kUsage;
  }
  return cli_->exit_code;
}

}  // namespace jejak::cli
