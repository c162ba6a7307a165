// SPDX-License-Identifier: Apache-2.0
//
// jejak bench: what this ledger does on this machine, each figure beside what the machine can do at
// all (docs/performance.md, whose table it prints).
//
//   row       figure       basis             ratio  target   met
//   append    14,120 /s    V 17,300 /s       0.82   >= 0.75  yes
//
// Basis and figure of a round are measured one after the other, so that a machine whose speed wanders
// does not decide; figure, basis and ratio shown are medians over the rounds. One thread; the
// server under test runs in a process of its own on the same cores as its clients.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "ledger/base/result.h"
#include "tools/bench/server_process.h"
#include "tools/bench/world.h"

namespace jejak::bench {

struct Options {
  std::vector<std::string> rows;  // empty: all but those that need `large`
  std::uint64_t rounds = 5;
  std::uint64_t entries = 40000;             // of the log that is read, and per round of appends
  std::uint64_t large_entries = 10'000'000;  // of the large log
  std::uint64_t base_entries = 100'000;      // of the log that it is compared with
  std::string directory;                     // where logs are made; kept
};

// What a figure is held against.
struct Target {
  enum Kind : std::uint8_t { kNone, kAtLeast, kAtMost } kind = kNone;
  double value = 0;   // of the ratio
  std::string basis;  // "V", "2 F + 0.4 ms"; empty: the figure itself is compared
};

struct Line {
  std::string row;
  std::string what;
  std::string unit;
  Target target;
  double figure = 0;
  double basis = 1;
  double ratio = 0;

  bool met() const;
};

// Rounds of one figure and its basis.
class Rounds final {
 public:
  void Add(double figure, double basis = 1);
  Line Summary(std::string row, std::string what, std::string unit, Target target) const;

 private:
  std::vector<double> figures_, bases_, ratios_;
};

// What rows share: the people, the folder, and the log that is read, made when first asked for.
class Bench final {
 public:
  static Result<Bench> Make(Options options);

  const Options& options() const { return options_; }
  const World& world() const { return world_; }
  Spawner& spawner() { return spawner_; }
  std::string Folder(const std::string& name) const { return options_.directory + "/" + name; }

  // A folder with a closed log of at least options().entries leaves, cases FilledCase(0) and on.
  Result<std::string> ReadLog();
  // The same for any number; `name` is the folder's.
  Result<std::string> FilledLog(const std::string& name, std::uint64_t entries);

 private:
  Bench(Options options, World world, Spawner spawner)
      : options_(std::move(options)), world_(std::move(world)), spawner_(std::move(spawner)) {}

  Options options_;
  World world_;
  Spawner spawner_;
};

// A measurement: its name, whether it is run unasked, and how.
struct Row {
  std::string name;
  std::string what;
  bool unasked;
  Result<std::vector<Line>> (*run)(Bench&);
};
const std::vector<Row>& Rows();

// The rows of each file.
Result<std::vector<Line>> AppendRow(Bench& bench);
Result<std::vector<Line>> BatchRow(Bench& bench);
Result<std::vector<Line>> OneClientRow(Bench& bench);
Result<std::vector<Line>> SequencerRow(Bench& bench);
Result<std::vector<Line>> AuditRow(Bench& bench);
Result<std::vector<Line>> ReadsRow(Bench& bench);
Result<std::vector<Line>> CaseFileRow(Bench& bench);
Result<std::vector<Line>> JudgingRow(Bench& bench);
Result<std::vector<Line>> LargeRow(Bench& bench);

// Runs the rows asked for, once per process (server_process.h says why); `report` hears each line as soon as it is known. kNotFound: no such row.
Result<void> RunBench(const Options& options, const std::function<void(const Line&)>& report);

}  // namespace jejak::bench
