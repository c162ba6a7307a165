// SPDX-License-Identifier: Apache-2.0
//
// The command line of a program with verbs: what each verb takes, its help, and what runs. A thin face on CLI11, so that the 12
// seconds which that header costs a compiler are paid in one file.
//
//   CommandLine line("jejak", "...");
//   Command& keygen = line.Add("officers", "keygen", "make a signing key");
//   keygen.Required("--name", name, "the key's name, for example inspektorat.go.id/p-41");
//   keygen.Run([&] { return Keygen(name); });
//   return line.Execute(argc, argv);
//
// Values that the options bind to must live until Execute returns. One thread, one use.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace jejak::cli {

class Command {
 public:
  virtual ~Command() = default;

  virtual Command& Required(const std::string& names, std::string& value,
                            const std::string& help) = 0;
  virtual Command& Option(const std::string& names, std::string& value,
                          const std::string& help) = 0;
  virtual Command& Number(const std::string& names, std::uint64_t& value,
                          const std::string& help) = 0;
  virtual Command& Flag(const std::string& names, bool& value, const std::string& help) = 0;
  // May be given several times.
  virtual Command& List(const std::string& names, std::vector<std::string>& values,
                        const std::string& help) = 0;
  // One of a fixed set; required when `value` is empty beforehand.
  virtual Command& Choice(const std::string& names, std::string& value,
                          const std::vector<std::string>& choices, const std::string& help) = 0;
  // Positional: one, required; or one and more.
  virtual Command& Argument(const std::string& name, std::string& value,
                            const std::string& help) = 0;
  virtual Command& Arguments(const std::string& name, std::vector<std::string>& values,
                             const std::string& help) = 0;
  // A verb of two words: `jejak import xes`.
  virtual Command& Sub(const std::string& name, const std::string& help) = 0;
  // What the verb does; its result is the exit code.
  virtual Command& Run(std::function<int()> run) = 0;
};

class CommandLine final {
 public:
  CommandLine(const std::string& program, const std::string& description,
              const std::string& version);
  ~CommandLine();
  CommandLine(const CommandLine&) = delete;
  CommandLine& operator=(const CommandLine&) = delete;

  // A verb, shown under its group in the help.
  Command& Add(const std::string& group, const std::string& name, const std::string& help);

  // Parses and runs. Usage errors print one sentence and give 2; --help and --version give 0.
  int Execute(int argc, char** argv);

 private:
  class Cli11;
  std::unique_ptr<Cli11> cli_;
};

}  // namespace jejak::cli
